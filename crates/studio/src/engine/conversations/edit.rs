//! Changing a conversation's title, pin and draft.

use selfsame_api::{ChangeConversation, ChangeDraft, Conversation, Draft, RawJson};
use selfsame_primitives::ids::ConversationId;

use super::{LONGEST_JSON, present, save, too_large};
use crate::database::DatabaseError;
use crate::engine::{SignedInPerson, Transaction};
use crate::error::StudioError;
use crate::request::PersonRequest;
use crate::store::conversations;

/// What came of changing a conversation.
#[derive(Debug, Clone, PartialEq)]
pub enum Changed {
    /// It was changed.
    Done(Conversation),
    /// Nothing was changed, because the draft is no longer the one that the request was made from. This is the present one.
    DraftConflict(Option<Draft>),
}

/// Renames or pins a conversation, or replaces its draft.
#[derive(Debug, Clone, PartialEq)]
pub struct EditConversation {
    /// The conversation.
    pub id: ConversationId,
    /// What becomes different.
    pub change: ChangeConversation,
}

impl PersonRequest for EditConversation {
    type Reply = Changed;

    fn handle(self, tx: &mut Transaction<'_>, _: &SignedInPerson) -> Result<Changed, StudioError> {
        let before = present(tx, &self.id)?;
        let mut after = before.clone();
        let ChangeConversation {
            title,
            pinned,
            draft,
        } = self.change;
        after.title = title.unwrap_or(after.title);
        after.pinned = pinned.unwrap_or(after.pinned);
        if let Some(ChangeDraft { base, content }) = draft {
            let content =
                RawJson::of(&content).map_err(|error| DatabaseError(error.to_string()))?;
            if content.as_str().len() > LONGEST_JSON {
                return Err(too_large("draft.content", "up to 32 KiB of JSON"));
            }
            if base != before.draft_version {
                let draft = conversations::draft(tx.db, &self.id)?;
                return Ok(Changed::DraftConflict(draft));
            }
            conversations::set_draft(tx.db, &self.id, &content)?;
            after.draft_version += 1;
        }
        if after == before {
            return Ok(Changed::Done(before));
        }
        save(tx, after).map(Changed::Done)
    }
}
