//! Reading conversations: the list with its search, and one with its turns.

use std::fmt;
use std::str::FromStr;

use selfsame_api::{Conversation, ConversationPage, ConversationRecord};
use selfsame_primitives::ids::ConversationId;
use selfsame_primitives::time::Timestamp;

use super::present;
use crate::engine::read::{check_words, page_limit, read_cursor, write_cursor};
use crate::engine::{SignedInPerson, Transaction};
use crate::error::StudioError;
use crate::request::PersonRequest;
use crate::store::conversations::{self, Place};
use crate::store::turns;

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
        let next_cursor = last.map(|last| write_cursor(Place::of(last)));
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
            next_cursor: page.next.map(write_cursor),
        })
    }
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
