-- Finds the signing keys that another one has taken over from.
CREATE INDEX signing_key_succession ON signing_key (signs_from) WHERE signs_from IS NOT NULL;
