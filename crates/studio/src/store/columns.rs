//! Reads rows column by column, and writes structures into columns.

use std::str::FromStr;

use selfsame_api::RawJson;
use selfsame_primitives::time::Timestamp;
use serde::Serialize;
use serde::de::value::{Error as WordError, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};

use super::{Readable, Unreadable};
use crate::database::{DatabaseError, Row, Value};

/// A row's columns, taken one by one in the order of the statement.
pub(crate) struct Columns(std::vec::IntoIter<Value>);

fn unexpected(what: &str, found: &impl std::fmt::Debug) -> DatabaseError {
    DatabaseError(format!("a column should hold {what}, not {found:?}"))
}

impl Columns {
    pub(crate) fn new(row: Row) -> Self {
        Self(row.into_iter())
    }

    /// The only row, if there is one.
    pub(crate) fn one(rows: Vec<Row>) -> Result<Option<Self>, DatabaseError> {
        let mut rows = rows.into_iter();
        let first = rows.next().map(Self::new);
        match rows.next() {
            None => Ok(first),
            Some(_) => Err(DatabaseError("more than one row".to_owned())),
        }
    }

    pub(crate) fn text(&mut self) -> Result<String, DatabaseError> {
        match self.0.next() {
            Some(Value::Text(text)) => Ok(text),
            other => Err(unexpected("text", &other)),
        }
    }

    pub(crate) fn optional_text(&mut self) -> Result<Option<String>, DatabaseError> {
        match self.0.next() {
            Some(Value::Text(text)) => Ok(Some(text)),
            Some(Value::Null) => Ok(None),
            other => Err(unexpected("text or nothing", &other)),
        }
    }

    pub(crate) fn integer(&mut self) -> Result<i64, DatabaseError> {
        match self.0.next() {
            Some(Value::Integer(number)) => Ok(number),
            other => Err(unexpected("a whole number", &other)),
        }
    }

    /// A number that fits `T`.
    pub(crate) fn number<T: TryFrom<i64>>(&mut self) -> Result<T, DatabaseError> {
        let number = self.integer()?;
        T::try_from(number).map_err(|_| unexpected("a number in range", &number))
    }

    pub(crate) fn optional_number<T: TryFrom<i64>>(&mut self) -> Result<Option<T>, DatabaseError> {
        match self.0.next() {
            Some(Value::Null) => Ok(None),
            Some(Value::Integer(number)) => {
                let fits = T::try_from(number);
                fits.map(Some)
                    .map_err(|_| unexpected("a number in range", &number))
            }
            other => Err(unexpected("a whole number or nothing", &other)),
        }
    }

    pub(crate) fn flag(&mut self) -> Result<bool, DatabaseError> {
        Ok(self.integer()? != 0)
    }

    pub(crate) fn moment(&mut self) -> Result<Timestamp, DatabaseError> {
        self.integer().map(Timestamp::from_millisecond)
    }

    pub(crate) fn optional_moment(&mut self) -> Result<Option<Timestamp>, DatabaseError> {
        match self.0.next() {
            Some(Value::Integer(number)) => Ok(Some(Timestamp::from_millisecond(number))),
            Some(Value::Null) => Ok(None),
            other => Err(unexpected("a moment or nothing", &other)),
        }
    }

    /// Text that parses: an id.
    pub(crate) fn parsed<T: FromStr>(&mut self) -> Result<T, DatabaseError> {
        let text = self.text()?;
        text.parse()
            .map_err(|_| unexpected(std::any::type_name::<T>(), &text))
    }

    pub(crate) fn optional_parsed<T: FromStr>(&mut self) -> Result<Option<T>, DatabaseError> {
        self.optional_text()?
            .map(|text| {
                text.parse()
                    .map_err(|_| unexpected(std::any::type_name::<T>(), &text))
            })
            .transpose()
    }

    /// A variant's word.
    pub(crate) fn word<T: DeserializeOwned>(&mut self) -> Result<T, DatabaseError> {
        from_word(&self.text()?)
    }

    pub(crate) fn optional_word<T: DeserializeOwned>(
        &mut self,
    ) -> Result<Option<T>, DatabaseError> {
        self.optional_text()?.as_deref().map(from_word).transpose()
    }

    /// JSON of the stored type `S`, converted to `T`.
    pub(crate) fn stored<S: DeserializeOwned, T: From<S>>(&mut self) -> Result<T, DatabaseError> {
        self.json::<S>().map(T::from)
    }

    /// A JSON list of the stored type `S`, converted to `T`.
    pub(crate) fn stored_list<S: DeserializeOwned, T: From<S>>(
        &mut self,
    ) -> Result<Vec<T>, DatabaseError> {
        let stored: Vec<S> = self.json()?;
        Ok(stored.into_iter().map(T::from).collect())
    }

    pub(crate) fn optional_stored<S: DeserializeOwned, T: From<S>>(
        &mut self,
    ) -> Result<Option<T>, DatabaseError> {
        Ok(self.optional_json::<S>()?.map(T::from))
    }

    /// The JSON of a `T`, which is passed on without being read.
    pub(crate) fn raw<T>(&mut self) -> Result<RawJson<T>, DatabaseError> {
        RawJson::from_text(self.text()?).map_err(|error| unreadable::<T>(&error))
    }

    pub(crate) fn json<T: DeserializeOwned>(&mut self) -> Result<T, DatabaseError> {
        from_json(&self.text()?)
    }

    pub(crate) fn optional_json<T: DeserializeOwned>(
        &mut self,
    ) -> Result<Option<T>, DatabaseError> {
        self.optional_text()?.as_deref().map(from_json).transpose()
    }
}

/// Reads rows that begin with an id, and sets those aside that cannot be read.
pub(crate) fn readable<T>(
    rows: Vec<Row>,
    mut read: impl FnMut(Row) -> Result<T, DatabaseError>,
) -> Result<Readable<T>, DatabaseError> {
    let (mut found, mut unreadable) = (Vec::with_capacity(rows.len()), Vec::new());
    for row in rows {
        let id = match row.first() {
            Some(Value::Text(id)) => id.clone(),
            other => return Err(unexpected("an id", &other)),
        };
        match read(row) {
            Ok(value) => found.push(value),
            Err(DatabaseError(cause)) => unreadable.push(Unreadable { id, cause }),
        }
    }
    Ok((found, unreadable))
}

/// A page of rows that have a number.
pub(crate) struct NumberedPage<T> {
    pub(crate) entries: Vec<T>,
    /// Those that cannot be read.
    pub(crate) unreadable: Vec<Unreadable>,
    /// The number of the last row, if there are more.
    pub(crate) next: Option<i64>,
}

/// Reads rows that begin with a number as a page of `limit`. One row more than that means that there is another page.
/// `table` names those that cannot be read.
pub(crate) fn numbered_page<T>(
    mut rows: Vec<Row>,
    limit: u32,
    table: &str,
    read: impl Fn(Row) -> Result<T, DatabaseError>,
) -> Result<NumberedPage<T>, DatabaseError> {
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let last = rows.last().filter(|_| more).cloned();
    let next = last.map(|row| Columns::new(row).integer()).transpose()?;
    let (entries, unreadable) = numbered(rows, table, read)?;
    Ok(NumberedPage {
        entries,
        unreadable,
        next,
    })
}

/// Reads rows that begin with a number, and sets those aside that cannot be read. `table` names them.
pub(crate) fn numbered<T>(
    rows: Vec<Row>,
    table: &str,
    read: impl Fn(Row) -> Result<T, DatabaseError>,
) -> Result<Readable<T>, DatabaseError> {
    let (mut entries, mut unreadable) = (Vec::with_capacity(rows.len()), Vec::new());
    for row in rows {
        let id = Columns::new(row.clone()).integer()?;
        match read(row) {
            Ok(entry) => entries.push(entry),
            Err(DatabaseError(cause)) => unreadable.push(Unreadable {
                id: format!("{table} {id}"),
                cause,
            }),
        }
    }
    Ok((entries, unreadable))
}

fn from_word<T: DeserializeOwned>(text: &str) -> Result<T, DatabaseError> {
    let word: StrDeserializer<'_, WordError> = text.into_deserializer();
    T::deserialize(word).map_err(|error| DatabaseError(error.to_string()))
}

pub(crate) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, DatabaseError> {
    serde_json::from_str(text).map_err(|error| unreadable::<T>(&error))
}

/// Stored JSON is not that of a `T`.
pub(crate) fn unreadable<T>(error: &serde_json::Error) -> DatabaseError {
    let name = std::any::type_name::<T>();
    DatabaseError(format!("stored {name} cannot be read: {error}"))
}

/// A structure as JSON text.
pub(crate) fn json(value: &impl Serialize) -> Result<Value, DatabaseError> {
    serde_json::to_string(value)
        .map(Value::Text)
        .map_err(|error| DatabaseError(error.to_string()))
}

/// A variant as its word.
pub(crate) fn word(variant: &impl Serialize) -> Result<Value, DatabaseError> {
    match serde_json::to_value(variant) {
        Ok(serde_json::Value::String(word)) => Ok(Value::Text(word)),
        Ok(other) => Err(unexpected("a variant's word", &other)),
        Err(error) => Err(DatabaseError(error.to_string())),
    }
}
