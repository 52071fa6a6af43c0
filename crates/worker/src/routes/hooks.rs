//! `POST /hooks/replicate/{user}/{generation}/{nonce}`: a provider's webhook.
//!
//! It is signed with a key that only the provider and this account know. A verified one is passed to the person's
//! studio as a hint to look, and answered at once; one that does not verify changes nothing.

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use selfsame_api::ErrorCode;
use selfsame_primitives::ids::{GenerationId, UserId};
use selfsame_provider::replicate::{WebhookEvent, read_webhook};
use selfsame_provider::webhook::{WebhookError, WebhookHeaders, WebhookKey};
use selfsame_studio::{Hint, Nonce};

use super::id::segments;
use crate::body;
use crate::context::RequestContext;
use crate::error::ApiError;
use crate::webhook_key;

/// Bytes of a webhook that are read at most: a prediction with its logs has a few thousand.
pub const LIMIT: usize = 1024 * 1024;

/// Whom a webhook is for.
pub struct Target {
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
pub async fn replicate(
    State(visit): State<RequestContext>,
    target: Target,
    request: Request,
) -> Result<Response, ApiError> {
    let headers = request.headers().clone();
    let body = body::read(request).await?;
    // Nobody's knocking makes us knock at the provider's.
    signed(&headers).check(visit.at).map_err(refused)?;
    let read = |key: &WebhookKey| read_webhook(key, signed(&headers), &body, visit.at);

    let provider = visit.provider()?;
    let event = match read(&webhook_key::known(provider, visit.at).await?) {
        // The key may have been changed at the provider since it was asked for.
        Err(WebhookError::Signature) => read(&webhook_key::renewed(provider, visit.at).await?),
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
    visit.studio(&target.user)?.ask(&hint).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn signed(headers: &HeaderMap) -> WebhookHeaders<'_> {
    let text = |name: &str| {
        let value = headers.get(name);
        value.and_then(|value| value.to_str().ok()).unwrap_or("")
    };
    WebhookHeaders {
        id: text("webhook-id"),
        timestamp: text("webhook-timestamp"),
        signature: text("webhook-signature"),
    }
}

fn refused(error: WebhookError) -> ApiError {
    ApiError::new(
        ErrorCode::Unauthenticated,
        "This webhook is not signed by the provider, so it was ignored.",
    )
    .because(error)
}
