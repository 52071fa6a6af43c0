//! The canary: whether a model's own LoRA acts.
//!
//! The most common failure of a personal LoRA is that it is silently not applied: the provider runs the base model, and the
//! pictures look like nobody. So two pictures are made on the studio's account, from one prompt and one seed, with the LoRA's
//! scale at 0 and at 1. The prompt asks for hands on a table and no face, so that the operator can look at both. If they are
//! the same picture, the model is not offered.
//!
//! A model is used while it is checked, and one that could not be checked stays in use: unproven is not disproven.

use selfsame_api::{AccessAction, Failure, GenerationRequest, LoraCheck};
use selfsame_primitives::ids::{GenerationId, ModelId};
use selfsame_prompt::compose::{ComposeError, Preview, compose};
use selfsame_prompt::parameters::{
    AspectRatio, InputValue, Megapixels, OutputFormat, Overrides, Parameter, PresetId,
};
use selfsame_prompt::placement::{Placement, QualityId};
use selfsame_prompt::schema::InputSchema;
use selfsame_prompt::slots::Slots;
use selfsame_provider::fingerprint::Fingerprint;
use selfsame_provider::prediction::Submission;
use selfsame_recipe::{BUILDER_VERSION, data_versions};
use serde::{Deserialize, Serialize};

use super::generate::version_of;
use super::generation::save::StoredObject;
use super::operator::opened;
use super::pace;
use super::pictures::{PictureFile, delete_objects, download_name, object_key};
use super::transaction::Transaction;
use crate::Nonce;
use crate::error::StudioError;
use crate::request::{AccountRequest, Request};
use crate::store::canaries::{self, Canary, CanaryPicture};
use crate::store::effect_kind::EffectKind;
use crate::store::generations::State;
use crate::store::models::{self, OwnedModel};
use crate::store::{generations, outbox, outputs};

/// The scales of the person's LoRA in the two pictures: off and on.
const SCALES: [u32; 2] = [0, 1];

/// What the two pictures show.
const HANDS: &str = "two hands resting on a wooden table, close-up from above, window light";

/// The random values that a check needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NewCanary {
    /// The ids of its two requests.
    pub generations: [GenerationId; 2],
    /// From which the ids of its pictures are derived.
    pub nonces: [Nonce; 2],
    /// Random bits for the seed.
    pub seed: u32,
}

/// Checks whether a model's LoRA acts, and answers with the check as it stands. One that is under way goes on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckLora {
    /// The model.
    pub model: ModelId,
    /// The random values for the check.
    pub canary: NewCanary,
}

impl Request for CheckLora {
    type Reply = LoraCheck;

    fn handle(self, tx: &mut Transaction<'_>) -> Result<LoraCheck, StudioError> {
        let model = models::to_check(tx.db, &self.model)?.ok_or(StudioError::NotFound)?;
        let pair = plan(&model, &self.canary)?;
        begin(tx, &model, &self.canary, pair)?;
        Ok(canaries::check(tx.db, &self.model)?)
    }
}

impl AccountRequest for CheckLora {
    const ACTION: AccessAction = AccessAction::ModelChecked;

    fn detail(&self) -> Option<String> {
        Some(self.model.to_string())
    }
}

/// Asks where one of the two pictures of a model's check is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocateCanary {
    /// The model.
    pub model: ModelId,
    /// The scale of its LoRA: 0 or 1.
    pub scale: u32,
}

impl Request for LocateCanary {
    type Reply = PictureFile;

    fn handle(self, tx: &mut Transaction<'_>) -> Result<PictureFile, StudioError> {
        let profile = opened(tx)?;
        let canaries = canaries::of_model(tx.db, &self.model)?.into_iter();
        let mut pictures = canaries.filter(|canary| canary.scale == self.scale);
        let picture = pictures.find_map(|canary| canary.picture);
        let picture = picture.ok_or(StudioError::NotFound)?;
        Ok(PictureFile {
            key: object_key(&profile.user, &picture.id),
            format: picture.format,
            bytes: picture.bytes,
            etag: picture.etag,
            provisional: false,
            download_name: download_name(&picture.id, tx.now, picture.format),
        })
    }
}

/// Begins a check, unless one is under way. What the one before made is deleted.
pub(super) fn begin(
    tx: &mut Transaction<'_>,
    model: &OwnedModel,
    canary: &NewCanary,
    pair: [Planned; 2],
) -> Result<(), StudioError> {
    let id = &model.model().id;
    let before = canaries::of_model(tx.db, id)?;
    if before.iter().any(|canary| !canary.ended) {
        return Ok(());
    }
    for picture in before.into_iter().filter_map(|canary| canary.picture) {
        delete_objects(tx, &picture.id)?;
    }
    canaries::remove(tx.db, id)?;
    let ids = canary.generations.iter().zip(&canary.nonces);
    for (((generation, nonce), scale), planned) in ids.zip(SCALES).zip(pair) {
        submit(tx, model, planned, generation, nonce)?;
        canaries::insert(tx.db, generation, id, scale)?;
    }
    Ok(())
}

/// A request, and what composing it gave.
pub(super) struct Planned {
    request: GenerationRequest,
    preview: Preview,
}

/// The two requests of a check. Fails for a version that does not take the scales of its LoRA.
pub(super) fn plan(model: &OwnedModel, canary: &NewCanary) -> Result<[Planned; 2], ComposeError> {
    let profile = model.profile(Vec::new());
    let planned = |scale| {
        let request = request(model, scale, canary.seed);
        let preview = compose(&profile, &request.composition())?;
        Ok::<_, ComposeError>(Planned { request, preview })
    };
    let [off, on] = SCALES.map(planned);
    Ok([off?, on?])
}

/// The request for a picture without a face. Of what the version offers it takes the smallest size and a format without loss.
fn request(model: &OwnedModel, scale: u32, seed: u32) -> GenerationRequest {
    let schema = &model.model().schema;
    let offers = |parameter, value: &str| takes(schema, parameter, value);
    let size = Megapixels::Quarter;
    let ratio = AspectRatio::Square;
    let format = OutputFormat::Png;
    GenerationRequest {
        model: model.model().id.clone(),
        text: HANDS.to_owned(),
        slots: Slots::default(),
        preset: PresetId::default(),
        overrides: Overrides {
            lora_scale: Some(f64::from(scale)),
            seed: Some(schema.seed_from(seed).into()),
            megapixels: offers(Parameter::Megapixels, size.as_str()).then_some(size),
            aspect_ratio: offers(Parameter::AspectRatio, ratio.as_str()).then_some(ratio),
            output_format: offers(Parameter::OutputFormat, format.as_str()).then_some(format),
            ..Overrides::default()
        },
        pictures: 1,
        // Anywhere else the trigger comes with the word "portrait", which asks for a face.
        placement: Placement::Beginning,
        quality: QualityId::Lean,
        enhancements: Vec::new(),
        session: None,
    }
}

fn takes(schema: &InputSchema, parameter: Parameter, value: &str) -> bool {
    let input = schema.input(parameter);
    input.is_some_and(|input| input.domain.contains(&InputValue::text(value)))
}

fn submit(
    tx: &mut Transaction<'_>,
    model: &OwnedModel,
    Planned { request, preview }: Planned,
    generation: &GenerationId,
    nonce: &Nonce,
) -> Result<(), StudioError> {
    let submission = Submission {
        version: version_of(model)?,
        input: preview.input,
        // Two pictures in a model's life need no hints: polls find them.
        webhook_url: None,
        cancel_after_seconds: pace::CANCEL_AFTER_SECONDS,
    };
    generations::insert(
        tx.db,
        &generations::New {
            id: generation,
            pictures: 1,
            request: &request,
            prompt: &preview.prompt,
            spans: &preview.spans,
            effects: &preview.effects,
            enhancements: &preview.enhancements,
            provider: model.model().provider,
            builder: BUILDER_VERSION,
            data: &data_versions(request.quality, &preview.enhancements),
            submission: &submission,
            nonce,
            place: None,
            session: None,
            now: tx.now,
        },
    )?;
    Ok(outbox::add(
        tx.db,
        EffectKind::Submit,
        generation.as_str(),
        Some(generation),
        tx.now,
        tx.now,
    )?)
}

/// Keeps a canary's picture, which the person's gallery never lists. Returns false for a generation of the person's own.
pub(super) fn stored(
    tx: &mut Transaction<'_>,
    generation: &GenerationId,
    object: &StoredObject<'_>,
) -> Result<bool, StudioError> {
    if canaries::model_of(tx.db, generation)?.is_none() {
        return Ok(false);
    }
    let picture = CanaryPicture {
        id: object.picture.clone(),
        format: object.format,
        bytes: object.bytes,
        etag: object.etag.to_owned(),
        fingerprint: object.fingerprint.cloned(),
    };
    canaries::set_picture(tx.db, generation, &picture)?;
    Ok(true)
}

/// Ends a canary, and judges its model when it was the second of the two. It costs the person nothing. Returns false for a
/// generation of the person's own.
pub(super) fn end(
    tx: &mut Transaction<'_>,
    state: &State,
    failure: Option<&Failure>,
) -> Result<bool, StudioError> {
    let Some(model) = canaries::model_of(tx.db, &state.id)? else {
        return Ok(false);
    };
    let failure = failure.map(|failure| failure.message.as_str());
    canaries::end(tx.db, &state.id, failure)?;
    outbox::remove_all_for(tx.db, &state.id)?;
    outputs::forget(tx.db, &state.id)?;
    let pair = canaries::of_model(tx.db, &model)?;
    if let [off, on] = pair.as_slice()
        && let Some(difference) = difference(off, on)
    {
        let acts = difference > Fingerprint::SAME_PICTURE;
        canaries::set_verdict(tx.db, &model, acts, difference, tx.now)?;
    }
    Ok(true)
}

/// How much the two pictures differ; `None` if there are not two that can be compared.
fn difference(off: &Canary, on: &Canary) -> Option<f64> {
    let (off, on) = (off.picture.as_ref()?, on.picture.as_ref()?);
    if off.etag == on.etag {
        // The store's tag is a hash of the bytes.
        return Some(0.0);
    }
    Some(
        off.fingerprint
            .as_ref()?
            .difference(on.fingerprint.as_ref()?),
    )
}
