//! The schema and its history, run whenever a database is opened. Each entry is one statement, because a Durable Object
//! counts and checks statements one by one. The version is kept in a table: `PRAGMA user_version` is not permitted there.

use selfsame_primitives::time::Timestamp;

use crate::database::{Database, DatabaseError, Value};
use crate::error::StudioError;
use crate::store::columns::Columns;

/// Each migration takes a database from the version of its index to the next. Never edited once released.
pub(crate) const MIGRATIONS: &[&[&str]] = &[ACCOUNT, PICTURES, OUTBOX, DATA_VERSIONS];

/// Version 1: the account, its sessions and its models.
const ACCOUNT: &[&str] = &[
    "CREATE TABLE profile (
        only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
        user TEXT NOT NULL,
        name TEXT NOT NULL,
        role TEXT NOT NULL,
        status TEXT NOT NULL,
        epoch INTEGER NOT NULL,
        limited INTEGER NOT NULL,
        created_at INTEGER NOT NULL
    )",
    "CREATE TABLE nonces (nonce TEXT PRIMARY KEY, expires_at INTEGER NOT NULL)",
    "CREATE INDEX nonces_by_expiry ON nonces (expires_at)",
    "CREATE TABLE sessions (
        id TEXT PRIMARY KEY,
        epoch INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        ended_at INTEGER
    )",
    "CREATE INDEX sessions_by_expiry ON sessions (expires_at)",
    "CREATE TABLE models (
        id TEXT PRIMARY KEY,
        label TEXT NOT NULL,
        provider TEXT NOT NULL,
        provider_model TEXT NOT NULL,
        version TEXT NOT NULL,
        trigger_word TEXT NOT NULL,
        class_word TEXT NOT NULL,
        dialect TEXT NOT NULL,
        weights TEXT,
        created_at INTEGER NOT NULL
    )",
    "CREATE UNIQUE INDEX models_by_binding
        ON models (provider, provider_model, version, ifnull(weights, ''))",
];

/// Version 2: generations, their pictures and the ledger.
const PICTURES: &[&str] = &[
    "CREATE TABLE generations (
        id TEXT PRIMARY KEY,
        revision INTEGER NOT NULL,
        status TEXT NOT NULL,
        cancel_requested INTEGER NOT NULL DEFAULT 0,
        pictures INTEGER NOT NULL,
        request TEXT NOT NULL,
        prompt TEXT NOT NULL,
        spans TEXT NOT NULL,
        effects TEXT NOT NULL,
        provider TEXT NOT NULL,
        builder INTEGER NOT NULL,
        submission TEXT NOT NULL,
        nonce TEXT NOT NULL,
        provider_id TEXT,
        progress TEXT,
        failure TEXT,
        created_at INTEGER NOT NULL,
        attempted_at INTEGER,
        accepted_at INTEGER,
        finished_at INTEGER
    )",
    "CREATE UNIQUE INDEX generations_by_provider_id
        ON generations (provider_id) WHERE provider_id IS NOT NULL",
    "CREATE INDEX generations_under_way ON generations (id) WHERE finished_at IS NULL",
    "CREATE TABLE outputs (
        generation TEXT NOT NULL,
        position INTEGER NOT NULL,
        picture TEXT NOT NULL UNIQUE,
        url TEXT NOT NULL,
        state TEXT NOT NULL,
        PRIMARY KEY (generation, position)
    )",
    "CREATE TABLE pictures (
        id TEXT PRIMARY KEY,
        generation TEXT NOT NULL,
        position INTEGER NOT NULL,
        format TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        etag TEXT NOT NULL,
        recipe TEXT NOT NULL,
        created_at INTEGER NOT NULL
    )",
    "CREATE UNIQUE INDEX pictures_by_generation ON pictures (generation, position)",
    "CREATE TABLE ledger (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        kind TEXT NOT NULL,
        generation TEXT,
        pictures INTEGER NOT NULL,
        granted INTEGER NOT NULL,
        used INTEGER NOT NULL,
        reserved INTEGER NOT NULL
    )",
    "CREATE UNIQUE INDEX ledger_by_generation
        ON ledger (generation, kind) WHERE generation IS NOT NULL",
    "CREATE TABLE idempotency (
        key TEXT PRIMARY KEY,
        body_hash TEXT NOT NULL,
        generation TEXT NOT NULL,
        created_at INTEGER NOT NULL
    )",
    "CREATE INDEX idempotency_by_age ON idempotency (created_at)",
];

/// Version 3: the outbox, and the webhooks that have been received.
const OUTBOX: &[&str] = &[
    // AUTOINCREMENT: a late answer to a deleted row must not match a new row of the same number.
    "CREATE TABLE outbox (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        generation TEXT,
        created_at INTEGER NOT NULL,
        due_at INTEGER NOT NULL,
        leased INTEGER NOT NULL DEFAULT 0,
        attempt INTEGER NOT NULL DEFAULT 0,
        troubles INTEGER NOT NULL DEFAULT 0,
        nudged INTEGER NOT NULL DEFAULT 0,
        hint TEXT
    )",
    "CREATE UNIQUE INDEX outbox_by_subject ON outbox (kind, subject)",
    "CREATE INDEX outbox_by_time ON outbox (due_at)",
    "CREATE INDEX outbox_by_generation ON outbox (generation)",
    "CREATE TABLE webhooks (id TEXT PRIMARY KEY, heard_at INTEGER NOT NULL)",
    "CREATE INDEX webhooks_by_age ON webhooks (heard_at)",
];

/// Version 4: the versions of the data that a prompt was made from.
const DATA_VERSIONS: &[&str] =
    &["ALTER TABLE generations ADD COLUMN data TEXT NOT NULL DEFAULT '[]'"];

/// What was added since version 4. An addition is a table, an index or a column that the statements of the releases
/// before it neither name nor need. It raises no version, so that a Worker that is rolled back opens the database and
/// leaves the addition alone. Never edited once released.
const ADDITIONS: &[&str] = &[
    // The recipe's id, so that it is not computed whenever a picture is read.
    "ALTER TABLE pictures ADD COLUMN recipe_id TEXT",
    // When a row was last handed out, and the answers in a row that its subject does not exist.
    "ALTER TABLE outbox ADD COLUMN leased_at INTEGER",
    "ALTER TABLE outbox ADD COLUMN absences INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE outbox ADD COLUMN absent_since INTEGER",
    // Whether a generation ended without the provider's last word, so that a later one revives it.
    "ALTER TABLE generations ADD COLUMN given_up INTEGER NOT NULL DEFAULT 0",
    // Which links are valid: how often links were revoked without ending the sessions, and since when the present ones
    // are.
    "ALTER TABLE profile ADD COLUMN revocations INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE profile ADD COLUMN links_since INTEGER",
    // The session that a used link began, for the same browser's second attempt.
    "ALTER TABLE nonces ADD COLUMN session TEXT",
    "ALTER TABLE nonces ADD COLUMN browser TEXT",
    "ALTER TABLE nonces ADD COLUMN used_at INTEGER",
    // The browser of a session, as a hash of its cookie and as the person recognises it.
    "ALTER TABLE sessions ADD COLUMN browser TEXT",
    "ALTER TABLE sessions ADD COLUMN name TEXT",
    "ALTER TABLE sessions ADD COLUMN network TEXT",
    "ALTER TABLE sessions ADD COLUMN last_seen_at INTEGER",
    // Who used the account. `notice` marks what the person is told of; `notices_seen` is the last one they have seen.
    "CREATE TABLE access_log (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        actor TEXT NOT NULL,
        operator TEXT,
        action TEXT NOT NULL,
        detail TEXT,
        session TEXT,
        request TEXT,
        notice INTEGER NOT NULL DEFAULT 0
    )",
    "CREATE INDEX access_log_by_time ON access_log (at)",
    "CREATE INDEX access_log_notices ON access_log (id) WHERE notice = 1",
    "ALTER TABLE profile ADD COLUMN notices_seen INTEGER NOT NULL DEFAULT 0",
    // When it was deleted into the bin.
    "ALTER TABLE generations ADD COLUMN binned_at INTEGER",
    "ALTER TABLE pictures ADD COLUMN binned_at INTEGER",
    "CREATE INDEX generations_in_bin ON generations (binned_at) WHERE binned_at IS NOT NULL",
    "CREATE INDEX pictures_in_bin ON pictures (binned_at) WHERE binned_at IS NOT NULL",
    // How a model ended, `retired` or `unbound`, and when; and on whose word it is used.
    "ALTER TABLE models ADD COLUMN ended TEXT",
    "ALTER TABLE models ADD COLUMN ended_at INTEGER",
    "ALTER TABLE models ADD COLUMN consent TEXT",
    // The monthly renewal, and the request for more pictures that is open.
    "ALTER TABLE profile ADD COLUMN monthly INTEGER",
    "ALTER TABLE profile ADD COLUMN renews_at INTEGER",
    "ALTER TABLE profile ADD COLUMN more_asked_at INTEGER",
    "ALTER TABLE profile ADD COLUMN more_note TEXT",
    // The operator's request that a grant came with, so that it is granted once.
    "ALTER TABLE ledger ADD COLUMN request TEXT",
    "CREATE UNIQUE INDEX ledger_by_request ON ledger (request) WHERE request IS NOT NULL",
    // Whether a leased submit waits for its turn at the provider. A submit that an earlier release has leased does not.
    "ALTER TABLE outbox ADD COLUMN unsent INTEGER NOT NULL DEFAULT 0",
    // The person is being deleted: what was removed here, and the versions that the provider is to delete.
    "CREATE TABLE deletion (
        only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
        id TEXT NOT NULL,
        user TEXT NOT NULL,
        requested_at INTEGER NOT NULL,
        generations INTEGER NOT NULL,
        pictures INTEGER NOT NULL,
        bytes INTEGER NOT NULL,
        models INTEGER NOT NULL,
        sessions INTEGER NOT NULL,
        entries INTEGER NOT NULL,
        versions TEXT NOT NULL,
        versions_kept INTEGER NOT NULL
    )",
    "ALTER TABLE generations ADD COLUMN cancel_is_free INTEGER NOT NULL DEFAULT 0",
    // What was sent of each enhancement.
    "ALTER TABLE generations ADD COLUMN enhancements TEXT NOT NULL DEFAULT '[]'",
    // The person's own presets.
    "CREATE TABLE presets (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        settings TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        changed_at INTEGER NOT NULL
    )",
    // Shoots and comparisons; the frame that a generation is for; and votes about two pictures of a comparison.
    "CREATE TABLE series (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        revision INTEGER NOT NULL DEFAULT 0,
        paused INTEGER NOT NULL DEFAULT 0,
        frames INTEGER NOT NULL,
        plan TEXT NOT NULL,
        created_at INTEGER NOT NULL
    )",
    "ALTER TABLE generations ADD COLUMN series TEXT",
    "ALTER TABLE generations ADD COLUMN frame INTEGER",
    "CREATE INDEX generations_by_frame ON generations (series, frame) WHERE series IS NOT NULL",
    // Whose turn it is in the queue: when each series, and the single requests, last sent something.
    "CREATE INDEX generations_by_turn ON generations (series, attempted_at)",
    "ALTER TABLE idempotency ADD COLUMN series TEXT",
    "CREATE TABLE votes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        series TEXT NOT NULL,
        first TEXT NOT NULL,
        second TEXT NOT NULL,
        first_recipe TEXT NOT NULL,
        second_recipe TEXT NOT NULL,
        preferred TEXT NOT NULL,
        blind INTEGER NOT NULL,
        parameter TEXT,
        first_value TEXT,
        second_value TEXT,
        at INTEGER NOT NULL
    )",
    "CREATE UNIQUE INDEX votes_by_pictures ON votes (first, second)",
    "CREATE INDEX votes_by_series ON votes (series)",
    // A slim row for each picture in the order of storing, because a list that filters reads many, and the rows of
    // pictures and generations are large. `in_bin`: by itself or with its generation.
    "CREATE TABLE gallery (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        picture TEXT NOT NULL UNIQUE,
        generation TEXT NOT NULL,
        position INTEGER NOT NULL,
        format TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        created_at INTEGER NOT NULL,
        in_bin INTEGER NOT NULL DEFAULT 0,
        model TEXT,
        preset TEXT,
        aspect_ratio TEXT,
        series TEXT,
        favourite_at INTEGER
    )",
    "CREATE INDEX gallery_by_generation ON gallery (generation)",
    "CREATE INDEX gallery_by_series ON gallery (series, number) WHERE series IS NOT NULL",
    "CREATE INDEX gallery_favourites ON gallery (number) WHERE favourite_at IS NOT NULL",
    "CREATE TABLE albums (id TEXT PRIMARY KEY, name TEXT NOT NULL, created_at INTEGER NOT NULL)",
    "CREATE TABLE album_pictures (
        album TEXT NOT NULL,
        number INTEGER NOT NULL,
        PRIMARY KEY (album, number)
    ) WITHOUT ROWID",
    "CREATE INDEX album_pictures_by_number ON album_pictures (number)",
    // The words of a picture, by the number of its row in the gallery. The index keeps a copy of the words, because only
    // with it can it remove them one by one.
    "CREATE VIRTUAL TABLE gallery_words USING fts5 (
        prompt, said, tokenize = 'unicode61 remove_diacritics 2'
    )",
    // Triggers keep the gallery, because the release before neither knows it nor fills it.
    "CREATE TRIGGER gallery_row_added AFTER INSERT ON gallery BEGIN
        UPDATE gallery SET (model, preset, aspect_ratio, series, in_bin) = (
            SELECT CAST(json_extract(iif(json_valid(request), request, NULL), '$.model') AS TEXT),
                CAST(json_extract(iif(json_valid(request), request, NULL), '$.preset') AS TEXT),
                CAST(json_extract(iif(json_valid(submission), submission, NULL), '$.input.aspect_ratio') AS TEXT),
                series, NEW.in_bin OR binned_at IS NOT NULL
            FROM generations WHERE id = NEW.generation
        ) WHERE number = NEW.number;
        INSERT INTO gallery_words (rowid, prompt, said)
            SELECT NEW.number, prompt,
                CAST(json_extract(iif(json_valid(request), request, NULL), '$.text') AS TEXT)
            FROM generations WHERE id = NEW.generation;
    END",
    "CREATE TRIGGER gallery_row_removed AFTER DELETE ON gallery BEGIN
        DELETE FROM gallery_words WHERE rowid = OLD.number;
        DELETE FROM album_pictures WHERE number = OLD.number;
    END",
    "CREATE TRIGGER gallery_picture_stored AFTER INSERT ON pictures BEGIN
        INSERT INTO gallery (picture, generation, position, format, bytes, created_at, in_bin)
            SELECT NEW.id, NEW.generation, NEW.position, NEW.format, NEW.bytes, NEW.created_at,
                NEW.binned_at IS NOT NULL
            FROM generations WHERE id = NEW.generation;
    END",
    "CREATE TRIGGER gallery_picture_removed AFTER DELETE ON pictures BEGIN
        DELETE FROM gallery WHERE picture = OLD.id;
    END",
    "CREATE TRIGGER gallery_picture_binned AFTER UPDATE OF binned_at ON pictures BEGIN
        UPDATE gallery SET in_bin = NEW.binned_at IS NOT NULL OR (
            SELECT binned_at IS NOT NULL FROM generations WHERE id = NEW.generation
        ) WHERE picture = NEW.id;
    END",
    "CREATE TRIGGER gallery_generation_binned AFTER UPDATE OF binned_at ON generations BEGIN
        UPDATE gallery SET in_bin = NEW.binned_at IS NOT NULL OR (
            SELECT binned_at IS NOT NULL FROM pictures WHERE id = gallery.picture
        ) WHERE generation = NEW.id;
    END",
    "INSERT INTO gallery (picture, generation, position, format, bytes, created_at, in_bin)
        SELECT pictures.id, generation, position, format, bytes, pictures.created_at,
            pictures.binned_at IS NOT NULL
        FROM pictures JOIN generations ON generations.id = generation
        ORDER BY pictures.created_at, pictures.id",
    // The newest change of each thing that events are about. AUTOINCREMENT: no number is given out twice.
    "CREATE TABLE changes (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        UNIQUE (kind, subject)
    )",
    // A picture's smaller versions, `NULL` before they are made, and how many bytes they have together.
    "ALTER TABLE pictures ADD COLUMN thumbnails TEXT",
    "ALTER TABLE pictures ADD COLUMN thumbnail_bytes INTEGER NOT NULL DEFAULT 0",
    // Links that show a picture to whoever has them.
    "CREATE TABLE share_links (
        id TEXT PRIMARY KEY,
        picture TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        views INTEGER NOT NULL DEFAULT 0
    )",
    "CREATE INDEX share_links_by_picture ON share_links (picture)",
    // The pictures by which it is seen that a model's LoRA acts, what was found, and the model whose canary a hidden
    // generation is.
    "CREATE TABLE canaries (
        generation TEXT PRIMARY KEY,
        model TEXT NOT NULL,
        scale INTEGER NOT NULL,
        failure TEXT,
        picture TEXT,
        format TEXT,
        bytes INTEGER,
        etag TEXT,
        fingerprint TEXT
    )",
    "CREATE INDEX canaries_by_model ON canaries (model)",
    "ALTER TABLE generations ADD COLUMN canary TEXT",
    "ALTER TABLE models ADD COLUMN proof TEXT",
    "ALTER TABLE models ADD COLUMN proof_difference INTEGER",
    "ALTER TABLE models ADD COLUMN proof_at INTEGER",
    // Conversations with their drafts, what was said in them, and the conversation that a generation belongs to.
    "CREATE TABLE conversations (
        id TEXT PRIMARY KEY,
        revision INTEGER NOT NULL DEFAULT 0,
        title TEXT NOT NULL,
        pinned INTEGER NOT NULL DEFAULT 0,
        draft_version INTEGER NOT NULL DEFAULT 0,
        draft TEXT,
        key TEXT UNIQUE,
        body_hash TEXT NOT NULL DEFAULT '',
        created_at INTEGER NOT NULL,
        active_at INTEGER NOT NULL,
        binned_at INTEGER
    )",
    "CREATE INDEX conversations_by_activity ON conversations (pinned, active_at, id)
        WHERE binned_at IS NULL",
    "CREATE INDEX conversations_in_bin ON conversations (binned_at) WHERE binned_at IS NOT NULL",
    "CREATE TABLE turns (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        conversation TEXT NOT NULL,
        key TEXT NOT NULL,
        speaker TEXT NOT NULL,
        said TEXT NOT NULL,
        edits TEXT NOT NULL,
        reply TEXT NOT NULL,
        question TEXT,
        suggestions TEXT NOT NULL,
        generation TEXT,
        created_at INTEGER NOT NULL,
        UNIQUE (conversation, key)
    )",
    "CREATE INDEX turns_by_conversation ON turns (conversation, id)",
    "ALTER TABLE generations ADD COLUMN conversation TEXT",
    "CREATE INDEX generations_by_conversation ON generations (conversation)
        WHERE conversation IS NOT NULL",
    // What was made before there were conversations is held by one, whose id is that of the first generation.
    "INSERT INTO conversations (id, title, revision, created_at, active_at)
        SELECT 'cnv_' || substr(min(id), 5), 'Earlier', 1, min(created_at), max(created_at)
        FROM generations HAVING count(*) > 0",
    "UPDATE generations SET conversation = (SELECT id FROM conversations)",
];

/// Brings the database to the newest version.
pub(crate) fn run(db: &mut dyn Database, now: Timestamp) -> Result<(), StudioError> {
    let version = begin(db)?;
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    if version > known {
        return Err(StudioError::NewerDatabase {
            found: version,
            known,
        });
    }
    for (done, statements) in (0..).zip(MIGRATIONS) {
        if done >= version {
            apply(db, now, done + 1, statements)?;
        }
    }
    Ok(add_missing(db, now)?)
}

fn add_missing(db: &mut dyn Database, now: Timestamp) -> Result<(), DatabaseError> {
    db.query(
        "CREATE TABLE IF NOT EXISTS additions (
            number INTEGER PRIMARY KEY,
            applied_at INTEGER NOT NULL
        )",
        &[],
    )?;
    let rows = db.query("SELECT ifnull(max(number), 0) FROM additions", &[])?;
    let done: i64 = Columns::one(rows)?.map_or(Ok(0), |mut row| row.integer())?;
    for (number, statement) in (1..).zip(ADDITIONS) {
        if number > done {
            db.query(statement, &[])?;
            db.query(
                "INSERT INTO additions (number, applied_at) VALUES (?, ?)",
                &[number.into(), now.into()],
            )?;
        }
    }
    Ok(())
}

/// The version a database is at.
fn begin(db: &mut dyn Database) -> Result<i64, DatabaseError> {
    db.query(
        "CREATE TABLE IF NOT EXISTS migrations (
            version INTEGER PRIMARY KEY,
            applied_at INTEGER NOT NULL
        )",
        &[],
    )?;
    let rows = db.query("SELECT ifnull(max(version), 0) FROM migrations", &[])?;
    Columns::one(rows)?.map_or(Ok(0), |mut row| row.integer())
}

fn apply(
    db: &mut dyn Database,
    now: Timestamp,
    version: i64,
    statements: &[&str],
) -> Result<(), DatabaseError> {
    for statement in statements {
        db.query(statement, &[])?;
    }
    db.query(
        "INSERT INTO migrations (version, applied_at) VALUES (?, ?)",
        &[version.into(), Value::from(now)],
    )?;
    Ok(())
}

#[cfg(test)]
pub(crate) mod tests {
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
            &[picture.as_str().into(), generation.as_str().into(), EARLY.into()],
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
}
