//! Rows of a studio's database, of which one is damaged or of a newer release.

use rusqlite::types::Value as Column;
use selfsame_api::Opening;
use selfsame_studio::schedule::EffectSlots;
use selfsame_studio::{
    FollowEvents, GetGeneration, GetMe, GetPicture, ListGenerations, ListModels, LocatePicture,
    Signal,
};
use serde_json::Value as Json;

use super::studio::{self, GOLDEN, NOW, World};
use super::{Target, bytes, holds, split};

/// The target. The first two bytes choose a column and one of its rows; the rest is what the column then holds.
pub const TARGET: Target = Target {
    name: "stored_row",
    fragments,
    known,
    check,
};

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

/// Reads everything after the column of one row was set to `text`.
fn read_damaged(
    world: &mut World,
    [column, row, ..]: [usize; 4],
    text: &str,
) -> Result<(), String> {
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
    let changed = world
        .connection
        .prepare_cached(&sql)
        .and_then(|mut update| update.execute((value, row)));
    // A value that a constraint refuses cannot be there.
    if changed.is_err() {
        return Ok(());
    }
    read_all(world)
}

fn read_all(world: &mut World) -> Result<(), String> {
    let listed = world.ask(ListGenerations::default());
    let listed = listed.map_err(|error| format!("the list fails: {error}"))?;
    let left_out = unreadable(&listed.signals);
    let generations = listed.value.generations.len();
    holds("one row hides others", left_out <= 1)?;
    holds(
        "a generation is neither listed nor set aside",
        generations + left_out >= world.generations.len(),
    )?;
    let snapshot = world.ask(FollowEvents::default());
    let snapshot = snapshot.map_err(|error| format!("the snapshot fails: {error}"))?;
    if let Opening::Snapshot { generations, .. } = &snapshot.value.message {
        holds(
            "a snapshot hides more than one row",
            generations.len() + 1 >= world.generations.len(),
        )?;
    }
    written(&listed.value)?;
    written(&snapshot.value)?;
    for id in world.generations.clone() {
        let id = id.parse().map_err(|_| "a golden id is malformed")?;
        if let Ok(found) = world.ask(GetGeneration { id }) {
            written(&found.value)?;
        }
    }
    for id in world.pictures.clone() {
        let id = id.parse().map_err(|_| "a golden id is malformed")?;
        if let Ok(found) = world.ask(GetPicture {
            id: Clone::clone(&id),
        }) {
            written(&found.value)?;
        }
        let _ = world.ask(LocatePicture { id, size: None });
    }
    let me = world.ask(GetMe);
    me.map_err(|error| format!("the account fails: {error}"))?;
    if let Ok(models) = world.ask(ListModels) {
        written(&models.value)?;
    }
    let due = world.studio.due(NOW, EffectSlots::default().room());
    due.map(|_| ())
        .map_err(|error| format!("what is due fails: {error}"))
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
    studio::with(|world| {
        world.batch("SAVEPOINT fuzz")?;
        let read = read_damaged(world, choices, &text);
        world.batch("ROLLBACK TO fuzz; RELEASE fuzz")?;
        read
    })
}
