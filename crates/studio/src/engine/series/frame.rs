//! Making one frame again.

use selfsame_api::{FrameChanges, GenerationRequest, SeriesKind, SeriesPlace, SeriesRecord};
use selfsame_primitives::ids::SeriesId;
use selfsame_prompt::compose::compose_counting;
use selfsame_prompt::enhancement::Enhancement;
use selfsame_prompt::parameters::Overrides;
use serde::Serialize;

use super::{FrameIds, planned, record};
use crate::engine::generate::{self, VOCABULARIES};
use crate::engine::{SignedInPerson, Transaction, queue};
use crate::error::StudioError;
use crate::request::PersonRequest;
use crate::series_error::SeriesError;
use crate::store::outbox::{PAUSED, QUEUED};
use crate::store::{received, series};

/// Asks for a frame once more, with the same request and seed. Only for a frame that has ended without pictures.
#[derive(Debug, Clone, PartialEq)]
pub struct RetryFrame {
    /// The series.
    pub id: SeriesId,
    /// The frame, from 0.
    pub frame: u32,
    /// The person's `Idempotency-Key`.
    pub idempotency_key: String,
    /// The id and the nonce of the new generation.
    pub ids: FrameIds,
    /// The catalogue's enhancements, of which the request may name some.
    pub enhancements: Vec<Enhancement>,
    /// Origin at which the provider can reach the Worker; `None`: no webhook is asked for.
    pub webhook_origin: Option<String>,
}

impl PersonRequest for RetryFrame {
    type Reply = SeriesRecord;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        person: &SignedInPerson,
    ) -> Result<SeriesRecord, StudioError> {
        make_again(tx, person, self, None)
    }
}

/// Asks for a shoot's frame once more, with changes.
#[derive(Debug, Clone, PartialEq)]
pub struct RedoFrame {
    /// The frame, as for a retry.
    pub frame: RetryFrame,
    /// What changes. At least one thing does.
    pub changes: FrameChanges,
}

impl PersonRequest for RedoFrame {
    type Reply = SeriesRecord;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        person: &SignedInPerson,
    ) -> Result<SeriesRecord, StudioError> {
        make_again(tx, person, self.frame, Some(&self.changes))
    }
}

/// What an idempotency key of a frame stands for.
#[derive(Serialize)]
struct Asked<'a> {
    series: &'a SeriesId,
    frame: u32,
    changes: Option<&'a FrameChanges>,
}

fn make_again(
    tx: &mut Transaction<'_>,
    person: &SignedInPerson,
    ask: RetryFrame,
    changes: Option<&FrameChanges>,
) -> Result<SeriesRecord, StudioError> {
    let place = SeriesPlace {
        id: ask.id,
        frame: ask.frame,
    };
    let asked = Asked {
        series: &place.id,
        frame: place.frame,
        changes,
    };
    let body_hash = generate::canonical_hash(&asked)?;
    if generate::begun(tx, &ask.idempotency_key, &body_hash)?.is_some() {
        return record(tx, &place.id);
    }
    let series = planned(tx, &place.id)?;
    let newest = series::newest(tx.db, &place.id, place.frame)?.ok_or(StudioError::NotFound)?;
    let before = tx.state(&newest.id)?;
    if !before.status.is_final() {
        return Err(StudioError::Series(SeriesError::FrameUnderWay));
    }
    let request = match changes {
        None if newest.is_shown => {
            return Err(StudioError::Series(SeriesError::FrameDone));
        }
        None => before.request,
        Some(_) if series.kind == SeriesKind::Comparison => {
            return Err(StudioError::Series(SeriesError::CellFixed));
        }
        Some(changes) if changes.is_empty() => {
            return Err(StudioError::Series(SeriesError::NothingChanged));
        }
        Some(changes) => changed(before.request, changes),
    };
    let model = generate::owned(tx, &request.model)?;
    let profile = model.profile(ask.enhancements);
    let prepared = generate::prepare(&model, request, |composition| {
        compose_counting(&profile, composition, &*VOCABULARIES)
    })?;
    queue::admit_frames(tx, 1)?;
    generate::check_allowance(tx, person, prepared.pictures())?;
    let entry = generate::Entry {
        generation: &ask.ids.generation,
        nonce: &ask.ids.nonce,
        webhook_origin: ask.webhook_origin.as_deref(),
        place: Some(&place),
        session: newest.session.as_ref(),
        due_at: if series.paused { PAUSED } else { QUEUED },
    };
    generate::store(tx, person, &prepared, &entry)?;
    let key = &ask.idempotency_key;
    received::add_key(
        tx.db,
        key,
        &body_hash,
        entry.generation,
        Some(&place.id),
        tx.now,
    )?;
    tx.touch(entry.generation)?;
    record(tx, &place.id)
}

fn changed(before: GenerationRequest, changes: &FrameChanges) -> GenerationRequest {
    let changes = changes.clone();
    GenerationRequest {
        model: before.model,
        pictures: before.pictures,
        text: changes.text.unwrap_or(before.text),
        slots: changes.slots.unwrap_or(before.slots),
        preset: changes.preset.unwrap_or(before.preset),
        overrides: merged(&before.overrides, &changes.overrides.unwrap_or_default()),
        placement: changes.placement.unwrap_or(before.placement),
        quality: changes.quality.unwrap_or(before.quality),
        enhancements: changes.enhancements.unwrap_or(before.enhancements),
        session: None,
    }
}

fn merged(before: &Overrides, changes: &Overrides) -> Overrides {
    Overrides {
        guidance: changes.guidance.or(before.guidance),
        steps: changes.steps.or(before.steps),
        lora_scale: changes.lora_scale.or(before.lora_scale),
        aspect_ratio: changes.aspect_ratio.or(before.aspect_ratio),
        megapixels: changes.megapixels.or(before.megapixels),
        seed: changes.seed.or(before.seed),
        output_format: changes.output_format.or(before.output_format),
        output_quality: changes.output_quality.or(before.output_quality),
        go_fast: changes.go_fast.or(before.go_fast),
    }
}
