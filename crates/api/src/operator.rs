//! The operator's API: accounts and bindings. No picture, no prompt.

use std::fmt;

use serde::de::{self, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{AllowanceState, BoundModel, Role};
use selfsame_primitives::ids::{LinkRequestId, UserId};
use selfsame_primitives::string_enum;
use selfsame_primitives::time::Timestamp;

/// `POST /api/operator/people`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(deny_unknown_fields)]
pub struct CreatePerson {
    /// The id in the operator's own product, or absent to have one made.
    #[serde(default)]
    pub id: Option<UserId>,
    /// What to call them, 1-80 characters.
    pub name: String,
    /// Pictures they may make: a number, or `"unlimited"`.
    #[cfg_attr(feature = "typescript", ts(type = "number | \"unlimited\""))]
    pub allowance: AllowanceLimit,
}

/// How many pictures a person may make. Whoever means no limit says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AllowanceLimit {
    /// This many, on the wire a number.
    Pictures(u32),
    /// As many as they like, on the wire `"unlimited"`.
    Unlimited,
}

const UNLIMITED: &str = "unlimited";

impl AllowanceLimit {
    /// The number of pictures; `None`: no limit.
    #[must_use]
    pub const fn pictures(self) -> Option<u32> {
        match self {
            Self::Pictures(pictures) => Some(pictures),
            Self::Unlimited => None,
        }
    }
}

impl Serialize for AllowanceLimit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Pictures(pictures) => serializer.serialize_u32(*pictures),
            Self::Unlimited => serializer.serialize_str(UNLIMITED),
        }
    }
}

impl<'de> Deserialize<'de> for AllowanceLimit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AllowanceVisitor)
    }
}

struct AllowanceVisitor;

impl Visitor<'_> for AllowanceVisitor {
    type Value = AllowanceLimit;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number of pictures or \"unlimited\"")
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<AllowanceLimit, E> {
        u32::try_from(number)
            .map(AllowanceLimit::Pictures)
            .map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<AllowanceLimit, E> {
        Err(E::invalid_value(Unexpected::Signed(number), &self))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<AllowanceLimit, E> {
        match text {
            UNLIMITED => Ok(AllowanceLimit::Unlimited),
            other => Err(E::invalid_value(Unexpected::Str(other), &self)),
        }
    }
}

string_enum! {
    /// A person's state.
    PersonStatus {
        /// May sign in and make pictures.
        Active = "active",
        /// Being created: the request that began it has not ended. Repeat it, or `DELETE` them.
        Creating = "creating",
        /// Being deleted: refused by their studio. Repeating the `DELETE` goes on with it.
        Deleting = "deleting",
        /// Refused by their studio; every session is ended.
        Suspended = "suspended",
    }
}

/// A user, as the operator sees them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Person {
    /// The user id.
    pub id: UserId,
    /// What to call them.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Their state.
    pub status: PersonStatus,
    /// Models bound to them.
    pub models: Vec<BoundModel>,
    /// When they were created.
    pub created_at: Timestamp,
}

/// `GET /api/operator/people/{id}`: a user with what the list leaves out. Somebody who is being created is only in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PersonAccount {
    /// The user.
    pub person: Person,
    /// The address under which they can ask for a sign-in link; absent: none is set.
    pub email: Option<String>,
    /// Their allowance and its renewal.
    pub allowance: AllowanceState,
}

/// `GET /api/operator/people`: by id, `?cursor=` for more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct People {
    /// At most `limit` (default 50, at most 100).
    pub people: Vec<Person>,
    /// For `?cursor=`; absent on the last page.
    pub next_cursor: Option<String>,
}

/// `POST /api/operator/people/{id}/link`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(default, deny_unknown_fields)]
pub struct MintLink {
    /// How long the link works, in minutes: 1-10080, default 60.
    pub minutes: Option<u32>,
}

/// A one-time sign-in link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Link {
    /// Give it to the person; it works once.
    pub url: String,
    /// Until then.
    pub expires_at: Timestamp,
}

/// A request for an operator's sign-in link, which another operator has to approve with
/// `POST /api/operator/link-requests/{id}/approve`. `POST /api/operator/people/{id}/link` answers 202 with it when the
/// person is an operator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct LinkRequest {
    /// Its id.
    pub id: LinkRequestId,
    /// The operator whom the link is for.
    pub subject: UserId,
    /// How long the link will work, in minutes, from its approval.
    pub minutes: u32,
    /// The operator who asks. It is another one who approves.
    pub requested_by: UserId,
    /// When they asked.
    pub requested_at: Timestamp,
    /// It can be approved before this moment.
    pub expires_at: Timestamp,
}

/// `GET /api/operator/link-requests`: those that wait, the oldest first. There is at most one for each operator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct LinkRequests {
    /// The requests.
    pub requests: Vec<LinkRequest>,
}

/// An entry of the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AuditRecord {
    /// Its number. Later entries have higher ones.
    pub id: u32,
    /// When it was done.
    pub at: Timestamp,
    /// Who did it: an operator's id, or `(self-service)`.
    pub operator: String,
    /// What was done, as a stable word: `suspend`.
    pub action: String,
    /// The person it was done to.
    pub subject: UserId,
    /// Details; never a secret.
    pub detail: String,
}

/// `GET /api/operator/audit`: newest first, `?cursor=` for more, `?subject=` for one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AuditPage {
    /// At most `limit` (default 50, at most 100).
    pub entries: Vec<AuditRecord>,
    /// For `?cursor=`; absent on the last page.
    pub next_cursor: Option<String>,
}

/// `PUT /api/operator/people/{id}/email`: the address under which the person may ask for a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct SetEmail {
    /// The address; `null` takes it away.
    pub email: Option<String>,
}

#[cfg(test)]
mod tests {
    use selfsame_primitives::error::ErrorCode;
    use selfsame_primitives::fields;
    use serde_json::{Value, json};

    use super::*;

    fn allowance(value: &Value) -> Result<AllowanceLimit, ErrorCode> {
        let body = json!({"name": "Ada", "allowance": value});
        match fields::read::<CreatePerson>(&body) {
            Ok(person) => {
                assert_eq!(&json!(person.allowance), value);
                Ok(person.allowance)
            }
            Err(error) => {
                assert_eq!(error.field(), Some("allowance"), "{error}");
                Err(error.code())
            }
        }
    }

    #[test]
    fn an_allowance_is_a_number_or_the_word_unlimited() {
        assert_eq!(allowance(&json!(0)), Ok(AllowanceLimit::Pictures(0)));
        assert_eq!(allowance(&json!(40)), Ok(AllowanceLimit::Pictures(40)));
        assert_eq!(
            allowance(&json!("unlimited")),
            Ok(AllowanceLimit::Unlimited)
        );
        for (value, code) in [
            (json!(null), ErrorCode::InvalidValue),
            (json!("40"), ErrorCode::InvalidValue),
            (json!("Unlimited"), ErrorCode::InvalidValue),
            (json!(1.5), ErrorCode::InvalidValue),
            (json!([40]), ErrorCode::InvalidValue),
            (json!({"pictures": 40}), ErrorCode::InvalidValue),
            (json!(true), ErrorCode::InvalidValue),
            (json!(-1), ErrorCode::OutOfRange),
            (json!(4_294_967_296_u64), ErrorCode::OutOfRange),
        ] {
            assert_eq!(allowance(&value), Err(code), "{value}");
        }
    }

    #[test]
    fn an_omitted_allowance_is_refused() {
        let error = fields::read::<CreatePerson>(&json!({"name": "Ada"})).unwrap_err();
        assert_eq!(error.code(), ErrorCode::MissingField);
        assert_eq!(error.field(), Some("allowance"));
    }
}
