//! What crosses between the front Worker and a person's object: a client's request with the [`Caller`] in a header, and
//! the [`Call`]s that the front Worker makes itself.
//!
//! An object is reached over the platform's internal fetch only. The front Worker hands over the addresses in [`paths`]
//! and no others, so a client cannot reach a [`Call`]'s address.

use axum::http::Method;
use selfsame_primitives::ids::RequestId;
use selfsame_studio::credentials::SessionClaims;
use selfsame_studio::{
    AddModel, AdjustAllowance, Administered, ArchivePictures, Authenticated, BeginSession,
    CheckLora, CheckOperator, CountShareView, DeclineMore, DeletePerson, EndSession, Export,
    GetAllowanceState, GetMe, Hint, IssueLink, ListBindings, LocateCanary, LocatePicture,
    NoteEmail, NoteEmailRemoval, OpenShareLink, OpenStudio, ReinstatePerson, Request, RequestMore,
    RetireModel, RevokeLinks, SuspendPerson, UnbindModels,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Header on every request that the front Worker hands over: the [`Caller`] as JSON. The front Worker replaces whatever
/// the client sent under this name.
pub(crate) const CALLER: &str = "x-selfsame-caller";

/// Who makes a request that is handed over: verified by the front Worker, and trusted by the object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Caller {
    /// The id of the request, for the response and the log.
    pub(crate) request: RequestId,
    /// The claims of the session, whose signature is valid. Only the studio knows whether the session has ended.
    pub(crate) session: SessionClaims,
}

/// The beginning of the address of a shared picture. Its token follows.
pub(crate) const SHARED: &str = "/s/";

/// The addresses that the front Worker hands over and a person's object serves.
pub(crate) mod paths {
    pub(crate) const ME: &str = "/api/me";
    pub(crate) const NOTICES: &str = "/api/me/notices";
    pub(crate) const ALLOWANCE: &str = "/api/me/allowance";
    pub(crate) const ACCESS_LOG: &str = "/api/me/access-log";
    pub(crate) const SESSION: &str = "/api/session";
    pub(crate) const SIGN_INS: &str = "/api/sign-ins";
    pub(crate) const SIGN_IN: &str = "/api/sign-ins/{id}";
    pub(crate) const CONVERSATIONS: &str = "/api/sessions";
    pub(crate) const CONVERSATION: &str = "/api/sessions/{id}";
    pub(crate) const TURNS: &str = "/api/sessions/{id}/turns";
    pub(crate) const CONVERSATION_RESTORE: &str = "/api/sessions/{id}/restore";
    pub(crate) const MODELS: &str = "/api/models";
    pub(crate) const ENHANCEMENTS: &str = "/api/enhancements";
    pub(crate) const GENERATIONS: &str = "/api/generations";
    pub(crate) const GENERATION: &str = "/api/generations/{id}";
    pub(crate) const CANCEL: &str = "/api/generations/{id}/cancel";
    pub(crate) const PICTURES: &str = "/api/pictures";
    pub(crate) const PICTURE_CHANGES: &str = "/api/pictures/changes";
    pub(crate) const ALBUMS: &str = "/api/albums";
    pub(crate) const ALBUM: &str = "/api/albums/{id}";
    pub(crate) const SHOOTS: &str = "/api/shoots";
    pub(crate) const COMPARISONS: &str = "/api/comparisons";
    pub(crate) const SERIES: &str = "/api/series";
    pub(crate) const SERIES_BY_ID: &str = "/api/series/{id}";
    pub(crate) const PAUSE: &str = "/api/series/{id}/pause";
    pub(crate) const RESUME: &str = "/api/series/{id}/resume";
    pub(crate) const CANCEL_REST: &str = "/api/series/{id}/cancel";
    pub(crate) const RESTORE_SERIES: &str = "/api/series/{id}/restore";
    pub(crate) const RETRY: &str = "/api/series/{id}/frames/{frame}/retry";
    pub(crate) const REDO: &str = "/api/series/{id}/frames/{frame}/redo";
    pub(crate) const VOTES: &str = "/api/series/{id}/votes";
    pub(crate) const PREFERENCES: &str = "/api/preferences";
    pub(crate) const PICTURE: &str = "/api/pictures/{id}";
    pub(crate) const PRESETS: &str = "/api/presets";
    pub(crate) const PRESET: &str = "/api/presets/{id}";
    pub(crate) const PRESETS_EXPORT: &str = "/api/presets/export";
    pub(crate) const PRESETS_IMPORT: &str = "/api/presets/import";
    pub(crate) const SHARE_PICTURE: &str = "/api/pictures/{id}/share-links";
    pub(crate) const SHARE_LINKS: &str = "/api/share-links";
    pub(crate) const SHARE_LINK: &str = "/api/share-links/{id}";
    pub(crate) const BIN: &str = "/api/bin";
    pub(crate) const BINNED: &str = "/api/bin/{id}";
    pub(crate) const RESTORE: &str = "/api/bin/{id}/restore";
    pub(crate) const EVENTS: &str = "/api/events";
}

/// A request that the front Worker makes of a person's object. It is sent by `POST` as JSON; the response is the reply
/// with status 200, or a `Refusal` with its error's status.
pub(crate) trait Call:
    Request<Reply: Serialize + DeserializeOwned> + Serialize + DeserializeOwned
{
    /// The address at which the object takes it.
    const PATH: &'static str;

    /// The session whose own request this is, with that request's method, if it counts against the person's rate. An
    /// operator's do not: they are trusted with their pace.
    fn counts(&self) -> Option<(&SessionClaims, Method)> {
        None
    }
}

impl Call for Administered<OpenStudio> {
    const PATH: &'static str = "/calls/open-studio";
}

impl Call for DeletePerson {
    const PATH: &'static str = "/calls/delete-person";
}

impl Call for Administered<AdjustAllowance> {
    const PATH: &'static str = "/calls/adjust-allowance";
}

impl Call for GetAllowanceState {
    const PATH: &'static str = "/calls/get-allowance-state";
}

impl Call for Administered<NoteEmail> {
    const PATH: &'static str = "/calls/note-email";
}

impl Call for Authenticated<NoteEmailRemoval> {
    const PATH: &'static str = "/calls/note-email-removal";

    fn counts(&self) -> Option<(&SessionClaims, Method)> {
        Some((&self.session, Method::DELETE))
    }
}

impl Call for Authenticated<GetMe> {
    const PATH: &'static str = "/calls/get-me";

    fn counts(&self) -> Option<(&SessionClaims, Method)> {
        Some((&self.session, Method::GET))
    }
}

impl Call for Administered<DeclineMore> {
    const PATH: &'static str = "/calls/decline-more";
}

impl Call for Authenticated<RequestMore> {
    const PATH: &'static str = "/calls/request-more";

    fn counts(&self) -> Option<(&SessionClaims, Method)> {
        Some((&self.session, Method::POST))
    }
}

impl Call for Administered<SuspendPerson> {
    const PATH: &'static str = "/calls/suspend-person";
}

impl Call for Administered<ReinstatePerson> {
    const PATH: &'static str = "/calls/reinstate-person";
}

impl Call for Administered<AddModel> {
    const PATH: &'static str = "/calls/add-model";
}

impl Call for ListBindings {
    const PATH: &'static str = "/calls/list-bindings";
}

impl Call for Administered<UnbindModels> {
    const PATH: &'static str = "/calls/unbind-models";
}

impl Call for Administered<CheckLora> {
    const PATH: &'static str = "/calls/check-lora";
}

impl Call for LocateCanary {
    const PATH: &'static str = "/calls/locate-canary";
}

impl Call for Administered<RetireModel> {
    const PATH: &'static str = "/calls/retire-model";
}

impl Call for Administered<IssueLink> {
    const PATH: &'static str = "/calls/issue-link";
}

impl Call for Administered<RevokeLinks> {
    const PATH: &'static str = "/calls/revoke-links";
}

impl Call for BeginSession {
    const PATH: &'static str = "/calls/begin-session";
}

impl Call for Authenticated<EndSession> {
    const PATH: &'static str = "/calls/end-session";
}

impl Call for Hint {
    const PATH: &'static str = "/calls/hint";
}

impl Call for Authenticated<CheckOperator> {
    const PATH: &'static str = "/calls/check-operator";
}

impl Call for Authenticated<Export> {
    const PATH: &'static str = "/calls/export";

    /// The first part is the person's request; the Worker asks for the others itself. It counts like a change, because it
    /// reads everything.
    fn counts(&self) -> Option<(&SessionClaims, Method)> {
        let first = self.request.place.is_none();
        first.then_some((&self.session, Method::POST))
    }
}

impl Call for Authenticated<ArchivePictures> {
    const PATH: &'static str = "/calls/archive-pictures";

    /// Like an export, the first part alone is the person's request.
    fn counts(&self) -> Option<(&SessionClaims, Method)> {
        (self.request.after == 0).then_some((&self.session, Method::POST))
    }
}

impl Call for OpenShareLink {
    const PATH: &'static str = "/calls/open-share-link";
}

impl Call for CountShareView {
    const PATH: &'static str = "/calls/count-share-view";
}

impl Call for Authenticated<LocatePicture> {
    const PATH: &'static str = "/calls/locate-picture";

    fn counts(&self) -> Option<(&SessionClaims, Method)> {
        Some((&self.session, Method::GET))
    }
}
