-- People who are being created: their studio is opened next, and then the row gives way to one in `users`. A row that stays
-- is a person who was created half-way.
CREATE TABLE creations (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    allowance  INTEGER,
    operator   TEXT NOT NULL,
    key        TEXT,
    started_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX creations_by_key ON creations (operator, key);

-- Operators' requests with an idempotency key, for a day. Without an answer, a request has begun and not ended.
CREATE TABLE operator_requests (
    operator TEXT NOT NULL,
    key      TEXT NOT NULL,
    request  TEXT NOT NULL,
    status   INTEGER,
    answer   TEXT,
    at       INTEGER NOT NULL,
    PRIMARY KEY (operator, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX operator_requests_by_age ON operator_requests (at);

-- What people ask of the operator. A person has one open request at most.
CREATE TABLE inbox (
    id        INTEGER PRIMARY KEY,
    person    TEXT NOT NULL REFERENCES users (id),
    note      TEXT,
    at        INTEGER NOT NULL,
    closed_at INTEGER,
    closed_by TEXT
) STRICT;

CREATE UNIQUE INDEX inbox_open ON inbox (person) WHERE closed_at IS NULL;
