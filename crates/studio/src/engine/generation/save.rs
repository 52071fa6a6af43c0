//! Saving. A picture exists once its bytes are in the object store, and not before.

use selfsame_api::FailureCode;
use selfsame_primitives::ids::{GenerationId, PictureId};
use selfsame_prompt::parameters::OutputFormat;
use selfsame_provider::fingerprint::Fingerprint;
use selfsame_provider::prediction::Prediction;
use selfsame_recipe::Recipe;
use sha2::{Digest, Sha256};

use super::finish::{End, finish, finish_without_pictures, under_way};
use crate::effect::{FetchFailure, OutboxItem};
use crate::engine::pictures::delete_objects;
use crate::engine::{Transaction, canary, due, pace};
use crate::error::StudioError;
use crate::store::effect_kind::EffectKind;
use crate::store::generations::{self, State};
use crate::store::outbox::{self, OutboxRow};
use crate::store::outputs::{self, Output, OutputState};
use crate::store::{canaries, pictures};

/// The provider is done: fetches every file, and forgets a cancel that came too late, because the pictures are paid
/// for.
pub(super) fn save(
    tx: &mut Transaction<'_>,
    state: &State,
    prediction: &Prediction,
) -> Result<(), StudioError> {
    let asked = usize::try_from(state.pictures).unwrap_or(usize::MAX);
    if prediction.outputs.is_empty() {
        return finish_without_pictures(tx, state, FailureCode::PicturesLost);
    }
    let mut request = state.request.clone();
    if let Some(seed) = prediction.seed {
        request.overrides.seed = Some(seed.into());
    }
    outbox::remove_all_for(tx.db, &state.id)?;
    generations::set_saving(tx.db, &state.id, &request)?;
    tx.queue_moved();
    for file in prediction.outputs.iter().take(asked) {
        let picture = picture_id(tx, state, file.index);
        outputs::insert(
            tx.db,
            &Output {
                generation: state.id.clone(),
                position: file.index,
                picture: picture.clone(),
                url: file.url.clone(),
            },
        )?;
        outbox::add(
            tx.db,
            EffectKind::Fetch,
            picture.as_str(),
            Some(&state.id),
            tx.now,
            tx.now,
        )?;
    }
    tx.touch(&state.id)
}

/// A new id, derived from the generation's nonce so that it cannot be guessed without the nonce.
fn picture_id(tx: &Transaction<'_>, state: &State, index: u32) -> PictureId {
    let mut hash = Sha256::new();
    hash.update(b"selfsame.picture.v1");
    hash.update(state.nonce.as_str());
    hash.update(state.id.as_str());
    hash.update(index.to_be_bytes());
    let digest = hash.finalize();
    let random = digest
        .iter()
        .take(16)
        .fold(0, |bits, byte| (bits << 8) | u128::from(*byte));
    PictureId::mint(tx.now, random)
}

/// An object that was written to the store.
pub(in crate::engine) struct StoredObject<'a> {
    pub(in crate::engine) picture: &'a PictureId,
    pub(in crate::engine) format: OutputFormat,
    pub(in crate::engine) bytes: u64,
    pub(in crate::engine) etag: &'a str,
    /// Of a canary, if it could be decoded.
    pub(in crate::engine) fingerprint: Option<&'a Fingerprint>,
}

pub(in crate::engine) fn stored(
    tx: &mut Transaction<'_>,
    generation: &GenerationId,
    object: &StoredObject<'_>,
) -> Result<(), StudioError> {
    let id = object.picture;
    let output = outputs::pending(tx.db, id)?;
    let (Some(output), Some(state)) = (output, under_way(tx, generation)?) else {
        return stored_late(tx, id);
    };
    let is_canary = canary::stored(tx, generation, object)?;
    if !is_canary {
        insert(tx, &state, output.position, object)?;
    }
    outputs::set_state(tx.db, id, OutputState::Stored)?;
    if let Some(row) = outbox::find(tx.db, EffectKind::Fetch, id.as_str())? {
        if is_canary {
            outbox::remove(tx.db, row.id)?;
        } else {
            outbox::hand_on(tx.db, row.id, EffectKind::Thumbnails, tx.now)?;
        }
    }
    tx.touch(generation)?;
    settle_if_done(tx, &state)
}

/// Adds the picture to the person's own.
fn insert(
    tx: &mut Transaction<'_>,
    state: &State,
    index: u32,
    object: &StoredObject<'_>,
) -> Result<(), StudioError> {
    let recipe = recipe(tx, state, index)?;
    Ok(pictures::insert(
        tx.db,
        &pictures::New {
            id: object.picture,
            generation: &state.id,
            index,
            format: object.format,
            bytes: object.bytes,
            etag: object.etag,
            recipe: &recipe,
            now: tx.now,
        },
    )?)
}

/// The object was written after its picture was given up or deleted, or written again. Without a picture it is
/// deleted.
fn stored_late(tx: &mut Transaction<'_>, id: &PictureId) -> Result<(), StudioError> {
    if !pictures::exists(tx.db, id)? && !canaries::holds(tx.db, id)? {
        delete_objects(tx, id)?;
    }
    Ok(())
}

pub(in crate::engine) fn not_stored(
    tx: &mut Transaction<'_>,
    item: &OutboxItem,
    id: &PictureId,
    kind: FetchFailure,
) -> Result<(), StudioError> {
    let Some(row) = due::current(tx, item)? else {
        return Ok(());
    };
    match kind {
        FetchFailure::Permanent => lost(tx, id, &row),
        FetchFailure::Absent if due::note_absence(tx, &row)? => lost(tx, id, &row),
        FetchFailure::Transient | FetchFailure::Absent => fetch_failed(tx, id, &row),
    }
}

/// The file could not be fetched now, or the lease ended without an answer.
pub(in crate::engine) fn fetch_failed(
    tx: &mut Transaction<'_>,
    id: &PictureId,
    row: &OutboxRow,
) -> Result<(), StudioError> {
    if pace::is_last_attempt(row, row.created_at.plus_milliseconds(pace::FETCH_LIMIT)) {
        return lost(tx, id, row);
    }
    let failures = row.failures + 1;
    let again = tx.now.plus_milliseconds(pace::back_off(failures));
    Ok(outbox::reschedule(tx.db, row.id, again, failures)?)
}

/// The picture is given up.
fn lost(tx: &mut Transaction<'_>, id: &PictureId, row: &OutboxRow) -> Result<(), StudioError> {
    let Some(output) = outputs::pending(tx.db, id)? else {
        return Ok(());
    };
    outputs::set_state(tx.db, id, OutputState::Lost)?;
    outbox::remove(tx.db, row.id)?;
    if row.attempt > 1 {
        // An earlier attempt may have written the object although its outcome was lost.
        delete_objects(tx, id)?;
    }
    match under_way(tx, &output.generation)? {
        Some(state) => settle_if_done(tx, &state),
        None => Ok(()),
    }
}

fn recipe(tx: &mut Transaction<'_>, state: &State, index: u32) -> Result<Recipe, StudioError> {
    let (parts, data) = generations::origin(tx.db, &state.id)?;
    Ok(Recipe {
        builder: state.builder,
        data,
        enhancements: Vec::new(),
        index,
        input: state.submission.input.clone(),
        parts,
        provider: state.provider.clone(),
        seed: state
            .request
            .overrides
            .seed
            .and_then(|seed| u32::try_from(seed).ok()),
        version: state.submission.version.to_string(),
    })
}

/// Ends the generation when every file is either stored or lost.
fn settle_if_done(tx: &mut Transaction<'_>, state: &State) -> Result<(), StudioError> {
    let tally = outputs::tally(tx.db, &state.id)?;
    match (tally.pending, tally.stored) {
        (0, 0) => finish_without_pictures(tx, state, FailureCode::PicturesLost),
        (0, stored) => finish(tx, state, End::Succeeded { stored }),
        _ => Ok(()),
    }
}
