//! Sessions, and the log of who used a person's account.

use serde::{Deserialize, Serialize};

use selfsame_primitives::ids::{RequestId, SessionId, UserId};
use selfsame_primitives::string_enum;
use selfsame_primitives::time::Timestamp;

/// A signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SignInSummary {
    /// Its id, for `DELETE /api/sign-ins/{id}`.
    pub id: SessionId,
    /// Whether this session makes the request.
    pub current: bool,
    /// The browser and its system: `Firefox on Linux`. Taken from what the browser says of itself.
    pub browser: String,
    /// The network it signed in from: `203.0.113.0/24`, or a /48 of IPv6; absent when it is not known.
    pub network: Option<String>,
    /// When it signed in.
    pub first_seen: Timestamp,
    /// When it last made a request, to five minutes; absent for a session of an older release until it makes one.
    pub last_seen: Option<Timestamp>,
    /// When it ends if it is not used any more: 14 days after its last request, and 30 days after it began at the
    /// latest.
    pub expires_at: Timestamp,
}

/// `GET /api/sign-ins`: every session that is alive, the last seen first. There are at most 32.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SignInList {
    /// The sign-ins.
    pub sign_ins: Vec<SignInSummary>,
}

string_enum! {
    /// Who did something to an account.
    Actor {
        /// The person.
        Person = "person",
        /// An operator; the entry says which.
        Operator = "operator",
        /// The studio itself.
        System = "system",
    }
}

string_enum! {
    /// What was done to an account.
    AccessAction {
        /// The studio was opened.
        StudioOpened = "studio_opened",
        /// A browser signed in.
        SignedIn = "signed_in",
        /// A session signed out.
        SignedOut = "signed_out",
        /// A session was ended by another one, or by a new sign-in of the same browser.
        SessionEnded = "session_ended",
        /// A session ended because it was not used for 14 days or was 30 days old.
        SessionTimedOut = "session_timed_out",
        /// A sign-in link was made.
        LinkMinted = "link_minted",
        /// Every sign-in link that had been made was ended.
        LinksRevoked = "links_revoked",
        /// The account was suspended.
        Suspended = "suspended",
        /// The account was reinstated.
        Reinstated = "reinstated",
        /// A model was bound.
        ModelBound = "model_bound",
        /// Everything was exported.
        Exported = "exported",
        /// A link that shows a picture was made.
        PictureShared = "picture_shared",
        /// A link that shows a picture was ended.
        ShareLinkEnded = "share_link_ended",
        /// A generation, a picture or a conversation was moved to the bin.
        MovedToBin = "moved_to_bin",
        /// Something in the bin was deleted for good: by the person at once, by the system after 30 days.
        DeletedForGood = "deleted_for_good",
        /// The allowance or its renewal was changed, or a request for more was declined.
        AllowanceChanged = "allowance_changed",
        /// A model was unbound.
        ModelUnbound = "model_unbound",
        /// A model was retired.
        ModelRetired = "model_retired",
        /// An operator checked whether a model's LoRA acts.
        ModelChecked = "model_checked",
        /// The e-mail address for sign-in links was set or removed.
        EmailChanged = "email_changed",
    }
}

/// An entry of a person's access log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AccessEntry {
    /// Its number. Later entries have higher ones.
    pub id: u32,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// Which operator; absent when it was nobody's.
    pub operator: Option<UserId>,
    /// What was done.
    pub action: AccessAction,
    /// Details, such as the browser and network of a sign-in.
    pub detail: Option<String>,
    /// The session it is about.
    pub session: Option<SessionId>,
    /// The request that did it, as the operator's log names it.
    pub request: Option<RequestId>,
}

/// `GET /api/me/access-log`: newest first, `?cursor=` for more. Entries are kept for a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AccessLogPage {
    /// At most `limit` (default 50, at most 100).
    pub entries: Vec<AccessEntry>,
    /// For `?cursor=`; absent on the last page.
    pub next_cursor: Option<String>,
}
