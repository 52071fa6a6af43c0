//! Planning and creating a series.

use std::collections::BTreeMap;

use selfsame_api::{
    GenerationRequest, PlannedFrame, SeriesKind, SeriesPlace, SeriesPlan, SeriesRecord,
};
use selfsame_primitives::ids::{ConversationId, GenerationId, ModelId, SeriesId};
use selfsame_prompt::compose::{Composer, Composition};
use selfsame_prompt::enhancement::Enhancement;
use selfsame_series::comparisons::{Axis, AxisParameter, NewComparison};
use selfsame_series::shoots::{NewShoot, ShootCost};
use selfsame_series::{Frame, MOST_FRAMES, Plan};
use serde::{Deserialize, Serialize};

use super::record;
use crate::Nonce;
use crate::engine::generate::{self, Prepared, VOCABULARIES};
use crate::engine::{SignedInPerson, Transaction, conversations, queue};
use crate::error::StudioError;
use crate::request::PersonRequest;
use crate::series_error::SeriesError;
use crate::store::models::OwnedModel;
use crate::store::outbox::QUEUED;
use crate::store::received::{self, Began};
use crate::store::{ledger, models, series};

/// What a series is asked for with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NewSeries {
    /// `POST /api/shoots`.
    Shoot(Box<NewShoot>),
    /// `POST /api/comparisons`.
    Comparison(Box<NewComparison>),
}

impl NewSeries {
    /// Whether it names something of the catalogue of enhancements.
    #[must_use]
    pub fn names_enhancements(&self) -> bool {
        let names = |composition: &Composition| !composition.enhancements.is_empty();
        match self {
            Self::Shoot(shoot) => shoot.compositions.iter().flatten().any(names),
            Self::Comparison(comparison) => {
                let axis = |axis: &Axis| axis.parameter == AxisParameter::Enhancement;
                names(&comparison.composition) || comparison.axes.iter().any(axis)
            }
        }
    }

    const fn kind(&self) -> SeriesKind {
        match self {
            Self::Shoot(_) => SeriesKind::Shoot,
            Self::Comparison(_) => SeriesKind::Comparison,
        }
    }

    const fn model(&self) -> &ModelId {
        match self {
            Self::Shoot(shoot) => &shoot.model,
            Self::Comparison(comparison) => &comparison.model,
        }
    }

    const fn session(&self) -> Option<&ConversationId> {
        match self {
            Self::Shoot(shoot) => shoot.session.as_ref(),
            Self::Comparison(comparison) => comparison.session.as_ref(),
        }
    }

    fn axes(&self) -> &[Axis] {
        match self {
            Self::Shoot(_) => &[],
            Self::Comparison(comparison) => &comparison.axes,
        }
    }

    fn varies_models(&self) -> bool {
        let mut axes = self.axes().iter();
        axes.any(|axis| axis.parameter == AxisParameter::Model)
    }

    fn plan(
        &self,
        composer: &Composer,
        drawn: u32,
        labels: &BTreeMap<ModelId, String>,
    ) -> Result<Plan, StudioError> {
        Ok(match self {
            Self::Shoot(shoot) => shoot.plan(composer, drawn)?,
            Self::Comparison(comparison) => {
                comparison.plan(composer.model().schema.seed_from(drawn), labels)?
            }
        })
    }

    /// Where the request has the composition of a frame; `None` if it has none of its own.
    fn field_of(&self, frame: usize) -> Option<String> {
        match self {
            Self::Shoot(shoot) => {
                let own = shoot.compositions.as_ref();
                own.map(|_| format!("compositions[{frame}]"))
            }
            Self::Comparison(_) => Some("composition".to_owned()),
        }
    }
}

/// The id and the nonce of a frame's generation, drawn by the shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameIds {
    /// The id of the new generation.
    pub generation: GenerationId,
    /// Part of the webhook's address, and what picture ids are derived from.
    pub nonce: Nonce,
}

/// Makes a series: every frame is composed, reserved and queued, or nothing is. The same idempotency key with the same request
/// answers the series that it began.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateSeries {
    /// What the person asks for.
    pub request: NewSeries,
    /// Their `Idempotency-Key`, checked by the Worker to be 1-255 visible ASCII characters.
    pub idempotency_key: String,
    /// The id of the new series.
    pub id: SeriesId,
    /// Ids for as many frames as a series can have, in ascending order.
    pub frames: Box<[FrameIds; MOST_FRAMES]>,
    /// Random bits for seeds that the request does not name.
    pub seed: u32,
    /// The catalogue's enhancements, of which the request may name some.
    pub enhancements: Vec<Enhancement>,
    /// Origin at which the provider can reach the Worker; `None`: no webhook is asked for.
    pub webhook_origin: Option<String>,
}

impl PersonRequest for CreateSeries {
    type Reply = SeriesRecord;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        person: &SignedInPerson,
    ) -> Result<SeriesRecord, StudioError> {
        let body_hash = generate::canonical_hash(&self.request)?;
        let id = match generate::begun(tx, &self.idempotency_key, &body_hash)? {
            Some(Began::Series(id)) => id,
            Some(Began::Generation(_)) => return Err(StudioError::IdempotencyConflict),
            None => create(tx, person, self, &body_hash)?,
        };
        record(tx, &id)
    }
}

fn create(
    tx: &mut Transaction<'_>,
    person: &SignedInPerson,
    ask: CreateSeries,
    body_hash: &str,
) -> Result<SeriesId, StudioError> {
    let conversation = conversations::named(tx, ask.request.session())?;
    let composed = compose(tx, &ask.request, ask.seed, ask.enhancements)?;
    let frames = u32::try_from(composed.prepared.len()).unwrap_or(u32::MAX);
    queue::admit_frames(tx, frames)?;
    generate::check_allowance(tx, person, composed.pictures())?;
    series::insert(
        tx.db,
        &series::New {
            id: &ask.id,
            kind: ask.request.kind(),
            plan: &composed.plan,
            axes: ask.request.axes(),
            now: tx.now,
        },
    )?;
    for (number, (prepared, ids)) in (0..).zip(composed.prepared.iter().zip(ask.frames.iter())) {
        generate::store(
            tx,
            person,
            prepared,
            &generate::Entry {
                generation: &ids.generation,
                nonce: &ids.nonce,
                webhook_origin: ask.webhook_origin.as_deref(),
                place: Some(&SeriesPlace {
                    id: ask.id.clone(),
                    frame: number,
                }),
                session: ask.request.session(),
                due_at: QUEUED,
            },
        )?;
    }
    received::add_key(
        tx.db,
        &ask.idempotency_key,
        body_hash,
        &ask.frames[0].generation,
        Some(&ask.id),
        tx.now,
    )?;
    conversations::note_request(tx, conversation, &ask.frames[0].generation)?;
    tx.touch_series(&ask.id)?;
    Ok(ask.id)
}

/// Asks what a series would make and cost. Changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanSeries {
    /// What the person would ask for.
    pub request: NewSeries,
    /// Random bits for seeds that the request does not name.
    pub seed: u32,
    /// The catalogue's enhancements, of which the request may name some.
    pub enhancements: Vec<Enhancement>,
}

impl PersonRequest for PlanSeries {
    type Reply = SeriesPlan;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        person: &SignedInPerson,
    ) -> Result<SeriesPlan, StudioError> {
        conversations::named(tx, self.request.session())?;
        let composed = compose(tx, &self.request, self.seed, self.enhancements)?;
        let left = ledger::balance(tx.db)?.left();
        let queue_position = queue::place_of_new_series(tx)?;
        let pictures = composed.pictures();
        let steps = composed.steps();
        let planned = composed.plan.frames.into_iter().zip(composed.prepared);
        Ok(SeriesPlan {
            title: composed.plan.title,
            frames: planned
                .map(|(frame, prepared)| planned_frame(frame, prepared))
                .collect(),
            cost: ShootCost::of(pictures, steps),
            left: person
                .profile
                .limited
                .then(|| u32::try_from(left).unwrap_or(0)),
            queue_position,
        })
    }
}

fn planned_frame(frame: Frame, prepared: Prepared) -> PlannedFrame {
    PlannedFrame {
        title: frame.title,
        place: frame.place,
        differs: frame.differs,
        model: frame.model,
        composition: frame.composition,
        prompt: prepared.preview.prompt,
        effects: prepared.preview.effects,
        enhancements: prepared.preview.enhancements,
    }
}

/// A plan, and what each of its frames sends.
struct Composed {
    plan: Plan,
    prepared: Vec<Prepared>,
}

impl Composed {
    fn pictures(&self) -> u32 {
        let pictures = self.prepared.iter().map(Prepared::pictures);
        pictures.fold(0, u32::saturating_add)
    }

    /// The denoising steps of all pictures together.
    fn steps(&self) -> u32 {
        let steps = self
            .prepared
            .iter()
            .map(|frame| frame.steps().saturating_mul(frame.pictures()));
        steps.fold(0, u32::saturating_add)
    }
}

fn compose(
    tx: &mut Transaction<'_>,
    request: &NewSeries,
    drawn: u32,
    enhancements: Vec<Enhancement>,
) -> Result<Composed, StudioError> {
    let mut prepared_models = Models {
        prepared: BTreeMap::new(),
        enhancements,
    };
    let labels = if request.varies_models() {
        let (labels, unreadable) = models::labels(tx.db)?;
        tx.set_aside(unreadable);
        labels.into_iter().collect()
    } else {
        BTreeMap::new()
    };
    let (_, own) = prepared_models.get(tx, request.model())?;
    let plan = request.plan(own, drawn, &labels)?;
    let mut prepared: Vec<Prepared> = Vec::with_capacity(plan.frames.len());
    for (number, frame) in plan.frames.iter().enumerate() {
        let (model, composer) = prepared_models.get(tx, &frame.model)?;
        let asked = GenerationRequest::of(frame.model.clone(), frame.composition.clone());
        let cell = generate::prepare(model, asked, |composition| {
            composer.compose_counting(composition, &*VOCABULARIES)
        });
        let cell = cell.map_err(|error| error.within(request.field_of(number)))?;
        let same = |other: &Prepared| other.sends_the_same(&cell);
        if request.kind() == SeriesKind::Comparison
            && let Some(twin) = prepared.iter().position(same)
        {
            return Err(StudioError::Series(SeriesError::CellsAlike {
                first: plan.frames[twin].title.clone(),
                second: frame.title.clone(),
            }));
        }
        prepared.push(cell);
    }
    Ok(Composed { plan, prepared })
}

/// The models of a series, each read and prepared once.
struct Models {
    prepared: BTreeMap<ModelId, (OwnedModel, Composer)>,
    /// The catalogue's.
    enhancements: Vec<Enhancement>,
}

impl Models {
    fn get(
        &mut self,
        tx: &mut Transaction<'_>,
        id: &ModelId,
    ) -> Result<&(OwnedModel, Composer), StudioError> {
        if !self.prepared.contains_key(id) {
            let model = generate::owned(tx, id)?;
            let composer = Composer::new(model.profile(self.enhancements.clone()));
            self.prepared.insert(id.clone(), (model, composer));
        }
        self.prepared.get(id).ok_or(StudioError::NotFound)
    }
}
