CREATE TABLE people (
    id      TEXT PRIMARY KEY,
    name    TEXT NOT NULL,
    granted INTEGER NOT NULL,
    used    INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE sessions (
    id      TEXT PRIMARY KEY,
    person  TEXT NOT NULL REFERENCES people (id),
    expires INTEGER NOT NULL
) STRICT;

CREATE TABLE models (
    id      TEXT PRIMARY KEY,
    person  TEXT NOT NULL REFERENCES people (id),
    version TEXT NOT NULL,
    trigger_word TEXT NOT NULL,
    class_word   TEXT NOT NULL
) STRICT;

CREATE TABLE generations (
    id         TEXT PRIMARY KEY,
    person     TEXT NOT NULL REFERENCES people (id),
    idempotency_key TEXT NOT NULL,
    model      TEXT NOT NULL REFERENCES models (id),
    status     TEXT NOT NULL,
    request    TEXT NOT NULL,
    prompt     TEXT NOT NULL,
    pictures   TEXT NOT NULL DEFAULT '[]',
    provider_id TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (person, idempotency_key)
) STRICT;

CREATE INDEX generations_newest ON generations (person, id DESC);
