//! Limits on requests that come without a session, counted for each address by the platform.
//!
//! The platform counts in each of its locations and is not exact; docs/adr/0009-platform-rate-limits.md says why that is
//! enough. A limiter that fails lets the request through: it protects from load, and nothing else depends on it.

use selfsame_studio::credentials::rate_limit_key;
use worker::Error;

use super::context::RequestContext;
use crate::http::ApiError;
use crate::http::request::PlatformRequest;
use crate::platform::{Level, Line};

/// Header with the client's address. The platform sets it and replaces what the client sent.
pub(super) const ADDRESS: &str = "cf-connecting-ip";
/// The period of the limits in wrangler.toml, in seconds.
const PERIOD: u32 = 60;

/// Refuses the request if its address has made too many; `refusal` says so to the person.
pub(super) async fn check(
    context: &RequestContext,
    request: &PlatformRequest,
    limiter: &str,
    refusal: &str,
) -> Result<(), ApiError> {
    let address = request.header(ADDRESS).unwrap_or_default();
    match permitted(context, limiter, rate_limit_key(&address)).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(ApiError::rate_limited(refusal, PERIOD)),
        Err(error) => {
            Line {
                level: Level::Error,
                event: "rate_limit",
                subject: Some(context.id.as_str()),
                detail: Some(&error.to_string()),
            }
            .write();
            Ok(())
        }
    }
}

async fn permitted(context: &RequestContext, limiter: &str, key: String) -> Result<bool, Error> {
    Ok(context.rate_limiter(limiter)?.limit(key).await?.success)
}
