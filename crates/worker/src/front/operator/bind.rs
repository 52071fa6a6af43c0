//! `POST /api/operator/people/{id}/models`: a provider's model becomes a person's own.
//!
//! The version's input schema is fetched with the provider's token and parsed here, so that an unusable model is refused
//! when it is bound and not when somebody asks for a picture. The claim in D1 comes before the binding in the studio: of
//! two operators who bind one model to two people at the same time, one is refused.

use axum::http::StatusCode;
use axum::response::Response;
use selfsame_api::{
    Attestation, BindModel, BoundModel, Consent, ErrorCode, LoraProof, Model, ModelBinding,
    ModelState,
};
use selfsame_primitives::ids::{GenerationId, ModelId, UserId};
use selfsame_primitives::time::Timestamp;
use selfsame_prompt::schema::InputSchema;
use selfsame_provider::lora_ref::LoraRef;
use selfsame_provider::model_ref::{ModelName, VersionId};
use selfsame_provider::outcome::ReadOutcome;
use selfsame_provider::replicate::{read_version, request};
use selfsame_studio::{AddModel, NewCanary, Nonce};

use super::once::{Once, response};
use super::{Id, LONGEST_NAME, by, checked_name, entry, known};
use crate::catalogue;
use crate::directory::{AuditEntry, Claim, Claimed};
use crate::front::context::RequestContext;
use crate::front::session::Operator;
use crate::http::ApiError;
use crate::http::body::Json;
use crate::http::idempotency::Key;
use crate::platform;
use crate::provider::READ_TIMEOUT;

/// Binds the model and answers 201 with the model as it is bound now.
#[worker::send]
pub(crate) async fn bind(
    context: RequestContext,
    Operator(operator): Operator,
    Id(user): Id<UserId>,
    Key(key): Key,
    Json(wanted): Json<BindModel>,
) -> Result<Response, ApiError> {
    known(&context, &user).await?;
    let once = Once::new(&operator, key.as_deref(), &("bind_model", &user, &wanted))?;
    if let Some(replayed) = once.replayed(&context).await? {
        return Ok(replayed);
    }
    let check_lora = wanted.check_lora;
    let binding = ValidatedBinding::new(wanted, context.at)?;
    let schema = binding.schema(&context).await?;
    let reference = binding.reference();
    let model = binding.into_model(schema, &context)?;
    let checked = if check_lora {
        ""
    } else {
        ", without a check of its LoRA"
    };
    let detail = format!("{} {}{checked}", model.provider_model, model.version);
    let canary = check_lora.then(|| new_canary(&context)).transpose()?;
    let entry = entry(&operator, "bind_model", &user, &detail);
    let work = Work {
        once: &once,
        operator: &operator,
        status: StatusCode::CREATED,
        canary,
    };
    claim_and_add(&context, &work, &reference, model, &entry).await
}

/// The request that binds a model.
pub(super) struct Work<'a> {
    /// With its key.
    pub(super) once: &'a Once<'a>,
    /// Who makes it.
    pub(super) operator: &'a UserId,
    /// The status of its response.
    pub(super) status: StatusCode,
    /// Begins a check of the model's LoRA.
    pub(super) canary: Option<NewCanary>,
}

/// Random ids, nonces and seed for a check.
pub(super) fn new_canary(context: &RequestContext) -> Result<NewCanary, ApiError> {
    let generation = || Ok::<_, ApiError>(GenerationId::mint(context.at, platform::random()?));
    let nonce = || Ok::<_, ApiError>(Nonce::from_random(platform::random()?));
    Ok(NewCanary {
        generations: [generation()?, generation()?],
        nonces: [nonce()?, nonce()?],
        seed: (platform::random()? >> 96) as u32,
    })
}

/// Claims what a model stands on for the person that `entry` is about, adds the model to their studio, and answers with
/// the model as it is bound now. Repeating it finishes what was left undone.
pub(super) async fn claim_and_add(
    context: &RequestContext,
    work: &Work<'_>,
    reference: &Reference,
    model: Model,
    entry: &AuditEntry<'_>,
) -> Result<Response, ApiError> {
    let (user, bound) = (entry.subject, bound(&model));
    let directory = context.directory()?;
    // Seeds the catalogue, whose entries nobody can claim.
    catalogue::entries(&directory, context.at).await?;
    let claim = Claim {
        reference: &reference.key,
        alias: reference.alias.as_deref(),
        user,
        model: &bound,
    };
    let claimed = directory.claim(&claim, context.at).await?;
    let (is_new, claimed_as) = match claimed {
        Claimed::Now => (true, reference.key.clone()),
        Claimed::Before(earlier) => (false, earlier),
        Claimed::ByAnother => {
            let text = "This model belongs to somebody else here: a model is one person's own.";
            return Err(ApiError::new(ErrorCode::ModelClaimed, text));
        }
        Claimed::InCatalogue => {
            let text =
                "This LoRA is an enhancement in the catalogue: it was not trained on this person.";
            return Err(invalid("weights", text));
        }
    };
    directory.record(entry, context.at).await?;
    let add = AddModel {
        model,
        canary: work.canary.clone(),
    };
    let add = by(work.operator, add);
    let model = match context.studio(user)?.ask(&add).await {
        Ok(model) => model,
        Err(error) => {
            // A refusal means that nothing was bound. Without an answer the claim is kept: the same request finds it
            // when it is repeated, and nobody else can claim the model in between.
            if is_new && error.code() != ErrorCode::Internal {
                directory.release(&reference.key, &bound.id).await?;
            }
            return Err(error);
        }
    };
    let bound = self::bound(&model);
    let (response, body) = response(work.status, &model)?;
    let answer = work.once.answer(work.status, &body);
    directory
        .note(&claimed_as, &bound, answer.as_ref(), context.at)
        .await?;
    Ok(response)
}

/// The record of consent that `attestation` gives now.
pub(super) fn consent(attestation: &Attestation, now: Timestamp) -> Result<Consent, ApiError> {
    let by = checked_name("consent.by", &attestation.by)?;
    let statement = attestation.statement;
    Ok(Consent::of(Attestation { by, statement }, now))
}

fn bound(model: &Model) -> BoundModel {
    BoundModel {
        id: model.id.clone(),
        provider: model.provider,
        provider_model: model.provider_model.clone(),
        version: model.version.clone(),
    }
}

/// An operator's request whose references have been checked and normalised.
struct ValidatedBinding {
    asked: BindModel,
    name: ModelName,
    version: VersionId,
    weights: Option<LoraRef>,
    label: String,
    consent: Consent,
}

impl ValidatedBinding {
    fn new(asked: BindModel, now: Timestamp) -> Result<Self, ApiError> {
        let name = ModelName::new(&asked.owner, &asked.name)
            .map_err(|error| invalid("name", &format!("`owner` and `name` must be {error}.")))?;
        let version = asked
            .version
            .parse()
            .map_err(|error| invalid("version", &format!("`version` is {error}.")))?;
        let weights = asked
            .weights
            .as_deref()
            .map(str::trim)
            .map(str::parse)
            .transpose();
        let weights =
            weights.map_err(|error| invalid("weights", &format!("`weights` is {error}.")))?;
        let label = match &asked.label {
            Some(label) => checked_name("label", label)?,
            None => name.name().chars().take(LONGEST_NAME).collect(),
        };
        Ok(Self {
            consent: consent(&asked.consent, now)?,
            asked,
            name,
            version,
            weights,
            label,
        })
    }

    /// What the model claims.
    fn reference(&self) -> Reference {
        match &self.weights {
            Some(weights) => Reference::of_weights(weights),
            None => Reference::of_model(&self.name),
        }
    }

    async fn schema(&self, context: &RequestContext) -> Result<InputSchema, ApiError> {
        let request = request::version(&self.name, &self.version);
        let result = context
            .provider()?
            .send_in_turn(&context.pacer(), &request, READ_TIMEOUT)
            .await
            .map_err(|later| {
                ApiError::rate_limited(
                    "Too many calls wait for the provider.",
                    later.milliseconds.div_ceil(1_000),
                )
            })?;
        let document = match read_version(result, &self.version) {
            ReadOutcome::Found(document) => document,
            ReadOutcome::Gone => {
                return Err(unusable(
                    "The provider does not know this model and version, or this account may not use it.",
                ));
            }
            ReadOutcome::RetryAfter { cause, .. } | ReadOutcome::Unavailable { cause } => {
                return Err(ApiError::new(
                    ErrorCode::ProviderUnavailable,
                    "The provider gave no usable answer. Try again in a minute; the log says why.",
                )
                .because(cause));
            }
        };
        let schema = InputSchema::from_openapi(&document.openapi_schema)
            .map_err(|error| unusable(&error.to_string()))?;
        let weights = self.weights.as_ref().map(LoraRef::as_str);
        schema
            .check_weights(weights)
            .map_err(|error| invalid("weights", &error.to_string()))?;
        Ok(schema)
    }

    fn into_model(self, schema: InputSchema, context: &RequestContext) -> Result<Model, ApiError> {
        Ok(Model {
            id: ModelId::mint(context.at, platform::random()?),
            label: self.label,
            provider: self.asked.provider,
            provider_model: self.name.to_string(),
            version: self.version.as_str().to_owned(),
            trigger: self.asked.trigger,
            class_word: self.asked.class_word,
            schema,
            weights: self.weights.map(|weights| weights.as_str().to_owned()),
            state: ModelState::Active,
            proof: LoraProof::Unchecked,
            consent: Some(self.consent),
            created_at: context.at,
        })
    }
}

/// The LoRA that every request with a model uses, normalised. Only one person can claim it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Reference {
    /// What is claimed; empty when it cannot be told.
    pub(super) key: String,
    /// A second name of the same weights.
    alias: Option<String>,
}

impl Reference {
    fn of_weights(weights: &LoraRef) -> Self {
        Self {
            key: weights.claim_key().to_owned(),
            alias: weights.alias().map(str::to_owned),
        }
    }

    fn of_model(name: &ModelName) -> Self {
        Self {
            key: name.claim_key(),
            alias: None,
        }
    }

    /// What a bound model claims. It cannot be told of weights that an older release accepted and this one does not: their
    /// claim is found by the model's id.
    pub(super) fn of_binding(binding: &ModelBinding) -> Self {
        let found = match &binding.weights {
            Some(weights) => weights.parse().ok().as_ref().map(Self::of_weights),
            None => binding
                .provider_model
                .split_once('/')
                .and_then(|(owner, name)| ModelName::new(owner, name).ok())
                .as_ref()
                .map(Self::of_model),
        };
        found.unwrap_or_default()
    }
}

fn invalid(field: &str, message: &str) -> ApiError {
    ApiError::new(ErrorCode::InvalidValue, message).at(field)
}

fn unusable(message: &str) -> ApiError {
    ApiError::new(ErrorCode::ModelUnusable, message)
}
