//! The page at its addresses that are no files: `/gallery` is the same page as `/`.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Method, Uri};
use axum::response::Response;

use crate::context::RequestContext;
use crate::error::ApiError;

/// The page; or 404 for what can only be a file, or belongs to programs. The platform would answer those with the
/// page, too, and a browser would keep it as the script that it asked for.
#[worker::send]
pub async fn show(
    State(visit): State<RequestContext>,
    method: Method,
    uri: Uri,
) -> Result<Response, ApiError> {
    if !matches!(method, Method::GET | Method::HEAD) || !is_of_page(uri.path()) {
        return Err(ApiError::not_found());
    }
    let address = format!("{}/", visit.origin.as_str());
    let page = visit.page()?.fetch(address, None).await?;
    Ok(page.map(Body::new))
}

fn is_of_page(path: &str) -> bool {
    let first = path.split('/').nth(1);
    !path.contains('.') && !matches!(first, Some("api" | "assets" | "hooks"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_programs_have_no_page() {
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
