//! Conversations with Maya: what was said, and the draft that is being written.
//!
//! **Drafts.** A draft is replaced as a whole, and only by a client that has seen the present one. The studio does not merge
//! two drafts, even if they differ in different fields: the words of one with the settings of the other are a request
//! that nobody wrote.

mod edit;
mod list;
mod turns;

pub use edit::{Changed, EditConversation};
pub use list::{GetConversation, ListConversations};
pub(super) use turns::note_request;
pub use turns::{AddTurn, MOST_TURNS};

use selfsame_api::{AccessAction, Conversation, Event, NewConversation};
use selfsame_primitives::ids::ConversationId;

use super::account::{SignedInPerson, record};
use super::bin::expired;
use super::generate::canonical_hash;
use super::transaction::Transaction;
use crate::error::StudioError;
use crate::request::PersonRequest;
use crate::store::conversations;

/// The most conversations of one person, deleted ones not counted.
pub const MOST_CONVERSATIONS: usize = 1_000;
/// The most bytes of a draft, and of the edits of a turn.
const LONGEST_JSON: usize = 32 * 1024;

/// Begins a conversation. The same key with the same request answers the conversation that it began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BeginConversation {
    /// The id it gets.
    pub id: ConversationId,
    /// What it is.
    pub new: NewConversation,
    /// The request's `Idempotency-Key`.
    pub idempotency_key: String,
}

impl PersonRequest for BeginConversation {
    type Reply = Conversation;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        _: &SignedInPerson,
    ) -> Result<Conversation, StudioError> {
        let body_hash = canonical_hash(&self.new)?;
        if let Some((id, hash)) = conversations::of_key(tx.db, &self.idempotency_key)? {
            return if hash == body_hash {
                found(tx, &id)
            } else {
                Err(StudioError::IdempotencyConflict)
            };
        }
        require_room(tx)?;
        let new = conversations::New {
            id: &self.id,
            title: &self.new.title,
            key: &self.idempotency_key,
            body_hash: &body_hash,
            now: tx.now,
        };
        conversations::insert(tx.db, &new)?;
        let conversation = found(tx, &self.id)?;
        save(tx, conversation)
    }
}

/// Moves a conversation to the bin. Its pictures stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeleteConversation {
    /// The conversation.
    pub id: ConversationId,
}

impl PersonRequest for DeleteConversation {
    type Reply = ();

    fn handle(self, tx: &mut Transaction<'_>, person: &SignedInPerson) -> Result<(), StudioError> {
        let mut conversation = present(tx, &self.id)?;
        conversation.deleted_at = Some(tx.now);
        save(tx, conversation)?;
        record(tx, person, AccessAction::MovedToBin)?;
        tx.broadcast(Event::BinChanged);
        Ok(())
    }
}

/// Takes back the deletion of a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoreConversation {
    /// The conversation.
    pub id: ConversationId,
}

impl PersonRequest for RestoreConversation {
    type Reply = Conversation;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        _: &SignedInPerson,
    ) -> Result<Conversation, StudioError> {
        restore(tx, &self.id)
    }
}

/// Takes a conversation out of the bin.
pub(super) fn restore(
    tx: &mut Transaction<'_>,
    id: &ConversationId,
) -> Result<Conversation, StudioError> {
    let mut conversation = found(tx, id)?;
    let since = expired(tx.now);
    if conversation.deleted_at.is_none_or(|at| at <= since) {
        return Err(StudioError::NotFound);
    }
    require_room(tx)?;
    conversation.deleted_at = None;
    tx.broadcast(Event::BinChanged);
    save(tx, conversation)
}

/// The event with a conversation's present state.
pub(super) fn event(conversation: Option<Conversation>, id: ConversationId) -> Event {
    match conversation.filter(|found| found.deleted_at.is_none()) {
        Some(session) => Event::Session {
            session: Box::new(session),
        },
        None => Event::SessionDeleted { session: id },
    }
}

fn found(tx: &mut Transaction<'_>, id: &ConversationId) -> Result<Conversation, StudioError> {
    conversations::find(tx.db, id)?.ok_or(StudioError::NotFound)
}

/// Refuses one more conversation than a person has.
fn require_room(tx: &mut Transaction<'_>) -> Result<(), StudioError> {
    if conversations::count(tx.db)? >= MOST_CONVERSATIONS {
        return Err(StudioError::LimitReached {
            most: MOST_CONVERSATIONS,
            of: "conversations",
            advice: "Delete one first.",
        });
    }
    Ok(())
}

/// The conversation, if it is not deleted.
fn present(tx: &mut Transaction<'_>, id: &ConversationId) -> Result<Conversation, StudioError> {
    let conversation = found(tx, id)?;
    match conversation.deleted_at {
        None => Ok(conversation),
        Some(_) => Err(StudioError::NotFound),
    }
}

/// The conversation that a request names, if it names one.
pub(super) fn named(
    tx: &mut Transaction<'_>,
    session: Option<&ConversationId>,
) -> Result<Option<Conversation>, StudioError> {
    session.map(|id| present(tx, id)).transpose()
}

/// Stores a conversation that has changed, and tells the open sockets.
fn save(
    tx: &mut Transaction<'_>,
    mut conversation: Conversation,
) -> Result<Conversation, StudioError> {
    conversation.revision += 1;
    conversations::update(tx.db, &conversation)?;
    tx.broadcast(event(Some(conversation.clone()), conversation.id.clone()));
    Ok(conversation)
}

const fn too_large(field: &'static str, bound: &'static str) -> StudioError {
    StudioError::TooLarge { field, bound }
}
