//! Events with sequence numbers, and the first message of a `WebSocket`: what a client that was away has missed, or a
//! snapshot.

use selfsame_api::{Event, Numbered, Opening};
use selfsame_primitives::ids::{ConversationId, SeriesId};
use serde::{Deserialize, Serialize};

use super::account::SignedInPerson;
use super::read::{DEFAULT_PAGE, LARGEST_PAGE, write_cursor};
use super::transaction::Transaction;
use super::{conversations, queue};
use crate::database::{Database, DatabaseError};
use crate::error::StudioError;
use crate::request::{PersonRequest, Signal};
use crate::store;
use crate::store::bin::Bin;
use crate::store::changes::{self, Subject};
use crate::store::{Unreadable, access_log, series, summaries};

/// The most changes that a client catches up with. One that has missed more gets a snapshot.
const MOST_CHANGES: usize = 200;

/// Asks for the first message of a `WebSocket`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowEvents {
    /// The number of the last message that the client has; `None` if it has none.
    pub after: Option<u64>,
}

impl PersonRequest for FollowEvents {
    type Reply = Numbered<Opening>;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        person: &SignedInPerson,
    ) -> Result<Numbered<Opening>, StudioError> {
        let seq = changes::latest(tx.db)?;
        // A number ahead of the studio's is that of another studio.
        let missed = match self.after.filter(|after| *after <= seq) {
            Some(after) => changes::since(tx.db, after, MOST_CHANGES)?,
            None => None,
        };
        let message = match missed {
            Some(subjects) => catch_up(tx, person, subjects)?,
            None => snapshot(tx)?,
        };
        Ok(Numbered { seq, message })
    }
}

/// The newest generations and those under way, at most 100 in all.
fn snapshot(tx: &mut Transaction<'_>) -> Result<Opening, StudioError> {
    let page = summaries::page(tx.db, None, DEFAULT_PAGE, None)?;
    tx.set_aside(page.unreadable);
    let mut generations = page.generations;
    if let Some(last) = &page.next {
        let room = LARGEST_PAGE - DEFAULT_PAGE;
        let (older, unreadable) = summaries::older_under_way(tx.db, last, room)?;
        tx.set_aside(unreadable);
        generations.extend(older);
    }
    Ok(Opening::Snapshot {
        generations,
        next_cursor: page.next.as_deref().map(write_cursor),
    })
}

/// The present state of what has changed.
fn catch_up(
    tx: &mut Transaction<'_>,
    person: &SignedInPerson,
    subjects: Vec<Subject>,
) -> Result<Opening, StudioError> {
    let (mut changed, mut notices, mut events) = (Vec::new(), Vec::new(), Vec::new());
    for subject in subjects {
        match subject {
            Subject::Generation(id) => changed.push(id),
            Subject::Notice(entry) => notices.push(entry),
            Subject::Queue => events.push(Event::Queue {
                generations: queue::places(tx)?,
            }),
            Subject::Bin => events.push(Event::BinChanged),
            Subject::Gallery => events.push(Event::GalleryChanged),
            Subject::Presets => events.push(Event::PresetsChanged),
            Subject::Conversation(id) => events.extend(of_conversation(tx, id)),
            Subject::Series(id) => events.extend(of_series(tx, id)),
        }
    }
    let (generations, unreadable) = summaries::named(tx.db, &changed, Bin::Excluded)?;
    let known = |id: &str| {
        let mut ids = generations.iter().map(|one| one.id.as_str());
        ids.any(|one| one == id) || unreadable.iter().any(|row| row.id == id)
    };
    let deleted = changed.into_iter().filter(|id| !known(id.as_str()));
    events.extend(deleted.map(|generation| Event::GenerationDeleted { generation }));
    tx.set_aside(unreadable);
    if !notices.is_empty() {
        let session = &person.session.id;
        let unseen = access_log::unseen(tx.db, session, LARGEST_PAGE)?;
        tx.set_aside(unseen.unreadable);
        // Read newest first; sent oldest first.
        let missed = unseen.entries.into_iter().rev();
        let missed = missed.filter(|entry| notices.contains(&entry.id));
        events.extend(missed.map(|entry| Event::Notice { entry }));
    }
    Ok(Opening::Changes {
        generations,
        events,
    })
}

/// The event with a conversation's present state; `None` if it cannot be read, which is logged.
fn of_conversation(tx: &mut Transaction<'_>, id: ConversationId) -> Option<Event> {
    match store::conversations::find(tx.db, &id) {
        Ok(conversation) => Some(conversations::event(conversation, id)),
        Err(error) => set_aside(tx, &id, error),
    }
}

/// The event with a series' present state; `None` if it cannot be read, which is logged.
pub(super) fn of_series(tx: &mut Transaction<'_>, id: SeriesId) -> Option<Event> {
    match series::view(tx.db, &id) {
        Ok((found, unreadable)) => {
            tx.set_aside(unreadable);
            Some(match found {
                Some(series) => Event::Series {
                    series: Box::new(series),
                },
                None => Event::SeriesDeleted { series: id },
            })
        }
        Err(error) => set_aside(tx, &id, error),
    }
}

fn set_aside(
    tx: &mut Transaction<'_>,
    id: &impl ToString,
    DatabaseError(cause): DatabaseError,
) -> Option<Event> {
    let id = id.to_string();
    tx.set_aside(vec![Unreadable { id, cause }]);
    None
}

/// Gives the events of a call their numbers, in order.
pub(super) fn number(
    db: &mut dyn Database,
    events: Vec<Event>,
) -> Result<Vec<Signal>, StudioError> {
    if events.is_empty() {
        return Ok(Vec::new());
    }
    let mut signals = Vec::with_capacity(events.len());
    for message in events {
        let seq = changes::add(db, &subject_of(&message))?;
        signals.push(Signal::Broadcast(Numbered { seq, message }));
    }
    changes::prune(db, MOST_CHANGES)?;
    Ok(signals)
}

fn subject_of(event: &Event) -> Subject {
    match event {
        Event::Generation { generation } => Subject::Generation(generation.id.clone()),
        // What is left of the generation has changed.
        Event::GenerationDeleted { generation } | Event::PictureDeleted { generation, .. } => {
            Subject::Generation(generation.clone())
        }
        Event::Notice { entry } => Subject::Notice(entry.id),
        Event::Queue { .. } => Subject::Queue,
        Event::BinChanged => Subject::Bin,
        Event::GalleryChanged => Subject::Gallery,
        Event::PresetsChanged => Subject::Presets,
        Event::Series { series } => Subject::Series(series.id.clone()),
        Event::Session { session } => Subject::Conversation(session.id.clone()),
        Event::SessionDeleted { session } => Subject::Conversation(session.clone()),
        Event::SeriesDeleted { series } => Subject::Series(series.clone()),
    }
}
