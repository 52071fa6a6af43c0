//! The claims of tokens.

use selfsame_api::Role;
use selfsame_primitives::ids::{SessionId, UserId};
use selfsame_primitives::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Nonce;

/// A sign-in link: whoever holds it may become `user`, once, until it expires.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkClaims {
    /// Who signs in.
    pub user: UserId,
    /// Their role, which must be the one that their studio has.
    pub role: Role,
    /// Used up at the first sign-in.
    pub nonce: Nonce,
    /// The link works before this moment (milliseconds since the epoch in the token).
    #[serde(with = "milliseconds")]
    pub expires: Timestamp,
}

/// A session: a browser that signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionClaims {
    /// Who signed in.
    pub user: UserId,
    /// Their role when they signed in.
    pub role: Role,
    /// The session, as their studio knows it.
    pub session: SessionId,
    /// The session holds before this moment (milliseconds since the epoch in the token).
    #[serde(with = "milliseconds")]
    pub expires: Timestamp,
}

/// A moment as a JSON number, because every byte of a cookie is sent with every request.
mod milliseconds {
    use super::{Deserialize, Timestamp};
    use serde::{Deserializer, Serializer};

    // Whether clippy wants it by value depends on the size of a pointer.
    #[cfg_attr(
        target_pointer_width = "64",
        expect(
            clippy::trivially_copy_pass_by_ref,
            reason = "serde's `with` passes fields by reference"
        )
    )]
    pub fn serialize<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(at.as_millisecond())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        i64::deserialize(deserializer).map(Timestamp::from_millisecond)
    }
}
