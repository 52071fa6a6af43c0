//! Reading models, generations and pages of generations.

use std::fmt::Display;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use selfsame_api::{Generation, GenerationPage, LONGEST_SEARCH, Model};
use selfsame_primitives::ids::{ConversationId, GenerationId};
use serde::{Deserialize, Serialize};

use super::account::SignedInPerson;
use super::models::bound;
use super::transaction::Transaction;
use crate::error::StudioError;
use crate::request::PersonRequest;
use crate::store::summaries;

/// Generations on a page without `limit`, and in a snapshot.
pub(super) const DEFAULT_PAGE: u32 = 20;
/// The most generations on a page, and in a snapshot.
pub(super) const LARGEST_PAGE: u32 = 100;

/// Asks for the person's models, active and retired ones, newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListModels;

impl PersonRequest for ListModels {
    type Reply = Vec<Model>;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        _: &SignedInPerson,
    ) -> Result<Vec<Model>, StudioError> {
        bound(tx)
    }
}

/// Asks for one generation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetGeneration {
    /// The generation.
    pub id: GenerationId,
}

impl PersonRequest for GetGeneration {
    type Reply = Generation;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        _: &SignedInPerson,
    ) -> Result<Generation, StudioError> {
        tx.view(&self.id)
    }
}

/// Asks for a page of generations, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListGenerations {
    /// `next_cursor` of the page before; `None`: the first page.
    pub cursor: Option<String>,
    /// 1-100; `None`: 20.
    pub limit: Option<u32>,
    /// Only those of this conversation; `None`: all.
    pub session: Option<ConversationId>,
}

impl PersonRequest for ListGenerations {
    type Reply = GenerationPage;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        _: &SignedInPerson,
    ) -> Result<GenerationPage, StudioError> {
        let limit = page_limit(self.limit)?;
        let before: Option<GenerationId> = self.cursor.as_deref().map(read_cursor).transpose()?;
        let page = summaries::page(tx.db, before.as_ref(), limit, self.session.as_ref())?;
        tx.set_aside(page.unreadable);
        Ok(GenerationPage {
            generations: page.generations,
            next_cursor: page.next.as_deref().map(write_cursor),
        })
    }
}

/// How many items a page has at most.
pub(super) fn page_limit(asked: Option<u32>) -> Result<u32, StudioError> {
    let limit = asked.unwrap_or(DEFAULT_PAGE);
    if (1..=LARGEST_PAGE).contains(&limit) {
        Ok(limit)
    } else {
        Err(StudioError::InvalidQuery { field: "limit" })
    }
}

/// Refuses more words than a search takes.
pub(super) fn check_words(words: Option<&str>) -> Result<(), StudioError> {
    let characters = words.unwrap_or_default().chars().count();
    if characters > LONGEST_SEARCH {
        return Err(StudioError::InvalidQuery { field: "q" });
    }
    Ok(())
}

/// A cursor is where the page before ended, encoded so that clients treat it as opaque.
pub(super) fn write_cursor(last: impl Display) -> String {
    URL_SAFE_NO_PAD.encode(last.to_string())
}

pub(super) fn read_cursor<T: FromStr>(cursor: &str) -> Result<T, StudioError> {
    URL_SAFE_NO_PAD
        .decode(cursor)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .and_then(|text| text.parse().ok())
        .ok_or(StudioError::InvalidQuery { field: "cursor" })
}

#[cfg(test)]
mod tests {
    use selfsame_primitives::time::Timestamp;

    use super::*;

    #[test]
    fn only_written_cursors_are_read() {
        let id = GenerationId::mint(Timestamp::from_millisecond(9), 9);
        assert_eq!(read_cursor(&write_cursor(&id)), Ok(id.clone()));
        for text in ["", "gen_", id.as_str(), "AAAA", "%00", "ä"] {
            assert_eq!(
                read_cursor::<GenerationId>(text),
                Err(StudioError::InvalidQuery { field: "cursor" }),
                "{text}"
            );
        }
    }
}
