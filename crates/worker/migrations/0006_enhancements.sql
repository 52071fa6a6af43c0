-- The catalogue of enhancement LoRAs. It is seeded from crates/worker/data/enhancements.json when it is first read, so that
-- what an operator writes and what comes with a release pass the same checks. An entry is retired and never deleted: an empty
-- table is one that was not seeded yet. `claim_key` names the weights as `model_claims.reference` does: they are in one of
-- the two tables.
CREATE TABLE enhancements (
    id            TEXT PRIMARY KEY,
    version       INTEGER NOT NULL DEFAULT 1,
    title         TEXT NOT NULL,
    reference     TEXT NOT NULL,
    claim_key     TEXT NOT NULL,
    phrase        TEXT,
    default_scale REAL NOT NULL,
    max_scale     REAL NOT NULL,
    licence       TEXT NOT NULL,
    licence_note  TEXT NOT NULL,
    preview       TEXT NOT NULL,
    retired_at    INTEGER,
    created_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
