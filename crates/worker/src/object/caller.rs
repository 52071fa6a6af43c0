//! Who makes a request that the front Worker handed over.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use selfsame_studio::{Authenticated, PersonRequest};

use super::routes::Object;
use crate::boundary::{self, CALLER};
use crate::http::ApiError;
use crate::http::origin::Origin;
use crate::http::request::PlatformRequest;

/// The signed-in person who makes a request, and the object that serves it.
pub(super) struct Caller {
    object: Object,
    /// The caller, as the front Worker verified it.
    pub(super) verified: boundary::Caller,
    /// The origin that the request came to.
    pub(super) origin: Origin,
}

impl Caller {
    /// Makes a request of the studio on the person's behalf.
    pub(super) async fn ask<R: PersonRequest>(&self, request: R) -> Result<R::Reply, ApiError> {
        let session = self.verified.session.clone();
        self.object.ask(Authenticated { session, request }).await
    }
}

impl FromRequestParts<Object> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, object: &Object) -> Result<Self, ApiError> {
        let request = PlatformRequest::of(parts)?;
        let origin = Origin::of_url(&request.as_platform().url());
        let origin = origin.ok_or_else(|| ApiError::internal("the request has no origin"))?;
        let verified = parts.extensions.get::<boundary::Caller>().cloned();
        let verified = verified.ok_or_else(|| ApiError::internal("the request has no caller"))?;
        Ok(Self {
            object: object.clone(),
            verified,
            origin,
        })
    }
}

/// The caller in the header of the front Worker's; none in the front Worker's own calls.
pub(super) fn named_in(request: &PlatformRequest) -> Result<Option<boundary::Caller>, ApiError> {
    let caller = request.header(CALLER);
    let caller = caller.as_deref().map(serde_json::from_str).transpose();
    caller.map_err(ApiError::internal)
}
