//! Calls of one kind: a rhythm, and those who wait for it.

use selfsame_primitives::time::Timestamp;

use super::line::{Line, Waiting};
use super::rhythm::Rhythm;
use super::{Answer, LONGEST_WAIT, PATIENCE, Ticket};

/// The shortest time for which a call is put off, in milliseconds.
const SHORTEST_WAIT: i64 = 1_000;
/// Milliseconds for which a place is kept after its person should have come back: an object that was evicted takes a
/// moment to start.
const GRACE: i64 = 10_000;

/// How a call stands among those of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Urgency {
    /// It goes before all ordinary ones.
    First,
    /// It takes its turn.
    Ordinary,
}

/// One kind of call.
#[derive(Debug)]
pub(super) struct Lane {
    rhythm: Rhythm,
    first: Line,
    ordinary: Line,
    answers: Vec<(Ticket, Answer)>,
}

impl Lane {
    /// A lane that lets at most `limit` calls out in any minute.
    pub(super) fn new(limit: u32) -> Self {
        Self {
            rhythm: Rhythm::new(limit),
            first: Line::default(),
            ordinary: Line::default(),
            answers: Vec::new(),
        }
    }

    /// Adds a call. One whose turn will not come while it waits is put off at once.
    pub(super) fn ask(&mut self, now: Timestamp, person: &str, urgency: Urgency, ticket: Ticket) {
        let until = now.plus_milliseconds(PATIENCE);
        let nobody_waits = self.waiting() == 0 && self.rhythm.next() <= now;
        let in_time = nobody_waits || self.turn(now, person, urgency) <= until;
        let call = Waiting { ticket, until };
        if !in_time || !self.line(urgency).join(person, call) {
            self.put_off(now, person, urgency, ticket);
        }
    }

    /// The calls that are answered by `now`.
    pub(super) fn settle(&mut self, now: Timestamp) -> Vec<(Ticket, Answer)> {
        while self.waiting() > 0 && self.rhythm.take(now) {
            let next = self.first.next().or_else(|| self.ordinary.next());
            self.answers.extend(next.map(|ticket| (ticket, Answer::Go)));
        }
        for urgency in [Urgency::First, Urgency::Ordinary] {
            while let Some((person, ticket)) = self.line(urgency).expired(now) {
                self.put_off(now, &person, urgency, ticket);
            }
            self.line(urgency).forget(now);
        }
        std::mem::take(&mut self.answers)
    }

    /// When to settle again; `None` if nobody waits.
    pub(super) fn next(&self) -> Option<Timestamp> {
        let ends = [self.first.first_end(), self.ordinary.first_end()];
        let end = ends.into_iter().flatten().min()?;
        Some(self.rhythm.next().min(end))
    }

    /// The provider throttles calls of this kind.
    pub(super) fn throttled(&mut self, now: Timestamp, seconds: u32) {
        self.rhythm.hold(now, seconds);
    }

    /// Answers that the call is to be made later, and keeps its person's place until then. It is asked for again before
    /// its turn, so that it waits when its turn comes.
    fn put_off(&mut self, now: Timestamp, person: &str, urgency: Urgency, ticket: Ticket) {
        let turn = self.turn(now, person, urgency).as_millisecond();
        let wait = turn - PATIENCE / 2 - now.as_millisecond();
        let wait = wait.clamp(SHORTEST_WAIT, i64::from(LONGEST_WAIT));
        let kept_until = now.plus_milliseconds(wait + GRACE);
        self.line(urgency).keep(person, kept_until);
        let milliseconds = u32::try_from(wait).unwrap_or(LONGEST_WAIT);
        self.answers.push((ticket, Answer::Later { milliseconds }));
    }

    /// When a call that `person` adds would have its turn, as far as is known now.
    fn turn(&self, now: Timestamp, person: &str, urgency: Urgency) -> Timestamp {
        let ahead = match urgency {
            Urgency::First => self.first.ahead(person),
            Urgency::Ordinary => self.first.calls() + self.ordinary.ahead(person),
        };
        self.rhythm.after(ahead, now)
    }

    fn waiting(&self) -> usize {
        self.first.calls() + self.ordinary.calls()
    }

    const fn line(&mut self, urgency: Urgency) -> &mut Line {
        match urgency {
            Urgency::First => &mut self.first,
            Urgency::Ordinary => &mut self.ordinary,
        }
    }
}
