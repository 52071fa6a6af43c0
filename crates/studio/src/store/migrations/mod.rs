//! The schema and its history, run whenever a database is opened. Each entry is one statement, because a Durable Object
//! counts and checks statements one by one. The version is kept in a table: `PRAGMA user_version` is not permitted there.

mod additions;
#[cfg(test)]
pub(crate) mod tests;

use selfsame_primitives::time::Timestamp;

use self::additions::ADDITIONS;
use crate::database::{Database, DatabaseError, Value};
use crate::error::StudioError;
use crate::store::columns::Columns;

/// Each migration takes a database from the version of its index to the next. Never edited once released.
pub(crate) const MIGRATIONS: &[&[&str]] = &[ACCOUNT, PICTURES, OUTBOX, DATA_VERSIONS];

/// Version 1: the account, its sessions and its models.
const ACCOUNT: &[&str] = &[
    "CREATE TABLE profile (
        only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
        user TEXT NOT NULL,
        name TEXT NOT NULL,
        role TEXT NOT NULL,
        status TEXT NOT NULL,
        epoch INTEGER NOT NULL,
        limited INTEGER NOT NULL,
        created_at INTEGER NOT NULL
    )",
    "CREATE TABLE nonces (nonce TEXT PRIMARY KEY, expires_at INTEGER NOT NULL)",
    "CREATE INDEX nonces_by_expiry ON nonces (expires_at)",
    "CREATE TABLE sessions (
        id TEXT PRIMARY KEY,
        epoch INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        ended_at INTEGER
    )",
    "CREATE INDEX sessions_by_expiry ON sessions (expires_at)",
    "CREATE TABLE models (
        id TEXT PRIMARY KEY,
        label TEXT NOT NULL,
        provider TEXT NOT NULL,
        provider_model TEXT NOT NULL,
        version TEXT NOT NULL,
        trigger_word TEXT NOT NULL,
        class_word TEXT NOT NULL,
        dialect TEXT NOT NULL,
        weights TEXT,
        created_at INTEGER NOT NULL
    )",
    "CREATE UNIQUE INDEX models_by_binding
        ON models (provider, provider_model, version, ifnull(weights, ''))",
];

/// Version 2: generations, their pictures and the ledger.
const PICTURES: &[&str] = &[
    "CREATE TABLE generations (
        id TEXT PRIMARY KEY,
        revision INTEGER NOT NULL,
        status TEXT NOT NULL,
        cancel_requested INTEGER NOT NULL DEFAULT 0,
        pictures INTEGER NOT NULL,
        request TEXT NOT NULL,
        prompt TEXT NOT NULL,
        spans TEXT NOT NULL,
        effects TEXT NOT NULL,
        provider TEXT NOT NULL,
        builder INTEGER NOT NULL,
        submission TEXT NOT NULL,
        nonce TEXT NOT NULL,
        provider_id TEXT,
        progress TEXT,
        failure TEXT,
        created_at INTEGER NOT NULL,
        attempted_at INTEGER,
        accepted_at INTEGER,
        finished_at INTEGER
    )",
    "CREATE UNIQUE INDEX generations_by_provider_id
        ON generations (provider_id) WHERE provider_id IS NOT NULL",
    "CREATE INDEX generations_under_way ON generations (id) WHERE finished_at IS NULL",
    "CREATE TABLE outputs (
        generation TEXT NOT NULL,
        position INTEGER NOT NULL,
        picture TEXT NOT NULL UNIQUE,
        url TEXT NOT NULL,
        state TEXT NOT NULL,
        PRIMARY KEY (generation, position)
    )",
    "CREATE TABLE pictures (
        id TEXT PRIMARY KEY,
        generation TEXT NOT NULL,
        position INTEGER NOT NULL,
        format TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        etag TEXT NOT NULL,
        recipe TEXT NOT NULL,
        created_at INTEGER NOT NULL
    )",
    "CREATE UNIQUE INDEX pictures_by_generation ON pictures (generation, position)",
    "CREATE TABLE ledger (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        kind TEXT NOT NULL,
        generation TEXT,
        pictures INTEGER NOT NULL,
        granted INTEGER NOT NULL,
        used INTEGER NOT NULL,
        reserved INTEGER NOT NULL
    )",
    "CREATE UNIQUE INDEX ledger_by_generation
        ON ledger (generation, kind) WHERE generation IS NOT NULL",
    "CREATE TABLE idempotency (
        key TEXT PRIMARY KEY,
        body_hash TEXT NOT NULL,
        generation TEXT NOT NULL,
        created_at INTEGER NOT NULL
    )",
    "CREATE INDEX idempotency_by_age ON idempotency (created_at)",
];

/// Version 3: the outbox, and the webhooks that have been received.
const OUTBOX: &[&str] = &[
    // AUTOINCREMENT: a late answer to a deleted row must not match a new row of the same number.
    "CREATE TABLE outbox (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        generation TEXT,
        created_at INTEGER NOT NULL,
        due_at INTEGER NOT NULL,
        leased INTEGER NOT NULL DEFAULT 0,
        attempt INTEGER NOT NULL DEFAULT 0,
        troubles INTEGER NOT NULL DEFAULT 0,
        nudged INTEGER NOT NULL DEFAULT 0,
        hint TEXT
    )",
    "CREATE UNIQUE INDEX outbox_by_subject ON outbox (kind, subject)",
    "CREATE INDEX outbox_by_time ON outbox (due_at)",
    "CREATE INDEX outbox_by_generation ON outbox (generation)",
    "CREATE TABLE webhooks (id TEXT PRIMARY KEY, heard_at INTEGER NOT NULL)",
    "CREATE INDEX webhooks_by_age ON webhooks (heard_at)",
];

/// Version 4: the versions of the data that a prompt was made from.
const DATA_VERSIONS: &[&str] =
    &["ALTER TABLE generations ADD COLUMN data TEXT NOT NULL DEFAULT '[]'"];

/// Brings the database to the newest version.
pub(crate) fn run(db: &mut dyn Database, now: Timestamp) -> Result<(), StudioError> {
    let version = begin(db)?;
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    if version > known {
        return Err(StudioError::NewerDatabase {
            found: version,
            known,
        });
    }
    for (done, statements) in (0..).zip(MIGRATIONS) {
        if done >= version {
            apply(db, now, done + 1, statements)?;
        }
    }
    Ok(add_missing(db, now)?)
}

fn add_missing(db: &mut dyn Database, now: Timestamp) -> Result<(), DatabaseError> {
    db.query(
        "CREATE TABLE IF NOT EXISTS additions (
            number INTEGER PRIMARY KEY,
            applied_at INTEGER NOT NULL
        )",
        &[],
    )?;
    let rows = db.query("SELECT ifnull(max(number), 0) FROM additions", &[])?;
    let done: i64 = Columns::one(rows)?.map_or(Ok(0), |mut row| row.integer())?;
    for (number, statement) in (1..).zip(ADDITIONS) {
        if number > done {
            db.query(statement, &[])?;
            db.query(
                "INSERT INTO additions (number, applied_at) VALUES (?, ?)",
                &[number.into(), now.into()],
            )?;
        }
    }
    Ok(())
}

/// The version a database is at.
fn begin(db: &mut dyn Database) -> Result<i64, DatabaseError> {
    db.query(
        "CREATE TABLE IF NOT EXISTS migrations (
            version INTEGER PRIMARY KEY,
            applied_at INTEGER NOT NULL
        )",
        &[],
    )?;
    let rows = db.query("SELECT ifnull(max(version), 0) FROM migrations", &[])?;
    Columns::one(rows)?.map_or(Ok(0), |mut row| row.integer())
}

fn apply(
    db: &mut dyn Database,
    now: Timestamp,
    version: i64,
    statements: &[&str],
) -> Result<(), DatabaseError> {
    for statement in statements {
        db.query(statement, &[])?;
    }
    db.query(
        "INSERT INTO migrations (version, applied_at) VALUES (?, ?)",
        &[version.into(), Value::from(now)],
    )?;
    Ok(())
}
