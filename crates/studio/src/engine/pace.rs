//! Poll intervals, back-off and time limits, in milliseconds.

use selfsame_primitives::time::Timestamp;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;

/// Seconds after which the provider cancels a prediction by itself: the longest that Replicate lets a model run.
pub(super) const CANCEL_AFTER_SECONDS: u32 = 30 * 60;

/// After this time a submit that is always throttled is given up.
pub(super) const SUBMIT_LIMIT: i64 = 10 * MINUTE;
/// A prediction that the list does not show this long after its submit was not created.
pub(super) const LISTING_LIMIT: i64 = 3 * MINUTE;
/// Without an answer from the provider, a prediction is given up after the provider's own deadline and a margin.
pub(super) const PROVIDER_LIMIT: i64 = 32 * MINUTE;
/// Files are fetched for this long. Replicate removes them after an hour.
pub(super) const FETCH_LIMIT: i64 = 55 * MINUTE;

/// Idempotency keys are remembered for a day.
pub(super) const IDEMPOTENCY_MEMORY: i64 = 24 * 60 * MINUTE;
/// Webhook ids are remembered for longer than a signature is valid (5 minutes).
pub(super) const WEBHOOK_MEMORY: i64 = 60 * MINUTE;

/// A prediction is gone after this many responses in a row say so. A single one may come from a lagging replica.
pub(super) const GONE_TIMES: u32 = 3;

/// Until the next poll: one second during the first minute, then rising to 15 seconds after about five minutes.
pub(super) fn until_next_poll(accepted_at: Timestamp, now: Timestamp) -> i64 {
    let age = now.as_millisecond() - accepted_at.as_millisecond();
    (SECOND + (age - MINUTE) / 18).clamp(SECOND, 15 * SECOND)
}

/// Until the next attempt after `failures` failures in a row (1 or more): 1, 2, 4 … 30 seconds.
pub(super) fn back_off(failures: u32) -> i64 {
    let doublings = failures.saturating_sub(1).min(5);
    (SECOND << doublings).min(30 * SECOND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polls_slow_down_after_a_minute() {
        let start = Timestamp::from_millisecond(0);
        let after =
            |milliseconds| until_next_poll(start, Timestamp::from_millisecond(milliseconds));
        assert_eq!(after(-5 * MINUTE), SECOND);
        assert_eq!(after(0), SECOND);
        assert_eq!(after(MINUTE), SECOND);
        assert_eq!(after(2 * MINUTE), 4_333);
        assert_eq!(after(6 * MINUTE), 15 * SECOND);
        assert_eq!(after(30 * MINUTE), 15 * SECOND);
    }

    #[test]
    fn back_off_doubles_up_to_half_a_minute() {
        let waits: Vec<_> = (1..8).map(back_off).collect();
        assert_eq!(waits, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
        assert_eq!(back_off(u32::MAX), 30 * SECOND);
    }
}
