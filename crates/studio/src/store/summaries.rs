//! Generations as a list shows them. SQLite takes the few values that a list needs out of the stored JSON, so that no
//! request, recipe or report is parsed for it.

use std::sync::LazyLock;

use selfsame_api::{GenerationStatus, GenerationSummary, PictureSummary, RequestSummary};
use selfsame_primitives::ids::{ConversationId, GenerationId, PictureId};
use selfsame_prompt::placement::{Span, SpanSource};

use super::bin::Bin;
use super::columns::{Columns, json, readable};
use super::generations::{CANCEL_COSTS, read_place};
use super::stored::{StoredFailure, StoredProgress, StoredSpan};
use super::{Readable, Unreadable, queue};
use crate::database::{Database, DatabaseError, Row, Value};

/// The most characters of the words that a summary has.
const LONGEST_TEXT: usize = 280;

/// JSON that is damaged, and a value of another type in it, must make one row unreadable and not fail the statement.
static SELECT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT id, revision, status, cancel_requested, {CANCEL_COSTS}, progress, pictures,
            CAST(json_extract(request, '$.model') AS TEXT), CAST(json_extract(request, '$.text') AS TEXT),
            CAST(json_extract(request, '$.preset') AS TEXT),
            CAST(json_extract(request, '$.overrides.seed') AS INTEGER),
            CAST(json_extract(submission, '$.input.aspect_ratio') AS TEXT),
            CASE WHEN json_type(request, '$.slots') IS NULL THEN NULL ELSE spans END,
            failure, series, frame, conversation, created_at, finished_at FROM (
                SELECT id, revision, status, cancel_requested, progress, pictures, spans, failure, series, frame,
                    conversation, created_at, finished_at, binned_at, iif(json_valid(request), request, NULL) AS request,
                    iif(json_valid(submission), submission, NULL) AS submission FROM generations
            ) AS generations"
    )
});

/// A page of summaries, newest first.
pub(crate) struct Page {
    pub(crate) generations: Vec<GenerationSummary>,
    /// Rows that cannot be read: they do not hide the others.
    pub(crate) unreadable: Vec<Unreadable>,
    /// The last id of the page, if there is another page.
    pub(crate) next: Option<String>,
}

/// At most `limit` generations older than `before`, of the conversation `session` if there is one.
pub(crate) fn page(
    db: &mut dyn Database,
    before: Option<&GenerationId>,
    limit: u32,
    session: Option<&ConversationId>,
) -> Result<Page, DatabaseError> {
    let mut sql = format!("{} WHERE binned_at IS NULL", *SELECT);
    let mut parameters: Vec<Value> = Vec::new();
    if let Some(before) = before {
        sql.push_str(" AND id < ?");
        parameters.push(before.as_str().into());
    }
    if let Some(session) = session {
        sql.push_str(" AND conversation = ?");
        parameters.push(session.as_str().into());
    }
    sql.push_str(" ORDER BY id DESC LIMIT ?");
    // One more than asked for tells whether there is another page.
    parameters.push((limit + 1).into());
    let mut rows = db.query(&sql, &parameters)?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let last = rows.last().map(|row| Columns::new(row.clone()).text());
    let next = last.filter(|_| more).transpose()?;
    let (generations, unreadable) = summaries(db, rows)?;
    Ok(Page {
        generations,
        unreadable,
        next,
    })
}

/// The newest generations under way that are older than `before`, at most `limit`.
pub(crate) fn older_under_way(
    db: &mut dyn Database,
    before: &str,
    limit: u32,
) -> Result<Readable<GenerationSummary>, DatabaseError> {
    let rows = db.query(
        &format!(
            "{} WHERE finished_at IS NULL AND id < ? ORDER BY id DESC LIMIT ?",
            *SELECT
        ),
        &[before.into(), limit.into()],
    )?;
    summaries(db, rows)
}

/// The summaries in `rows`, with what other tables know of them.
fn summaries(
    db: &mut dyn Database,
    rows: Vec<Row>,
) -> Result<Readable<GenerationSummary>, DatabaseError> {
    let (mut generations, mut unreadable) = readable(rows, read)?;
    unreadable.extend(add_pictures(db, &mut generations)?);
    let waits = |generation: &GenerationSummary| generation.status == GenerationStatus::Waiting;
    if generations.iter().any(waits) {
        let queue = queue::list(db)?;
        for generation in &mut generations {
            generation.queue_position = queue::position(&queue, &generation.id);
        }
    }
    Ok((generations, unreadable))
}

/// The generations of these ids.
pub(crate) fn named(
    db: &mut dyn Database,
    ids: &[GenerationId],
    bin: Bin,
) -> Result<Readable<GenerationSummary>, DatabaseError> {
    let rows = db.query(
        &format!(
            "{} WHERE id IN (SELECT value FROM json_each(?)) {}",
            *SELECT,
            bin.condition()
        ),
        &[json(&ids)?],
    )?;
    summaries(db, rows)
}

/// The pictures of these ids, in the bin or not, and those that cannot be read.
pub(crate) fn pictures(
    db: &mut dyn Database,
    ids: &[&PictureId],
) -> Result<Readable<PictureSummary>, DatabaseError> {
    let rows = db.query(
        &format!("{PICTURES} WHERE id IN (SELECT value FROM json_each(?))"),
        &[json(&ids)?],
    )?;
    readable(rows, |row| picture(row).map(|(_, picture)| picture))
}

const PICTURES: &str = "SELECT id, generation, position, format, bytes FROM pictures";

fn read(row: Row) -> Result<GenerationSummary, DatabaseError> {
    let mut row = Columns::new(row);
    let (id, revision, status) = (row.parsed()?, row.number()?, row.word()?);
    let (cancel_requested, cancel_costs) = (row.flag()?, row.number()?);
    let (progress, pictures) = (row.optional_stored::<StoredProgress, _>()?, row.number()?);
    let (model, text) = (row.parsed()?, row.text()?);
    let (preset, seed) = (row.optional_word()?, row.optional_number()?);
    let (aspect_ratio, spans) = (
        row.optional_word()?,
        row.optional_json::<Vec<StoredSpan>>()?,
    );
    let (text, text_truncated) = shown(text, spans);
    Ok(GenerationSummary {
        id,
        revision,
        status,
        cancel_requested,
        cancel_costs,
        queue_position: None,
        progress,
        request: RequestSummary {
            model,
            text,
            text_truncated,
            preset: preset.unwrap_or_default(),
            pictures,
        },
        aspect_ratio,
        seed,
        pictures: Vec::new(),
        failure: row.optional_stored::<StoredFailure, _>()?,
        series: read_place(&mut row)?,
        session: row.optional_parsed()?,
        created_at: row.moment()?,
        finished_at: row.optional_moment()?,
    })
}

/// The beginning of what a request was asked to show, which is the person's words or, with slots, the words that they
/// became; and whether it goes on.
pub(super) fn shown(text: String, spans: Option<Vec<StoredSpan>>) -> (String, bool) {
    let spans: Vec<Span> = spans.into_iter().flatten().map(Span::from).collect();
    let own = |span: &&Span| matches!(span.source, SpanSource::You | SpanSource::Slots);
    let words: Vec<&str> = spans
        .iter()
        .filter(own)
        .map(|span| {
            let separator =
                |character: char| character.is_whitespace() || matches!(character, ',' | ';');
            span.text.trim_matches(separator)
        })
        .filter(|words| !words.is_empty())
        .collect();
    let mut shown = if words.is_empty() {
        text
    } else {
        words.join(", ")
    };
    let end = shown.char_indices().nth(LONGEST_TEXT).map(|(end, _)| end);
    if let Some(end) = end {
        shown.truncate(end);
    }
    (shown, end.is_some())
}

/// Gives each summary its pictures but for those that were deleted one by one; one statement finds them. Returns the
/// pictures that cannot be read.
fn add_pictures(
    db: &mut dyn Database,
    summaries: &mut [GenerationSummary],
) -> Result<Vec<Unreadable>, DatabaseError> {
    let ids: Vec<&GenerationId> = summaries.iter().map(|one| &one.id).collect();
    let rows = db.query(
        &format!(
            "{PICTURES} WHERE generation IN (SELECT value FROM json_each(?)) AND binned_at IS NULL
             ORDER BY generation, position"
        ),
        &[json(&ids)?],
    )?;
    let (pictures, unreadable) = readable(rows, picture)?;
    for (generation, picture) in pictures {
        if let Some(summary) = summaries.iter_mut().find(|one| one.id == generation) {
            summary.pictures.push(picture);
        }
    }
    Ok(unreadable)
}

fn picture(row: Row) -> Result<(GenerationId, PictureSummary), DatabaseError> {
    let mut row = Columns::new(row);
    let (id, generation) = (row.parsed()?, row.parsed()?);
    let picture = PictureSummary {
        id,
        index: row.number()?,
        format: row.word()?,
        bytes: row.number()?,
    };
    Ok((generation, picture))
}
