//! The studio's database: the SQLite of its Durable Object, and a binding of `storage.transactionSync`, which the `worker`
//! crate lacks.

use selfsame_studio::{Database, DatabaseError, Row, Value};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::*;
use worker::durable::Storage;
use worker::{SqlStorage, SqlStorageValue};

/// The SQLite of one Durable Object.
pub(super) struct ObjectDatabase {
    sql: SqlStorage,
    transactions: Transactions,
}

impl ObjectDatabase {
    /// The database in `storage`.
    pub(super) fn new(storage: &Storage) -> Self {
        Self {
            sql: storage.sql(),
            transactions: Transactions::of(storage),
        }
    }
}

impl Database for ObjectDatabase {
    fn query(&mut self, sql: &str, parameters: &[Value]) -> Result<Vec<Row>, DatabaseError> {
        let parameters: Vec<SqlStorageValue> = parameters.iter().map(bound).collect();
        let cursor = self
            .sql
            .exec(sql, parameters)
            .map_err(|error| failed(&error))?;
        cursor
            .raw()
            .map(|row| {
                row.map_err(|error| failed(&error))?
                    .into_iter()
                    .map(column)
                    .collect()
            })
            .collect()
    }

    fn atomically<T, E: From<DatabaseError>>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        let transactions = self.transactions.clone();
        let mut work = Some(work);
        let mut outcome = None;
        let committed = transactions.run(|| {
            let Some(work) = work.take() else {
                return Err(JsValue::from_str("the transaction ran twice"));
            };
            let result = work(self);
            // Only an exception makes the platform roll back.
            let answer = match &result {
                Ok(_) => Ok(()),
                Err(_) => Err(JsValue::from_str("rolled back")),
            };
            outcome = Some(result);
            answer
        });
        match (outcome, committed) {
            (Some(Err(error)), _) => Err(error),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (_, Err(error)) => Err(failed(&worker::Error::from(error)).into()),
            (None, Ok(())) => Err(DatabaseError("the transaction did not run".to_owned()).into()),
        }
    }
}

fn bound(value: &Value) -> SqlStorageValue {
    match value {
        Value::Null => SqlStorageValue::Null,
        Value::Integer(number) => SqlStorageValue::Integer(*number),
        Value::Text(text) => SqlStorageValue::String(text.clone()),
    }
}

fn column(value: SqlStorageValue) -> Result<Value, DatabaseError> {
    match value {
        SqlStorageValue::Null => Ok(Value::Null),
        SqlStorageValue::Integer(number) => Ok(Value::Integer(number)),
        SqlStorageValue::Boolean(truth) => Ok(truth.into()),
        SqlStorageValue::String(text) => Ok(Value::Text(text)),
        // No release stores one. As text it makes its own row unreadable instead of the whole answer.
        SqlStorageValue::Float(number) => Ok(Value::Text(number.to_string())),
        SqlStorageValue::Blob(_) => Err(DatabaseError(
            "expected a column of text or numbers, got a blob".to_owned(),
        )),
    }
}

fn failed(error: &worker::Error) -> DatabaseError {
    DatabaseError(error.to_string())
}

#[wasm_bindgen]
extern "C" {
    /// The part of a Durable Object's storage that runs transactions.
    #[derive(Clone)]
    type TransactionalStorage;

    #[wasm_bindgen(method, catch, js_name = transactionSync)]
    fn transaction_sync(
        this: &TransactionalStorage,
        work: &mut dyn FnMut() -> Result<(), JsValue>,
    ) -> Result<(), JsValue>;
}

/// Runs transactions in a Durable Object's storage.
#[derive(Clone)]
pub(super) struct Transactions(TransactionalStorage);

impl Transactions {
    /// Transactions in `storage`.
    pub(super) fn of(storage: &Storage) -> Self {
        let storage: &JsValue = storage.as_raw().as_ref();
        Self(storage.clone().unchecked_into())
    }

    /// Runs `work` in a transaction. An error rolls it back and is returned.
    pub(super) fn run(&self, mut work: impl FnMut() -> Result<(), JsValue>) -> Result<(), JsValue> {
        self.0.transaction_sync(&mut work)
    }
}
