//! All of the studio's SQL: a file for each table or pair of tables, plain functions over a [`Database`](crate::Database).
//!
//! The same statements run on a Durable Object's SQLite and on `rusqlite` in the tests. Nothing here decides
//! anything; the [`engine`](crate::engine) does.

pub(crate) mod access_log;
pub(crate) mod albums;
pub(crate) mod archive;
pub(crate) mod bin;
pub(crate) mod canaries;
pub(crate) mod changes;
pub(crate) mod columns;
pub(crate) mod conversations;
pub(crate) mod deletion;
pub(crate) mod effect_kind;
pub(crate) mod export;
pub(crate) mod gallery;
pub(crate) mod generations;
pub(crate) mod ledger;
pub(crate) mod links;
pub(crate) mod migrations;
pub(crate) mod models;
pub(crate) mod outbox;
pub(crate) mod outputs;
pub(crate) mod pictures;
pub(crate) mod presets;
pub(crate) mod profile;
pub(crate) mod queue;
pub(crate) mod received;
pub(crate) mod series;
pub(crate) mod sessions;
pub(crate) mod share_links;
pub(crate) mod stored;
pub(crate) mod summaries;
pub(crate) mod turns;
pub(crate) mod votes;
pub(crate) mod words;

/// A row that cannot be read: one of a newer release, or a damaged one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unreadable {
    /// Its id.
    pub(crate) id: String,
    /// Why.
    pub(crate) cause: String,
}

/// What was read, and the rows that cannot be.
pub(crate) type Readable<T> = (Vec<T>, Vec<Unreadable>);
