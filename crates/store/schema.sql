-- The first schema. Types are TEXT, INTEGER and BLOB; flags are 0/1; times are epoch milliseconds;
-- documents are JSON text; a column marked "sealed" is an AEAD cell bound to its row. Every key of a
-- table that belongs to a pool begins with the pool. "clustered" marks tables of small rows that
-- SQLite keeps in the order of their key.

-- mark is sealed: it tells whether the server's key is this database's.
CREATE TABLE installation (
    id TEXT NOT NULL,
    mark BLOB NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE pool (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    settings TEXT NOT NULL,
    deleted INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    PRIMARY KEY (id)
);
-- A deleted pool is gone for every reader; its rows are removed in the background.
CREATE INDEX pool_order ON pool (deleted, created, id);

-- How many users a pool has, kept in parts so that sign-ups do not queue for one row.
-- clustered
CREATE TABLE pool_users (
    pool_id TEXT NOT NULL REFERENCES pool (id) ON DELETE CASCADE,
    part INTEGER NOT NULL,
    users INTEGER NOT NULL,
    PRIMARY KEY (pool_id, part)
);

-- pkcs8 is sealed. signs_from is when the key takes over from the one before it; none for the keys
-- that came with the pool.
CREATE TABLE signing_key (
    pool_id TEXT NOT NULL REFERENCES pool (id) ON DELETE CASCADE,
    kid TEXT NOT NULL,
    purpose TEXT NOT NULL,
    pkcs8 BLOB NOT NULL,
    public TEXT NOT NULL,
    created INTEGER NOT NULL, signs_from INTEGER,
    PRIMARY KEY (pool_id, kid)
);
CREATE INDEX signing_key_succession ON signing_key (signs_from) WHERE signs_from IS NOT NULL;

CREATE TABLE client (
    pool_id TEXT NOT NULL REFERENCES pool (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    settings TEXT NOT NULL,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    PRIMARY KEY (pool_id, id)
);
CREATE UNIQUE INDEX client_id_key ON client (id);
CREATE INDEX client_order ON client (pool_id, created, id);

-- value is sealed.
CREATE TABLE client_secret (
    pool_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    id TEXT NOT NULL,
    value BLOB NOT NULL,
    created INTEGER NOT NULL,
    PRIMARY KEY (pool_id, client_id, id),
    FOREIGN KEY (pool_id, client_id) REFERENCES client (pool_id, id) ON DELETE CASCADE
);

-- The plural because "user" is a reserved word. username_key is the username as it is looked up.
CREATE TABLE users (
    pool_id TEXT NOT NULL REFERENCES pool (id) ON DELETE CASCADE,
    sub TEXT NOT NULL,
    username TEXT NOT NULL,
    username_key TEXT NOT NULL,
    status TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    attributes TEXT NOT NULL,
    mfa TEXT NOT NULL,
    stamp INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    PRIMARY KEY (pool_id, sub)
);
CREATE UNIQUE INDEX users_username_key ON users (pool_id, username_key);

-- verifier is sealed.
CREATE TABLE password (
    pool_id TEXT NOT NULL,
    sub TEXT NOT NULL,
    salt BLOB NOT NULL,
    verifier BLOB NOT NULL,
    temporary_until INTEGER,
    PRIMARY KEY (pool_id, sub),
    FOREIGN KEY (pool_id, sub) REFERENCES users (pool_id, sub) ON DELETE CASCADE
);

-- pending is a secret that waits for its first code, seed one that has been verified; both sealed.
CREATE TABLE totp (
    pool_id TEXT NOT NULL,
    sub TEXT NOT NULL,
    pending BLOB,
    seed BLOB,
    name TEXT,
    last_step INTEGER,
    PRIMARY KEY (pool_id, sub),
    FOREIGN KEY (pool_id, sub) REFERENCES users (pool_id, sub) ON DELETE CASCADE
);

-- A value that finds at most one user: email, phone_number, preferred_username.
-- clustered
CREATE TABLE alias (
    pool_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    value_key TEXT NOT NULL,
    sub TEXT NOT NULL,
    PRIMARY KEY (pool_id, kind, value_key),
    FOREIGN KEY (pool_id, sub) REFERENCES users (pool_id, sub) ON DELETE CASCADE
);
CREATE INDEX alias_user ON alias (pool_id, sub);

-- What ListUsers can search by, folded as the search folds.
-- clustered
CREATE TABLE user_search (
    pool_id TEXT NOT NULL,
    name TEXT NOT NULL,
    value_key TEXT NOT NULL,
    sub TEXT NOT NULL,
    PRIMARY KEY (pool_id, name, value_key, sub),
    FOREIGN KEY (pool_id, sub) REFERENCES users (pool_id, sub) ON DELETE CASCADE
);
CREATE INDEX user_search_user ON user_search (pool_id, sub);

-- verifier is sealed; salt and verifier come with ConfirmDevice.
CREATE TABLE device (
    pool_id TEXT NOT NULL,
    sub TEXT NOT NULL,
    device_key TEXT NOT NULL,
    group_key TEXT NOT NULL,
    name TEXT,
    confirmed INTEGER NOT NULL,
    remembered INTEGER NOT NULL,
    salt BLOB,
    verifier BLOB,
    created INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    last_authenticated INTEGER NOT NULL,
    last_ip TEXT,
    PRIMARY KEY (pool_id, sub, device_key),
    FOREIGN KEY (pool_id, sub) REFERENCES users (pool_id, sub) ON DELETE CASCADE
);
CREATE INDEX device_unconfirmed ON device (created) WHERE confirmed = 0;

-- A challenge that waits for its answer; step is sealed. No foreign key: such a row may stand for a
-- user who does not exist.
CREATE TABLE session (
    pool_id TEXT NOT NULL,
    handle_hash BLOB NOT NULL,
    client_id TEXT NOT NULL,
    sub TEXT,
    step BLOB NOT NULL,
    expires INTEGER NOT NULL,
    used INTEGER,
    PRIMARY KEY (pool_id, handle_hash)
);
CREATE INDEX session_expiry ON session (expires);

-- Things that may happen once, until they could not happen anyway.
-- clustered
CREATE TABLE once (
    pool_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    id_hash BLOB NOT NULL,
    expires INTEGER NOT NULL,
    PRIMARY KEY (pool_id, kind, id_hash)
);
CREATE INDEX once_expiry ON once (expires);

-- Attempts at guessable secrets.
-- clustered
CREATE TABLE guess (
    pool_id TEXT NOT NULL,
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    last_attempt INTEGER NOT NULL,
    locked_until INTEGER NOT NULL,
    PRIMARY KEY (pool_id, subject, kind)
);
CREATE INDEX guess_age ON guess (last_attempt);

-- Hourly budgets.
-- clustered
CREATE TABLE budget (
    pool_id TEXT NOT NULL,
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    spent INTEGER NOT NULL,
    started INTEGER NOT NULL,
    PRIMARY KEY (pool_id, subject, kind)
);
CREATE INDEX budget_age ON budget (started);

CREATE TABLE code (
    pool_id TEXT NOT NULL,
    sub TEXT NOT NULL,
    purpose TEXT NOT NULL,
    attribute TEXT NOT NULL,
    code_hash BLOB NOT NULL,
    expires INTEGER NOT NULL,
    PRIMARY KEY (pool_id, sub, purpose),
    FOREIGN KEY (pool_id, sub) REFERENCES users (pool_id, sub) ON DELETE CASCADE
);
CREATE INDEX code_expiry ON code (expires);

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

-- All tokens of one sign-in. A family whose device was forgotten is not refreshable, though its
-- access tokens live on. current_hash names the newest refresh token; none while the first one is
-- still it. session_id is there when the pool tracked sessions at the sign-in, and with it the three
-- columns behind it.
CREATE TABLE token_family (
    pool_id TEXT NOT NULL,
    origin_jti TEXT NOT NULL,
    sub TEXT NOT NULL,
    client_id TEXT NOT NULL,
    device_key TEXT,
    refresh_hash BLOB NOT NULL,
    refreshable INTEGER NOT NULL,
    authenticated INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    revoked INTEGER, current_hash BLOB, session_id TEXT, last_active INTEGER, ip TEXT,
    device_type TEXT, methods TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (pool_id, origin_jti),
    FOREIGN KEY (pool_id, sub) REFERENCES users (pool_id, sub) ON DELETE CASCADE
);
CREATE UNIQUE INDEX token_family_refresh_key ON token_family (pool_id, refresh_hash);
CREATE INDEX token_family_user ON token_family (pool_id, sub, device_key);
CREATE INDEX token_family_expiry ON token_family (expires);
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

-- Groups of users. Named so because "group" is a reserved word.
CREATE TABLE user_group (
    pool_id TEXT NOT NULL REFERENCES pool (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    description TEXT,
    role_arn TEXT,
    precedence INTEGER,
    version INTEGER NOT NULL,
    created INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    PRIMARY KEY (pool_id, name)
);

-- clustered
CREATE TABLE membership (
    pool_id TEXT NOT NULL,
    sub TEXT NOT NULL,
    group_name TEXT NOT NULL,
    PRIMARY KEY (pool_id, sub, group_name),
    FOREIGN KEY (pool_id, sub) REFERENCES users (pool_id, sub) ON DELETE CASCADE,
    FOREIGN KEY (pool_id, group_name) REFERENCES user_group (pool_id, name) ON DELETE CASCADE
);
CREATE INDEX membership_group ON membership (pool_id, group_name, sub);

-- What pools and clients configured about risks. client_id is empty for the pool's own.
CREATE TABLE risk_configuration (
    pool_id TEXT NOT NULL REFERENCES pool (id) ON DELETE CASCADE,
    client_id TEXT NOT NULL,
    settings TEXT NOT NULL,
    modified INTEGER NOT NULL,
    PRIMARY KEY (pool_id, client_id)
);

-- What users did that concerns their credentials. context (address, device, place) is sealed.
CREATE TABLE auth_event (
    pool_id TEXT NOT NULL,
    sub TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    response TEXT NOT NULL,
    findings TEXT NOT NULL,
    context BLOB NOT NULL,
    feedback TEXT,
    feedback_provider TEXT,
    feedback_at INTEGER,
    created INTEGER NOT NULL,
    PRIMARY KEY (pool_id, sub, id),
    FOREIGN KEY (pool_id, sub) REFERENCES users (pool_id, sub) ON DELETE CASCADE
);
CREATE INDEX auth_event_order ON auth_event (pool_id, sub, created, id);
CREATE INDEX auth_event_kind ON auth_event (pool_id, sub, kind, response, created);
CREATE INDEX auth_event_age ON auth_event (created);

-- Callers of the service interface. name_key is the name without regard to case.
CREATE TABLE iam_user (
    name_key TEXT NOT NULL,
    name TEXT NOT NULL,
    id TEXT NOT NULL,
    path TEXT NOT NULL,
    created INTEGER NOT NULL,
    PRIMARY KEY (name_key)
);

-- secret is sealed.
CREATE TABLE iam_access_key (
    id TEXT NOT NULL,
    user_key TEXT NOT NULL REFERENCES iam_user (name_key) ON DELETE CASCADE,
    secret BLOB NOT NULL,
    active INTEGER NOT NULL,
    created INTEGER NOT NULL,
    last_used INTEGER,
    PRIMARY KEY (id)
);
CREATE INDEX iam_access_key_user ON iam_access_key (user_key, created, id);

CREATE TABLE iam_user_policy (
    user_key TEXT NOT NULL REFERENCES iam_user (name_key) ON DELETE CASCADE,
    name TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (user_key, name)
);
