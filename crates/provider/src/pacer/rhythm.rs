//! When the next call may go out: never more than the limit in any minute, and nothing while the provider throttles.

use selfsame_primitives::time::Timestamp;

use crate::outcome::MAX_RETRY_AFTER;

const MICROSECONDS: i64 = 1_000;
const SECOND: i64 = 1_000 * MICROSECONDS;
const MINUTE: i64 = 60 * SECOND;

/// The share of a minute's calls that may go out at once after a pause. The rest follows evenly.
const BURST_SHARE: u32 = 10;

/// The gap after the first call that follows a back-off. Each further gap is half as long, down to the usual interval.
const FIRST_GAP: i64 = SECOND;

/// The longest back-off.
const LONGEST_HOLD: i64 = MAX_RETRY_AFTER as i64 * SECOND;

/// The calls of one kind, as a generic cell rate algorithm: after a burst, one call an interval. Times are in
/// microseconds, because at a high limit an interval has only a few milliseconds.
#[derive(Debug)]
pub(super) struct Rhythm {
    /// Calls at once after a pause, at least 1.
    burst: i64,
    /// Between two calls when the burst is used up.
    interval: i64,
    /// When a whole burst will be available again.
    full_at: i64,
    /// No call before this.
    not_before: i64,
    /// The gap after the next call while the pace recovers from a back-off; 0 at the usual pace.
    gap: i64,
}

impl Rhythm {
    /// At most `limit` calls in any minute, and at least 1.
    pub(super) fn new(limit: u32) -> Self {
        let limit = limit.max(1);
        let burst = i64::from((limit / BURST_SHARE).max(1));
        // In any minute at most `burst` and one for each interval that ends in it: `limit` in all.
        let evenly = i64::from(limit) - burst + 1;
        Self {
            burst,
            interval: MINUTE / evenly + i64::from(MINUTE % evenly > 0),
            full_at: i64::MIN / 2,
            not_before: i64::MIN / 2,
            gap: 0,
        }
    }

    /// When the next call may go out; in the past if one may at once.
    pub(super) fn next(&self) -> Timestamp {
        ceil(self.earliest())
    }

    /// When a call may go out before which `others` go out, as far as is known now.
    pub(super) fn after(&self, others: usize, now: Timestamp) -> Timestamp {
        let others = i64::try_from(others).unwrap_or(i64::MAX);
        let full_at = self.full_at.max(microseconds(now));
        let evenly = self
            .interval
            .saturating_mul(others.saturating_add(1).saturating_sub(self.burst));
        let at = self.earliest().max(full_at.saturating_add(evenly));
        ceil(at.max(microseconds(now)))
    }

    /// Lets a call out at `now`, if one may go.
    pub(super) fn take(&mut self, now: Timestamp) -> bool {
        let now = microseconds(now);
        self.limit_to(now);
        if now < self.earliest() {
            return false;
        }
        self.full_at = self.full_at.max(now);
        if self.gap > 0 {
            self.not_before = now + self.gap;
            self.full_at = self.full_at.max(self.without_burst(now));
            self.gap = Some(self.gap / 2)
                .filter(|gap| *gap > self.interval)
                .unwrap_or(0);
        }
        self.full_at += self.interval;
        true
    }

    /// The provider throttles: nothing goes out for this many seconds, of which at most 300 count. Then calls go out one
    /// by one, ever faster, and a burst builds up anew.
    pub(super) fn hold(&mut self, now: Timestamp, seconds: u32) {
        let now = microseconds(now);
        self.limit_to(now);
        let end = now + (i64::from(seconds) * SECOND).min(LONGEST_HOLD);
        self.not_before = self.not_before.max(end);
        self.full_at = self.full_at.max(self.without_burst(self.not_before));
        self.gap = FIRST_GAP;
    }

    fn earliest(&self) -> i64 {
        let in_rhythm = self.full_at - self.interval * (self.burst - 1);
        in_rhythm.max(self.not_before)
    }

    /// When a whole burst is available again if one call is at `at`, and no more.
    const fn without_burst(&self, at: i64) -> i64 {
        at + self.interval * (self.burst - 1)
    }

    /// A clock that was set back must not hold calls for longer than the longest back-off does.
    fn limit_to(&mut self, now: i64) {
        let latest = now + LONGEST_HOLD;
        self.not_before = self.not_before.min(latest);
        self.full_at = self.full_at.min(latest + self.interval * self.burst);
    }
}

fn microseconds(at: Timestamp) -> i64 {
    at.as_millisecond().saturating_mul(MICROSECONDS)
}

/// The first millisecond that is not before `microseconds`.
fn ceil(microseconds: i64) -> Timestamp {
    let whole = microseconds.div_euclid(MICROSECONDS);
    let partial = i64::from(microseconds.rem_euclid(MICROSECONDS) > 0);
    Timestamp::from_millisecond(whole + partial)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(milliseconds: i64) -> Timestamp {
        Timestamp::from_millisecond(milliseconds)
    }

    /// When calls go out in the `length` milliseconds from `start` if as many as possible do.
    fn calls(rhythm: &mut Rhythm, start: i64, length: i64) -> Vec<i64> {
        let mut calls = Vec::new();
        let mut now = start;
        while now < start + length {
            if rhythm.take(at(now)) {
                calls.push(now);
            } else {
                now = rhythm.next().as_millisecond();
            }
        }
        calls
    }

    #[test]
    fn a_tenth_goes_out_at_once_and_the_rest_evenly() {
        let calls = calls(&mut Rhythm::new(600), 0, 60_000);
        assert_eq!(calls.len(), 600);
        assert!(calls[..60].iter().all(|at| *at == 0));
        assert_eq!(calls[60..63], [111, 222, 333]);
    }

    #[test]
    fn the_limit_is_used_up_also_when_it_is_small_or_large() {
        for limit in [1, 2, 6, 7, 59, 3_000, 60_000] {
            let calls = calls(&mut Rhythm::new(limit), 5, 60_000);
            let missing = usize::try_from(limit).unwrap() - calls.len();
            assert!(missing <= calls.len() / 50, "{limit}: {}", calls.len());
        }
    }

    #[test]
    fn after_a_back_off_calls_go_out_one_by_one_and_ever_faster() {
        let mut rhythm = Rhythm::new(600);
        rhythm.hold(at(0), 30);
        let calls = calls(&mut rhythm, 0, 33_000);
        assert_eq!(
            calls[..8],
            [
                30_000, 31_000, 31_500, 31_750, 31_875, 31_972, 32_083, 32_194
            ]
        );
    }

    #[test]
    fn a_second_throttle_extends_the_back_off_and_a_shorter_one_does_not_end_it() {
        let mut rhythm = Rhythm::new(600);
        rhythm.hold(at(0), 30);
        rhythm.hold(at(1_000), 1);
        assert_eq!(rhythm.next(), at(30_000));
        rhythm.hold(at(10_000), 30);
        assert_eq!(rhythm.next(), at(40_000));
    }

    #[test]
    fn a_back_off_is_bounded() {
        let mut rhythm = Rhythm::new(600);
        rhythm.hold(at(0), u32::MAX);
        assert_eq!(rhythm.next(), at(300_000));
    }

    #[test]
    fn an_estimate_is_when_the_call_goes_out() {
        for limit in [1, 6, 600, 3_000] {
            let mut rhythm = Rhythm::new(limit);
            let estimates: Vec<_> = (0..40).map(|others| rhythm.after(others, at(7))).collect();
            let calls = calls(&mut rhythm, 7, 3_600_000);
            let expected: Vec<_> = calls.into_iter().take(40).map(at).collect();
            assert_eq!(estimates, expected, "{limit}");
        }
    }

    #[test]
    fn a_clock_that_was_set_back_holds_calls_no_longer_than_a_back_off() {
        let mut rhythm = Rhythm::new(6);
        assert!(rhythm.take(at(86_400_000)));
        assert!(!rhythm.take(at(0)));
        assert!(rhythm.next() <= at(310_000), "{}", rhythm.next());
    }
}
