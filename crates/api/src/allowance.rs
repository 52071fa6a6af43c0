//! The allowance: how the operator changes it, and how the person sees where it went.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Allowance, AllowanceLimit};
use selfsame_primitives::ids::{GenerationId, UserId};
use selfsame_primitives::string_enum;
use selfsame_primitives::time::Timestamp;

/// The most pictures that one change may name.
pub const MOST_PICTURES: u32 = 1_000_000;

/// `POST /api/operator/people/{id}/allowance`: one of three changes. It answers a request for more that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ChangeAllowance {
    /// Adds pictures. For a person without a limit it only counts.
    Grant(u32),
    /// Sets the pictures granted in all, though not below those that are used and reserved, or takes the limit and the
    /// renewal away.
    Set(#[cfg_attr(feature = "typescript", ts(type = "number | \"unlimited\""))] AllowanceLimit),
    /// Tops what is left up to this many pictures, now and at the beginning of each month in UTC. What is left is not added
    /// to it. `null` ends the renewal, and leaves what is left.
    Monthly(Option<u32>),
}

impl ChangeAllowance {
    /// The field of the request, and the pictures that it names.
    #[must_use]
    pub const fn named(self) -> (&'static str, Option<u32>) {
        match self {
            Self::Grant(pictures) => ("grant", Some(pictures)),
            Self::Set(AllowanceLimit::Pictures(pictures)) => ("set", Some(pictures)),
            Self::Set(AllowanceLimit::Unlimited) => ("set", None),
            Self::Monthly(pictures) => ("monthly", pictures),
        }
    }
}

impl fmt::Display for ChangeAllowance {
    /// For logs: `grant 5`, `set unlimited`, `monthly none`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (field, pictures) = self.named();
        match (self, pictures) {
            (_, Some(pictures)) => write!(f, "{field} {pictures}"),
            (Self::Set(_), None) => write!(f, "{field} unlimited"),
            (_, None) => write!(f, "{field} none"),
        }
    }
}

/// A renewal at the beginning of each month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct MonthlyAllowance {
    /// What is left is topped up to this many pictures.
    pub pictures: u32,
    /// When it is next.
    pub renews_at: Timestamp,
}

/// The answer to [`ChangeAllowance`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AllowanceState {
    /// Granted, used and reserved.
    pub allowance: Allowance,
    /// The renewal, if there is one.
    pub monthly: Option<MonthlyAllowance>,
}

/// `POST /api/me/allowance/request`: asks the operator for more pictures. One request is open at a time: the answer is the
/// open one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(deny_unknown_fields)]
pub struct AskForMore {
    /// What the operator should know, 1-500 characters.
    #[serde(default)]
    pub note: Option<String>,
}

/// A request for more pictures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AllowanceRequest {
    /// When the person asked.
    pub at: Timestamp,
    /// What they added.
    pub note: Option<String>,
}

string_enum! {
    /// What happened to the allowance.
    LedgerEntryKind {
        /// The operator added pictures.
        Grant = "grant",
        /// The operator took pictures away.
        Withdraw = "withdraw",
        /// A new month began.
        Renew = "renew",
        /// A generation set aside the pictures that it may need.
        Reserve = "reserve",
        /// Pictures were used, out of those set aside.
        Settle = "settle",
        /// Pictures that were set aside and not used came back.
        Release = "release",
        /// Pictures that had come back were used after all, because they arrived late.
        Charge = "charge",
        /// Pictures that arrived late, and whose place the person had used meanwhile, were added.
        Cover = "cover",
    }
}

/// An entry of the allowance's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct LedgerEntry {
    /// Its number. Later entries have higher ones.
    pub id: u32,
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub kind: LedgerEntryKind,
    /// How many pictures it is about.
    pub pictures: u32,
    /// The generation it is about.
    pub generation: Option<GenerationId>,
    /// Pictures left after it; absent while there was no limit.
    pub left: Option<u32>,
    /// What happened, in a sentence.
    pub text: String,
}

/// `GET /api/me/allowance`: the allowance and its history, newest first, `?cursor=` for more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AllowanceAccount {
    /// Granted, used and reserved.
    pub allowance: Allowance,
    /// The renewal, if there is one.
    pub monthly: Option<MonthlyAllowance>,
    /// The request for more that waits for the operator.
    pub request: Option<AllowanceRequest>,
    /// At most `limit` (default 50, at most 100).
    pub entries: Vec<LedgerEntry>,
    /// For `?cursor=`; absent on the last page.
    pub next_cursor: Option<String>,
}

/// A request for more pictures, as the operator sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct InboxItem {
    /// Its number, for `DELETE /api/operator/inbox/{id}`, which declines it.
    pub id: u32,
    /// Who asks.
    pub person: UserId,
    /// When they asked.
    pub at: Timestamp,
    /// What they added.
    pub note: Option<String>,
}

/// `GET /api/operator/inbox`: what is open, the oldest first, at most 100.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Inbox {
    /// The requests.
    pub items: Vec<InboxItem>,
}
