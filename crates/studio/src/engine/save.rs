//! Saving: a picture is a picture once its bytes are in the object store, and not before.

use selfsame_api::{FailureCode, Picture};
use selfsame_primitives::ids::{GenerationId, PictureId};
use selfsame_prompt::parameters::OutputFormat;
use selfsame_provider::prediction::Prediction;
use selfsame_recipe::recipe::Recipe;
use sha2::{Digest, Sha256};

use super::finish::End;
use super::transaction::Transaction;
use super::{due, pace};
use crate::effect::OutboxItem;
use crate::error::StudioError;
use crate::store::generations::{self, State};
use crate::store::outbox::{self, EffectKind, OutboxRow};
use crate::store::outputs::{self, Output, OutputState};
use crate::store::pictures;

impl Transaction<'_> {
    /// The provider is done: every file is to be fetched. A cancel that came too late is forgotten, because the
    /// pictures are paid for.
    pub(super) fn save(
        &mut self,
        state: &State,
        prediction: &Prediction,
    ) -> Result<(), StudioError> {
        let asked = usize::try_from(state.pictures).unwrap_or(usize::MAX);
        if prediction.outputs.is_empty() {
            return self.finish_without_pictures(state, FailureCode::PicturesLost);
        }
        let mut request = state.request.clone();
        if let Some(seed) = prediction.seed {
            request.overrides.seed = Some(seed.into());
        }
        outbox::remove_all_for(self.db, &state.id)?;
        generations::set_saving(self.db, &state.id, &request)?;
        for file in prediction.outputs.iter().take(asked) {
            let picture = self.picture_id(state, file.index);
            outputs::insert(
                self.db,
                &Output {
                    generation: state.id.clone(),
                    position: file.index,
                    picture: picture.clone(),
                    url: file.url.clone(),
                },
            )?;
            outbox::add(
                self.db,
                EffectKind::Fetch,
                picture.as_str(),
                Some(&state.id),
                self.now,
                self.now,
            )?;
        }
        self.touch(&state.id)
    }

    /// A new id, random to everybody who does not know the generation's nonce.
    fn picture_id(&self, state: &State, index: u32) -> PictureId {
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
        PictureId::mint(self.now, random)
    }

    pub(super) fn picture_stored(
        &mut self,
        generation: &GenerationId,
        id: &PictureId,
        format: OutputFormat,
        bytes: u64,
        etag: &str,
    ) -> Result<(), StudioError> {
        let output = outputs::pending(self.db, id)?;
        let (Some(output), Some(state)) = (output, self.under_way(generation)?) else {
            return self.stored_late(id);
        };
        let recipe = self.recipe(&state, output.position)?;
        let picture = Picture {
            id: id.clone(),
            index: output.position,
            format,
            bytes,
            created_at: self.now,
            recipe_id: recipe.id(),
            recipe,
        };
        pictures::insert(self.db, generation, &picture, etag)?;
        outputs::set_state(self.db, id, OutputState::Stored)?;
        if let Some(row) = outbox::find(self.db, EffectKind::Fetch, id.as_str())? {
            outbox::remove(self.db, row.id)?;
        }
        self.touch(generation)?;
        self.settle_if_done(&state)
    }

    /// The object was written (again) after its fate was decided: one that belongs to no picture must not stay.
    fn stored_late(&mut self, id: &PictureId) -> Result<(), StudioError> {
        if pictures::find(self.db, id)?.is_none() {
            self.delete_object(id)?;
        }
        Ok(())
    }

    pub(super) fn picture_failed(
        &mut self,
        item: &OutboxItem,
        id: &PictureId,
        retryable: bool,
    ) -> Result<(), StudioError> {
        match due::current(self, item)? {
            Some(row) if retryable => self.fetch_failed(id, &row),
            Some(_) => self.picture_lost(id),
            None => Ok(()),
        }
    }

    /// The file could not be fetched now; also when the shell never came back with an answer.
    pub(super) fn fetch_failed(
        &mut self,
        id: &PictureId,
        row: &OutboxRow,
    ) -> Result<(), StudioError> {
        if self.now >= row.created_at.plus_milliseconds(pace::FETCH_LIMIT) {
            return self.picture_lost(id);
        }
        let failures = row.failures + 1;
        let again = self.now.plus_milliseconds(pace::back_off(failures));
        Ok(outbox::reschedule(self.db, row.id, again, failures)?)
    }

    fn picture_lost(&mut self, id: &PictureId) -> Result<(), StudioError> {
        let Some(output) = outputs::pending(self.db, id)? else {
            return Ok(());
        };
        outputs::set_state(self.db, id, OutputState::Lost)?;
        if let Some(row) = outbox::find(self.db, EffectKind::Fetch, id.as_str())? {
            outbox::remove(self.db, row.id)?;
        }
        match self.under_way(&output.generation)? {
            Some(state) => self.settle_if_done(&state),
            None => Ok(()),
        }
    }

    fn recipe(&mut self, state: &State, index: u32) -> Result<Recipe, StudioError> {
        let (parts, data) = generations::origin(self.db, &state.id)?;
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

    fn settle_if_done(&mut self, state: &State) -> Result<(), StudioError> {
        let tally = outputs::tally(self.db, &state.id)?;
        match (tally.pending, tally.stored) {
            (0, 0) => self.finish_without_pictures(state, FailureCode::PicturesLost),
            (0, stored) => self.finish_generation(state, End::Succeeded { stored }),
            _ => Ok(()),
        }
    }
}
