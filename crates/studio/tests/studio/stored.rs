//! Rows outlive releases: what an older release stored is read, and a release back reads what this one stores.
//!
//! `tests/golden/release-1.json` was written by the first release and never changes: its schema, the rows of
//! [`scenario`] and its statements.

use std::collections::BTreeMap;

use selfsame_api::{FailureCode, GenerationStatus, Progress};
use selfsame_primitives::ids::GenerationId;
use selfsame_prompt::parameters::{AspectRatio, PresetId};
use selfsame_prompt::schema::InputSchema;
use selfsame_prompt::slots::Slot;
use selfsame_provider::outcome::{ReadOutcome, SubmitOutcome};
use selfsame_provider::prediction::{Phase, Prediction};
use selfsame_studio::{
    Database, GetGeneration, GetMe, GetPicture, GetSeries, Hint, ListGenerations, ListModels,
    Nonce, Observation, Signal, Studio, StudioError, Value,
};
use serde::Deserialize;
use serde_json::Value as Json;

use crate::database::Sqlite;
use crate::kit::{Kit, lost, polled, prediction, stored, succeeded};

/// The tables of release 1 with their columns.
const TABLES: [(&str, &str); 12] = [
    (
        "profile",
        "only_row, user, name, role, status, epoch, limited, created_at",
    ),
    ("nonces", "nonce, expires_at"),
    ("sessions", "id, epoch, expires_at, ended_at"),
    (
        "models",
        "id, label, provider, provider_model, version, trigger_word, class_word, dialect, weights, created_at",
    ),
    (
        "generations",
        "id, revision, status, cancel_requested, pictures, request, prompt, spans, effects, provider, builder, \
         submission, nonce, provider_id, progress, failure, created_at, attempted_at, accepted_at, finished_at, data",
    ),
    ("outputs", "generation, position, picture, url, state"),
    (
        "pictures",
        "id, generation, position, format, bytes, etag, recipe, created_at",
    ),
    (
        "ledger",
        "id, at, kind, generation, pictures, granted, used, reserved",
    ),
    ("idempotency", "key, body_hash, generation, created_at"),
    (
        "outbox",
        "id, kind, subject, generation, created_at, due_at, leased, attempt, troubles, nudged, hint",
    ),
    ("webhooks", "id, heard_at"),
    ("migrations", "version, applied_at"),
];

#[derive(Deserialize)]
struct Golden {
    schema: Vec<String>,
    rows: BTreeMap<String, Vec<Vec<Json>>>,
    statements: Vec<String>,
}

fn release_1() -> Golden {
    serde_json::from_str(include_str!("../golden/release-1.json")).unwrap()
}

/// The generations of [`scenario`], oldest first.
struct Made {
    succeeded: GenerationId,
    refused: GenerationId,
    generating: GenerationId,
    saving: GenerationId,
    waiting: GenerationId,
}

/// The schema as a release without enhancements stored it.
fn without_enhancement(schema: &InputSchema) -> InputSchema {
    InputSchema::from_parts(
        schema.inputs().to_vec(),
        schema.lora(),
        schema.names_base(),
        None,
    )
}

/// A studio with one generation in every state that stores something of its own.
fn scenario(kit: &mut Kit) -> Made {
    let mut request = kit.request(2);
    request.preset = PresetId::Natural;
    request.overrides.guidance = Some(3.0);
    request.overrides.lora_scale = Some(1.25);
    request.overrides.aspect_ratio = Some(AspectRatio::Portrait3x4);
    request.overrides.go_fast = Some(false);
    request
        .slots
        .set(Slot::Wardrobe, vec!["red coat".to_owned()]);
    request.slots.set(Slot::Film, vec!["Portra 400".to_owned()]);
    let ask = kit.generate_command(request);
    let succeeded_id = ask.generation.clone();
    kit.tell(ask).unwrap();
    submit(kit, "p1");
    let poll = kit.next_due();
    kit.observe(&poll, polled(succeeded("p1", 2)));
    let fetches = kit.due();
    kit.observe(&fetches[0], stored());
    kit.observe(&fetches[1], lost());

    kit.pass(1);
    let refused = kit.generate(1);
    let item = kit.only_due();
    let refusal = selfsame_provider::replicate::read_create(Ok(invalid_input()));
    kit.observe(&item, Observation::Submitted(refusal));

    kit.pass(1);
    let generating = kit.generate(1);
    submit(kit, "p2");
    let poll = kit.next_due();
    let progress = Some(Progress {
        percent: 50,
        step: 14,
        steps: 28,
    });
    let found = Prediction {
        progress,
        ..prediction("p2", Phase::Processing)
    };
    kit.observe(&poll, Observation::Polled(ReadOutcome::Found(found)));
    let hint = Hint {
        webhook_id: "msg-1".to_owned(),
        generation: generating.clone(),
        nonce: Nonce::from_random(4),
        provider_id: "p2".parse().unwrap(),
    };
    kit.handle(hint).unwrap();

    let saving = kit.generate(2);
    submit(kit, "p3");
    while kit.status(&saving) != GenerationStatus::Saving {
        kit.now = kit.next_alarm().unwrap().max(kit.now);
        for item in kit.due() {
            let phase = if format!("{item:?}").contains("p3") {
                succeeded("p3", 2)
            } else {
                prediction("p2", Phase::Processing)
            };
            kit.observe(&item, polled(phase));
        }
    }
    kit.pass(1);
    let waiting = kit.generate(1);
    Made {
        succeeded: succeeded_id,
        refused,
        generating,
        saving,
        waiting,
    }
}

fn submit(kit: &mut Kit, name: &str) {
    let submit = kit.only_due();
    let accepted = SubmitOutcome::Accepted(prediction(name, Phase::Starting));
    kit.observe(&submit, Observation::Submitted(accepted));
}

/// The provider's refusal of one input.
fn invalid_input() -> selfsame_provider::http::ProviderResponse {
    let body = r#"{"title":"Input validation failed","detail":"- input.guidance: Must be less than or equal to 10\n","status":422,"invalid_fields":[{"type":"number_lte","field":"input.guidance","description":"Must be less than or equal to 10"}]}"#;
    selfsame_provider::http::ProviderResponse {
        status: 422,
        retry_after: None,
        body: body.as_bytes().to_vec(),
    }
}

/// Every row, in the columns of release 1.
fn rows(database: &mut Sqlite) -> BTreeMap<String, Vec<Vec<Json>>> {
    let json = |value: Value| match value {
        Value::Null => Json::Null,
        Value::Integer(number) => number.into(),
        Value::Text(text) => text.into(),
    };
    TABLES
        .iter()
        .map(|(table, columns)| {
            let sql = format!("SELECT {columns} FROM {table} ORDER BY 1, 2");
            let rows = database.query(&sql, &[]).unwrap();
            let rows = rows
                .into_iter()
                .map(|row| row.into_iter().map(json).collect());
            ((*table).to_owned(), rows.collect())
        })
        .collect()
}

fn insert(database: &mut Sqlite, rows: &BTreeMap<String, Vec<Vec<Json>>>) {
    for (table, columns) in TABLES {
        for row in &rows[table] {
            let marks = vec!["?"; row.len()].join(", ");
            let sql = format!("INSERT OR REPLACE INTO {table} ({columns}) VALUES ({marks})");
            let values: Vec<Value> = row
                .iter()
                .map(|value| match value {
                    Json::Null => Value::Null,
                    Json::Number(number) => Value::Integer(number.as_i64().unwrap()),
                    Json::String(text) => Value::Text(text.clone()),
                    other => panic!("no column holds {other}"),
                })
                .collect();
            database.query(&sql, &values).unwrap();
        }
    }
}

/// Reads everything that there is in the studio of [`scenario`].
fn check(studio: &mut Kit, made: &Made) {
    let page = studio.ask(ListGenerations::default()).unwrap().generations;
    let ids: Vec<_> = page.iter().map(|one| one.id.clone()).collect();
    let all = [
        &made.waiting,
        &made.saving,
        &made.generating,
        &made.refused,
        &made.succeeded,
    ];
    assert_eq!(ids.iter().collect::<Vec<_>>(), all);
    let summary = &page[4];
    assert_eq!(
        summary.request.text,
        "reading in a café, wearing a red coat, on Portra 400 film"
    );
    assert_eq!(summary.request.preset, PresetId::Natural);
    assert_eq!(summary.aspect_ratio, Some(AspectRatio::Portrait3x4));
    assert_eq!((summary.seed, summary.pictures.len()), (Some(77), 1));
    assert_eq!(page[2].progress.unwrap().percent, 50);

    let done = studio.generation(&made.succeeded);
    assert_eq!(done.request.overrides.guidance, Some(3.0));
    assert_eq!(done.request.slots.get(Slot::Wardrobe), ["red coat"]);
    let id = done.pictures[0].id.clone();
    let record = studio.ask(GetPicture { id }).unwrap();
    assert_eq!(record.generation, made.succeeded);
    let recipe = record.picture.recipe.read().unwrap();
    assert_eq!(record.picture.recipe_id, recipe.id());
    let failure = studio.generation(&made.refused).failure.unwrap();
    assert_eq!(failure.code, FailureCode::InputRefused);

    let (generations, _) = studio.snapshot();
    assert_eq!(generations.len(), 5);
    let models = studio.ask(ListModels).unwrap();
    assert_eq!(models, std::slice::from_ref(&studio.model));
    assert_eq!(studio.ask(GetMe).unwrap().allowance.used, 1);
}

#[test]
fn rows_of_release_1_are_read() {
    let golden = release_1();
    let mut database = Sqlite::in_memory();
    for statement in &golden.schema {
        database.query(statement, &[]).unwrap();
    }
    insert(&mut database, &golden.rows);
    // The same scenario says which ids it made.
    let mut kit = Kit::new();
    let made = scenario(&mut kit);
    kit.studio = Studio::open(database.clone(), kit.now).unwrap();
    kit.database = database;
    kit.model.consent = None;
    kit.model.schema = without_enhancement(&kit.model.schema);
    check(&mut kit, &made);
}

/// Covers every column that release 1 has, with the fields and words in it: were one written otherwise, a release back
/// might not read it. Sentences, the versions of data and the pace of effects may change.
#[test]
fn rows_are_stored_as_release_1_stored_them() {
    let mut kit = Kit::new();
    let made = scenario(&mut kit);
    check(&mut kit, &made);
    let stored = rows(&mut kit.database);
    for (table, golden) in &release_1().rows {
        let columns = TABLES.iter().find(|(name, _)| name == table).unwrap().1;
        assert_eq!(stored[table].len(), golden.len(), "{table}");
        for (row, golden) in stored[table].iter().zip(golden) {
            for ((column, value), golden) in columns.split(", ").zip(row).zip(golden) {
                let (value, golden) = (format_of(column, value), format_of(column, golden));
                assert_eq!(value, golden, "{table}.{column}");
            }
        }
    }
}

/// Fields that later releases have added. Release 1 ignores them.
const ADDED: [&str; 1] = ["enhancement"];

/// A value without its sentences, versions, pace and additions. Stored JSON is taken apart.
fn format_of(name: &str, value: &Json) -> Json {
    let free = [
        "reason", "message", "prompt", "text", "builder", "data", "due_at", "attempt",
    ];
    if free.contains(&name) {
        return Json::Null;
    }
    match value {
        Json::String(text) if text.starts_with(['{', '[']) => {
            format_of(name, &serde_json::from_str(text).unwrap())
        }
        Json::Array(items) => items.iter().map(|item| format_of("", item)).collect(),
        Json::Object(fields) => fields
            .iter()
            .filter(|(name, _)| !ADDED.contains(&name.as_str()))
            .map(|(name, value)| (name.clone(), format_of(name, value)))
            .collect(),
        other => other.clone(),
    }
}

/// Covers the schema: release 1 opens the database, its statements find their columns, its rows can be inserted, and
/// this release reads them afterwards.
#[test]
fn a_release_back_and_forth_leaves_the_studio_usable() {
    let golden = release_1();
    let mut kit = Kit::new();
    let made = scenario(&mut kit);
    let versions = kit.database.integers("SELECT max(version) FROM migrations");
    assert_eq!(
        versions,
        [4],
        "release 1 refuses a database of a later version"
    );
    for statement in &golden.statements {
        let parameters = vec![Value::Null; statement.matches('?').count()];
        let explained = kit
            .database
            .query(&format!("EXPLAIN {statement}"), &parameters);
        explained.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
    insert(&mut kit.database, &golden.rows);
    kit.studio = Studio::open(kit.database.clone(), kit.now).unwrap();
    kit.model.consent = None;
    kit.model.schema = without_enhancement(&kit.model.schema);
    check(&mut kit, &made);
}

#[test]
fn a_row_of_a_newer_release_does_not_hide_the_others() {
    let mut kit = Kit::new();
    let made = scenario(&mut kit);
    let id = made.refused.as_str();
    let sql = "UPDATE generations SET status = 'queued' WHERE id = ?";
    kit.database.query(sql, &[id.into()]).unwrap();
    let sql =
        "UPDATE generations SET request = json_set(request, '$.later', 1, '$.overrides.later', 1,
        '$.slots', json_object('later', 'x', 'mood', json_array('calm'))) WHERE id = ?";
    let saving = made.saving.as_str();
    kit.database.query(sql, &[saving.into()]).unwrap();

    let outcome = kit.tell(ListGenerations::default()).unwrap();
    assert_eq!(outcome.value.generations.len(), 4);
    assert!(
        matches!(&outcome.signals[..], [Signal::Unreadable { id, .. }] if *id == made.refused.as_str()),
        "{:?}",
        outcome.signals
    );
    let (generations, _) = kit.snapshot();
    assert_eq!(generations.len(), 4);
    let request = kit.ask(GetGeneration { id: made.saving }).unwrap().request;
    assert_eq!(request.slots.get(Slot::Mood), ["calm"]);
}

#[test]
fn a_model_of_a_newer_release_is_read_without_what_is_new() {
    let mut kit = Kit::new();
    let later = r#"{"parameter":"sampler","name":"sampler","domain":{"choice":["euler"]},"default":"euler"}"#;
    let sql = "UPDATE models SET dialect =
        json_set(dialect, '$.later', 1, '$.inputs[0].later', 1, '$.inputs[#]', json(?))";
    kit.database.query(sql, &[later.into()]).unwrap();
    let models = kit.ask(ListModels).unwrap();
    assert_eq!(models, std::slice::from_ref(&kit.model));
    kit.generate(1);
}

#[test]
fn a_damaged_row_does_not_hide_the_others() {
    let mut kit = Kit::new();
    let made = scenario(&mut kit);
    let picture = "UPDATE pictures SET format = 'avif'";
    let damaged = |column: &str, value: &str| {
        let id = made.refused.as_str();
        format!("UPDATE generations SET {column} = {value} WHERE id = '{id}'")
    };
    for (sql, listed) in [
        (picture.to_owned(), 5),
        (damaged("submission", "'['"), 5),
        (damaged("request", "json_set(request, '$.model', 3.5)"), 4),
        (damaged("request", "'{'"), 4),
    ] {
        kit.database.execute(&sql);
        let outcome = kit.tell(ListGenerations::default()).unwrap();
        assert_eq!(outcome.value.generations.len(), listed, "{sql}");
        let (generations, _) = kit.snapshot();
        assert_eq!(generations.len(), listed, "{sql}");
        let unreadable = outcome.signals.iter();
        let unreadable = unreadable.filter(|signal| matches!(signal, Signal::Unreadable { .. }));
        // The picture stays unreadable.
        assert_eq!(unreadable.count(), 1 + (5 - listed), "{sql}");
    }
}

/// `tests/golden/series-plan.json` was written by the first release with series and never changes.
#[test]
fn a_plan_is_stored_and_read_as_the_first_release_with_series_did() {
    let golden = include_str!("../golden/series-plan.json").trim();
    let mut kit = Kit::new();
    let request = kit.new_comparison(&[20, 28]);
    let made = kit.series(request);
    let equal = format!("SELECT plan = '{golden}' FROM series");
    assert_eq!(kit.database.integers(&equal), [1]);

    kit.database.execute("UPDATE series SET plan = ''");
    let get = GetSeries {
        id: made.series.id.clone(),
    };
    assert!(matches!(
        kit.ask(get.clone()),
        Err(StudioError::Database(_))
    ));
    kit.database
        .execute(&format!("UPDATE series SET plan = '{golden}'"));
    let read = kit.ask(get).unwrap();
    assert_eq!(
        (read.axes, read.frames),
        (made.axes, made.frames),
        "read otherwise"
    );
}
