//! The claims of a sign-in link.

use selfsame_api::Role;
use selfsame_primitives::ids::UserId;
use selfsame_primitives::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Nonce;

/// A sign-in link: whoever holds it may become `user`, once, until it expires.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "LinkJson", into = "LinkJson")]
pub struct LinkClaims {
    /// Who signs in.
    pub user: UserId,
    /// Their role, which must be the one that their studio has.
    pub role: Role,
    /// Used up at the first sign-in.
    pub nonce: Nonce,
    /// The link works before this moment.
    pub expires: Timestamp,
    /// What ends the link when links are revoked.
    pub validity: LinkValidity,
}

/// Which links are revoked together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkValidity {
    /// The person's studio gave the link its epoch: it works while the studio is in this epoch.
    Epoch(i64),
    /// Minted with the key alone, which knows no epoch: it works while no epoch has begun since this moment.
    Since(Timestamp),
}

/// The claims as JSON, with moments as milliseconds since 1970. A link of a release that knew no epoch has neither
/// `epoch` nor `minted`, and belongs to epoch 0.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LinkJson {
    user: UserId,
    role: Role,
    nonce: Nonce,
    expires: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    epoch: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    minted: Option<i64>,
}

/// The claims name both an epoch and a moment.
#[derive(Debug, thiserror::Error)]
#[error("a link has an epoch or the moment when it was minted, not both")]
struct TwoValidities;

impl TryFrom<LinkJson> for LinkClaims {
    type Error = TwoValidities;

    fn try_from(json: LinkJson) -> Result<Self, TwoValidities> {
        let validity = match (json.epoch, json.minted) {
            (Some(_), Some(_)) => return Err(TwoValidities),
            (_, Some(minted)) => LinkValidity::Since(Timestamp::from_millisecond(minted)),
            (epoch, None) => LinkValidity::Epoch(epoch.unwrap_or(0)),
        };
        Ok(Self {
            user: json.user,
            role: json.role,
            nonce: json.nonce,
            expires: Timestamp::from_millisecond(json.expires),
            validity,
        })
    }
}

impl From<LinkClaims> for LinkJson {
    fn from(claims: LinkClaims) -> Self {
        let (epoch, minted) = match claims.validity {
            LinkValidity::Epoch(epoch) => (Some(epoch), None),
            LinkValidity::Since(minted) => (None, Some(minted.as_millisecond())),
        };
        Self {
            user: claims.user,
            role: claims.role,
            nonce: claims.nonce,
            expires: claims.expires.as_millisecond(),
            epoch,
            minted,
        }
    }
}
