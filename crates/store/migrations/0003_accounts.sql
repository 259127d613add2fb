-- An address that waits for its code before it replaces the one in force; value is sealed.
CREATE TABLE pending_attribute (
    pool_id TEXT NOT NULL,
    sub TEXT NOT NULL,
    name TEXT NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (pool_id, sub, name),
    FOREIGN KEY (pool_id, sub) REFERENCES users (pool_id, sub) ON DELETE CASCADE
);

-- Passwords that were replaced, the newest with the greatest number; verifier is sealed.
CREATE TABLE password_history (
    pool_id TEXT NOT NULL,
    sub TEXT NOT NULL,
    number INTEGER NOT NULL,
    salt BLOB NOT NULL,
    verifier BLOB NOT NULL,
    PRIMARY KEY (pool_id, sub, number),
    FOREIGN KEY (pool_id, sub) REFERENCES users (pool_id, sub) ON DELETE CASCADE
);

-- Codes that were not sent, because there is nobody who may be told, and of which nobody may tell
-- that they were not. No foreign key: such a row may stand for a user who does not exist.
CREATE TABLE hidden_code (
    pool_id TEXT NOT NULL,
    subject TEXT NOT NULL,
    purpose TEXT NOT NULL,
    attribute TEXT NOT NULL,
    code_hash BLOB NOT NULL,
    expires INTEGER NOT NULL,
    PRIMARY KEY (pool_id, subject, purpose)
);
CREATE INDEX hidden_code_expiry ON hidden_code (expires);
