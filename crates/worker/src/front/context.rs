//! One HTTP request to the front Worker: when it came, and what it can reach.

use std::rc::Rc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use selfsame_primitives::ids::{RequestId, UserId};
use selfsame_primitives::time::Timestamp;
use selfsame_studio::credentials::SigningKeys;
use worker::durable::Stub;
use worker::send::SendWrapper;
use worker::{Bucket, Env, Error, Fetcher, RateLimiter, SendEmail};

use super::object::StudioClient;
use crate::config::{self, Config, ProviderAccess};
use crate::directory::Directory;
use crate::http::ApiError;
use crate::http::origin::Origin;
use crate::pacer::PacerClient;
use crate::platform;

/// Whose turns at the provider the front Worker's own calls take. No user has this id.
const FRONT: &str = "(front)";

/// The request being served. Cheap to clone: every handler has its own.
#[derive(Clone)]
pub(super) struct RequestContext {
    /// When the request came.
    pub(super) at: Timestamp,
    /// Its id, in the response and in every line of the log.
    pub(super) id: RequestId,
    /// The studio's own origin, to this request.
    pub(super) origin: Origin,
    settings: SendWrapper<Rc<Config>>,
    env: Env,
    invocation: SendWrapper<Rc<worker::Context>>,
}

impl RequestContext {
    /// The context of a request for `url`.
    pub(super) fn begin(url: &str, env: Env, invocation: worker::Context) -> Result<Self, Error> {
        let at = platform::now();
        let origin = Origin::of_url(url)
            .ok_or_else(|| Error::RustError("the request's address has no origin".to_owned()))?;
        let settings = config::of(&env);
        Ok(Self {
            at,
            id: RequestId::mint(at, platform::random()?),
            origin: settings.own_origin(origin),
            settings: SendWrapper::new(settings),
            env,
            invocation: SendWrapper::new(Rc::new(invocation)),
        })
    }

    /// The settings of this deployment.
    pub(super) fn config(&self) -> &Config {
        &self.settings
    }

    /// Runs `work` after the response has been sent.
    pub(super) fn after_response(&self, work: impl Future<Output = ()> + 'static) {
        self.invocation.wait_until(work);
    }

    /// The keys that sign and verify links and sessions.
    pub(super) fn signing_keys(&self) -> Result<&SigningKeys, ApiError> {
        self.config().signing_keys()
    }

    /// The origin that links name.
    pub(super) fn link_origin(&self) -> Result<&Origin, ApiError> {
        self.config().link_origin(&self.origin)
    }

    /// The provider of pictures.
    pub(super) fn provider(&self) -> Result<&ProviderAccess, ApiError> {
        self.config().provider()
    }

    /// The pacer, for the front Worker's own calls to the provider. They are rare, and together take one person's turns.
    pub(super) fn pacer(&self) -> PacerClient {
        PacerClient::new(self.env.clone(), FRONT.to_owned())
    }

    /// The D1 directory.
    pub(super) fn directory(&self) -> Result<Directory, Error> {
        self.env.d1(config::DIRECTORY).map(Directory::new)
    }

    /// The R2 bucket of pictures.
    pub(super) fn pictures(&self) -> Result<Bucket, Error> {
        self.env.bucket(config::PICTURES)
    }

    /// The page's files.
    pub(super) fn page(&self) -> Result<Fetcher, Error> {
        self.env.assets(config::PAGE)
    }

    /// Sends e-mail; `None` without the binding.
    pub(super) fn email(&self) -> Option<SendEmail> {
        self.env.send_email(config::EMAIL).ok()
    }

    /// The platform's rate limiter of this name.
    pub(super) fn rate_limiter(&self, name: &str) -> Result<RateLimiter, Error> {
        self.env.rate_limiter(name)
    }

    /// A person's object.
    pub(super) fn object(&self, user: &UserId) -> Result<Stub, Error> {
        let namespace = self.env.durable_object(config::STUDIO)?;
        namespace.get_by_name(user.as_str())
    }

    /// A person's studio, for the front Worker's own requests.
    pub(super) fn studio(&self, user: &UserId) -> Result<StudioClient, Error> {
        Ok(StudioClient::new(self.object(user)?, self.id.clone()))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for RequestContext {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let context = parts.extensions.get::<Self>().cloned();
        context.ok_or_else(|| ApiError::internal("the request was routed without its context"))
    }
}
