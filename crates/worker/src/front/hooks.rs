//! `POST /hooks/replicate/{user}/{generation}/{nonce}`: a provider's webhook.
//!
//! It is signed with a key that only the provider and this account know. A verified webhook goes to the person's studio
//! as a hint to look; one that does not verify changes nothing.

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use selfsame_api::ErrorCode;
use selfsame_primitives::ids::{GenerationId, UserId};
use selfsame_provider::replicate::{WebhookEvent, read_webhook};
use selfsame_provider::webhook::{WebhookError, WebhookHeaders, WebhookKey};
use selfsame_studio::{Hint, Nonce};

use super::context::RequestContext;
use super::webhook_key;
use crate::http::ApiError;
use crate::http::body;
use crate::http::parameters::segments;
use crate::http::request::PlatformRequest;

/// The most bytes that a webhook may have: a prediction with its logs has a few thousand.
const LIMIT: usize = 1024 * 1024;

/// The generation that a webhook is for.
pub(super) struct Target {
    user: UserId,
    generation: GenerationId,
    nonce: Nonce,
}

impl<S: Send + Sync> FromRequestParts<S> for Target {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let (user, generation, nonce): (String, String, String) = segments(parts, state).await?;
        Ok(Self {
            user: user.parse().map_err(|_| ApiError::not_found())?,
            generation: generation.parse().map_err(|_| ApiError::not_found())?,
            nonce: nonce.parse().map_err(|_| ApiError::not_found())?,
        })
    }
}

/// Verifies the webhook and hints at the generation.
#[worker::send]
pub(super) async fn replicate(
    context: RequestContext,
    target: Target,
    request: PlatformRequest,
) -> Result<Response, ApiError> {
    let headers = SignatureHeaders::of(&request);
    let body = body::read(&request, LIMIT).await?;
    // The headers are checked first, so that an unsigned request never makes the Worker ask the provider for its key.
    headers.as_webhook().check(context.at).map_err(refused)?;
    let read = |key: &WebhookKey| read_webhook(key, headers.as_webhook(), &body, context.at);

    let event = match read(&webhook_key::known(&context).await?) {
        // The key may have been changed at the provider since it was asked for.
        Err(WebhookError::Signature) => read(&webhook_key::renewed(&context).await?),
        other => other,
    };
    let WebhookEvent {
        webhook_id,
        prediction,
    } = event.map_err(refused)?;
    let hint = Hint {
        webhook_id: webhook_id.as_str().to_owned(),
        generation: target.generation,
        nonce: target.nonce,
        provider_id: prediction,
    };
    context.studio(&target.user)?.ask(&hint).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The headers of a webhook's signature. A missing one is empty, and does not verify.
struct SignatureHeaders {
    id: String,
    timestamp: String,
    signature: String,
}

impl SignatureHeaders {
    fn of(request: &PlatformRequest) -> Self {
        let text = |name| request.header(name).unwrap_or_default();
        Self {
            id: text("webhook-id"),
            timestamp: text("webhook-timestamp"),
            signature: text("webhook-signature"),
        }
    }

    fn as_webhook(&self) -> WebhookHeaders<'_> {
        WebhookHeaders {
            id: &self.id,
            timestamp: &self.timestamp,
            signature: &self.signature,
        }
    }
}

fn refused(error: WebhookError) -> ApiError {
    ApiError::new(
        ErrorCode::Unauthenticated,
        "This webhook is not signed by the provider, so it was ignored.",
    )
    .because(error)
}
