//! A request for pictures: composed, reserved from the allowance, and stored before it is sent.

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use selfsame_api::{Generation, GenerationRequest, ModelState, Provider, SeriesPlace};
use selfsame_assist::content;
use selfsame_primitives::ids::{ConversationId, GenerationId, ModelId};
use selfsame_primitives::time::Timestamp;
use selfsame_prompt::compose::{ComposeError, Composition, Preview, compose_counting};
use selfsame_prompt::enhancement::Enhancement;
use selfsame_prompt::placement::WarningCode;
use selfsame_prompt::tokens::{T5Vocabulary, Vocabularies};
use selfsame_provider::model_ref::VersionId;
use selfsame_provider::prediction::Submission;
use selfsame_recipe::{BUILDER_VERSION, data_versions};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::account::SignedInPerson;
use super::transaction::Transaction;
use super::{conversations, pace, queue};
use crate::Nonce;
use crate::database::DatabaseError;
use crate::error::StudioError;
use crate::request::PersonRequest;
use crate::store::effect_kind::EffectKind;
use crate::store::ledger::{self, Booking};
use crate::store::models::OwnedModel;
use crate::store::outbox::QUEUED;
use crate::store::received::{self, Began};
use crate::store::{generations, models, outbox};

/// T5's vocabulary, so that a client without the page also gets an exact count of the tokens that the model reads.
/// Unpacked once in an isolate, by the first request for pictures. CLIP's is left out, because its limit refuses
/// nothing.
pub(super) static VOCABULARIES: LazyLock<Vocabularies> = LazyLock::new(|| Vocabularies {
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
    match begun(tx, &ask.idempotency_key, &body_hash)? {
        Some(Began::Generation(id)) => return Ok(id),
        Some(Began::Series(_)) => return Err(StudioError::IdempotencyConflict),
        None => {}
    }
    let model = owned(tx, &ask.request.model)?;
    let conversation = conversations::named(tx, ask.request.session.as_ref())?;

    let mut request = ask.request.clone();
    let drawn = model.model().schema.seed_from(ask.seed);
    request.overrides.seed.get_or_insert(drawn.into());
    let profile = model.profile(ask.enhancements.clone());
    let prepared = prepare(&model, request, |composition| {
        compose_counting(&profile, composition, &*VOCABULARIES)
    })?;
    let due_at = queue::admit(tx)?;
    check_allowance(tx, person, prepared.pictures())?;
    let entry = Entry {
        generation: &ask.generation,
        nonce: &ask.nonce,
        webhook_origin: ask.webhook_origin.as_deref(),
        place: None,
        session: ask.request.session.as_ref(),
        due_at,
    };
    store(tx, person, &prepared, &entry)?;
    conversations::note_request(tx, conversation, &ask.generation)?;
    let (key, id) = (&ask.idempotency_key, &ask.generation);
    received::add_key(tx.db, key, &body_hash, id, None, tx.now)?;
    tx.touch(id)?;
    Ok(id.clone())
}

/// What the idempotency key began, if it was used for the same request before.
pub(super) fn begun(
    tx: &mut Transaction<'_>,
    key: &str,
    body_hash: &str,
) -> Result<Option<Began>, StudioError> {
    received::prune_keys(tx.db, tx.now.plus_milliseconds(-pace::IDEMPOTENCY_MEMORY))?;
    match received::find_key(tx.db, key)? {
        Some(used) if used.body_hash != body_hash => Err(StudioError::IdempotencyConflict),
        used => Ok(used.map(|used| used.began)),
    }
}

pub(super) fn owned(tx: &mut Transaction<'_>, id: &ModelId) -> Result<OwnedModel, StudioError> {
    if let Some(model) = models::owned(tx.db, id)? {
        return Ok(model);
    }
    let model = models::find(tx.db, id)?;
    Err(match model.map(|model| model.state) {
        Some(ModelState::Active) => StudioError::ModelNotProven,
        Some(ModelState::Retired) => StudioError::ModelRetired,
        _ => StudioError::NotFound,
    })
}

/// A request that was checked and composed for one of the person's own models.
pub(super) struct Prepared {
    request: GenerationRequest,
    version: VersionId,
    provider: Provider,
    pub(super) preview: Preview,
}

impl Prepared {
    pub(super) const fn pictures(&self) -> u32 {
        self.preview.parameters.pictures
    }

    /// The denoising steps of each picture.
    pub(super) const fn steps(&self) -> u32 {
        self.preview.parameters.steps
    }

    /// Whether both send the same input to the same version, and so make the same pictures.
    pub(super) fn sends_the_same(&self, other: &Self) -> bool {
        self.version == other.version && self.preview.input == other.preview.input
    }
}

/// Checks and composes a request, because a client's preview is not trusted. Its seed is set.
pub(super) fn prepare(
    model: &OwnedModel,
    request: GenerationRequest,
    compose: impl FnOnce(&Composition) -> Result<Preview, ComposeError>,
) -> Result<Prepared, StudioError> {
    let composition = request.composition();
    content::check(&composition)?;
    let preview = compose(&composition)?;
    if preview
        .warnings
        .iter()
        .any(|warning| warning.code == WarningCode::ForeignTrigger)
    {
        return Err(StudioError::ForeignTrigger);
    }
    Ok(Prepared {
        request,
        version: version_of(model)?,
        provider: model.model().provider,
        preview,
    })
}

/// Refuses what the allowance does not cover.
pub(super) fn check_allowance(
    tx: &mut Transaction<'_>,
    person: &SignedInPerson,
    pictures: u32,
) -> Result<(), StudioError> {
    let left = ledger::balance(tx.db)?.left();
    if person.profile.limited && left < i64::from(pictures) {
        return Err(StudioError::AllowanceExhausted {
            asked: pictures,
            left: u32::try_from(left).unwrap_or(0),
        });
    }
    Ok(())
}

/// A new generation, beside what it sends.
pub(super) struct Entry<'a> {
    pub(super) generation: &'a GenerationId,
    pub(super) nonce: &'a Nonce,
    pub(super) webhook_origin: Option<&'a str>,
    /// The frame of a series that it is for.
    pub(super) place: Option<&'a SeriesPlace>,
    /// The conversation that it belongs to.
    pub(super) session: Option<&'a ConversationId>,
    /// When its submit is due.
    pub(super) due_at: Timestamp,
}

/// Reserves the pictures of a generation, and stores it with its submit.
pub(super) fn store(
    tx: &mut Transaction<'_>,
    person: &SignedInPerson,
    prepared: &Prepared,
    entry: &Entry<'_>,
) -> Result<(), StudioError> {
    let (id, pictures) = (entry.generation, prepared.pictures());
    // The entry names the generation, so that its pictures are reserved once.
    ledger::add(tx.db, Booking::Reserve, Some(id), pictures, tx.now)?;
    let submission = Submission {
        version: prepared.version.clone(),
        input: prepared.preview.input.clone(),
        webhook_url: webhook_url(person, prepared.provider, entry),
        cancel_after_seconds: pace::CANCEL_AFTER_SECONDS,
    };
    generations::insert(
        tx.db,
        &generations::New {
            id,
            pictures,
            request: &prepared.request,
            prompt: &prepared.preview.prompt,
            spans: &prepared.preview.spans,
            effects: &prepared.preview.effects,
            enhancements: &prepared.preview.enhancements,
            provider: prepared.provider,
            builder: BUILDER_VERSION,
            data: &data_versions(prepared.request.quality, &prepared.preview.enhancements),
            submission: &submission,
            nonce: entry.nonce,
            place: entry.place,
            session: entry.session,
            now: tx.now,
        },
    )?;
    if entry.due_at == QUEUED {
        tx.queue_moved();
    }
    Ok(outbox::add(
        tx.db,
        EffectKind::Submit,
        id.as_str(),
        Some(id),
        tx.now,
        entry.due_at,
    )?)
}

/// A hash that is equal for equal requests, however their JSON was laid out: defaults are filled in, and keys are in
/// order.
pub(super) fn canonical_hash(request: &impl Serialize) -> Result<String, DatabaseError> {
    let canonical = serde_json::to_vec(request)
        .map_err(|error| DatabaseError(format!("a request cannot be written: {error}")))?;
    Ok(URL_SAFE_NO_PAD.encode(Sha256::digest(canonical)))
}

pub(super) fn version_of(model: &OwnedModel) -> Result<VersionId, DatabaseError> {
    model
        .model()
        .version
        .parse()
        .map_err(|error| DatabaseError(format!("a bound model's version is {error}")))
}

/// The address for the provider's webhooks. Its nonce cannot be guessed, and the signature is checked as well.
fn webhook_url(person: &SignedInPerson, provider: Provider, entry: &Entry<'_>) -> Option<String> {
    let provider = match provider {
        Provider::Replicate => "replicate",
    };
    entry.webhook_origin.map(|origin| {
        format!(
            "{origin}/hooks/{provider}/{}/{}/{}",
            person.user(),
            entry.generation,
            entry.nonce.as_str()
        )
    })
}
