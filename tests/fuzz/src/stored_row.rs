//! Rows of a studio's database, of which one is damaged or of a newer release.

use std::rc::Rc;

use rusqlite::types::{Value as Column, ValueRef};
use rusqlite::{Connection, params_from_iter};
use selfsame_api::{Event, Role};
use selfsame_primitives::time::Timestamp;
use selfsame_studio::credentials::SessionClaims;
use selfsame_studio::schedule::EffectSlots;
use selfsame_studio::{
    Authenticated, Database, DatabaseError, GetGeneration, GetMe, GetPicture, GetSnapshot,
    ListGenerations, ListModels, LocatePicture, Outcome, PersonRequest, Row, Signal, Studio,
    StudioError, Value,
};
use serde_json::Value as Json;

use super::{Target, bytes, holds, split};

/// The target. The first two bytes choose a column and one of its rows; the rest is what the column then holds.
pub const TARGET: Target = Target {
    name: "stored_row",
    fragments,
    known,
    check,
};

/// What a first release stored: its schema and rows.
const GOLDEN: &str = include_str!("../../../crates/studio/tests/golden/release-1.json");

/// The columns that are damaged, with their tables.
const COLUMNS: [(&str, &str); 30] = [
    ("generations", "status"),
    ("generations", "pictures"),
    ("generations", "request"),
    ("generations", "prompt"),
    ("generations", "spans"),
    ("generations", "effects"),
    ("generations", "provider"),
    ("generations", "builder"),
    ("generations", "submission"),
    ("generations", "nonce"),
    ("generations", "progress"),
    ("generations", "failure"),
    ("generations", "created_at"),
    ("generations", "attempted_at"),
    ("generations", "accepted_at"),
    ("generations", "finished_at"),
    ("generations", "data"),
    ("outputs", "url"),
    ("outputs", "state"),
    ("pictures", "format"),
    ("pictures", "bytes"),
    ("pictures", "etag"),
    ("pictures", "recipe"),
    ("pictures", "recipe_id"),
    ("outbox", "kind"),
    ("outbox", "subject"),
    ("outbox", "attempt"),
    ("outbox", "hint"),
    ("models", "dialect"),
    ("models", "trigger_word"),
];

fn fragments() -> Vec<Vec<u8>> {
    bytes(&[
        "{",
        "}",
        "[",
        "]",
        "\"",
        ",",
        ":",
        "null",
        "true",
        "-1",
        "9007199254740991",
        "1e308",
        "3.5",
        "{\"model\":\"mdl_01mcc5rm000000000000000001\",\"text\":\"x\"",
        "\"slots\":{\"film\":\"Portra 400\"}",
        "\"slots\":{\"mood\":[\"calm\"]}",
        "\"overrides\":{\"guidance\":3,\"seed\":77}",
        "{\"source\":\"trigger\",\"text\":\"user42585527\"}",
        "{\"parameter\":\"guidance\",\"status\":\"sent\",\"name\":null,\"value\":3,\"reason\":\"\"}",
        "{\"percent\":50,\"step\":14,\"steps\":28}",
        "{\"code\":\"timed_out\",\"message\":\"x\"}",
        "{\"inputs\":[],\"later\":1}",
        "succeeded",
        "generating",
        "queued",
        "webp",
        "submit",
        "poll",
        "replicate",
        "https://replicate.delivery/p/out-0.webp",
        "é",
    ])
}

fn known() -> Vec<Vec<u8>> {
    let golden: Json = serde_json::from_str(GOLDEN).unwrap_or_default();
    let rows = golden["rows"].as_object().into_iter().flatten();
    let stored = rows.flat_map(|(_, rows)| rows.as_array().into_iter().flatten());
    let texts = stored.flat_map(|row| row.as_array().into_iter().flatten());
    let mut texts: Vec<&str> = texts.filter_map(Json::as_str).collect();
    texts.sort_unstable();
    texts.dedup();
    let choices = (0_u8..30).cycle();
    let input = |(text, column): (&&str, u8)| [&[column, 0, 0, 0], text.as_bytes()].concat();
    texts.iter().zip(choices).map(input).collect()
}

/// A database in which a transaction can be part of another one, so that every input's damage is rolled back.
#[derive(Debug, Clone)]
struct Nested(Rc<Connection>);

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
struct World {
    connection: Rc<Connection>,
    studio: Studio<Nested>,
    session: SessionClaims,
    generations: Vec<String>,
    pictures: Vec<String>,
}

const NOW: Timestamp = Timestamp::from_millisecond(1_800_000_600_000);

thread_local! {
    static WORLD: std::cell::RefCell<Result<World, String>> = std::cell::RefCell::new(World::new());
}

impl World {
    fn new() -> Result<Self, String> {
        let golden: Json = serde_json::from_str(GOLDEN).map_err(|error| error.to_string())?;
        let connection = Connection::open_in_memory().map_err(|error| error.to_string())?;
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

    fn ask<R: PersonRequest>(&mut self, request: R) -> Result<Outcome<R::Reply>, StudioError> {
        let session = self.session.clone();
        self.studio.handle(NOW, Authenticated { session, request })
    }

    fn batch(&self, sql: &str) -> Result<(), String> {
        self.connection
            .execute_batch(sql)
            .map_err(|error| error.to_string())
    }

    /// Reads everything after the column of one row was set to `text`.
    fn read_damaged(&mut self, [column, row, ..]: [usize; 4], text: &str) -> Result<(), String> {
        let (table, column) = COLUMNS[column % COLUMNS.len()];
        let value = text
            .parse::<i64>()
            .map_or_else(|_| Column::Text(text.to_owned()), Column::Integer);
        let sql = format!(
            "UPDATE {table} SET {column} = ?1 WHERE rowid =
                (SELECT rowid FROM {table} ORDER BY rowid LIMIT 1 OFFSET
                    (SELECT ?2 % count(*) FROM {table}))"
        );
        let row = i64::try_from(row).unwrap_or(0);
        let changed = self
            .connection
            .prepare_cached(&sql)
            .and_then(|mut update| update.execute((value, row)));
        // A value that a constraint refuses cannot be there.
        if changed.is_err() {
            return Ok(());
        }
        self.read_all()
    }

    fn read_all(&mut self) -> Result<(), String> {
        let listed = self.ask(ListGenerations::default());
        let listed = listed.map_err(|error| format!("the list fails: {error}"))?;
        let left_out = unreadable(&listed.signals);
        let generations = listed.value.generations.len();
        holds("one row hides others", left_out <= 1)?;
        holds(
            "a generation is neither listed nor set aside",
            generations + left_out >= self.generations.len(),
        )?;
        let snapshot = self.ask(GetSnapshot);
        let snapshot = snapshot.map_err(|error| format!("the snapshot fails: {error}"))?;
        if let Event::Snapshot { generations, .. } = &snapshot.value {
            holds(
                "a snapshot hides more than one row",
                generations.len() + 1 >= self.generations.len(),
            )?;
        }
        written(&listed.value)?;
        written(&snapshot.value)?;
        for id in self.generations.clone() {
            let id = id.parse().map_err(|_| "a golden id is malformed")?;
            if let Ok(found) = self.ask(GetGeneration { id }) {
                written(&found.value)?;
            }
        }
        for id in self.pictures.clone() {
            let id = id.parse().map_err(|_| "a golden id is malformed")?;
            if let Ok(found) = self.ask(GetPicture {
                id: Clone::clone(&id),
            }) {
                written(&found.value)?;
            }
            let _ = self.ask(LocatePicture { id });
        }
        let me = self.ask(GetMe);
        me.map_err(|error| format!("the account fails: {error}"))?;
        if let Ok(models) = self.ask(ListModels) {
            written(&models.value)?;
        }
        let due = self.studio.due(NOW, EffectSlots::default().room());
        due.map(|_| ())
            .map_err(|error| format!("what is due fails: {error}"))
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

fn unreadable(signals: &[Signal]) -> usize {
    let is_unreadable = |signal: &&Signal| matches!(signal, Signal::Unreadable { .. });
    signals.iter().filter(is_unreadable).count()
}

/// A reply can be sent.
fn written(reply: &impl serde::Serialize) -> Result<(), String> {
    serde_json::to_vec(reply)
        .map(|_| ())
        .map_err(|error| format!("a reply cannot be written: {error}"))
}

fn check(input: &[u8]) -> Result<(), String> {
    let (choices, text) = split(input);
    WORLD.with_borrow_mut(|world| {
        let world = world.as_mut().map_err(|error| error.clone())?;
        world.batch("SAVEPOINT fuzz")?;
        let read = world.read_damaged(choices, &text);
        world.batch("ROLLBACK TO fuzz; RELEASE fuzz")?;
        read
    })
}
