//! Generations: the [`State`] that the engine works with, and the view that their owner has.

use selfsame_api::{
    Failure, Generation, GenerationRequest, GenerationStatus, Progress, Provider, RawJson,
    SeriesPlace,
};
use selfsame_primitives::ids::{ConversationId, GenerationId, ModelId};
use selfsame_primitives::time::Timestamp;
use selfsame_prompt::enhancement::EnhancementReport;
use selfsame_prompt::placement::Span;
use selfsame_prompt::schema::ParameterReport;
use selfsame_provider::prediction::ProviderId;
use selfsame_provider::prediction::Submission;

use super::bin::Bin;
use super::columns::{Columns, json, readable, word};
use super::stored::{
    StoredEffect, StoredEnhancement, StoredFailure, StoredProgress, StoredRequest, StoredSpan,
    StoredSubmission,
};
use super::{Readable, pictures, queue};
use crate::Nonce;
use crate::database::{Database, DatabaseError, Value};

/// A new generation.
pub(crate) struct New<'a> {
    pub(crate) id: &'a GenerationId,
    pub(crate) pictures: u32,
    /// With the seed that will be sent.
    pub(crate) request: &'a GenerationRequest,
    pub(crate) prompt: &'a str,
    pub(crate) spans: &'a [Span],
    pub(crate) effects: &'a ParameterReport,
    pub(crate) enhancements: &'a EnhancementReport,
    pub(crate) provider: Provider,
    /// The builder's version.
    pub(crate) builder: u32,
    /// The data that it used, each set with its version.
    pub(crate) data: &'a [String],
    pub(crate) submission: &'a Submission,
    pub(crate) nonce: &'a Nonce,
    /// The frame of a series that it is for.
    pub(crate) place: Option<&'a SeriesPlace>,
    /// The conversation that it belongs to.
    pub(crate) session: Option<&'a ConversationId>,
    pub(crate) now: Timestamp,
}

/// The state that the engine works with.
#[derive(Debug, Clone)]
pub(crate) struct State {
    pub(crate) id: GenerationId,
    pub(crate) status: GenerationStatus,
    pub(crate) cancel_requested: bool,
    /// The cancel takes nothing from the allowance.
    pub(crate) cancel_is_free: bool,
    /// It ended without the provider's last word, so a later one revives it. Not while it lies in the bin.
    pub(crate) given_up: bool,
    /// Pictures asked for, and held in the ledger until the end.
    pub(crate) pictures: u32,
    pub(crate) request: GenerationRequest,
    pub(crate) provider: String,
    pub(crate) builder: u32,
    pub(crate) submission: Submission,
    pub(crate) nonce: Nonce,
    pub(crate) provider_id: Option<ProviderId>,
    pub(crate) progress: Option<Progress>,
    pub(crate) created_at: Timestamp,
    /// When the submit was last sent.
    pub(crate) attempted_at: Option<Timestamp>,
    pub(crate) accepted_at: Option<Timestamp>,
}

fn stored_list<'a, T, S: From<&'a T>>(list: &'a [T]) -> Vec<S> {
    list.iter().map(S::from).collect()
}

pub(crate) fn insert(db: &mut dyn Database, new: &New<'_>) -> Result<(), DatabaseError> {
    db.query(
        "INSERT INTO generations (id, revision, status, pictures, request, prompt, spans, effects,
            enhancements, provider, builder, data, submission, nonce, series, frame, conversation,
            created_at)
         VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &[
            new.id.as_str().into(),
            word(&GenerationStatus::Waiting)?,
            new.pictures.into(),
            json(&StoredRequest::from(new.request))?,
            new.prompt.into(),
            json(&stored_list::<_, StoredSpan>(new.spans))?,
            json(&stored_list::<_, StoredEffect>(new.effects))?,
            json(&stored_list::<_, StoredEnhancement>(new.enhancements))?,
            word(&new.provider)?,
            new.builder.into(),
            json(&new.data)?,
            json(&StoredSubmission::from(new.submission))?,
            new.nonce.as_str().into(),
            new.place.map(|place| place.id.as_str()).into(),
            new.place.map(|place| place.frame).into(),
            new.session.map(ConversationId::as_str).into(),
            new.now.into(),
        ],
    )?;
    Ok(())
}

pub(crate) fn load(
    db: &mut dyn Database,
    id: &GenerationId,
) -> Result<Option<State>, DatabaseError> {
    let rows = db.query(
        "SELECT status, cancel_requested, cancel_is_free, given_up AND binned_at IS NULL, pictures, request, provider,
            builder, submission, nonce, provider_id, progress, created_at, attempted_at, accepted_at
         FROM generations WHERE id = ?",
        &[id.as_str().into()],
    )?;
    Columns::one(rows)?
        .map(|mut row| {
            Ok(State {
                id: id.clone(),
                status: row.word()?,
                cancel_requested: row.flag()?,
                cancel_is_free: row.flag()?,
                given_up: row.flag()?,
                pictures: row.number()?,
                request: row.stored::<StoredRequest, _>()?,
                provider: row.text()?,
                builder: row.number()?,
                submission: row.stored::<StoredSubmission, _>()?,
                nonce: row.parsed()?,
                provider_id: row.optional_parsed()?,
                progress: row.optional_stored::<StoredProgress, _>()?,
                created_at: row.moment()?,
                attempted_at: row.optional_moment()?,
                accepted_at: row.optional_moment()?,
            })
        })
        .transpose()
}

/// The generations under way with a model, oldest first.
pub(crate) fn under_way_with(
    db: &mut dyn Database,
    model: &ModelId,
) -> Result<Vec<GenerationId>, DatabaseError> {
    db.query(
        "SELECT id FROM generations
         WHERE finished_at IS NULL AND json_extract(request, '$.model') = ? ORDER BY id",
        &[model.as_str().into()],
    )?
    .into_iter()
    .map(|row| Columns::new(row).parsed())
    .collect()
}

/// The origin of the prompt's words, for its recipes.
pub(crate) fn origin(
    db: &mut dyn Database,
    id: &GenerationId,
) -> Result<(Vec<Span>, Vec<String>), DatabaseError> {
    let rows = db.query(
        "SELECT spans, data FROM generations WHERE id = ?",
        &[id.as_str().into()],
    )?;
    match Columns::one(rows)? {
        Some(mut row) => Ok((row.stored_list::<StoredSpan, _>()?, row.json()?)),
        None => Ok(Default::default()),
    }
}

/// The generation that holds a prediction.
pub(crate) fn holder(
    db: &mut dyn Database,
    provider_id: &ProviderId,
) -> Result<Option<GenerationId>, DatabaseError> {
    let rows = db.query(
        "SELECT id FROM generations WHERE provider_id = ?",
        &[provider_id.as_str().into()],
    )?;
    Columns::one(rows)?.map(|mut row| row.parsed()).transpose()
}

/// The generations that were given up without a prediction, oldest first.
pub(crate) fn given_up_without_prediction(
    db: &mut dyn Database,
) -> Result<Vec<GenerationId>, DatabaseError> {
    db.query(
        "SELECT id FROM generations WHERE given_up = 1 AND provider_id IS NULL AND binned_at IS NULL ORDER BY id",
        &[],
    )?
    .into_iter()
    .map(|row| Columns::new(row).parsed())
    .collect()
}

pub(crate) fn raise_revision(
    db: &mut dyn Database,
    id: &GenerationId,
) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE generations SET revision = revision + 1 WHERE id = ?",
        &[id.as_str().into()],
    )?;
    Ok(())
}

pub(crate) fn set_attempted(
    db: &mut dyn Database,
    id: &GenerationId,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE generations SET attempted_at = ? WHERE id = ?",
        &[now.into(), id.as_str().into()],
    )?;
    Ok(())
}

pub(crate) fn set_accepted(
    db: &mut dyn Database,
    id: &GenerationId,
    provider_id: &ProviderId,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE generations SET provider_id = ?, accepted_at = ? WHERE id = ?",
        &[provider_id.as_str().into(), now.into(), id.as_str().into()],
    )?;
    Ok(())
}

/// Whether a cancel after the provider's start takes the pictures from the allowance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CancelPrice {
    Charged,
    Free,
}

pub(crate) fn set_cancel_requested(
    db: &mut dyn Database,
    id: &GenerationId,
    price: CancelPrice,
) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE generations SET cancel_requested = 1, cancel_is_free = ? WHERE id = ?",
        &[(price == CancelPrice::Free).into(), id.as_str().into()],
    )?;
    Ok(())
}

pub(crate) fn set_progress(
    db: &mut dyn Database,
    id: &GenerationId,
    status: GenerationStatus,
    progress: Option<Progress>,
) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE generations SET status = ?, progress = ? WHERE id = ?",
        &[
            word(&status)?,
            progress
                .map(|progress| json(&StoredProgress::from(progress)))
                .transpose()?
                .unwrap_or(Value::Null),
            id.as_str().into(),
        ],
    )?;
    Ok(())
}

/// Marks the generation as being saved. The request names the seed that was used, and a cancel is no longer possible.
pub(crate) fn set_saving(
    db: &mut dyn Database,
    id: &GenerationId,
    request: &GenerationRequest,
) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE generations SET status = ?, cancel_requested = 0, request = ? WHERE id = ?",
        &[
            word(&GenerationStatus::Saving)?,
            json(&StoredRequest::from(request))?,
            id.as_str().into(),
        ],
    )?;
    Ok(())
}

pub(crate) fn set_finished(
    db: &mut dyn Database,
    id: &GenerationId,
    status: GenerationStatus,
    failure: Option<&Failure>,
    given_up: bool,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE generations
         SET status = ?, failure = ?, given_up = ?, cancel_requested = 0, finished_at = ?
         WHERE id = ?",
        &[
            word(&status)?,
            failure
                .map(|failure| json(&StoredFailure::from(failure)))
                .transpose()?
                .unwrap_or(Value::Null),
            i64::from(given_up).into(),
            now.into(),
            id.as_str().into(),
        ],
    )?;
    Ok(())
}

/// Takes back the end of a generation that was given up.
pub(crate) fn set_revived(
    db: &mut dyn Database,
    id: &GenerationId,
    status: GenerationStatus,
    cancel_requested: bool,
) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE generations
         SET status = ?, failure = NULL, given_up = 0, cancel_requested = ?, finished_at = NULL
         WHERE id = ?",
        &[
            word(&status)?,
            i64::from(cancel_requested).into(),
            id.as_str().into(),
        ],
    )?;
    Ok(())
}

/// Makes the end of a generation that was given up final.
pub(crate) fn confirm_end(db: &mut dyn Database, id: &GenerationId) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE generations SET given_up = 0 WHERE id = ?",
        &[id.as_str().into()],
    )?;
    Ok(())
}

/// The column `cancel_costs`: what a cancel would take from the allowance, or has taken.
pub(crate) const CANCEL_COSTS: &str = "CASE status
    WHEN 'generating' THEN pictures
    WHEN 'canceled' THEN (SELECT ifnull(sum(ledger.pictures), 0) FROM ledger
        WHERE generation = generations.id AND kind IN ('settle', 'charge'))
    ELSE 0 END";

/// One generation as its owner sees it. `None` if it does not exist or is in the bin.
pub(crate) fn view(
    db: &mut dyn Database,
    id: &GenerationId,
) -> Result<Option<Generation>, DatabaseError> {
    one(db, id, Bin::Excluded)
}

/// One generation, in the bin or not, with the pictures that are in the bin.
pub(crate) fn whole(
    db: &mut dyn Database,
    id: &GenerationId,
) -> Result<Option<Generation>, DatabaseError> {
    one(db, id, Bin::Included)
}

fn one(
    db: &mut dyn Database,
    id: &GenerationId,
    bin: Bin,
) -> Result<Option<Generation>, DatabaseError> {
    let rows = db.query(
        &format!(
            "SELECT revision, status, cancel_requested, {CANCEL_COSTS}, progress, request, prompt, spans, effects,
                enhancements, failure, series, frame, conversation, created_at, finished_at
             FROM generations WHERE id = ? {}",
            bin.condition()
        ),
        &[id.as_str().into()],
    )?;
    let Some(mut row) = Columns::one(rows)? else {
        return Ok(None);
    };
    let (revision, status) = (row.number()?, row.word()?);
    let queue_position = match status {
        GenerationStatus::Waiting => queue::position(&queue::list(db)?, id),
        _ => None,
    };
    Ok(Some(Generation {
        id: id.clone(),
        revision,
        status,
        cancel_requested: row.flag()?,
        cancel_costs: row.number()?,
        queue_position,
        progress: row.optional_stored::<StoredProgress, _>()?,
        request: row.stored::<StoredRequest, _>()?,
        prompt: row.text()?,
        spans: row.raw()?,
        effects: row.raw()?,
        enhancements: row.raw()?,
        pictures: pictures::of_generation(db, id, bin)?,
        failure: row.optional_stored::<StoredFailure, _>()?,
        series: read_place(&mut row)?,
        session: row.optional_parsed()?,
        created_at: row.moment()?,
        finished_at: row.optional_moment()?,
    }))
}

/// The columns `series` and `frame`.
pub(crate) fn read_place(row: &mut Columns) -> Result<Option<SeriesPlace>, DatabaseError> {
    let (series, frame) = (row.optional_parsed()?, row.optional_number()?);
    Ok(series
        .zip(frame)
        .map(|(id, frame)| SeriesPlace { id, frame }))
}

/// The frame that a generation is for.
pub(crate) fn place(
    db: &mut dyn Database,
    id: &GenerationId,
) -> Result<Option<SeriesPlace>, DatabaseError> {
    let rows = db.query(
        "SELECT series, frame FROM generations WHERE id = ?",
        &[id.as_str().into()],
    )?;
    Columns::one(rows)?.map_or(Ok(None), |mut row| read_place(&mut row))
}

/// The conversation that a generation belongs to, if it exists outside the bin and belongs to one.
pub(crate) fn session(
    db: &mut dyn Database,
    id: &GenerationId,
) -> Result<Option<ConversationId>, DatabaseError> {
    let rows = db.query(
        "SELECT conversation FROM generations WHERE id = ? AND binned_at IS NULL",
        &[id.as_str().into()],
    )?;
    Columns::one(rows)?.map_or(Ok(None), |mut row| row.optional_parsed())
}

/// Makes a generation a result of a conversation. Returns whether it exists outside the bin.
pub(crate) fn set_session(
    db: &mut dyn Database,
    id: &GenerationId,
    session: &ConversationId,
) -> Result<bool, DatabaseError> {
    let changed = db.query(
        "UPDATE generations SET conversation = ? WHERE id = ? AND binned_at IS NULL RETURNING 1",
        &[session.as_str().into(), id.as_str().into()],
    )?;
    Ok(!changed.is_empty())
}

/// What a generation sent.
pub(crate) struct Sent {
    pub(crate) prompt: String,
    pub(crate) effects: RawJson<ParameterReport>,
    pub(crate) enhancements: RawJson<EnhancementReport>,
}

/// What these generations sent, and those of which it cannot be read.
pub(crate) fn sent(
    db: &mut dyn Database,
    ids: &[&GenerationId],
) -> Result<Readable<(GenerationId, Sent)>, DatabaseError> {
    let rows = db.query(
        "SELECT id, prompt, effects, enhancements FROM generations
         WHERE id IN (SELECT value FROM json_each(?))",
        &[json(&ids)?],
    )?;
    readable(rows, |row| {
        let mut row = Columns::new(row);
        let id = row.parsed()?;
        let sent = Sent {
            prompt: row.text()?,
            effects: row.raw()?,
            enhancements: row.raw()?,
        };
        Ok((id, sent))
    })
}
