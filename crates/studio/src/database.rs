//! The database a studio stands on, as little of it as the studio needs.

use selfsame_primitives::time::Timestamp;

/// A bound value or a column. Booleans are 0 and 1, structures are JSON text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// SQL `NULL`.
    Null,
    /// A whole number below 2^53 in size, because a Durable Object hands numbers through JavaScript.
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

/// The database would not run a statement, or a stored value is not what was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("database: {0}")]
pub struct DatabaseError(
    /// What the database said, for the log.
    pub String,
);

/// A SQLite database that belongs to one studio.
///
/// The shell implements it over a Durable Object's storage, the tests over `rusqlite`. Statements are single,
/// use `?` for bound values (at most 100 of them), and stay within what a Durable Object permits: no `PRAGMA`, no
/// `BEGIN`, no `SAVEPOINT`.
pub trait Database {
    /// Runs one statement and gives its rows, none for a statement that returns none.
    fn query(&mut self, sql: &str, parameters: &[Value]) -> Result<Vec<Row>, DatabaseError>;

    /// Runs `work` so that everything it wrote is kept when it returns `Ok`, and nothing when it returns `Err`.
    /// Never nested.
    fn atomically<T, E: From<DatabaseError>>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E>
    where
        Self: Sized;
}
