//! What is open to everybody: `GET /api/health`, and the page at those of its addresses that are not files: `/gallery` is
//! the same page as `/`.

use axum::body::Body;
use axum::http::{Method, Uri, header};
use axum::response::Response;
use selfsame_api::Health;

use super::context::RequestContext;
use super::self_service;
use super::sign_in::new_browser_cookie;
use crate::http::ApiError;
use crate::http::request::PlatformRequest;
use crate::http::response::json;

/// Whether pictures can be made, and what is missing. The response holds no personal data.
pub(super) async fn health(context: RequestContext) -> Result<Response, ApiError> {
    let config = context.config();
    json(&Health {
        ok: config.signing_keys.is_some() && config.provider.is_some(),
        provider: config.provider_name().to_owned(),
        problem: config.problem(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        links_by_email: self_service::is_offered(&context),
    })
}

/// Where sign-in links lead. The page there gives the browser its cookie, so that it can repeat a sign-in whose response
/// was lost.
const SIGN_IN: &str = "/sign-in";

/// The page, or 404 for an address that can only be a file or belongs to programs: a browser would keep the page as the
/// script that it asked for.
#[worker::send]
pub(super) async fn page(
    context: RequestContext,
    request: PlatformRequest,
    method: Method,
    uri: Uri,
) -> Result<Response, ApiError> {
    if !matches!(method, Method::GET | Method::HEAD) || !is_of_page(uri.path()) {
        return Err(ApiError::not_found());
    }
    let address = format!("{}/", context.origin.as_str());
    let page = context.page()?.fetch(address, None).await?;
    let mut page = page.map(Body::new);
    if uri.path() == SIGN_IN
        && let Some(cookie) = new_browser_cookie(&context, &request)?
    {
        let cookie = cookie.parse().map_err(ApiError::internal)?;
        page.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(page)
}

/// Whether the page has a view for the address, or says that it has none. No view's address is encoded, so an address
/// with `%` belongs to the page no more than a file's does.
fn is_of_page(path: &str) -> bool {
    let first = path.split('/').find(|segment| !segment.is_empty());
    !path.contains(['.', '%', '\\']) && !first.is_some_and(is_of_programs)
}

/// Whether addresses that begin with this segment are for programs: ours, and those that programs try elsewhere.
fn is_of_programs(segment: &str) -> bool {
    let segment = segment.to_ascii_lowercase();
    let version = segment.strip_prefix('v').unwrap_or_default();
    let is_version = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit());
    is_version
        || matches!(
            &*segment,
            "api" | "assets" | "hooks" | "mcp" | "graphql" | "rpc"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_files_and_programs_do_not_show_the_page() {
        for path in [
            "/",
            "/gallery",
            "/no/such/page",
            "/apis",
            "/v",
            "/view",
            "/v1a",
        ] {
            assert!(is_of_page(path), "{path}");
        }
        for path in [
            "/api",
            "/api/x",
            "/hooks/x",
            "/assets/main",
            "/assets/",
            "/main.js",
            "/a/b.png",
            "/v1/chat",
            "/V12",
            "/mcp",
            "/API/me",
            "//api/me",
            "/%61pi/me",
            "/api%2fme",
            "/gallery%00",
            "/graphql",
        ] {
            assert!(!is_of_page(path), "{path}");
        }
    }
}
