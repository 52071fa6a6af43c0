//! What the schema has got since version 4.

/// The words by which a row of `gallery_words` is found beside its prompt: those of the request, and what the person said in
/// the turns that led to the generation, or to another one of its series. What was said in deleted conversations is left out.
macro_rules! said {
    () => {
        "(SELECT trim(
            ifnull(CAST(json_extract(iif(json_valid(request), request, NULL), '$.text') AS TEXT), '') || ' ' ||
            ifnull((SELECT group_concat(turns.said, ' ')
                FROM turns JOIN conversations ON conversations.id = turns.conversation
                WHERE speaker = 'person' AND binned_at IS NULL AND turns.generation IN (
                    SELECT generations.id
                    UNION SELECT id FROM generations AS frame WHERE frame.series = generations.series)), ''))
        FROM gallery JOIN generations ON generations.id = gallery.generation
        WHERE gallery.number = gallery_words.rowid)"
    };
}

/// The rows of the gallery whose words a turn can change.
macro_rules! led_to {
    () => {
        "SELECT gallery.number FROM turns JOIN generations ON generations.id = turns.generation
            JOIN gallery ON gallery.generation = generations.id OR gallery.series = generations.series"
    };
}

/// What was added since version 4. An addition is a table, an index or a column that the statements of the releases
/// before it neither name nor need. It raises no version, so that a Worker that is rolled back opens the database and
/// leaves the addition alone. Never edited once released.
pub(super) const ADDITIONS: &[&str] = &[
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
    // Whether the stored file has nothing in it but what draws the picture, and the mark. Releases before stored the
    // provider's notes with it.
    "ALTER TABLE pictures ADD COLUMN bare INTEGER NOT NULL DEFAULT 0",
    // The words of conversations' titles and turns. Triggers keep the indexes.
    "CREATE VIRTUAL TABLE title_words USING fts5 (
        conversation UNINDEXED, title, tokenize = 'unicode61 remove_diacritics 2'
    )",
    "CREATE VIRTUAL TABLE turn_words USING fts5 (
        said, reply, tokenize = 'unicode61 remove_diacritics 2'
    )",
    "INSERT INTO title_words (conversation, title) SELECT id, title FROM conversations",
    "INSERT INTO turn_words (rowid, said, reply) SELECT id, said, reply FROM turns",
    "CREATE TRIGGER conversation_begun AFTER INSERT ON conversations BEGIN
        INSERT INTO title_words (conversation, title) VALUES (NEW.id, NEW.title);
    END",
    "CREATE TRIGGER conversation_renamed AFTER UPDATE OF title ON conversations
        WHEN NEW.title IS NOT OLD.title BEGIN
        UPDATE title_words SET title = NEW.title WHERE conversation = NEW.id;
    END",
    "CREATE TRIGGER conversation_removed AFTER DELETE ON conversations BEGIN
        DELETE FROM title_words WHERE conversation = OLD.id;
    END",
    "CREATE TRIGGER turn_added AFTER INSERT ON turns BEGIN
        INSERT INTO turn_words (rowid, said, reply) VALUES (NEW.id, NEW.said, NEW.reply);
    END",
    "CREATE TRIGGER turn_removed AFTER DELETE ON turns BEGIN
        DELETE FROM turn_words WHERE rowid = OLD.id;
    END",
    // A picture is found by what the person said on the way to it, too.
    "CREATE INDEX turns_by_generation ON turns (generation) WHERE generation IS NOT NULL",
    "DROP TRIGGER gallery_row_added",
    concat!(
        "CREATE TRIGGER gallery_row_added AFTER INSERT ON gallery BEGIN
            UPDATE gallery SET (model, preset, aspect_ratio, series, in_bin) = (
                SELECT CAST(json_extract(iif(json_valid(request), request, NULL), '$.model') AS TEXT),
                    CAST(json_extract(iif(json_valid(request), request, NULL), '$.preset') AS TEXT),
                    CAST(json_extract(iif(json_valid(submission), submission, NULL), '$.input.aspect_ratio') AS TEXT),
                    series, NEW.in_bin OR binned_at IS NOT NULL
                FROM generations WHERE id = NEW.generation
            ) WHERE number = NEW.number;
            INSERT INTO gallery_words (rowid, prompt)
                SELECT NEW.number, prompt FROM generations WHERE id = NEW.generation;
            UPDATE gallery_words SET said = ",
        said!(),
        " WHERE rowid = NEW.number;
        END"
    ),
    concat!(
        "CREATE TRIGGER gallery_turn_added AFTER INSERT ON turns WHEN NEW.generation IS NOT NULL BEGIN
            UPDATE gallery_words SET said = ",
        said!(),
        " WHERE rowid IN (",
        led_to!(),
        " WHERE turns.id = NEW.id);
        END"
    ),
    concat!(
        "CREATE TRIGGER gallery_turn_led AFTER UPDATE OF generation ON turns BEGIN
            UPDATE gallery_words SET said = ",
        said!(),
        " WHERE rowid IN (",
        led_to!(),
        " WHERE turns.id = NEW.id);
        END"
    ),
    concat!(
        "CREATE TRIGGER gallery_frame_removed AFTER DELETE ON generations
            WHEN OLD.series IS NOT NULL AND EXISTS (SELECT 1 FROM turns WHERE generation = OLD.id) BEGIN
            UPDATE gallery_words SET said = ",
        said!(),
        " WHERE rowid IN (SELECT number FROM gallery WHERE series = OLD.series);
        END"
    ),
    concat!(
        "CREATE TRIGGER gallery_conversation_binned AFTER UPDATE OF binned_at ON conversations
            WHEN NEW.binned_at IS NOT OLD.binned_at BEGIN
            UPDATE gallery_words SET said = ",
        said!(),
        " WHERE rowid IN (",
        led_to!(),
        " WHERE turns.conversation = NEW.id);
        END"
    ),
    concat!(
        "UPDATE gallery_words SET said = ",
        said!(),
        " WHERE rowid IN (",
        led_to!(),
        ")"
    ),
];
