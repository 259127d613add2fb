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
