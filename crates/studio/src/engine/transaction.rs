//! One call of the studio: the database, the moment of the call, and the signals that it leaves.

use std::collections::{BTreeMap, BTreeSet};

use selfsame_api::{Event, Generation};
use selfsame_primitives::ids::{GenerationId, RequestId, SeriesId};
use selfsame_primitives::time::Timestamp;

use super::{events, queue};
use crate::database::{Database, DatabaseError};
use crate::error::StudioError;
use crate::limits::Limits;
use crate::request::Signal;
use crate::store::Unreadable;
use crate::store::access_log::{self, Access};
use crate::store::generations::{self, State};
use crate::store::series;

/// What every step of the engine works on. `now` is the one moment of the whole call.
pub struct Transaction<'a> {
    pub(super) db: &'a mut dyn Database,
    pub(super) now: Timestamp,
    pub(super) limits: Limits,
    request: Option<&'a RequestId>,
    signals: Vec<Signal>,
    /// What is broadcast at the end.
    events: Vec<Event>,
    /// The generations that have changed, each with its new state if that has been asked for.
    touched: BTreeMap<GenerationId, Option<Generation>>,
    touched_series: BTreeSet<SeriesId>,
    queue_moved: bool,
}

impl<'a> Transaction<'a> {
    /// A call at `now`, on behalf of `request` if it has an id.
    pub(super) fn new(
        db: &'a mut dyn Database,
        now: Timestamp,
        limits: Limits,
        request: Option<&'a RequestId>,
    ) -> Self {
        Self {
            db,
            now,
            limits,
            request,
            signals: Vec::new(),
            events: Vec::new(),
            touched: BTreeMap::new(),
            touched_series: BTreeSet::new(),
            queue_moved: false,
        }
    }

    /// Adds a signal to the outcome.
    pub(super) fn signal(&mut self, signal: Signal) {
        self.signals.push(signal);
    }

    /// Sends an event to every open `WebSocket` at the end.
    pub(super) fn broadcast(&mut self, event: Event) {
        self.events.push(event);
    }

    /// Marks the generation as changed. Its revision rises by one, however many steps change it, and its new state is
    /// broadcast at the end.
    pub(super) fn touch(&mut self, id: &GenerationId) -> Result<(), StudioError> {
        if self.touched.insert(id.clone(), None).is_none() {
            generations::raise_revision(self.db, id)?;
        }
        Ok(())
    }

    /// Marks the series as changed, as [`touch`](Self::touch) marks a generation. A series whose generation is touched is
    /// marked by itself.
    pub(super) fn touch_series(&mut self, id: &SeriesId) -> Result<(), StudioError> {
        if self.touched_series.insert(id.clone()) {
            series::raise_revision(self.db, id)?;
        }
        Ok(())
    }

    /// Adds an entry to the person's access log. A notice is also sent to the open sockets.
    pub(crate) fn record(&mut self, access: &Access<'_>) -> Result<(), StudioError> {
        let entry = access_log::add(self.db, self.now, self.request, access)?;
        if access.notice {
            self.broadcast(Event::Notice { entry });
        }
        Ok(())
    }

    /// Notes that the order of the queue may have changed: a generation has joined or left it, or whose turn it is has
    /// changed. The places of all are broadcast at the end.
    pub(super) fn queue_moved(&mut self) {
        self.queue_moved = true;
    }

    /// Reports rows that were left out because they cannot be read.
    pub(super) fn set_aside(&mut self, unreadable: Vec<Unreadable>) {
        let signals = unreadable
            .into_iter()
            .map(|Unreadable { id, cause }| Signal::Unreadable { id, cause });
        self.signals.extend(signals);
    }

    pub(super) fn state(&mut self, id: &GenerationId) -> Result<State, StudioError> {
        generations::load(self.db, id)?.ok_or(StudioError::NotFound)
    }

    /// The generation as its owner sees it. Asked for last, after every change: what is broadcast at the end is this.
    pub(super) fn view(&mut self, id: &GenerationId) -> Result<Generation, StudioError> {
        let generation = generations::view(self.db, id)?.ok_or(StudioError::NotFound)?;
        if let Some(state) = self.touched.get_mut(id) {
            *state = Some(generation.clone());
        }
        Ok(generation)
    }

    /// Hands queued generations on if a change has made room for them. Returns the signals. The events come last, with their
    /// numbers: first those that were broadcast, then the new state of each touched generation and series, then the queue.
    pub(super) fn finish(mut self) -> Result<Vec<Signal>, StudioError> {
        if !(self.touched.is_empty() && self.touched_series.is_empty()) {
            queue::advance(&mut self)?;
            let touched: Vec<_> = self.touched.keys().collect();
            for series in series::of_generations(self.db, &touched)? {
                self.touch_series(&series)?;
            }
        }
        for (id, state) in std::mem::take(&mut self.touched) {
            let generation = match state {
                Some(generation) => Ok(Some(generation)),
                None => generations::view(self.db, &id),
            };
            match generation {
                Ok(Some(generation)) => self.broadcast(Event::Generation {
                    generation: Box::new(generation),
                }),
                // The pages do not have one that lies in the bin.
                Ok(None) => {}
                // One that cannot be read does not undo what was done to the others.
                Err(DatabaseError(cause)) => self.set_aside(vec![Unreadable {
                    id: id.to_string(),
                    cause,
                }]),
            }
        }
        for id in std::mem::take(&mut self.touched_series) {
            if let Some(event) = events::of_series(&mut self, id) {
                self.broadcast(event);
            }
        }
        if self.queue_moved {
            let generations = queue::places(&mut self)?;
            // If it is empty, whatever left it has announced itself.
            if !generations.is_empty() {
                self.broadcast(Event::Queue { generations });
            }
        }
        let mut signals = self.signals;
        signals.extend(events::number(self.db, self.events)?);
        Ok(signals)
    }
}
