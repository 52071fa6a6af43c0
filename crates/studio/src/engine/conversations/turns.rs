//! What is said, and what it leads to.

use selfsame_api::{Conversation, NewTurn, RawJson, Turn};
use selfsame_primitives::ids::{ConversationId, GenerationId};

use super::{LONGEST_JSON, present, save, too_large};
use crate::database::DatabaseError;
use crate::engine::{SignedInPerson, Transaction};
use crate::error::StudioError;
use crate::request::PersonRequest;
use crate::store::{generations, turns};

/// The most turns of a conversation.
pub const MOST_TURNS: usize = 1_000;
/// The most edits of a turn.
const MOST_EDITS: usize = 32;
/// The most suggestions of a turn.
const MOST_SUGGESTIONS: usize = 8;

/// Adds a turn. The same key with the same turn answers the turn that it added.
#[derive(Debug, Clone, PartialEq)]
pub struct AddTurn {
    /// The conversation.
    pub id: ConversationId,
    /// What was said.
    pub turn: NewTurn,
    /// The request's `Idempotency-Key`.
    pub idempotency_key: String,
}

impl PersonRequest for AddTurn {
    type Reply = Turn;

    fn handle(self, tx: &mut Transaction<'_>, _: &SignedInPerson) -> Result<Turn, StudioError> {
        let conversation = present(tx, &self.id)?;
        if let Some(known) = turns::of_key(tx.db, &self.id, &self.idempotency_key)? {
            return if is_repeated(&known.content, &self.turn) {
                Ok(known)
            } else {
                Err(StudioError::IdempotencyConflict)
            };
        }
        check_turn(&self.turn)?;
        if turns::count(tx.db, &self.id)? >= MOST_TURNS {
            return Err(StudioError::LimitReached {
                most: MOST_TURNS,
                of: "turns in a conversation",
                advice: "Begin a new conversation.",
            });
        }
        if let Some(generation) = &self.turn.generation
            && generations::session(tx.db, generation)?.as_ref() != Some(&self.id)
        {
            if !generations::set_session(tx.db, generation, &self.id)? {
                return Err(StudioError::NotFound);
            }
            tx.touch(generation)?;
        }
        turns::add(tx.db, &self.id, &self.idempotency_key, &self.turn, tx.now)?;
        note_activity(tx, Some(conversation))?;
        let added = turns::of_key(tx.db, &self.id, &self.idempotency_key)?;
        added.ok_or(StudioError::NotFound)
    }
}

/// Whether `turn` is the stored one sent again. That may have led to a generation since.
fn is_repeated(stored: &NewTurn, turn: &NewTurn) -> bool {
    let generation = turn.generation.as_ref().or(stored.generation.as_ref());
    *stored
        == NewTurn {
            generation: generation.cloned(),
            ..turn.clone()
        }
}

fn check_turn(turn: &NewTurn) -> Result<(), StudioError> {
    if turn.suggestions.len() > MOST_SUGGESTIONS {
        return Err(too_large("suggestions", "up to 8 suggestions"));
    }
    let edits = RawJson::of(&turn.edits).map_err(|error| DatabaseError(error.to_string()))?;
    if turn.edits.len() > MOST_EDITS || edits.as_str().len() > LONGEST_JSON {
        return Err(too_large("edits", "up to 32 edits and 32 KiB of JSON"));
    }
    Ok(())
}

/// Notes that a generation was asked for in the conversation. What was said since the one before led to it.
pub(in crate::engine) fn note_request(
    tx: &mut Transaction<'_>,
    conversation: Option<Conversation>,
    generation: &GenerationId,
) -> Result<(), StudioError> {
    if let Some(conversation) = &conversation {
        turns::lead_to(tx.db, &conversation.id, generation)?;
    }
    note_activity(tx, conversation)
}

/// Notes that something was said or asked for in the conversation.
fn note_activity(
    tx: &mut Transaction<'_>,
    conversation: Option<Conversation>,
) -> Result<(), StudioError> {
    if let Some(mut conversation) = conversation {
        conversation.active_at = tx.now;
        save(tx, conversation)?;
    }
    Ok(())
}
