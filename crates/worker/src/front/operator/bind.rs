//! `POST /api/operator/people/{id}/models`: a provider's model becomes a person's own.
//!
//! The version's input schema is fetched with the provider's token and parsed here, so that an unusable model is refused
//! when it is bound and not when somebody asks for a picture. The claim in D1 comes before the binding in the studio: of
//! two operators who bind one model to two people at the same time, one is refused.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use selfsame_api::{BindModel, BoundModel, ErrorCode, Model};
use selfsame_primitives::ids::{ModelId, UserId};
use selfsame_prompt::schema::InputSchema;
use selfsame_provider::lora_ref::LoraRef;
use selfsame_provider::model_ref::{ModelName, VersionId};
use selfsame_provider::outcome::ReadOutcome;
use selfsame_provider::replicate::{read_version, request};
use selfsame_studio::AddModel;

use super::{Id, LONGEST_NAME, by, checked_name, entry, known};
use crate::directory::{Claim, Claimed};
use crate::front::context::RequestContext;
use crate::front::session::Operator;
use crate::http::ApiError;
use crate::http::body::Json;
use crate::http::response::json;
use crate::platform;
use crate::provider::READ_TIMEOUT;

/// Binds the model and answers 201 with the model as it is bound now.
#[worker::send]
pub(crate) async fn bind(
    context: RequestContext,
    Operator(operator): Operator,
    Id(user): Id<UserId>,
    Json(wanted): Json<BindModel>,
) -> Result<Response, ApiError> {
    known(&context, &user).await?;
    let binding = ValidatedBinding::new(wanted)?;
    let schema = binding.schema(&context).await?;
    let reference = binding.reference();
    let alias = binding.alias();
    let model = binding.into_model(schema, &context)?;
    let bound = bound(&model);

    let directory = context.directory()?;
    let claim = Claim {
        reference: &reference,
        alias: alias.as_deref(),
        user: &user,
        model: &bound,
    };
    let claimed = directory.claim(&claim, context.at).await?;
    if claimed == Claimed::ByAnother {
        return Err(ApiError::new(
            ErrorCode::ModelClaimed,
            "This model belongs to somebody else here: a model is one person's own.",
        ));
    }
    let add = by(&operator, AddModel { model });
    let model = match context.studio(&user)?.ask(&add).await {
        Ok(model) => model,
        Err(error) => {
            // A refusal means that nothing was bound. Without an answer the claim is kept: the same request finds it
            // when it is repeated, and nobody else can claim the model in between.
            if claimed == Claimed::Now && error.code() != ErrorCode::Internal {
                directory.release(&reference, &bound.id).await?;
            }
            return Err(error);
        }
    };
    let reference = match claimed {
        Claimed::Before(earlier) => earlier,
        Claimed::Now | Claimed::ByAnother => reference,
    };
    let detail = format!("{} {}", model.provider_model, model.version);
    let entry = entry(&operator, "bind_model", &user, &detail);
    let bound = self::bound(&model);
    directory
        .note(&reference, &bound, &entry, context.at)
        .await?;
    Ok((StatusCode::CREATED, json(&model)?).into_response())
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
}

impl ValidatedBinding {
    fn new(asked: BindModel) -> Result<Self, ApiError> {
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
            asked,
            name,
            version,
            weights,
            label,
        })
    }

    /// The LoRA that every request will use, normalised. Only one person can claim it.
    fn reference(&self) -> String {
        match &self.weights {
            Some(weights) => weights.claim_key().to_owned(),
            None => self.name.claim_key(),
        }
    }

    /// A second name of that LoRA.
    fn alias(&self) -> Option<String> {
        let weights = self.weights.as_ref();
        weights.and_then(LoraRef::alias).map(str::to_owned)
    }

    async fn schema(&self, context: &RequestContext) -> Result<InputSchema, ApiError> {
        let request = request::version(&self.name, &self.version);
        let result = context.provider()?.send(&request, READ_TIMEOUT).await;
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
            created_at: context.at,
        })
    }
}

fn invalid(field: &str, message: &str) -> ApiError {
    ApiError::new(ErrorCode::InvalidValue, message).at(field)
}

fn unusable(message: &str) -> ApiError {
    ApiError::new(ErrorCode::ModelUnusable, message)
}
