//! Looking: models, generations, pages.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use selfsame_api::{Event, GenerationPage};
use selfsame_primitives::ids::GenerationId;

use super::transaction::Transaction;
use crate::error::StudioError;
use crate::reply::Reply;
use crate::store::{generations, models};

/// Generations on a page when nothing else is asked for, and in a snapshot.
const USUAL_PAGE: u32 = 20;
/// Generations on a page at most.
const LARGEST_PAGE: u32 = 100;

impl Transaction<'_> {
    pub(super) fn models(&mut self) -> Result<Reply, StudioError> {
        Ok(Reply::Models(models::all(self.db)?))
    }

    pub(super) fn generation(&mut self, id: &GenerationId) -> Result<Reply, StudioError> {
        Ok(Reply::Generation(Box::new(self.view(id)?)))
    }

    pub(super) fn generations(
        &mut self,
        cursor: Option<&str>,
        limit: Option<u32>,
    ) -> Result<Reply, StudioError> {
        let limit = limit.unwrap_or(USUAL_PAGE);
        if !(1..=LARGEST_PAGE).contains(&limit) {
            return Err(StudioError::InvalidQuery { field: "limit" });
        }
        let before = cursor.map(read_cursor).transpose()?;
        // One more than asked for tells whether there is another page.
        let mut found = generations::page(self.db, before.as_ref(), limit + 1)?;
        let more = found.len() > usize::try_from(limit).unwrap_or(usize::MAX);
        if more {
            found.pop();
        }
        let next_cursor = found
            .last()
            .filter(|_| more)
            .map(|last| write_cursor(&last.id));
        Ok(Reply::Page(GenerationPage {
            generations: found,
            next_cursor,
        }))
    }

    pub(super) fn snapshot(&mut self) -> Result<Reply, StudioError> {
        let mut found = generations::page(self.db, None, USUAL_PAGE)?;
        if let Some(oldest) = found.last().map(|last| last.id.clone()) {
            found.extend(generations::under_way(self.db, &oldest)?);
        }
        Ok(Reply::Snapshot(Event::Snapshot { generations: found }))
    }
}

/// A cursor is the last id of the page before; encoded, so that nobody builds on that.
fn write_cursor(last: &GenerationId) -> String {
    URL_SAFE_NO_PAD.encode(last.as_str())
}

fn read_cursor(cursor: &str) -> Result<GenerationId, StudioError> {
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
    fn cursors_read_back_and_nothing_else_reads() {
        let id = GenerationId::mint(Timestamp::from_millisecond(9), 9);
        assert_eq!(read_cursor(&write_cursor(&id)), Ok(id.clone()));
        for text in ["", "gen_", id.as_str(), "AAAA", "%00", "ä"] {
            assert_eq!(
                read_cursor(text),
                Err(StudioError::InvalidQuery { field: "cursor" }),
                "{text}"
            );
        }
    }
}
