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
