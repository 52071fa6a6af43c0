use rusqlite::types::{Null, ToSqlOutput, ValueRef};
use rusqlite::{Connection, params_from_iter};

use selfsame_primitives::ids::{GenerationId, PictureId};
use selfsame_recipe::Recipe;

use super::*;
use crate::database::Row;

const NOW: Timestamp = Timestamp::from_millisecond(1_800_000_000_000);

/// The part of a database that migrations need.
pub(crate) struct Sqlite(Connection);

impl Database for Sqlite {
    fn query(&mut self, sql: &str, parameters: &[Value]) -> Result<Vec<Row>, DatabaseError> {
        let parameters = parameters.iter().map(|value| match value {
            Value::Integer(number) => ToSqlOutput::from(*number),
            Value::Text(text) => ToSqlOutput::from(text.as_str()),
            Value::Null => ToSqlOutput::from(Null),
        });
        let mut statement = self.0.prepare(sql).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query(params_from_iter(parameters)).unwrap();
        let mut found = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            let value = |n| match row.get_ref_unwrap(n) {
                ValueRef::Integer(number) => Value::Integer(number),
                ValueRef::Text(text) => Value::Text(String::from_utf8(text.to_vec()).unwrap()),
                _ => Value::Null,
            };
            found.push((0..columns).map(value).collect());
        }
        Ok(found)
    }

    fn atomically<T, E: From<DatabaseError>>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        work(self)
    }
}

fn at_version(version: usize) -> Sqlite {
    let mut db = Sqlite(Connection::open_in_memory().unwrap());
    begin(&mut db).unwrap();
    for (number, statements) in (1..).zip(&MIGRATIONS[..version]) {
        apply(&mut db, NOW, number, statements).unwrap();
    }
    db
}

/// A database of the newest version.
pub(crate) fn newest() -> Sqlite {
    let mut db = at_version(0);
    run(&mut db, NOW).unwrap();
    db
}

fn schema(db: &mut Sqlite) -> Vec<Row> {
    db.query(
        "SELECT type, name, sql FROM sqlite_master ORDER BY name",
        &[],
    )
    .unwrap()
}

#[test]
fn every_older_version_migrates_to_the_newest_once() {
    let mut newest = at_version(MIGRATIONS.len());
    run(&mut newest, NOW).unwrap();
    let newest = schema(&mut newest);
    assert!(newest.len() > 20);
    for version in 0..=MIGRATIONS.len() {
        let mut db = at_version(version);
        run(&mut db, NOW).unwrap();
        assert_eq!(schema(&mut db), newest, "from version {version}");
        run(&mut db, NOW).unwrap();
        let applied = db.query("SELECT version FROM migrations", &[]).unwrap();
        assert_eq!(applied.len(), MIGRATIONS.len());
    }
}

#[test]
fn rows_of_an_older_version_are_kept() {
    let mut db = at_version(1);
    db.query(
        "INSERT INTO profile (user, name, role, status, epoch, limited, created_at)
         VALUES ('ada', 'Ada', 'person', 'active', 0, 1, 0)",
        &[],
    )
    .unwrap();
    run(&mut db, NOW).unwrap();
    let profile = crate::store::profile::load(&mut db).unwrap().unwrap();
    assert_eq!(profile.user.as_str(), "ada");
}

#[test]
fn what_was_made_before_there_were_conversations_is_held_by_one() {
    let conversations = |statement: &&str| statement.starts_with("CREATE TABLE conversations");
    let before = ADDITIONS.iter().position(conversations).unwrap();
    for generations in [0, 2] {
        let mut db = at_version(MIGRATIONS.len());
        add_up_to(&mut db, before);
        for number in 0..generations {
            db.query(
                "INSERT INTO generations (id, revision, status, pictures, request, prompt, spans,
                    effects, provider, builder, submission, nonce, created_at)
                 VALUES (?, 1, 'saving', 1, '{}', 'hat', '[]', '[]', 'replicate', 1, '{}', 'n', 0)",
                &[GenerationId::mint(NOW, number).as_str().into()],
            )
            .unwrap();
        }
        run(&mut db, NOW).unwrap();
        let (found, _) = crate::store::conversations::page(&mut db, None, None, 9).unwrap();
        let held = "SELECT count(*) FROM generations JOIN conversations
            ON conversations.id = conversation";
        let held = Columns::one(db.query(held, &[]).unwrap()).unwrap();
        assert_eq!(
            u128::from(held.unwrap().number::<u32>().unwrap()),
            generations
        );
        assert_eq!(found.len(), usize::from(generations > 0));
    }
}

/// Makes the first additions, as an older release did.
fn add_up_to(db: &mut Sqlite, count: usize) {
    db.query(
        "CREATE TABLE additions (number INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL)",
        &[],
    )
    .unwrap();
    for (number, statement) in (1..).zip(&ADDITIONS[..count]) {
        db.query(statement, &[]).unwrap();
        db.query(
            "INSERT INTO additions VALUES (?, 0)",
            &[i64::from(number).into()],
        )
        .unwrap();
    }
}

#[test]
fn an_early_recipe_keeps_its_bytes() {
    const EARLY: &str = r#"{"builder":1,"index":0,"input":{"guidance":3.5,"prompt":"hat"},"provider":"replicate","seed":7,"version":"f00d"}"#;
    let mut db = at_version(3);
    let (generation, picture) = (GenerationId::mint(NOW, 1), PictureId::mint(NOW, 2));
    db.query(
        "INSERT INTO generations (id, revision, status, pictures, request, prompt, spans,
            effects, provider, builder, submission, nonce, created_at)
         VALUES (?, 1, 'saving', 1, '{}', 'hat', '[]', '[]', 'replicate', 1, '{}', 'n', 0)",
        &[generation.as_str().into()],
    )
    .unwrap();
    db.query(
        "INSERT INTO pictures (id, generation, position, format, bytes, etag, recipe, created_at)
         VALUES (?, ?, 0, 'webp', 1, 'e', ?, 0)",
        &[
            picture.as_str().into(),
            generation.as_str().into(),
            EARLY.into(),
        ],
    )
    .unwrap();
    run(&mut db, NOW).unwrap();
    let found = crate::store::pictures::record(&mut db, &picture)
        .unwrap()
        .unwrap()
        .1;
    assert_eq!(found.recipe.as_str(), EARLY);
    assert!(Recipe::verify(EARLY, &found.recipe_id).is_ok());
    // A generation of before version 4 has no data versions.
    let origin = crate::store::generations::origin(&mut db, &generation).unwrap();
    assert_eq!(origin, Default::default());
}

#[test]
fn pictures_from_before_the_gallery_are_in_it() {
    let mut db = at_version(MIGRATIONS.len());
    let gallery = |statement: &&str| statement.starts_with("CREATE TABLE gallery ");
    let before = ADDITIONS.iter().position(gallery).unwrap();
    for statement in &ADDITIONS[..before] {
        db.query(statement, &[]).unwrap();
    }
    let generation = GenerationId::mint(NOW, 1);
    db.query(
        "INSERT INTO generations (id, revision, status, pictures, request, prompt, spans,
            effects, provider, builder, submission, nonce, created_at)
         VALUES (?, 1, 'succeeded', 3, '{\"model\":\"mdl_00000000000000000000000000\",\"text\":\"a hat\"}',
            'a red hat', '[]', '[]', 'replicate', 1, '{\"input\":{\"aspect_ratio\":\"3:4\"}}', 'n', 0)",
        &[generation.as_str().into()],
    )
    .unwrap();
    let pictures = [3, 1, 2].map(|number| PictureId::mint(NOW, number));
    for (position, picture) in (0_i64..).zip(&pictures) {
        db.query(
            "INSERT INTO pictures (id, generation, position, format, bytes, etag, recipe,
                created_at, binned_at)
             VALUES (?, ?, ?, 'webp', 1, 'e', '{}', ?, iif(? = 2, 1, NULL))",
            &[
                picture.as_str().into(),
                generation.as_str().into(),
                position.into(),
                (100 - position).into(),
                position.into(),
            ],
        )
        .unwrap();
    }
    for (number, statement) in (1..).zip(ADDITIONS).skip(before) {
        db.query(statement, &[])
            .unwrap_or_else(|error| panic!("addition {number}: {error}"));
    }
    let query = selfsame_api::PictureQuery {
        q: Some("red hat".to_owned()),
        ..Default::default()
    };
    let found = crate::store::gallery::page(&mut db, &query, None, 10).unwrap();
    let ids: Vec<_> = found.pictures.iter().map(|picture| &picture.id).collect();
    assert_eq!(ids, [&pictures[0], &pictures[1]]);
    let listed = &found.pictures[0];
    assert_eq!(listed.text, "a hat");
    assert_eq!(listed.aspect_ratio.unwrap().as_str(), "3:4");
}
