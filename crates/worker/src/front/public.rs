//! What is open to everybody: `GET /api/health`, and the page at those of its addresses that are not files: `/gallery` is
//! the same page as `/`.

use axum::body::Body;
use axum::http::{Method, Uri, header};
use axum::response::Response;
use selfsame_api::Health;

use super::context::RequestContext;
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

fn is_of_page(path: &str) -> bool {
    let first = path.split('/').nth(1);
    !path.contains('.') && !matches!(first, Some("api" | "assets" | "hooks"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_files_and_programs_do_not_show_the_page() {
        for path in ["/", "/gallery", "/no/such/page", "/apis"] {
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
        ] {
            assert!(!is_of_page(path), "{path}");
        }
    }
}
