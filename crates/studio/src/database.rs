//! The interface to a studio's SQL database.

use selfsame_primitives::time::Timestamp;

/// A bound value or a column. Booleans are 0 and 1; structures are JSON text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// SQL `NULL`.
    Null,
    /// A whole number whose magnitude is below 2^53, because a Durable Object passes numbers through JavaScript.
    Integer(i64),
    /// Text.
    Text(String),
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Self {
        Self::Integer(value.into())
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Integer(value.into())
    }
}

impl From<Timestamp> for Value {
    fn from(value: Timestamp) -> Self {
        Self::Integer(value.as_millisecond())
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A row: its columns in the order in which the statement names them.
pub type Row = Vec<Value>;

/// The database failed to run a statement, or a stored value is not valid.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("database: {0}")]
pub struct DatabaseError(
    /// The cause, for the log.
    pub String,
);

/// A SQLite database that belongs to one studio.
///
/// The shell implements it over a Durable Object's storage, the tests over `rusqlite`. Each call is one statement with
/// at most 100 bound values, written as `?`. A Durable Object permits no `PRAGMA`, `BEGIN` or `SAVEPOINT`.
pub trait Database {
    /// Runs one statement and returns its rows.
    fn query(&mut self, sql: &str, parameters: &[Value]) -> Result<Vec<Row>, DatabaseError>;

    /// Runs `work` in a transaction: commits if it returns `Ok`, rolls back if it returns `Err`. Calls are not nested.
    fn atomically<T, E: From<DatabaseError>>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E>
    where
        Self: Sized;
}
