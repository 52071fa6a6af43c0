-- Deletions of people. `user_id` is there until the deletion has finished; what stays is a receipt that names nobody.
CREATE TABLE deletions (
    id                TEXT PRIMARY KEY,
    user_id           TEXT UNIQUE,
    role              TEXT NOT NULL,
    provider_versions INTEGER NOT NULL,
    requested_at      INTEGER NOT NULL,
    finished_at       INTEGER,
    generations       INTEGER NOT NULL DEFAULT 0,
    pictures          INTEGER NOT NULL DEFAULT 0,
    bytes             INTEGER NOT NULL DEFAULT 0,
    models            INTEGER NOT NULL DEFAULT 0,
    sessions          INTEGER NOT NULL DEFAULT 0,
    entries           INTEGER NOT NULL DEFAULT 0,
    versions_deleted  INTEGER NOT NULL DEFAULT 0,
    versions_kept     INTEGER NOT NULL DEFAULT 0,
    audit_entries     INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
