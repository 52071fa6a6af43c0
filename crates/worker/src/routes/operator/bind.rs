//! `POST /api/operator/people/{id}/models`: a provider's model becomes a person's own.
//!
//! The version's schema is fetched with the provider's token and parsed into a dialect, so a model that could not
//! be served is refused here and not when somebody has pressed Generate. The claim in D1 comes before the binding
//! in the studio: of two operators who bind one model to two people, one is told so.

use axum::extract::State;
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

use super::{Id, known, record};
use crate::answer::json;
use crate::body::Json;
use crate::context::RequestContext;
use crate::directory::{Claim, Claimed};
use crate::error::ApiError;
use crate::platform;
use crate::provider::READ_TIMEOUT;
use crate::session::Operator;

/// Characters of a label at most.
const LONGEST_LABEL: usize = 80;

/// Binds the model. Answers it as the person has it now, 201.
#[worker::send]
pub async fn bind(
    State(visit): State<RequestContext>,
    Operator(operator): Operator,
    Id(user): Id<UserId>,
    Json(wanted): Json<BindModel>,
) -> Result<Response, ApiError> {
    known(&visit, &user).await?;
    let wish = Wish::read(wanted)?;
    let dialect = wish.dialect(&visit).await?;
    let reference = wish.reference();
    let model = wish.into_model(dialect, &visit)?;
    let bound = bound(&model);

    let directory = visit.directory()?;
    let claim = Claim {
        reference: &reference,
        user: &user,
        model: &bound,
    };
    let claimed = directory.claim(&claim, visit.at).await?;
    if claimed == Claimed::BySomebodyElse {
        return Err(ApiError::new(
            ErrorCode::ModelClaimed,
            "This model belongs to somebody else here: a model is one person's own.",
        ));
    }
    let model = match visit.studio(&user)?.ask(&AddModel { model }).await {
        Ok(model) => model,
        Err(problem) => {
            // A refusal means that nothing was bound. Without any answer the claim stays: the same request again
            // finds it, and nobody else can slip in between.
            if claimed == Claimed::Now && problem.code() != ErrorCode::Internal {
                directory.release(&reference, &bound.id).await?;
            }
            return Err(problem);
        }
    };
    directory.note(&reference, &self::bound(&model)).await?;
    let detail = format!("{} {}", model.provider_model, model.version);
    record(&visit, &operator, "bind_model", &user, &detail).await?;
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

/// What an operator asks for, its references in their proper form.
struct Wish {
    asked: BindModel,
    name: ModelName,
    version: VersionId,
    weights: Option<LoraRef>,
    label: String,
}

impl Wish {
    fn read(asked: BindModel) -> Result<Self, ApiError> {
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
        let label = asked.label.as_deref().unwrap_or(name.name()).trim();
        if label.is_empty() || label.chars().count() > LONGEST_LABEL {
            let text = format!("A label has 1 to {LONGEST_LABEL} characters.");
            return Err(invalid("label", &text));
        }
        Ok(Self {
            label: label.to_owned(),
            asked,
            name,
            version,
            weights,
        })
    }

    /// What nobody else may have: the LoRA that every request will use.
    fn reference(&self) -> String {
        match &self.weights {
            Some(weights) => weights.claim_key().to_owned(),
            None => self.name.claim_key(),
        }
    }

    async fn dialect(&self, visit: &RequestContext) -> Result<InputSchema, ApiError> {
        let request = request::version(&self.name, &self.version);
        let exchange = visit.provider()?.exchange(&request, READ_TIMEOUT).await;
        let document = match read_version(exchange, &self.version) {
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
        let dialect = InputSchema::from_openapi(&document.openapi_schema)
            .map_err(|error| unusable(&error.to_string()))?;
        let weights = self.weights.as_ref().map(LoraRef::as_str);
        dialect
            .check_weights(weights)
            .map_err(|error| invalid("weights", &error.to_string()))?;
        Ok(dialect)
    }

    fn into_model(self, dialect: InputSchema, visit: &RequestContext) -> Result<Model, ApiError> {
        Ok(Model {
            id: ModelId::mint(visit.at, platform::random()?),
            label: self.label,
            provider: self.asked.provider,
            provider_model: self.name.to_string(),
            version: self.version.as_str().to_owned(),
            trigger: self.asked.trigger,
            class_word: self.asked.class_word,
            dialect,
            weights: self.weights.map(|weights| weights.as_str().to_owned()),
            created_at: visit.at,
        })
    }
}

fn invalid(field: &str, message: &str) -> ApiError {
    ApiError::new(ErrorCode::InvalidValue, message).at(field)
}

fn unusable(message: &str) -> ApiError {
    ApiError::new(ErrorCode::ModelUnusable, message)
}
