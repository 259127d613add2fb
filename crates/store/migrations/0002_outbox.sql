-- The outbox learns leases, dead letters, expiry and messages that a Lambda function sends. It is
-- made anew because both engines write added columns in their own place; waiting messages stay.

CREATE TABLE outbox_before (
    pool_id TEXT NOT NULL,
    id TEXT NOT NULL,
    sub TEXT NOT NULL,
    medium TEXT NOT NULL,
    kind TEXT NOT NULL,
    destination BLOB NOT NULL,
    subject TEXT,
    body BLOB NOT NULL,
    code BLOB NOT NULL,
    created INTEGER NOT NULL,
    due INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    delivered INTEGER,
    last_error TEXT,
    PRIMARY KEY (pool_id, id)
);
INSERT INTO outbox_before (pool_id, id, sub, medium, kind, destination, subject, body, code,
        created, due, attempts, delivered, last_error)
    SELECT pool_id, id, sub, medium, kind, destination, subject, body, code,
        created, due, attempts, delivered, last_error FROM outbox;
DROP TABLE outbox;

-- Messages to users; destination, body, code and call are sealed. lane is who sends them: EMAIL, SMS
-- or FUNCTION, which gets call. due is when a message may be taken; taking it moves due to where the
-- lease ends and counts an attempt. dead is when it was given up.
CREATE TABLE outbox (
    pool_id TEXT NOT NULL,
    id TEXT NOT NULL,
    sub TEXT NOT NULL,
    lane TEXT NOT NULL,
    medium TEXT NOT NULL,
    kind TEXT NOT NULL,
    destination BLOB NOT NULL,
    subject TEXT,
    body BLOB NOT NULL,
    code BLOB NOT NULL,
    call BLOB,
    created INTEGER NOT NULL,
    expires INTEGER,
    due INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    delivered INTEGER,
    dead INTEGER,
    last_error TEXT,
    PRIMARY KEY (pool_id, id),
    FOREIGN KEY (pool_id, sub) REFERENCES users (pool_id, sub) ON DELETE CASCADE
);
CREATE INDEX outbox_due ON outbox (due, id) WHERE delivered IS NULL AND dead IS NULL;
CREATE INDEX outbox_dead ON outbox (dead, id) WHERE dead IS NOT NULL;
CREATE INDEX outbox_open ON outbox (lane, dead) WHERE delivered IS NULL;
CREATE INDEX outbox_recent ON outbox (created, id);
CREATE INDEX outbox_user ON outbox (pool_id, sub);

INSERT INTO outbox (pool_id, id, sub, lane, medium, kind, destination, subject, body, code, call,
        created, expires, due, attempts, delivered, dead, last_error)
    SELECT pool_id, id, sub, medium, medium, kind, destination, subject, body, code, NULL,
        created, NULL, due, attempts, delivered, NULL, last_error FROM outbox_before
    WHERE EXISTS (SELECT 1 FROM users
        WHERE users.pool_id = outbox_before.pool_id AND users.sub = outbox_before.sub);
DROP TABLE outbox_before;
