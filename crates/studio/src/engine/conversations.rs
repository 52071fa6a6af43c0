//! Conversations with Maya: what was said, and the draft that is being written.
//!
//! **Drafts.** A draft is replaced as a whole, and only by a client that has seen the present one. The studio does not merge
//! two drafts, even if they differ in different fields: the words of one with the settings of the other are a request
//! that nobody wrote.

use std::fmt;
use std::str::FromStr;

use selfsame_api::{
    AccessAction, ChangeConversation, ChangeDraft, Conversation, ConversationPage,
    ConversationRecord, Draft, Event, NewConversation, NewTurn, RawJson, Turn,
};
use selfsame_primitives::ids::{ConversationId, GenerationId};
use selfsame_primitives::time::Timestamp;

use super::account::{SignedInPerson, record};
use super::bin::expired;
use super::generate::canonical_hash;
use super::read::{check_words, page_limit, read_cursor, write_cursor};
use super::transaction::Transaction;
use crate::database::DatabaseError;
use crate::error::StudioError;
use crate::request::PersonRequest;
use crate::store::conversations::{self, Place};
use crate::store::{generations, turns};

/// The most conversations of one person, deleted ones not counted.
pub const MOST_CONVERSATIONS: usize = 1_000;
/// The most turns of a conversation.
pub const MOST_TURNS: usize = 1_000;
/// The most edits of a turn.
const MOST_EDITS: usize = 32;
/// The most suggestions of a turn.
const MOST_SUGGESTIONS: usize = 8;
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

/// Asks for a page of conversations: pinned ones first, then those that were last active.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListConversations {
    /// Words that the title or a turn has; `None`: all conversations.
    pub words: Option<String>,
    /// `next_cursor` of the page before; `None`: the first page.
    pub cursor: Option<String>,
    /// 1-100; `None`: 20.
    pub limit: Option<u32>,
}

impl PersonRequest for ListConversations {
    type Reply = ConversationPage;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        _: &SignedInPerson,
    ) -> Result<ConversationPage, StudioError> {
        let limit = page_limit(self.limit)?;
        let words = self.words.as_deref().map(str::trim);
        check_words(words)?;
        let words = words.filter(|words| !words.is_empty());
        let before: Option<Place> = self.cursor.as_deref().map(read_cursor).transpose()?;
        // One more than asked for tells whether there is another page.
        let (mut sessions, unreadable) =
            conversations::page(tx.db, words, before.as_ref(), limit + 1)?;
        tx.set_aside(unreadable);
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = sessions.len() > limit;
        sessions.truncate(limit);
        let last = sessions.last().filter(|_| more);
        let next_cursor = last.map(|last| write_cursor(&Place::of(last).to_string()));
        Ok(ConversationPage {
            sessions,
            next_cursor,
        })
    }
}

/// Asks for a conversation with its draft and a page of its turns, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GetConversation {
    /// The conversation.
    pub id: ConversationId,
    /// `next_cursor` of the page before; `None`: the first page.
    pub cursor: Option<String>,
    /// 1-100.
    pub limit: u32,
}

impl PersonRequest for GetConversation {
    type Reply = ConversationRecord;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        _: &SignedInPerson,
    ) -> Result<ConversationRecord, StudioError> {
        let session = present(tx, &self.id)?;
        let limit = page_limit(Some(self.limit))?;
        let before: Option<i64> = self.cursor.as_deref().map(read_cursor).transpose()?;
        let page = turns::page(tx.db, &self.id, before, limit)?;
        tx.set_aside(page.unreadable);
        Ok(ConversationRecord {
            session,
            draft: conversations::draft(tx.db, &self.id)?,
            turns: page.entries,
            next_cursor: page.next.map(|last| write_cursor(&last.to_string())),
        })
    }
}

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

/// Whether `turn` is the stored one sent again. That may have led to a generation since.
fn is_repeated(stored: &NewTurn, turn: &NewTurn) -> bool {
    let generation = turn.generation.as_ref().or(stored.generation.as_ref());
    *stored
        == NewTurn {
            generation: generation.cloned(),
            ..turn.clone()
        }
}

/// Notes that a generation was asked for in the conversation. What was said since the one before led to it.
pub(super) fn note_request(
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

const fn too_large(field: &'static str, bound: &'static str) -> StudioError {
    StudioError::TooLarge { field, bound }
}

impl Place {
    fn of(conversation: &Conversation) -> Self {
        Self {
            pinned: conversation.pinned,
            active_at: conversation.active_at,
            id: conversation.id.clone(),
        }
    }
}

/// `1 1800000000000 cnv_…`
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pinned = u8::from(self.pinned);
        write!(
            f,
            "{pinned} {} {}",
            self.active_at.as_millisecond(),
            self.id
        )
    }
}

/// The text is not a place in the list.
pub(crate) struct NotAPlace;

impl FromStr for Place {
    type Err = NotAPlace;

    fn from_str(text: &str) -> Result<Self, NotAPlace> {
        let mut parts = text.splitn(3, ' ');
        let mut part = || parts.next().ok_or(NotAPlace);
        let (pinned, active_at, id) = (part()?, part()?, part()?);
        let active_at: i64 = active_at.parse().map_err(|_| NotAPlace)?;
        Ok(Self {
            pinned: pinned == "1",
            active_at: Timestamp::from_millisecond(active_at),
            id: id.parse().map_err(|_| NotAPlace)?,
        })
    }
}
