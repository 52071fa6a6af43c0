//! One HTTP request being served: when it came, from where it may come, and what it can reach.

use std::rc::Rc;

use axum::http::Uri;
use selfsame_api::ErrorCode;
use selfsame_primitives::ids::{RequestId, UserId};
use selfsame_primitives::time::Timestamp;
use selfsame_studio::credentials::SigningKey;
use worker::send::SendWrapper;
use worker::{Bucket, Env, Error, Fetcher};

use crate::config::{self, Config, ProviderAccess};
use crate::directory::Directory;
use crate::error::ApiError;
use crate::log::{Level, Line};
use crate::origin::Origin;
use crate::platform;
use crate::studio::Studio;

/// The request being served. Cheap to clone: every handler has its own.
#[derive(Clone)]
pub struct RequestContext {
    /// When the request came.
    pub at: Timestamp,
    /// Its id, in every answer and every line of the log.
    pub id: RequestId,
    /// The origin it came to.
    pub origin: Origin,
    settings: SendWrapper<Rc<Config>>,
    env: Env,
}

impl RequestContext {
    /// The request for `uri`.
    pub fn begin(uri: &Uri, env: Env) -> Result<Self, Error> {
        let at = platform::now();
        let origin = Origin::of_url(&uri.to_string())
            .ok_or_else(|| Error::RustError("the request's address has no origin".to_owned()))?;
        Ok(Self {
            at,
            id: RequestId::mint(at, platform::random()?),
            origin,
            settings: SendWrapper::new(config::of(&env)),
            env,
        })
    }

    /// The settings of this deployment.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.settings
    }

    /// The key that signs links and sessions.
    pub fn signing_key(&self) -> Result<&SigningKey, ApiError> {
        self.config().signing_key.as_ref().ok_or_else(|| {
            ApiError::new(
                ErrorCode::NotConfigured,
                "Nobody can sign in yet: the studio's operator has to finish setting it up.",
            )
            .because("SIGNING_KEY is missing or too short")
        })
    }

    /// Who makes the pictures.
    pub fn provider(&self) -> Result<&ProviderAccess, ApiError> {
        self.config().provider.as_ref().ok_or_else(|| {
            ApiError::new(
                ErrorCode::NotConfigured,
                "No picture can be made yet: the studio's operator has to connect an image provider.",
            )
            .because("neither REPLICATE_API_TOKEN nor STAND_IN_URL is set")
        })
    }

    /// The D1 directory.
    pub fn directory(&self) -> Result<Directory, Error> {
        self.env.d1(config::DIRECTORY).map(Directory::new)
    }

    /// The R2 bucket of pictures.
    pub fn pictures(&self) -> Result<Bucket, Error> {
        self.env.bucket(config::PICTURES)
    }

    /// The page's files.
    pub fn page(&self) -> Result<Fetcher, Error> {
        self.env.assets(config::PAGE)
    }

    /// A person's studio.
    pub fn studio(&self, user: &UserId) -> Result<Studio, Error> {
        let namespace = self.env.durable_object(config::STUDIO)?;
        let stub = namespace.get_by_name(user.as_str())?;
        Ok(Studio::new(stub, self.id.clone()))
    }

    /// Tells the log what went wrong with this request, if there is anything to tell.
    pub fn log(&self, problem: &ApiError) {
        let level = if problem.status().is_server_error() {
            Level::Error
        } else {
            Level::Info
        };
        if problem.cause().is_some() || level == Level::Error {
            let code = serde_json::to_value(problem.code()).unwrap_or_default();
            Line {
                level,
                event: code.as_str().unwrap_or("problem"),
                subject: Some(self.id.as_str()),
                detail: problem.cause(),
            }
            .write();
        }
    }
}
