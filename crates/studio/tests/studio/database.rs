//! The studio's database on `rusqlite`.

use std::cell::Cell;
use std::path::Path;
use std::rc::Rc;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, params_from_iter};
use selfsame_studio::{Database, DatabaseError, Row, Value};

/// A database that outlives its studio. Clones share it.
#[derive(Debug, Clone)]
pub(crate) struct Sqlite(Rc<Connection>, Rc<Cell<Option<u32>>>);

impl Sqlite {
    pub(crate) fn in_memory() -> Self {
        Self(
            Rc::new(Connection::open_in_memory().unwrap()),
            Rc::default(),
        )
    }

    pub(crate) fn in_file(path: &Path) -> Self {
        Self(Rc::new(Connection::open(path).unwrap()), Rc::default())
    }

    /// Lets this many statements of the studio succeed, and every later one fail.
    pub(crate) fn fail_after(&self, statements: u32) {
        self.1.set(Some(statements));
    }

    /// Lets every statement succeed again. Returns how many more would have.
    pub(crate) fn mend(&self) -> Option<u32> {
        self.1.take()
    }

    /// The first column of every row.
    pub(crate) fn integers(&self, sql: &str) -> Vec<i64> {
        let mut statement = self.0.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    /// The tables with a row that holds this text.
    pub(crate) fn tables_with(&self, text: &str) -> Vec<String> {
        let sql = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
        let mut statement = self.0.prepare(sql).unwrap();
        let tables = statement
            .query_map([], |row| row.get::<_, String>(0))
            .unwrap();
        let holds = |table: &String| {
            let mut statement = self.0.prepare(&format!("SELECT * FROM {table}")).unwrap();
            let columns = statement.column_count();
            let mut rows = statement.query([]).unwrap();
            while let Some(row) = rows.next().unwrap() {
                for column in 0..columns {
                    if let ValueRef::Text(found) = row.get_ref_unwrap(column)
                        && String::from_utf8_lossy(found).contains(text)
                    {
                        return true;
                    }
                }
            }
            false
        };
        tables.map(Result::unwrap).filter(holds).collect()
    }

    /// Runs a statement behind the studio's back.
    pub(crate) fn execute(&self, sql: &str) {
        self.0.execute(sql, []).unwrap();
    }
}

fn failed(error: &rusqlite::Error) -> DatabaseError {
    DatabaseError(error.to_string())
}

fn to_sql(value: &Value) -> rusqlite::types::Value {
    match value {
        Value::Null => rusqlite::types::Value::Null,
        Value::Integer(number) => {
            assert!(number.abs() < 1 << 53, "{number} is no JavaScript number");
            rusqlite::types::Value::Integer(*number)
        }
        Value::Text(text) => rusqlite::types::Value::Text(text.clone()),
    }
}

fn from_sql(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8(text.to_vec()).unwrap()),
        other => panic!("the studio stores no {other:?}"),
    }
}

impl Database for Sqlite {
    fn query(&mut self, sql: &str, parameters: &[Value]) -> Result<Vec<Row>, DatabaseError> {
        // A trigger's own statements are no others.
        let trigger = sql.starts_with("CREATE TRIGGER");
        for forbidden in ["PRAGMA", "BEGIN", "COMMIT", "SAVEPOINT", ";"] {
            let allowed = trigger && ["BEGIN", ";"].contains(&forbidden);
            assert!(
                allowed || !sql.contains(forbidden),
                "not on a Durable Object: {sql}"
            );
        }
        assert!(parameters.len() <= 100);
        match self.1.get() {
            Some(0) => return Err(DatabaseError("the power failed".to_owned())),
            left => self.1.set(left.map(|left| left - 1)),
        }
        let mut statement = self.0.prepare_cached(sql).map_err(|e| failed(&e))?;
        let columns = statement.column_count();
        let mut rows = statement
            .query(params_from_iter(parameters.iter().map(to_sql)))
            .map_err(|e| failed(&e))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(|e| failed(&e))? {
            found.push(
                (0..columns)
                    .map(|n| from_sql(row.get_ref_unwrap(n)))
                    .collect(),
            );
        }
        Ok(found)
    }

    fn atomically<T, E: From<DatabaseError>>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        let run = |sql| self.0.execute_batch(sql).map_err(|e| failed(&e));
        run("BEGIN IMMEDIATE")?;
        let connection = Rc::clone(&self.0);
        let done = work(self);
        let end = if done.is_ok() { "COMMIT" } else { "ROLLBACK" };
        connection.execute_batch(end).map_err(|e| failed(&e))?;
        done
    }
}
