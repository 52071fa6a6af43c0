//! Handing out what is due, and taking back what was never answered.

use selfsame_primitives::ids::{GenerationId, PictureId};

use super::pictures::object_key;
use super::transaction::Transaction;
use crate::database::DatabaseError;
use crate::effect::{Effect, OutboxItem};
use crate::error::StudioError;
use crate::store::generations::{self, State};
use crate::store::outbox::{self, Entry, Kind};
use crate::store::{outputs, profile};

/// Effects handed out at once: the connections that one invocation of a Worker may have open.
const BATCH: u32 = 6;

impl Transaction<'_> {
    pub(super) fn due(&mut self) -> Result<Vec<OutboxItem>, StudioError> {
        for entry in outbox::unanswered(self.db, self.now)? {
            self.unanswered(&entry)?;
        }
        let mut items = Vec::new();
        for entry in outbox::due(self.db, self.now, BATCH)? {
            match self.effect(&entry)? {
                Some(effect) => items.push(self.lease(&entry, effect)?),
                // What it was for is no more.
                None => outbox::remove(self.db, entry.id)?,
            }
        }
        Ok(items)
    }

    /// The row behind an item, while this very handing-out is the one it waits for.
    pub(super) fn current(&mut self, item: &OutboxItem) -> Result<Option<Entry>, StudioError> {
        let entry = outbox::load(self.db, item.row)?;
        Ok(entry.filter(|entry| entry.leased && entry.attempt == item.attempt))
    }

    /// The shell took it and died, or forgot it.
    fn unanswered(&mut self, entry: &Entry) -> Result<(), StudioError> {
        match entry.kind {
            // It may have been sent. It is never sent again.
            Kind::Submit => Ok(outbox::turn_into(
                self.db,
                entry.id,
                Kind::Reconcile,
                self.now,
            )?),
            Kind::Reconcile => {
                let state = self.state(&generation_of(entry)?)?;
                self.reconcile_trouble(&state, entry)
            }
            Kind::Poll => {
                let state = self.state(&generation_of(entry)?)?;
                self.poll_trouble(&state, entry)
            }
            Kind::Cancel => self.cancel_trouble(entry),
            Kind::Fetch => self.fetch_trouble(&picture_of(entry)?, entry),
            Kind::Delete => self.delete_trouble(entry),
        }
    }

    fn lease(&mut self, entry: &Entry, effect: Effect) -> Result<OutboxItem, StudioError> {
        if let Effect::Submit { generation, .. } = &effect {
            generations::set_attempted(self.db, generation, self.now)?;
        }
        let until = self.now.plus_milliseconds(effect.lease_milliseconds());
        outbox::lease(self.db, entry.id, until)?;
        Ok(OutboxItem {
            row: entry.id,
            attempt: entry.attempt + 1,
            effect,
        })
    }

    /// What a row asks for, in full.
    fn effect(&mut self, entry: &Entry) -> Result<Option<Effect>, StudioError> {
        match entry.kind {
            Kind::Submit => {
                let state = self.state(&generation_of(entry)?)?;
                Ok(Some(Effect::Submit {
                    generation: state.id,
                    submission: state.submission,
                }))
            }
            Kind::Reconcile => {
                let state = self.state(&generation_of(entry)?)?;
                Ok(Some(reconcile(state, entry)))
            }
            Kind::Poll => {
                let state = self.state(&generation_of(entry)?)?;
                Ok(state.provider_id.map(|provider_id| Effect::Poll {
                    generation: state.id,
                    provider_id,
                }))
            }
            Kind::Cancel => {
                let provider_id = entry.subject.parse().map_err(|_| unreadable(entry))?;
                Ok(Some(Effect::CancelUpstream { provider_id }))
            }
            Kind::Fetch => self.fetch(&picture_of(entry)?),
            Kind::Delete => {
                let key = self.key(&picture_of(entry)?)?;
                Ok(Some(Effect::DeleteObject { key }))
            }
        }
    }

    fn fetch(&mut self, picture: &PictureId) -> Result<Option<Effect>, StudioError> {
        let Some(output) = outputs::pending(self.db, picture)? else {
            return Ok(None);
        };
        let key = self.key(picture)?;
        Ok(Some(Effect::FetchPicture {
            generation: output.generation,
            picture: output.picture,
            index: output.position,
            url: output.url,
            key,
        }))
    }

    fn key(&mut self, picture: &PictureId) -> Result<String, StudioError> {
        let profile = profile::load(self.db)?.ok_or(StudioError::NotFound)?;
        Ok(object_key(&profile.user, picture))
    }
}

fn reconcile(state: State, entry: &Entry) -> Effect {
    Effect::Reconcile {
        generation: state.id,
        submission: state.submission,
        since: state.attempted_at.unwrap_or(state.created_at),
        hinted: entry.hint.clone(),
    }
}

fn generation_of(entry: &Entry) -> Result<GenerationId, DatabaseError> {
    entry.subject.parse().map_err(|_| unreadable(entry))
}

fn picture_of(entry: &Entry) -> Result<PictureId, DatabaseError> {
    entry.subject.parse().map_err(|_| unreadable(entry))
}

fn unreadable(entry: &Entry) -> DatabaseError {
    DatabaseError(format!("outbox row {} has no readable subject", entry.id))
}
