-- Refresh tokens that rotate, what is known of a sign-in's session, and signing keys that follow one
-- another.

-- current_hash names the newest refresh token; none while the first one is still it. session_id is
-- there when the pool tracked sessions at the sign-in, and with it the three columns behind it.
ALTER TABLE token_family ADD COLUMN current_hash BLOB;
ALTER TABLE token_family ADD COLUMN session_id TEXT;
ALTER TABLE token_family ADD COLUMN last_active INTEGER;
ALTER TABLE token_family ADD COLUMN ip TEXT;
ALTER TABLE token_family ADD COLUMN device_type TEXT;
CREATE INDEX token_family_session ON token_family (pool_id, sub, authenticated, session_id)
    WHERE session_id IS NOT NULL;

-- Refresh tokens that were replaced, for as long as a retry may still use them.
-- clustered
CREATE TABLE refresh_retry (
    pool_id TEXT NOT NULL,
    token_hash BLOB NOT NULL,
    origin_jti TEXT NOT NULL,
    expires INTEGER NOT NULL,
    PRIMARY KEY (pool_id, token_hash)
);
CREATE INDEX refresh_retry_expiry ON refresh_retry (expires);

-- When the key takes over from the one before it; none for the keys that came with the pool.
ALTER TABLE signing_key ADD COLUMN signs_from INTEGER;
