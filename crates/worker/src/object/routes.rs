//! The object's router: the person's API, and the front Worker's calls, which are typed requests as JSON, each at an address
//! of its own. It is built once in the object's life.

use std::rc::Rc;

use axum::Router;
use axum::extract::{Extension, FromRequestParts, State};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use selfsame_primitives::ids::RequestId;
use selfsame_studio::{
    AddModel, AdjustAllowance, Administered, ArchivePictures, Authenticated, BeginSession,
    CheckLora, CheckOperator, CountShareView, DeclineMore, DeletePerson, EndSession, Export,
    GetAllowanceState, GetMe, Hint, IssueLink, ListBindings, LocateCanary, LocatePicture,
    NoteEmail, NoteEmailRemoval, OpenShareLink, OpenStudio, PersonRequest, ReinstatePerson,
    Request, RequestMore, RetireModel, RevokeLinks, SuspendPerson, UnbindModels,
};
use worker::Error;
use worker::send::SendWrapper;

use super::shell::Shell;
use super::{
    account, albums, bin, conversations, enhancements, generations, pictures, presets, series,
    share_links, sign_ins, sockets,
};
use crate::boundary::{self, CALLER, Call, paths};
use crate::config::Config;
use crate::http::origin::Origin;
use crate::http::request::{PlatformRequest, route};
use crate::http::response::{REQUEST_ID, finish, json};
use crate::http::{ApiError, body};
use crate::platform;

/// The object, as its handlers reach it.
#[derive(Clone)]
pub(super) struct Object(SendWrapper<Rc<Shell>>);

impl Object {
    /// Makes a request of the studio, on behalf of the HTTP request `id`, and does all that follows from it.
    pub(super) async fn ask<R: Request>(
        &self,
        id: &RequestId,
        request: R,
    ) -> Result<R::Reply, ApiError> {
        Ok(self
            .0
            .turn(|studio, now| studio.serve(now, id, request))
            .await?)
    }

    /// The shell around the studio.
    pub(super) fn shell(&self) -> &Rc<Shell> {
        &self.0
    }
}

/// The router of the object behind `shell`.
pub(super) fn router(shell: Rc<Shell>) -> Router {
    let router = series_routes(Router::new())
        .route(paths::ME, get(account::show))
        .route(paths::NOTICES, delete(account::dismiss_notices))
        .route(paths::ALLOWANCE, get(account::allowance))
        .route(paths::ACCESS_LOG, get(account::access_log))
        .route(paths::SESSION, delete(sign_ins::sign_out))
        .route(
            paths::SIGN_INS,
            get(sign_ins::list).delete(sign_ins::end_others),
        )
        .route(paths::SIGN_IN, delete(sign_ins::end))
        .route(paths::MODELS, get(account::models))
        .route(paths::ENHANCEMENTS, get(enhancements::list))
        .route(
            paths::GENERATIONS,
            get(generations::list).post(generations::create),
        )
        .route(
            paths::GENERATION,
            get(generations::show).delete(generations::remove),
        )
        .route(paths::CANCEL, post(generations::cancel))
        .route(paths::PICTURES, get(pictures::list))
        .route(paths::PICTURE_CHANGES, post(pictures::change))
        .route(paths::ALBUMS, get(albums::list).post(albums::create))
        .route(
            paths::ALBUM,
            get(albums::show)
                .patch(albums::rename)
                .delete(albums::remove),
        )
        .route(paths::PICTURE, get(pictures::show).delete(pictures::remove))
        .route(paths::PRESETS, get(presets::list).post(presets::create))
        .route(
            paths::PRESET,
            get(presets::show)
                .patch(presets::change)
                .delete(presets::remove),
        )
        .route(paths::PRESETS_EXPORT, get(presets::export))
        .route(paths::PRESETS_IMPORT, post(presets::import))
        .route(paths::SHARE_PICTURE, post(share_links::create))
        .route(paths::SHARE_LINKS, get(share_links::list))
        .route(paths::SHARE_LINK, delete(share_links::end))
        .route(
            paths::CONVERSATIONS,
            get(conversations::list).post(conversations::create),
        )
        .route(
            paths::CONVERSATION,
            get(conversations::show)
                .patch(conversations::change)
                .delete(conversations::remove),
        )
        .route(paths::TURNS, post(conversations::add_turn))
        .route(paths::CONVERSATION_RESTORE, post(conversations::restore))
        .route(paths::BIN, get(bin::list).delete(bin::empty))
        .route(paths::BINNED, delete(bin::remove))
        .route(paths::RESTORE, post(bin::restore))
        .route(paths::EVENTS, get(sockets::open));
    add_calls(router)
        .fallback(async || ApiError::not_found())
        .with_state(Object(SendWrapper::new(shell)))
}

fn series_routes(router: Router<Object>) -> Router<Object> {
    router
        .route(paths::SHOOTS, post(series::shoot))
        .route(paths::COMPARISONS, post(series::comparison))
        .route(paths::SERIES, get(series::list))
        .route(
            paths::SERIES_BY_ID,
            get(series::show)
                .patch(series::rename)
                .delete(series::remove),
        )
        .route(paths::PAUSE, post(series::pause))
        .route(paths::RESUME, post(series::resume))
        .route(paths::CANCEL_REST, post(series::cancel))
        .route(paths::RESTORE_SERIES, post(series::restore))
        .route(paths::RETRY, post(series::retry))
        .route(paths::REDO, post(series::redo))
        .route(paths::VOTES, post(series::vote))
        .route(paths::PREFERENCES, get(series::preferences))
}

/// Serves one request from the front Worker.
pub(super) async fn serve(
    router: Router,
    shell: &Shell,
    request: worker::Request,
) -> Result<worker::Response, Error> {
    // `web_sys::Request` has a `clone` of its own, which copies the body; this copies the handle.
    let request = PlatformRequest::new(Clone::clone(request.inner()));
    let caller = caller_in(&request);
    let id = match &caller {
        Ok(Some(caller)) => caller.request.clone(),
        _ => request_id(&request)?,
    };
    let response = respond(router, shell, &request, caller, &id).await;
    let response = response.unwrap_or_else(ApiError::into_response);
    body::discard(&request).await;
    finish(response, &request.method()?, &id).await
}

async fn respond(
    router: Router,
    shell: &Shell,
    request: &PlatformRequest,
    caller: Result<Option<boundary::Caller>, ApiError>,
    id: &RequestId,
) -> Result<Response, ApiError> {
    let mut inner = request.to_axum()?;
    inner.extensions_mut().insert(id.clone());
    if let Some(caller) = caller? {
        shell.admit(&caller.session, inner.method())?;
        inner.extensions_mut().insert(caller);
    }
    Ok(route(router, inner).await)
}

/// The signed-in person who makes a request, and the object that serves it.
pub(super) struct Caller {
    object: Object,
    /// The caller, as the front Worker verified it.
    pub(super) verified: boundary::Caller,
    /// The studio's own origin.
    pub(super) origin: Origin,
}

impl Caller {
    /// Makes a request of the studio on the person's behalf.
    pub(super) async fn ask<R: PersonRequest>(&self, request: R) -> Result<R::Reply, ApiError> {
        let session = self.verified.session.clone();
        let request = Authenticated { session, request };
        self.object.ask(&self.verified.request, request).await
    }

    /// The settings of this deployment.
    pub(super) fn config(&self) -> &Config {
        self.object.shell().config()
    }
}

impl FromRequestParts<Object> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, object: &Object) -> Result<Self, ApiError> {
        let request = PlatformRequest::of(parts)?;
        let origin = Origin::of_url(&request.as_platform().url());
        let origin = origin.ok_or_else(|| ApiError::internal("the request has no origin"))?;
        let origin = object.shell().config().own_origin(origin);
        let verified = parts.extensions.get::<boundary::Caller>().cloned();
        let verified = verified.ok_or_else(|| ApiError::internal("the request has no caller"))?;
        Ok(Self {
            object: object.clone(),
            verified,
            origin,
        })
    }
}

/// The caller in the front Worker's header; `None` in its own calls.
fn caller_in(request: &PlatformRequest) -> Result<Option<boundary::Caller>, ApiError> {
    let caller = request.header(CALLER);
    let caller = caller.as_deref().map(serde_json::from_str).transpose();
    caller.map_err(ApiError::internal)
}

/// The most bytes that a call may have. A model with its input schema is the largest.
const CALL_LIMIT: usize = 4 * 1024 * 1024;

/// Adds the address of every call to a router.
fn add_calls(router: Router<Object>) -> Router<Object> {
    let router = add_call::<Administered<OpenStudio>>(router);
    let router = add_call::<Administered<SuspendPerson>>(router);
    let router = add_call::<Administered<ReinstatePerson>>(router);
    let router = add_call::<Administered<AddModel>>(router);
    let router = add_call::<DeletePerson>(router);
    let router = add_call::<Administered<AdjustAllowance>>(router);
    let router = add_call::<Administered<DeclineMore>>(router);
    let router = add_call::<Authenticated<RequestMore>>(router);
    let router = add_call::<GetAllowanceState>(router);
    let router = add_call::<Administered<NoteEmail>>(router);
    let router = add_call::<Authenticated<NoteEmailRemoval>>(router);
    let router = add_call::<Authenticated<GetMe>>(router);
    let router = add_call::<ListBindings>(router);
    let router = add_call::<Administered<UnbindModels>>(router);
    let router = add_call::<Administered<RetireModel>>(router);
    let router = add_call::<Administered<CheckLora>>(router);
    let router = add_call::<LocateCanary>(router);
    let router = add_call::<Administered<IssueLink>>(router);
    let router = add_call::<Administered<RevokeLinks>>(router);
    let router = add_call::<BeginSession>(router);
    let router = add_call::<Authenticated<EndSession>>(router);
    let router = add_call::<Hint>(router);
    let router = add_call::<Authenticated<CheckOperator>>(router);
    let router = add_call::<Authenticated<Export>>(router);
    let router = add_call::<Authenticated<ArchivePictures>>(router);
    let router = add_call::<OpenShareLink>(router);
    let router = add_call::<CountShareView>(router);
    add_call::<Authenticated<LocatePicture>>(router)
}

fn add_call<R: Call + 'static>(router: Router<Object>) -> Router<Object> {
    router.route(R::PATH, post(serve_call::<R>))
}

#[worker::send]
async fn serve_call<R: Call + 'static>(
    State(object): State<Object>,
    Extension(id): Extension<RequestId>,
    request: PlatformRequest,
) -> Result<Response, ApiError> {
    let body = body::read(&request, CALL_LIMIT).await?;
    let call: R = serde_json::from_slice(&body).map_err(ApiError::internal)?;
    let admitted = match call.counts() {
        Some((session, method)) => object.shell().admit(session, &method),
        None => Ok(()),
    };
    let answer = match admitted {
        Ok(()) => object.ask(&id, call).await,
        Err(error) => Err(error),
    };
    match answer {
        Ok(reply) => json(&reply),
        Err(error) => {
            error.log(&id);
            let status = error.status();
            let retry_after = error.retry_after();
            let mut response = (status, json(&error.into_refusal())?).into_response();
            if let Some(seconds) = retry_after {
                let headers = response.headers_mut();
                headers.insert(header::RETRY_AFTER, seconds.into());
            }
            Ok(response)
        }
    }
}

/// The id of the request that the front Worker serves when it makes a call.
fn request_id(call: &PlatformRequest) -> Result<RequestId, Error> {
    let id = call.header(REQUEST_ID);
    match id.and_then(|id| id.parse().ok()) {
        Some(id) => Ok(id),
        None => Ok(RequestId::mint(platform::now(), platform::random()?)),
    }
}
