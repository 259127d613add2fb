-- The proofs of a sign-in ("pwd otp"), which its tokens tell and a step-up credits.
ALTER TABLE token_family ADD COLUMN methods TEXT NOT NULL DEFAULT '';
