//! How often to look, how long to wait between tries, and when to give up. Milliseconds.

use selfsame_primitives::time::Timestamp;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;

/// Seconds: what the provider is told to give up after. It is also the longest that Replicate lets a model run.
pub(super) const CANCEL_AFTER_SECONDS: u32 = 30 * 60;

/// A submit that the provider keeps putting off is given up this long after it was asked for.
pub(super) const SUBMIT_LIMIT: i64 = 10 * MINUTE;
/// A prediction that the provider's listing does not show this long after the attempt was not created.
pub(super) const LISTING_LIMIT: i64 = 3 * MINUTE;
/// Without any answer of the provider: past its own deadline, with a margin.
pub(super) const PROVIDER_LIMIT: i64 = 32 * MINUTE;
/// Files are fetched for this long; Replicate removes them after an hour.
pub(super) const FETCH_LIMIT: i64 = 55 * MINUTE;

/// A key is remembered for a day.
pub(super) const IDEMPOTENCY_MEMORY: i64 = 24 * 60 * MINUTE;
/// Webhooks are remembered longer than their signatures are taken for fresh (5 minutes).
pub(super) const WEBHOOK_MEMORY: i64 = 60 * MINUTE;

/// A prediction that is gone this many times in a row is gone: once may be a replica that lags behind.
pub(super) const GONE_TIMES: u32 = 3;

/// Until the next look at a prediction: every second for the first minute, when the progress moves; then slower and
/// slower, down to every 15 seconds after about five.
pub(super) fn until_next_poll(accepted_at: Timestamp, now: Timestamp) -> i64 {
    let age = now.as_millisecond() - accepted_at.as_millisecond();
    (SECOND + (age - MINUTE) / 18).clamp(SECOND, 15 * SECOND)
}

/// Until the next try after so many troubles in a row (1 or more): 1, 2, 4 … 30 seconds.
pub(super) fn back_off(troubles: u32) -> i64 {
    let doublings = troubles.saturating_sub(1).min(5);
    (SECOND << doublings).min(30 * SECOND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polls_every_second_at_first_then_ever_slower() {
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
    fn tries_after_trouble_back_off_to_half_a_minute() {
        let waits: Vec<_> = (1..8).map(back_off).collect();
        assert_eq!(waits, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
        assert_eq!(back_off(u32::MAX), 30 * SECOND);
    }
}
