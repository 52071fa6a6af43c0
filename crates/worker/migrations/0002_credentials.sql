-- Requests for an operator's sign-in link that wait for a second operator. An answered request is deleted; the audit log
-- keeps what happened.
CREATE TABLE link_requests (
    id           TEXT PRIMARY KEY,
    subject      TEXT NOT NULL UNIQUE REFERENCES users (id),
    minutes      INTEGER NOT NULL,
    requested_by TEXT NOT NULL REFERENCES users (id),
    requested_at INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The e-mail address under which a person may ask for a link. One address belongs to one person.
CREATE TABLE identities (
    email        TEXT PRIMARY KEY,
    user_id      TEXT NOT NULL UNIQUE REFERENCES users (id),
    created_at   INTEGER NOT NULL,
    link_sent_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX audit_by_subject ON audit (subject, id);
