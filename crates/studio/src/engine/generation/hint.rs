//! Webhooks. A webhook only makes the studio look, earlier or once more; what the provider then says decides.

use selfsame_primitives::ids::GenerationId;
use selfsame_provider::prediction::ProviderId;
use serde::{Deserialize, Serialize};

use super::cancel::stop_prediction;
use super::poll::look_soon;
use super::revive::revive;
use crate::Nonce;
use crate::engine::{Transaction, pace};
use crate::error::StudioError;
use crate::request::Request;
use crate::store::effect_kind::EffectKind;
use crate::store::generations::{self, State};
use crate::store::outbox;
use crate::store::received;

/// A verified webhook. It makes the studio look earlier, and revives a generation that was given up. A hint for another
/// generation, with another nonce or received before is ignored, and the sender learns no difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hint {
    /// The webhook's own id, the same over its retries.
    pub webhook_id: String,
    /// The generation, from the URL of the webhook.
    pub generation: GenerationId,
    /// The nonce, from the URL of the webhook.
    pub nonce: Nonce,
    /// The prediction that the webhook is about.
    pub provider_id: ProviderId,
}

impl Request for Hint {
    type Reply = ();

    fn handle(self, tx: &mut Transaction<'_>) -> Result<(), StudioError> {
        let Some(state) = generations::load(tx.db, &self.generation)? else {
            return Ok(());
        };
        // Nonces compare in constant time.
        if state.nonce != self.nonce {
            return Ok(());
        }
        let Some(state) = recipient(tx, state, &self.provider_id)? else {
            return Ok(());
        };
        received::prune_webhooks(tx.db, tx.now.plus_milliseconds(-pace::WEBHOOK_MEMORY))?;
        if !received::add_webhook(tx.db, &self.webhook_id, tx.now)? {
            return Ok(());
        }
        if state.given_up {
            let state = revive(tx, &state)?;
            return look_once_more(tx, &state, &self.provider_id);
        }
        if state.provider_id.is_none() {
            return name_prediction(tx, &state, &self.provider_id);
        }
        match outbox::find(tx.db, EffectKind::Poll, state.id.as_str())? {
            Some(poll) => look_soon(tx, &poll),
            None => Ok(()),
        }
    }
}

/// The generation that waits for news of the prediction, or was given up while it did. `addressed` is the one that the
/// webhook names.
fn recipient(
    tx: &mut Transaction<'_>,
    addressed: State,
    prediction: &ProviderId,
) -> Result<Option<State>, StudioError> {
    match &addressed.provider_id {
        Some(known) if known == prediction => Ok(Some(addressed).filter(waits)),
        None if !addressed.given_up => Ok(Some(addressed).filter(waits)),
        _ if generations::holder(tx.db, prediction)?.is_some() => Ok(None),
        None => Ok(Some(addressed)),
        Some(_) => heir(tx, &addressed),
    }
}

fn waits(state: &State) -> bool {
    state.given_up || !state.status.is_final()
}

/// A generation that was given up although `other`, which has the same input, holds the prediction that was created
/// for it. The prediction that was created for `other` is as good.
fn heir(tx: &mut Transaction<'_>, other: &State) -> Result<Option<State>, StudioError> {
    let (version, input) = (&other.submission.version, &other.submission.input);
    for id in generations::given_up_without_prediction(tx.db)? {
        let state = tx.state(&id)?;
        if state.submission.version == *version && state.submission.input == *input {
            return Ok(Some(state));
        }
    }
    Ok(None)
}

/// Looks at the prediction of a generation that was revived, and cancels it again if the person had canceled.
fn look_once_more(
    tx: &mut Transaction<'_>,
    state: &State,
    prediction: &ProviderId,
) -> Result<(), StudioError> {
    let (id, now) = (&state.id, tx.now);
    if state.provider_id.is_none() {
        outbox::add(
            tx.db,
            EffectKind::Reconcile,
            id.as_str(),
            Some(id),
            now,
            now,
        )?;
        return name_prediction(tx, state, prediction);
    }
    outbox::add(tx.db, EffectKind::Poll, id.as_str(), Some(id), now, now)?;
    if state.cancel_requested {
        stop_prediction(tx, prediction, Some(id))?;
    }
    Ok(())
}

/// The submit's outcome is not known: a reconcile looks at the named prediction first.
fn name_prediction(
    tx: &mut Transaction<'_>,
    state: &State,
    prediction: &ProviderId,
) -> Result<(), StudioError> {
    if let Some(reconcile) = outbox::find(tx.db, EffectKind::Reconcile, state.id.as_str())? {
        outbox::set_hint(tx.db, reconcile.id, Some(prediction))?;
        look_soon(tx, &reconcile)?;
    } else if let Some(submit) = outbox::find(tx.db, EffectKind::Submit, state.id.as_str())? {
        outbox::set_hint(tx.db, submit.id, Some(prediction))?;
    }
    Ok(())
}
