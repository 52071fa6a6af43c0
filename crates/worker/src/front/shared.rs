//! `GET /s/{token}`: the picture that a share link shows, to whoever has the link.
//!
//! The address needs no session, reads no cookie and sets none. The token names the owner, sealed; their studio says whether
//! the link still shows something. Every link that shows nothing is answered alike.

use axum::http::{HeaderName, Method, header};
use axum::response::{IntoResponse, Response};
use selfsame_primitives::ids::{ShareLinkId, UserId};
use selfsame_provider::picture::content_type;
use selfsame_recipe::picture;
use selfsame_studio::{CountShareView, OpenShareLink};

use super::context::RequestContext;
use super::{images, rate_limit};
use crate::config;
use crate::http::ApiError;
use crate::http::parameters::segments;
use crate::http::request::PlatformRequest;

/// A picture that is opened by itself runs nothing and loads nothing.
const CSP: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox";
const NOT_INDEXED: &str = "noindex, nofollow, noarchive, noimageindex";
const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");
const TOO_MANY: &str = "Too many shared pictures were opened from your network.";

/// The owner and the link that an address names. An address that was not made here is not found.
pub(super) struct Shared {
    owner: UserId,
    link: ShareLinkId,
}

impl<S: Send + Sync> axum::extract::FromRequestParts<S> for Shared {
    type Rejection = ApiError;

    async fn from_request_parts(
        parts: &mut axum::http::request::Parts,
        state: &S,
    ) -> Result<Self, ApiError> {
        let token: String = segments(parts, state).await?;
        let context = RequestContext::from_request_parts(parts, state).await?;
        let opened = context.signing_keys()?.open_share(&token);
        let (owner, link) = opened.map_err(|error| ApiError::not_found().because(error))?;
        Ok(Self { owner, link })
    }
}

/// The picture's bytes: what draws it and the mark of generated pictures, nothing else. They come from the store as they
/// are, unless an earlier release has stored them with the provider's notes. What the store does not have is no view.
#[worker::send]
pub(super) async fn picture(
    context: RequestContext,
    Shared { owner, link }: Shared,
    method: Method,
    request: PlatformRequest,
) -> Result<Response, ApiError> {
    rate_limit::check(&context, &request, config::SHARED_PICTURES, TOO_MANY).await?;
    let studio = context.studio(&owner)?;
    let opened = studio.ask(&OpenShareLink { id: link.clone() }).await?;
    let name = format!("inline; filename=\"picture.{}\"", opened.format.as_str());
    let headers = [
        (header::CONTENT_TYPE, content_type(opened.format).to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, images::NOT_KEPT.to_owned()),
        (header::CONTENT_SECURITY_POLICY, CSP.to_owned()),
        (ROBOTS, NOT_INDEXED.to_owned()),
    ];
    if method == Method::HEAD {
        return Ok(headers.into_response());
    }
    let bucket = context.pictures()?;
    let response = if opened.bare {
        let stream = images::open(&bucket, &opened.key, None).await?;
        images::streamed(headers.into_response(), stream)
    } else {
        let stored = images::read(&bucket, &opened.key).await?;
        let bytes = picture::bare(&stored).map_err(ApiError::internal)?;
        (headers, bytes).into_response()
    };
    studio.ask(&CountShareView { id: link }).await?;
    Ok(response)
}
