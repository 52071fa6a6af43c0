//! Who is next: people take turns, and each turn is one call.

use std::collections::VecDeque;

use selfsame_primitives::time::Timestamp;

use super::Ticket;

/// Calls of one person that wait at most. A studio has six effects under way.
const CALLS_OF_A_PERSON: usize = 8;
/// Calls that wait at most, in all.
const CALLS: usize = 1_000;
/// People who have a place at most, also while they are away.
const PEOPLE: usize = 1_000;

/// The people who wait, the next one first. Whoever has had a turn and has more calls goes to the end, so a call waits
/// for at most one call of each other person, and one for each of its own person's earlier calls.
#[derive(Debug, Default)]
pub(super) struct Line {
    people: VecDeque<Place>,
}

/// A person's place.
#[derive(Debug)]
struct Place {
    person: Box<str>,
    calls: VecDeque<Waiting>,
    /// Until when the place is kept although no call waits: the person was told to come back.
    kept_until: Option<Timestamp>,
}

/// A call that waits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Waiting {
    pub(super) ticket: Ticket,
    /// Until when it waits.
    pub(super) until: Timestamp,
}

impl Line {
    /// Adds a call of `person`. Returns false if too many wait.
    pub(super) fn join(&mut self, person: &str, call: Waiting) -> bool {
        if self.calls() >= CALLS {
            return false;
        }
        let Some(place) = self.place(person) else {
            return false;
        };
        if place.calls.len() >= CALLS_OF_A_PERSON {
            return false;
        }
        place.calls.push_back(call);
        true
    }

    /// Takes the call whose turn it is. People who are away are passed over, and keep their place.
    pub(super) fn next(&mut self) -> Option<Ticket> {
        let present = |place: &Place| !place.calls.is_empty();
        let index = self.people.iter().position(present)?;
        let mut place = self.people.remove(index)?;
        let call = place.calls.pop_front()?;
        if present(&place) {
            self.people.push_back(Place {
                kept_until: None,
                ..place
            });
        }
        Some(call.ticket)
    }

    /// Calls that go before the next call that `person` adds, if everybody who is away comes back in time.
    pub(super) fn ahead(&self, person: &str) -> usize {
        let own = self
            .people
            .iter()
            .position(|place| &*place.person == person);
        let own_calls = own.map_or(0, |index| self.people[index].calls.len());
        let others = self.people.iter().enumerate().map(|(index, place)| {
            let is_ahead = own.is_none_or(|own| index < own);
            let turns = own_calls + usize::from(is_ahead);
            turns.min(place.calls.len().max(1))
        });
        others.sum()
    }

    /// Calls that wait.
    pub(super) fn calls(&self) -> usize {
        self.people.iter().map(|place| place.calls.len()).sum()
    }

    /// Keeps the place of `person` until then, also without a waiting call.
    pub(super) fn keep(&mut self, person: &str, until: Timestamp) {
        if let Some(place) = self.place(person) {
            place.kept_until = place.kept_until.max(Some(until));
        }
    }

    /// Takes a call that has waited for as long as it may, and its person.
    pub(super) fn expired(&mut self, now: Timestamp) -> Option<(Box<str>, Ticket)> {
        self.people.iter_mut().find_map(|place| {
            let call = place.calls.pop_front_if(|call| call.until <= now)?;
            Some((place.person.clone(), call.ticket))
        })
    }

    /// Gives up the places of those who have not come back.
    pub(super) fn forget(&mut self, now: Timestamp) {
        let kept = |place: &Place| place.kept_until.is_some_and(|until| now < until);
        self.people
            .retain(|place| !place.calls.is_empty() || kept(place));
    }

    /// Until when the call waits that gives up first.
    pub(super) fn first_end(&self) -> Option<Timestamp> {
        let calls = self.people.iter().filter_map(|place| place.calls.front());
        calls.map(|call| call.until).min()
    }

    /// The place of `person`, who gets a new one at the end of the line if need be. `None` if every place is taken.
    fn place(&mut self, person: &str) -> Option<&mut Place> {
        let known = self
            .people
            .iter()
            .position(|place| &*place.person == person);
        if known.is_none() {
            if self.people.len() >= PEOPLE {
                return None;
            }
            self.people.push_back(Place {
                person: person.into(),
                calls: VecDeque::new(),
                kept_until: None,
            });
        }
        self.people.get_mut(known.unwrap_or(self.people.len() - 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millisecond(7);
    const LATER: Timestamp = Timestamp::from_millisecond(9);

    fn join(line: &mut Line, person: &str, ticket: Ticket) -> bool {
        let until = LATER;
        line.join(person, Waiting { ticket, until })
    }

    /// A line with these people's calls, whose tickets count from 0.
    fn line(people: &[&str]) -> Line {
        let mut line = Line::default();
        for (ticket, person) in (0..).zip(people) {
            assert!(join(&mut line, person, ticket));
        }
        line
    }

    fn order(mut line: Line) -> Vec<Ticket> {
        std::iter::from_fn(|| line.next()).collect()
    }

    #[test]
    fn people_take_turns_whatever_the_order_of_their_calls() {
        assert_eq!(order(line(&["ada"; 4])), [0, 1, 2, 3]);
        let people = ["ada", "ada", "ada", "ben", "ben", "cleo"];
        assert_eq!(order(line(&people)), [0, 3, 5, 1, 4, 2]);
    }

    #[test]
    fn the_calls_ahead_are_those_that_go_before_the_next_one() {
        let people = ["ada", "ada", "ada", "ben", "cleo", "cleo"];
        for person in ["ada", "ben", "cleo", "dora"] {
            let mut line = line(&people);
            let ahead = line.ahead(person);
            assert!(join(&mut line, person, 99));
            let place = order(line).iter().position(|ticket| *ticket == 99);
            assert_eq!(place, Some(ahead), "{person}");
        }
    }

    #[test]
    fn who_is_away_keeps_their_place_and_holds_nobody_up() {
        let mut line = line(&["ada"]);
        assert_eq!(line.expired(LATER), Some(("ada".into(), 0)));
        line.keep("ada", LATER);
        line.forget(NOW);
        assert!(join(&mut line, "ben", 1) && join(&mut line, "cleo", 2));
        assert_eq!(line.next(), Some(1));
        assert!(join(&mut line, "ada", 3));
        assert_eq!(line.next(), Some(3));
    }

    #[test]
    fn a_place_is_given_up_when_its_person_does_not_come_back() {
        let mut line = Line::default();
        line.keep("ada", LATER);
        assert_eq!(line.ahead("ben"), 1);
        line.forget(LATER);
        assert_eq!(line.ahead("ben"), 0);
    }

    #[test]
    fn calls_places_and_calls_of_one_person_are_bounded() {
        let mut one = Line::default();
        let joined = (0..100).filter(|ticket| join(&mut one, "ada", *ticket));
        assert_eq!(joined.count(), CALLS_OF_A_PERSON);

        let mut many = Line::default();
        for ticket in 0..10_000 {
            join(&mut many, &format!("person-{}", ticket / 4), ticket);
        }
        assert_eq!(many.calls(), CALLS);

        let mut away = Line::default();
        for number in 0..10_000 {
            away.keep(&format!("person-{number}"), LATER);
        }
        assert_eq!(away.people.len(), PEOPLE);
        assert!(!join(&mut away, "one more", 1));
        away.forget(LATER);
        assert_eq!(away.people.len(), 0);
    }
}
