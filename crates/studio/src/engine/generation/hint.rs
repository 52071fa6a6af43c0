//! Webhooks. A webhook only makes the studio look earlier; what the provider then says decides.

use selfsame_primitives::ids::GenerationId;
use selfsame_provider::prediction::ProviderId;
use serde::{Deserialize, Serialize};

use super::finish::under_way;
use crate::Nonce;
use crate::engine::{Transaction, pace};
use crate::error::StudioError;
use crate::request::Request;
use crate::store::generations::State;
use crate::store::outbox::{self, EffectKind};
use crate::store::received;

/// A verified webhook. It only makes the studio look earlier. A hint for another generation, with another nonce or
/// received before is ignored, and the sender learns no difference.
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
        let Some(state) = under_way(tx, &self.generation)? else {
            return Ok(());
        };
        // Nonces compare in constant time.
        if state.nonce != self.nonce {
            return Ok(());
        }
        received::prune_webhooks(tx.db, tx.now.plus_milliseconds(-pace::WEBHOOK_MEMORY))?;
        if !received::add_webhook(tx.db, &self.webhook_id, tx.now)? {
            return Ok(());
        }
        match &state.provider_id {
            Some(known) if *known == self.provider_id => poll_now(tx, &state),
            Some(_) => Ok(()),
            None => name_prediction(tx, &state, &self),
        }
    }
}

fn poll_now(tx: &mut Transaction<'_>, state: &State) -> Result<(), StudioError> {
    match outbox::find(tx.db, EffectKind::Poll, state.id.as_str())? {
        Some(poll) => Ok(outbox::wake(tx.db, poll.id, tx.now)?),
        None => Ok(()),
    }
}

/// The webhook arrived before the submit's outcome: a reconcile looks at the named prediction first.
fn name_prediction(
    tx: &mut Transaction<'_>,
    state: &State,
    hint: &Hint,
) -> Result<(), StudioError> {
    if let Some(reconcile) = outbox::find(tx.db, EffectKind::Reconcile, state.id.as_str())? {
        outbox::set_hint(tx.db, reconcile.id, Some(&hint.provider_id))?;
        outbox::wake(tx.db, reconcile.id, tx.now)?;
    } else if let Some(submit) = outbox::find(tx.db, EffectKind::Submit, state.id.as_str())? {
        outbox::set_hint(tx.db, submit.id, Some(&hint.provider_id))?;
    }
    Ok(())
}
