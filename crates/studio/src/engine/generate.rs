//! A request for pictures: composed, reserved from the allowance, and stored before it is sent.

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use selfsame_api::{Generation, GenerationRequest, ModelState, Provider};
use selfsame_assist::content;
use selfsame_primitives::ids::{GenerationId, ModelId};
use selfsame_prompt::compose::compose_counting;
use selfsame_prompt::enhancement::Enhancement;
use selfsame_prompt::placement::WarningCode;
use selfsame_prompt::tokens::{T5Vocabulary, Vocabularies};
use selfsame_provider::prediction::Submission;
use selfsame_recipe::{BUILDER_VERSION, data_versions};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::account::SignedInPerson;
use super::transaction::Transaction;
use super::{pace, queue};
use crate::Nonce;
use crate::database::DatabaseError;
use crate::error::StudioError;
use crate::request::PersonRequest;
use crate::store::effect_kind::EffectKind;
use crate::store::ledger::{self, Booking};
use crate::store::models::OwnedModel;
use crate::store::{generations, models, outbox, received};

/// T5's vocabulary, so that a client without the page also gets an exact count of the tokens that the model reads.
/// Unpacked once in an isolate, by the first request for pictures. CLIP's is left out, because its limit refuses
/// nothing.
static VOCABULARIES: LazyLock<Vocabularies> = LazyLock::new(|| Vocabularies {
    t5: T5Vocabulary::parse(include_bytes!("../../../prompt/vocab/t5.vocab")).ok(),
    clip: None,
});

/// Asks for pictures. The same idempotency key with the same request answers the generation that it began. A request
/// beyond the person's [`Limits`](crate::Limits) is queued, and one beyond the queue is refused.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Generate {
    /// What the person asks for.
    pub request: GenerationRequest,
    /// Their `Idempotency-Key`, checked by the Worker to be 1-255 visible ASCII characters.
    pub idempotency_key: String,
    /// The id of the new generation.
    pub generation: GenerationId,
    /// Part of the webhook's address, and what picture ids are derived from.
    pub nonce: Nonce,
    /// Random bits for the seed, if the request names none.
    pub seed: u32,
    /// The catalogue's enhancements, of which the request may name some.
    pub enhancements: Vec<Enhancement>,
    /// Origin at which the provider can reach the Worker (`https://studio.example`); `None`: no webhook is asked for.
    pub webhook_origin: Option<String>,
}

impl PersonRequest for Generate {
    type Reply = Generation;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        person: &SignedInPerson,
    ) -> Result<Generation, StudioError> {
        let id = generate(tx, person, &self)?;
        tx.view(&id)
    }
}

fn generate(
    tx: &mut Transaction<'_>,
    person: &SignedInPerson,
    ask: &Generate,
) -> Result<GenerationId, StudioError> {
    let body_hash = canonical_hash(&ask.request)?;
    received::prune_keys(tx.db, tx.now.plus_milliseconds(-pace::IDEMPOTENCY_MEMORY))?;
    if let Some(used) = received::find_key(tx.db, &ask.idempotency_key)? {
        if used.body_hash != body_hash {
            return Err(StudioError::IdempotencyConflict);
        }
        return Ok(used.generation);
    }
    let model = owned(tx, &ask.request.model)?;

    let mut request = ask.request.clone();
    let drawn = model.model().schema.seed_from(ask.seed);
    request.overrides.seed.get_or_insert(drawn.into());
    // The request is checked and composed here, because a client's preview is not trusted.
    let composition = request.composition();
    content::check(&composition)?;
    let profile = model.profile(ask.enhancements.clone());
    let preview = compose_counting(&profile, &composition, &*VOCABULARIES)?;
    if preview
        .warnings
        .iter()
        .any(|warning| warning.code == WarningCode::ForeignTrigger)
    {
        return Err(StudioError::ForeignTrigger);
    }
    let pictures = preview.parameters.pictures;
    let due_at = queue::admit(tx)?;
    reserve(tx, person, ask, pictures)?;

    let submission = Submission {
        version: version_of(&model)?,
        input: preview.input,
        webhook_url: webhook_url(person, &model, ask),
        cancel_after_seconds: pace::CANCEL_AFTER_SECONDS,
    };
    generations::insert(
        tx.db,
        &generations::New {
            id: &ask.generation,
            pictures,
            request: &request,
            prompt: &preview.prompt,
            spans: &preview.spans,
            effects: &preview.effects,
            enhancements: &preview.enhancements,
            provider: model.model().provider,
            builder: BUILDER_VERSION,
            data: &data_versions(request.quality, &preview.enhancements),
            submission: &submission,
            nonce: &ask.nonce,
            now: tx.now,
        },
    )?;
    received::add_key(
        tx.db,
        &ask.idempotency_key,
        &body_hash,
        &ask.generation,
        tx.now,
    )?;
    outbox::add(
        tx.db,
        EffectKind::Submit,
        ask.generation.as_str(),
        Some(&ask.generation),
        tx.now,
        due_at,
    )?;
    tx.touch(&ask.generation)?;
    Ok(ask.generation.clone())
}

fn owned(tx: &mut Transaction<'_>, id: &ModelId) -> Result<OwnedModel, StudioError> {
    if let Some(model) = models::owned(tx.db, id)? {
        return Ok(model);
    }
    let ended = models::find(tx.db, id)?;
    Err(match ended.map(|model| model.state) {
        Some(ModelState::Retired) => StudioError::ModelRetired,
        _ => StudioError::NotFound,
    })
}

/// Reserves the pictures that the generation may need. The entry names the generation, so that they are reserved once.
fn reserve(
    tx: &mut Transaction<'_>,
    person: &SignedInPerson,
    ask: &Generate,
    pictures: u32,
) -> Result<(), StudioError> {
    let left = ledger::balance(tx.db)?.left();
    if person.profile.limited && left < i64::from(pictures) {
        return Err(StudioError::AllowanceExhausted {
            asked: pictures,
            left: u32::try_from(left).unwrap_or(0),
        });
    }
    ledger::add(
        tx.db,
        Booking::Reserve,
        Some(&ask.generation),
        pictures,
        tx.now,
    )?;
    Ok(())
}

/// A hash that is equal for equal requests, however their JSON was laid out: defaults are filled in, and keys are in
/// order.
fn canonical_hash(request: &GenerationRequest) -> Result<String, DatabaseError> {
    let canonical = serde_json::to_vec(request)
        .map_err(|error| DatabaseError(format!("a request cannot be written: {error}")))?;
    Ok(URL_SAFE_NO_PAD.encode(Sha256::digest(canonical)))
}

fn version_of(
    model: &OwnedModel,
) -> Result<selfsame_provider::model_ref::VersionId, DatabaseError> {
    model
        .model()
        .version
        .parse()
        .map_err(|error| DatabaseError(format!("a bound model's version is {error}")))
}

/// The address for the provider's webhooks. Its nonce cannot be guessed, and the signature is checked as well.
fn webhook_url(person: &SignedInPerson, model: &OwnedModel, ask: &Generate) -> Option<String> {
    let provider = match model.model().provider {
        Provider::Replicate => "replicate",
    };
    ask.webhook_origin.as_ref().map(|origin| {
        format!(
            "{origin}/hooks/{provider}/{}/{}/{}",
            person.user(),
            ask.generation,
            ask.nonce.as_str()
        )
    })
}
