//! `POST` and `GET /api/generations`, `GET /api/generations/{id}`, `POST /api/generations/{id}/cancel`.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use selfsame_api::{ErrorCode, GenerationRequest};
use selfsame_primitives::ids::GenerationId;
use selfsame_studio::{CancelGeneration, Generate, GetGeneration, ListGenerations, Nonce};

use super::id::Id;
use crate::answer::json;
use crate::body::{Json, NoBody};
use crate::context::RequestContext;
use crate::error::ApiError;
use crate::paging::Page;
use crate::platform;
use crate::session::Session;

/// Generations on a page, unless `limit` says otherwise.
const PAGE: u32 = 20;

/// Asks for pictures: answers 202 as soon as the studio has written it down, never waiting for the provider.
#[worker::send]
pub async fn create(
    State(visit): State<RequestContext>,
    session: Session,
    headers: HeaderMap,
    request: Result<Json<GenerationRequest>, ApiError>,
) -> Result<Response, ApiError> {
    let Json(request) = request.map_err(unknown_model)?;
    let idempotency_key = idempotency_key(&headers)?;
    let random = platform::random()?;
    let origin = visit.config().public(&visit.origin);
    let webhook_origin = visit.provider()?.webhook_origin(&origin);
    let generate = Generate {
        request,
        idempotency_key,
        generation: GenerationId::mint(visit.at, random),
        nonce: Nonce::from_random(platform::random()?),
        seed: seed(random),
        webhook_origin,
    };
    let generation = session.ask(&visit, generate).await?;
    let address = format!("/api/generations/{}", generation.id);
    let location = [(header::LOCATION, address)];
    Ok((StatusCode::ACCEPTED, location, json(&generation)?).into_response())
}

/// A page, newest first.
#[worker::send]
pub async fn list(
    State(visit): State<RequestContext>,
    session: Session,
    page: Page,
) -> Result<Response, ApiError> {
    let limit = Some(page.limit(PAGE));
    let cursor = page.cursor;
    json(
        &session
            .ask(&visit, ListGenerations { cursor, limit })
            .await?,
    )
}

/// One generation.
#[worker::send]
pub async fn show(
    State(visit): State<RequestContext>,
    session: Session,
    Id(id): Id<GenerationId>,
) -> Result<Response, ApiError> {
    json(&session.ask(&visit, GetGeneration { id }).await?)
}

/// Asks for a generation's end. Answers it as it is now.
#[worker::send]
pub async fn cancel(
    State(visit): State<RequestContext>,
    session: Session,
    Id(id): Id<GenerationId>,
    _: NoBody,
) -> Result<Response, ApiError> {
    json(&session.ask(&visit, CancelGeneration { id }).await?)
}

fn idempotency_key(headers: &HeaderMap) -> Result<String, ApiError> {
    let key = headers.get("idempotency-key");
    let key = key.and_then(|value| value.to_str().ok()).unwrap_or("");
    let visible = key.bytes().all(|byte| byte.is_ascii_graphic());
    if visible && (1..=255).contains(&key.len()) {
        return Ok(key.to_owned());
    }
    Err(ApiError::new(
        ErrorCode::IdempotencyKeyRequired,
        "Send the header `idempotency-key` with 1 to 255 visible characters, new for each request: it keeps a repeated request from being paid for twice.",
    ))
}

/// A malformed model id is answered like an unknown one.
fn unknown_model(problem: ApiError) -> ApiError {
    let malformed = problem.code() == ErrorCode::InvalidValue && problem.field() == Some("model");
    if malformed {
        ApiError::not_found()
    } else {
        problem
    }
}

/// A seed from `random`; never 0, which a provider takes for none.
fn seed(random: u128) -> u32 {
    let bits = (random >> 96) as u32;
    bits.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_1_to_255_visible_characters() {
        let with = |value: &[u8]| {
            let mut headers = HeaderMap::new();
            let value = header::HeaderValue::from_bytes(value).expect("a header value");
            headers.insert("idempotency-key", value);
            idempotency_key(&headers)
        };
        assert_eq!(with(b"a-1"), Ok("a-1".to_owned()));
        assert!(with(&[b'a'; 255]).is_ok());
        for value in [&b""[..], b"a b", b"\xc3\xa9", &[b'a'; 256]] {
            let problem = with(value).expect_err("no key");
            assert_eq!(
                problem.code(),
                ErrorCode::IdempotencyKeyRequired,
                "{value:?}"
            );
        }
        assert!(idempotency_key(&HeaderMap::new()).is_err());
    }

    #[test]
    fn a_drawn_seed_is_never_0() {
        assert_eq!(seed(0), 1);
        assert_eq!(seed(u128::MAX), u32::MAX);
    }
}
