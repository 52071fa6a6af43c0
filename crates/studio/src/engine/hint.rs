//! Webhooks: a reason to look, never a fact.

use super::pace;
use super::transaction::Transaction;
use crate::error::StudioError;
use crate::observation::Hint;
use crate::request::Request;
use crate::store::generations::State;
use crate::store::outbox::{self, EffectKind};
use crate::store::webhooks;

impl Request for Hint {
    type Reply = ();

    fn handle(self, transaction: &mut Transaction<'_>) -> Result<(), StudioError> {
        transaction.hint(&self)
    }
}

impl Transaction<'_> {
    fn hint(&mut self, hint: &Hint) -> Result<(), StudioError> {
        let Some(state) = self.under_way(&hint.generation)? else {
            return Ok(());
        };
        // Nonces compare in constant time.
        if state.nonce != hint.nonce {
            return Ok(());
        }
        webhooks::prune(self.db, self.now.plus_milliseconds(-pace::WEBHOOK_MEMORY))?;
        if !webhooks::hear(self.db, &hint.webhook_id, self.now)? {
            return Ok(());
        }
        match &state.provider_id {
            Some(known) if *known == hint.provider_id => self.look_now(&state),
            Some(_) => Ok(()),
            None => self.name_prediction(&state, hint),
        }
    }

    fn look_now(&mut self, state: &State) -> Result<(), StudioError> {
        match outbox::find(self.db, EffectKind::Poll, state.id.as_str())? {
            Some(poll) => Ok(outbox::wake(self.db, poll.id, self.now)?),
            None => Ok(()),
        }
    }

    /// The provider speaks of a prediction before the submit's outcome is known: remember which to look at.
    fn name_prediction(&mut self, state: &State, hint: &Hint) -> Result<(), StudioError> {
        if let Some(reconcile) = outbox::find(self.db, EffectKind::Reconcile, state.id.as_str())? {
            outbox::set_hint(self.db, reconcile.id, Some(&hint.provider_id))?;
            outbox::wake(self.db, reconcile.id, self.now)?;
        } else if let Some(submit) = outbox::find(self.db, EffectKind::Submit, state.id.as_str())? {
            outbox::set_hint(self.db, submit.id, Some(&hint.provider_id))?;
        }
        Ok(())
    }
}
