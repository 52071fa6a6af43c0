//! A studio with the rows of the first release, for targets that read through it.

use std::cell::RefCell;
use std::rc::Rc;

use rusqlite::types::{Value as Column, ValueRef};
use rusqlite::{Connection, params_from_iter};
use selfsame_api::Role;
use selfsame_primitives::time::Timestamp;
use selfsame_studio::credentials::SessionClaims;
use selfsame_studio::{
    Authenticated, Database, DatabaseError, Outcome, PersonRequest, Row, Studio, StudioError, Value,
};
use serde_json::Value as Json;

/// What a first release stored: its schema and rows.
pub(crate) const GOLDEN: &str = include_str!("../../../crates/studio/tests/golden/release-1.json");

/// A database in which a transaction can be part of another one, so that every input's damage is rolled back.
#[derive(Debug, Clone)]
pub(crate) struct Nested(Rc<Connection>);

fn failed(error: &rusqlite::Error) -> DatabaseError {
    DatabaseError(error.to_string())
}

impl Database for Nested {
    fn query(&mut self, sql: &str, parameters: &[Value]) -> Result<Vec<Row>, DatabaseError> {
        let bound = parameters.iter().map(|value| match value {
            Value::Null => Column::Null,
            Value::Integer(number) => Column::Integer(*number),
            Value::Text(text) => Column::Text(text.clone()),
        });
        let mut statement = self.0.prepare_cached(sql).map_err(|e| failed(&e))?;
        let columns = statement.column_count();
        let mut rows = statement
            .query(params_from_iter(bound))
            .map_err(|e| failed(&e))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(|e| failed(&e))? {
            let column = |place| match row.get_ref(place).map_err(|e| failed(&e))? {
                ValueRef::Null => Ok(Value::Null),
                ValueRef::Integer(number) => Ok(Value::Integer(number)),
                // As the Worker reads it.
                ValueRef::Real(number) => Ok(Value::Text(number.to_string())),
                ValueRef::Text(text) => Ok(Value::Text(String::from_utf8_lossy(text).into_owned())),
                ValueRef::Blob(_) => Err(DatabaseError("the studio stores no blob".to_owned())),
            };
            found.push((0..columns).map(column).collect::<Result<Row, _>>()?);
        }
        Ok(found)
    }

    fn atomically<T, E: From<DatabaseError>>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        let connection = Rc::clone(&self.0);
        let run = |sql| connection.execute_batch(sql).map_err(|e| failed(&e));
        run("SAVEPOINT studio")?;
        let done = work(self);
        if done.is_err() {
            run("ROLLBACK TO studio")?;
        }
        run("RELEASE studio")?;
        done
    }
}

/// A studio with the rows of the first release.
pub(crate) struct World {
    pub(crate) connection: Rc<Connection>,
    pub(crate) studio: Studio<Nested>,
    session: SessionClaims,
    pub(crate) generations: Vec<String>,
    pub(crate) pictures: Vec<String>,
}

/// Prepared statements that are kept: more than the studio has, so that none is prepared twice.
const STATEMENTS: usize = 256;

/// When everything is asked.
pub(crate) const NOW: Timestamp = Timestamp::from_millisecond(1_800_000_600_000);

thread_local! {
    static WORLD: RefCell<Result<World, String>> = RefCell::new(World::new());
}

/// Runs `work` on the studio.
pub(crate) fn with(work: impl FnOnce(&mut World) -> Result<(), String>) -> Result<(), String> {
    WORLD.with_borrow_mut(|world| work(world.as_mut().map_err(|error| error.clone())?))
}

impl World {
    fn new() -> Result<Self, String> {
        let golden: Json = serde_json::from_str(GOLDEN).map_err(|error| error.to_string())?;
        let connection = Connection::open_in_memory().map_err(|error| error.to_string())?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        let list = |value: &Json| value.as_array().cloned().unwrap_or_default();
        for statement in list(&golden["schema"]) {
            let statement = statement.as_str().unwrap_or_default();
            connection
                .execute_batch(statement)
                .map_err(|error| error.to_string())?;
        }
        let tables = golden["rows"].as_object().cloned().unwrap_or_default();
        for (table, rows) in &tables {
            for row in list(rows) {
                insert(&connection, table, &list(&row))?;
            }
        }
        let connection = Rc::new(connection);
        let database = Nested(Rc::clone(&connection));
        let studio = Studio::open(database, NOW).map_err(|error| error.to_string())?;
        let ids = |table: &str| {
            let rows = list(&tables[table]);
            rows.iter()
                .filter_map(|row| Some(row[0].as_str()?.to_owned()))
                .collect::<Vec<_>>()
        };
        let session = serde_json::json!({
            "user": "ada",
            "role": Role::Person,
            "session": ids("sessions").first(),
            "expires": 1_900_000_000_000_i64,
        });
        Ok(Self {
            connection,
            studio,
            session: serde_json::from_value(session).map_err(|error| error.to_string())?,
            generations: ids("generations"),
            pictures: ids("pictures"),
        })
    }

    /// Asks on behalf of the person.
    pub(crate) fn ask<R: PersonRequest>(
        &mut self,
        request: R,
    ) -> Result<Outcome<R::Reply>, StudioError> {
        let session = self.session.clone();
        self.studio.handle(NOW, Authenticated { session, request })
    }

    /// Runs statements.
    pub(crate) fn batch(&self, sql: &str) -> Result<(), String> {
        self.connection
            .execute_batch(sql)
            .map_err(|error| error.to_string())
    }
}

fn insert(connection: &Connection, table: &str, row: &[Json]) -> Result<(), String> {
    let marks = vec!["?"; row.len()].join(", ");
    let values = row.iter().map(|value| match value {
        Json::Number(number) => Column::Integer(number.as_i64().unwrap_or_default()),
        Json::String(text) => Column::Text(text.clone()),
        _ => Column::Null,
    });
    connection
        .execute(
            &format!("INSERT OR REPLACE INTO {table} VALUES ({marks})"),
            params_from_iter(values),
        )
        .map(|_| ())
        .map_err(|error| error.to_string())
}
