//! The ways back from a claim: releasing it, and moving it to another person.

use selfsame_primitives::ids::{ModelId, UserId};
use worker::{Error, query};

use super::Directory;

/// The claims of person `?1` behind model `?2`. `?3` is the model's reference, or empty if its form is no longer accepted.
/// Earlier releases claimed each file of a Hugging Face repository by itself: those claims begin with the reference and
/// `/`, after which `0` is the next character.
const HELD: &str = "user_id = ?1 AND (model_id = ?2 OR reference = ?3 \
     OR (reference >= ?3 || '/' AND reference < ?3 || '0'))";

/// A model in the studio of the person who claims it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HeldModel<'a> {
    /// The person.
    pub(crate) user: &'a UserId,
    /// The model.
    pub(crate) model: &'a ModelId,
    /// What is claimed; empty if it cannot be told.
    pub(crate) reference: &'a str,
}

impl Directory {
    /// Releases the claim that a model stands on. Does nothing if it was released before.
    pub(crate) async fn release_held(&self, held: HeldModel<'_>) -> Result<(), Error> {
        let sql = format!("DELETE FROM model_claims WHERE {HELD}");
        let statement = query!(&self.0, &sql, held.user, held.model, held.reference)?;
        statement.run().await.map(drop)
    }

    /// Moves the claim that a model stands on to another person. Nobody else can claim it in between.
    /// Does nothing if it was moved or released before.
    pub(crate) async fn move_held(&self, held: HeldModel<'_>, to: &UserId) -> Result<(), Error> {
        let sql = format!("UPDATE model_claims SET user_id = ?4 WHERE {HELD}");
        let statement = query!(&self.0, &sql, held.user, held.model, held.reference, to)?;
        statement.run().await.map(drop)
    }
}
