//! Deleting a person, and the receipt of it.

use serde::{Deserialize, Serialize};

use selfsame_primitives::ids::{DeletionId, UserId};
use selfsame_primitives::time::Timestamp;

/// `DELETE /api/me` and `DELETE /api/operator/people/{id}`: the confirmation. Repeating the request goes on with the
/// deletion that it began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct ConfirmDeletion {
    /// The user id of the person who is to be deleted, once more.
    pub confirm: UserId,
    /// Whether the provider is asked to delete the versions of the person's own models, too, and with them all
    /// predictions that they made. Weights that lie elsewhere are not touched.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<bool>"))]
    pub provider_versions: bool,
}

/// A deletion and, once it has finished, its receipt: the answer (202) to [`ConfirmDeletion`], and to
/// `GET /api/deletions/{id}`, which needs no session, because the person has none any more. It names nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Deletion {
    /// Its id, which cannot be guessed.
    pub id: DeletionId,
    /// When it was asked for. From then on the person is refused.
    pub requested_at: Timestamp,
    /// When the last of it was gone; absent while the deletion is under way.
    pub finished_at: Option<Timestamp>,
    /// What was deleted; absent while the deletion is under way.
    pub removed: Option<Removed>,
    /// What remains; absent while the deletion is under way.
    pub remains: Option<Remains>,
    /// All of it in words.
    pub text: String,
}

/// What a deletion has removed, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Removed {
    /// Generations with their words.
    pub generations: u32,
    /// Pictures with their recipes and files.
    pub pictures: u32,
    /// Bytes of the pictures' files.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub bytes: u64,
    /// Models that are or were bound; their claims are free again.
    pub models: u32,
    /// Sessions, ended ones included.
    pub sessions: u32,
    /// Entries of the allowance's history and of the access log.
    pub entries: u32,
    /// Model versions that the provider deletes.
    pub provider_versions: u32,
}

/// What remains after a deletion.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Remains {
    /// Entries of the operators' audit log: what was done and when. The deletion's id stands in place of the person's.
    pub audit_entries: u32,
    /// Versions of the person's models at the provider: it was not to delete them, or refused.
    pub provider_versions: u32,
}
