-- What is global: who exists, whose a provider's model is, and what operators did. No picture, no prompt.

CREATE TABLE users (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    role       TEXT NOT NULL CHECK (role IN ('person', 'operator')),
    status     TEXT NOT NULL CHECK (status IN ('active', 'suspended')),
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A provider's model or a LoRA reference belongs to one person at most: the primary key says so.
CREATE TABLE model_claims (
    reference      TEXT PRIMARY KEY,
    user_id        TEXT NOT NULL REFERENCES users (id),
    model_id       TEXT NOT NULL,
    provider       TEXT NOT NULL,
    provider_model TEXT NOT NULL,
    version        TEXT NOT NULL,
    created_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX model_claims_by_user ON model_claims (user_id);

CREATE TABLE audit (
    id       INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL,
    operator TEXT NOT NULL,
    action   TEXT NOT NULL,
    subject  TEXT NOT NULL,
    detail   TEXT NOT NULL
) STRICT;
