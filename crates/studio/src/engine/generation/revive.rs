//! Generations that were given up. The studio ends a generation without the provider's last word when it has looked
//! for long enough; if the provider is heard again, its word still counts, because what it made is paid for.

use selfsame_api::GenerationStatus;
use selfsame_primitives::ids::GenerationId;
use selfsame_provider::prediction::{Phase, Prediction};

use super::poll::seen;
use crate::engine::Transaction;
use crate::error::StudioError;
use crate::store::effect_kind::EffectKind;
use crate::store::generations::{self, State};
use crate::store::outbox;

/// Takes back the end of a generation that was given up. If the person had canceled it, the cancel still holds.
pub(super) fn revive(tx: &mut Transaction<'_>, state: &State) -> Result<State, StudioError> {
    let canceled = state.status == GenerationStatus::Canceled;
    let status = match (&state.provider_id, state.progress) {
        (None, _) => GenerationStatus::Waiting,
        (Some(_), None) => GenerationStatus::Booting,
        (Some(_), Some(_)) => GenerationStatus::Generating,
    };
    generations::set_revived(tx.db, &state.id, status, canceled)?;
    tx.queue_moved();
    if let Some(provider_id) = &state.provider_id
        && !canceled
    {
        // Giving up asked the provider to cancel.
        outbox::remove_subject(tx.db, EffectKind::Cancel, provider_id.as_str())?;
    }
    tx.touch(&state.id)?;
    tx.state(&state.id)
}

/// The provider says how a prediction ended. That counts however late it is observed.
pub(super) fn last_word(
    tx: &mut Transaction<'_>,
    generation: &GenerationId,
    prediction: &Prediction,
) -> Result<(), StudioError> {
    let Some(state) = generations::load(tx.db, generation)? else {
        return Ok(());
    };
    if !state.status.is_final() {
        return seen(tx, &state, prediction);
    }
    if !state.given_up || state.provider_id.as_ref() != Some(&prediction.id) {
        return Ok(());
    }
    if prediction.phase == Phase::Canceled {
        // Most likely by the cancel that giving up sent.
        return Ok(generations::confirm_end(tx.db, generation)?);
    }
    let state = revive(tx, &state)?;
    seen(tx, &state, prediction)
}
