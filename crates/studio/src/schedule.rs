//! When the shell performs effects: how many at a time, for how long, and when it wakes up next.
//!
//! Everything here is pure: the shell passes in its I/O and its timers as futures, and the tests pass in others.

use std::cell::Cell;
use std::pin::pin;
use std::rc::Rc;

use futures_util::future::{Either, select};
use selfsame_primitives::time::Timestamp;

use crate::effect::EffectClass;

/// Effects under way at most: one invocation of a Worker may have six connections open.
const SLOTS: u32 = 6;

/// How many effects of a class may be under way. Fetches run one at a time because each holds a whole picture in memory.
const fn limit(class: EffectClass) -> u32 {
    match class {
        EffectClass::Cancel | EffectClass::Submit => SLOTS,
        EffectClass::Read => 3,
        EffectClass::Fetch | EffectClass::Delete => 1,
    }
}

/// How many slots are left free by `class` and the less urgent ones together: a cancel never waits for anything else to
/// finish, and a submit only for cancels and other submits.
const fn kept_free(class: EffectClass) -> u32 {
    match class {
        EffectClass::Cancel => 0,
        EffectClass::Submit => 1,
        EffectClass::Read | EffectClass::Fetch | EffectClass::Delete => 2,
    }
}

/// The slots of one shell.
#[derive(Debug, Default)]
pub struct EffectSlots {
    taken: Rc<Cell<Taken>>,
}

/// How many slots each class has taken.
type Taken = [u32; 5];

impl EffectSlots {
    /// The free slots. Pass them to [`Studio::due`](crate::Studio::due) and reserve a slot for each effect that it
    /// hands out before anything else runs.
    #[must_use]
    pub fn room(&self) -> Room {
        Room(self.taken.get())
    }

    /// Takes a slot for an effect of `class`.
    #[must_use]
    pub fn reserve(&self, class: EffectClass) -> EffectSlot {
        let mut taken = self.taken.get();
        taken[class as usize] += 1;
        self.taken.set(taken);
        EffectSlot {
            taken: Rc::clone(&self.taken),
            class,
        }
    }
}

/// A taken slot. Dropping it gives the slot back.
#[derive(Debug)]
pub struct EffectSlot {
    taken: Rc<Cell<Taken>>,
    class: EffectClass,
}

impl Drop for EffectSlot {
    fn drop(&mut self) {
        let mut taken = self.taken.get();
        taken[self.class as usize] -= 1;
        self.taken.set(taken);
    }
}

/// How many effects may be started now.
#[derive(Debug, Clone, Copy)]
pub struct Room(Taken);

impl Room {
    /// Effects of any class.
    #[must_use]
    pub fn total(self) -> u32 {
        SLOTS.saturating_sub(self.0.iter().sum())
    }

    /// Effects of `class`.
    #[must_use]
    pub fn of(self, class: EffectClass) -> u32 {
        // The class at the place `kept` is the most urgent that keeps `kept` slots free.
        let free = |kept: u32| {
            let together: u32 = self.0.iter().skip(kept as usize).sum();
            (SLOTS - kept).saturating_sub(together)
        };
        let free = (0..=kept_free(class)).map(free).min().unwrap_or_default();
        limit(class)
            .saturating_sub(self.0[class as usize])
            .min(free)
    }

    /// The room that is left after one more effect of `class`.
    #[must_use]
    pub const fn without(mut self, class: EffectClass) -> Self {
        self.0[class as usize] += 1;
        self
    }
}

/// Runs `effect` until it completes or `lease` does. Gives the effect's output, or `None` if the lease ended first:
/// the effect is dropped then. The slot is given back in either case, and also if this future itself is dropped.
pub async fn within_lease<T>(
    slot: EffectSlot,
    effect: impl Future<Output = T>,
    lease: impl Future<Output = ()>,
) -> Option<T> {
    let output = match select(pin!(effect), pin!(lease)).await {
        Either::Left((output, _)) => Some(output),
        Either::Right(((), _)) => None,
    };
    drop(slot);
    output
}

/// The platform's alarm, as this life of the shell has set it. Setting or clearing an alarm costs a write, so the shell
/// only moves it forward: an alarm that rings early finds nothing due, and the shell sets the next.
#[derive(Debug, Default)]
pub struct Alarm {
    known: Option<AlarmChange>,
    changes: u64,
}

/// A change of the alarm that is to be made, and then [confirmed](Alarm::confirm).
#[derive(Debug, PartialEq, Eq)]
pub struct AlarmChange {
    number: u64,
    /// When the alarm is to ring.
    pub at: Timestamp,
}

impl Alarm {
    /// The change that makes the alarm ring at `at`; `None` if it will ring between `now` and then. Until the change is
    /// confirmed, the alarm counts as unknown.
    pub fn set(&mut self, at: Timestamp, now: Timestamp) -> Option<AlarmChange> {
        let rings = |known: &AlarmChange| known.at > now && known.at <= at;
        if self.known.as_ref().is_some_and(rings) {
            return None;
        }
        self.known = None;
        self.changes += 1;
        Some(AlarmChange {
            number: self.changes,
            at,
        })
    }

    /// The platform has made `change`. If another change was begun meanwhile, the alarm stays unknown.
    pub fn confirm(&mut self, change: AlarmChange) {
        if change.number == self.changes {
            self.known = Some(change);
        }
    }

    /// The alarm rang and is no longer set.
    pub fn rang(&mut self) {
        self.changes += 1;
        self.known = None;
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};
    use std::task::{Context, Poll, Waker};

    use super::*;

    const NOW: Timestamp = Timestamp::from_millisecond(3);
    const T: Timestamp = Timestamp::from_millisecond(7);

    fn poll<T>(future: impl Future<Output = T>) -> Poll<T> {
        pin!(future).poll(&mut Context::from_waker(Waker::noop()))
    }

    #[test]
    fn six_effects_fill_every_slot() {
        let slots = EffectSlots::default();
        let taken: Vec<_> = (0..6).map(|_| slots.reserve(EffectClass::Cancel)).collect();
        assert_eq!(slots.room().total(), 0);
        assert_eq!(slots.room().of(EffectClass::Cancel), 0);
        drop(taken);
        assert_eq!(slots.room().total(), 6);
    }

    #[test]
    fn a_more_urgent_effect_finds_a_slot_beside_all_others() {
        let slots = EffectSlots::default();
        let mut taken = Vec::new();
        let mut fill = |class| {
            while slots.room().of(class) > 0 {
                taken.push(slots.reserve(class));
            }
        };
        for class in [EffectClass::Read, EffectClass::Fetch, EffectClass::Delete] {
            fill(class);
        }
        assert_eq!(slots.room().of(EffectClass::Submit), 1);
        fill(EffectClass::Submit);
        assert_eq!(slots.room().of(EffectClass::Cancel), 1);
    }

    #[test]
    fn submits_alone_leave_a_slot_to_a_cancel() {
        let slots = EffectSlots::default();
        let _taken: Vec<_> = (0..5).map(|_| slots.reserve(EffectClass::Submit)).collect();
        assert_eq!(slots.room().of(EffectClass::Submit), 0);
        assert_eq!(slots.room().of(EffectClass::Cancel), 1);
    }

    #[test]
    fn an_effect_that_hangs_gives_its_slot_back_when_its_lease_ends() {
        let slots = EffectSlots::default();
        let slot = slots.reserve(EffectClass::Fetch);
        assert_eq!(
            poll(within_lease(slot, pending::<u8>(), ready(()))),
            Poll::Ready(None)
        );
        assert_eq!(slots.room().of(EffectClass::Fetch), 1);
    }

    #[test]
    fn an_answer_wins_over_a_lease_that_ends_at_the_same_moment() {
        let slots = EffectSlots::default();
        let slot = slots.reserve(EffectClass::Fetch);
        assert_eq!(
            poll(within_lease(slot, ready(1), ready(()))),
            Poll::Ready(Some(1))
        );
    }

    #[test]
    fn a_dropped_effect_gives_its_slot_back() {
        let slots = EffectSlots::default();
        let effect = within_lease(slots.reserve(EffectClass::Read), pending::<u8>(), pending());
        assert_eq!(slots.room().total(), 5);
        drop(effect);
        assert_eq!(slots.room().total(), 6);
    }

    #[test]
    fn a_panicking_effect_gives_its_slot_back() {
        let slots = EffectSlots::default();
        let slot = slots.reserve(EffectClass::Read);
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            poll(within_lease(
                slot,
                async { panic!("a bug in an effect") },
                pending(),
            ))
        }));
        assert!(outcome.is_err());
        assert_eq!(slots.room().total(), 6);
    }

    #[test]
    fn an_alarm_counts_as_set_only_after_the_platform_has_set_it() {
        let mut alarm = Alarm::default();
        let change = alarm.set(T, NOW).unwrap();
        // The platform failed: the same alarm is asked for again.
        assert_eq!(change.at, T);
        let change = alarm.set(T, NOW).unwrap();
        alarm.confirm(change);
        assert_eq!(alarm.set(T, NOW), None);
    }

    #[test]
    fn an_alarm_moves_only_to_an_earlier_moment() {
        let mut alarm = Alarm::default();
        let change = alarm.set(T, NOW).unwrap();
        alarm.confirm(change);
        assert_eq!(alarm.set(T.plus_milliseconds(1), NOW), None);
        let earlier = T.plus_milliseconds(-1);
        assert_eq!(
            alarm.set(earlier, NOW).map(|change| change.at),
            Some(earlier)
        );
    }

    #[test]
    fn an_alarm_that_has_not_rung_in_time_is_set_again() {
        let mut alarm = Alarm::default();
        let change = alarm.set(T, NOW).unwrap();
        alarm.confirm(change);
        assert!(alarm.set(T.plus_milliseconds(1), T).is_some());
    }

    #[test]
    fn a_change_that_was_overtaken_leaves_the_alarm_unknown() {
        let mut alarm = Alarm::default();
        let first = alarm.set(T, NOW).unwrap();
        let second = alarm.set(T, NOW).unwrap();
        alarm.confirm(first);
        assert!(alarm.set(T, NOW).is_some());
        alarm.confirm(second);
        assert!(alarm.set(T, NOW).is_some());
    }

    #[test]
    fn an_alarm_that_rang_is_set_again() {
        let mut alarm = Alarm::default();
        let change = alarm.set(T, NOW).unwrap();
        alarm.confirm(change);
        alarm.rang();
        assert!(alarm.set(T, NOW).is_some());
    }
}
