//! Poll intervals, back-off and time limits, in milliseconds.

use selfsame_primitives::time::Timestamp;

use crate::store::outbox::{Absence, OutboxRow};

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;

/// Seconds after which the provider cancels a prediction by itself: the longest that Replicate lets a model run.
pub(super) const CANCEL_AFTER_SECONDS: u32 = 30 * 60;

/// This long after it left the queue, a submit that is always throttled is given up.
pub(super) const SUBMIT_LIMIT: i64 = 10 * MINUTE;
/// A prediction that a complete list does not show this long after its submit was not created. The list may lag.
pub(super) const LISTING_LIMIT: i64 = 3 * MINUTE;
/// A prediction runs no longer than this: the provider's own deadline and a margin.
pub(super) const PROVIDER_LIMIT: i64 = 32 * MINUTE;
/// How long files live at Replicate after the end of their prediction.
pub(super) const FETCH_LIMIT: i64 = 60 * MINUTE;
/// Files can exist for this long after a submit: those of a prediction that ended at its deadline. A provider that
/// does not answer is asked for as long, because the pictures are paid for.
pub(super) const FILES_LIMIT: i64 = PROVIDER_LIMIT + FETCH_LIMIT;

/// Idempotency keys are remembered for a day.
pub(super) const IDEMPOTENCY_MEMORY: i64 = 24 * 60 * MINUTE;
/// Webhook ids are remembered for longer than a signature is valid (5 minutes).
pub(super) const WEBHOOK_MEMORY: i64 = 60 * MINUTE;

/// Answers that something does not exist before it counts as absent, and the time that they must span. One replica
/// of the provider's that lags gives several such answers within a second, so their number alone proves nothing; and
/// after an outage the first and the last may lie far apart, so neither does their span.
const ABSENT_ANSWERS: u32 = 3;
const ABSENT_SPAN: i64 = 2 * MINUTE;

/// Whether the provider has denied something often enough, and for long enough.
pub(super) fn is_absent(absence: Absence, now: Timestamp) -> bool {
    absence.answers >= ABSENT_ANSWERS && now >= absence.since.plus_milliseconds(ABSENT_SPAN)
}

/// Whether the row was last handed out at `limit` or later. Only then may its failure end something: whatever was
/// due during an outage gets one more attempt after it.
pub(super) fn is_last_attempt(row: &OutboxRow, limit: Timestamp) -> bool {
    row.leased_at.is_some_and(|at| at >= limit)
}

/// Until the next poll while webhooks arrive, which bring it forward.
const BESIDE_WEBHOOKS: i64 = 10 * SECOND;
/// Webhooks arrive if one has been received in this time. Without them, polls soon have their own pace again.
const WEBHOOKS_ARRIVE: i64 = 2 * MINUTE;

/// Whether webhooks arrive, if the latest was received at `latest`.
pub(super) fn webhooks_arrive(latest: Option<Timestamp>, now: Timestamp) -> bool {
    latest.is_some_and(|at| now < at.plus_milliseconds(WEBHOOKS_ARRIVE))
}

/// Until the next poll of a prediction that was accepted `age` ago: one second during the first minute, then rising to
/// 15 seconds after about five minutes; at least ten seconds beside webhooks.
pub(super) fn until_next_poll(age: i64, beside_webhooks: bool) -> i64 {
    let shortest = if beside_webhooks {
        BESIDE_WEBHOOKS
    } else {
        SECOND
    };
    (SECOND + (age - MINUTE) / 18).clamp(shortest, 15 * SECOND)
}

/// The earliest moment for another look at a generation: one second after the last. The row itself is as old as the
/// answer that it was added for, which was a look as well.
pub(super) fn next_look(row: &OutboxRow, now: Timestamp) -> Timestamp {
    let last = row
        .leased_at
        .map_or(row.created_at, |at| at.max(row.created_at));
    now.max(last.plus_milliseconds(SECOND))
}

/// Until the next attempt after `failures` failures in a row (1 or more): 1, 2, 4 … 30 seconds.
pub(super) fn back_off(failures: u32) -> i64 {
    let doublings = failures.saturating_sub(1).min(5);
    (SECOND << doublings).min(30 * SECOND)
}

/// Until the next look after the provider's deadline, when most of the outages that end soon have ended.
const SPARSE: i64 = 2 * MINUTE;

/// Until the next look for a prediction that was submitted `age` ago, after `failures` failures in a row.
pub(super) fn until_next_look(failures: u32, age: i64) -> i64 {
    let wait = back_off(failures);
    if age >= PROVIDER_LIMIT && wait >= 30 * SECOND {
        SPARSE
    } else {
        wait
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polls_slow_down_after_a_minute() {
        assert_eq!(until_next_poll(-5 * MINUTE, false), SECOND);
        assert_eq!(until_next_poll(0, false), SECOND);
        assert_eq!(until_next_poll(MINUTE, false), SECOND);
        assert_eq!(until_next_poll(2 * MINUTE, false), 4_333);
        assert_eq!(until_next_poll(6 * MINUTE, false), 15 * SECOND);
        assert_eq!(until_next_poll(30 * MINUTE, false), 15 * SECOND);
    }

    #[test]
    fn back_off_doubles_up_to_half_a_minute() {
        let waits: Vec<_> = (1..8).map(back_off).collect();
        assert_eq!(waits, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
        assert_eq!(back_off(u32::MAX), 30 * SECOND);
    }

    #[test]
    fn looks_are_sparse_after_the_deadline_but_not_at_once() {
        let waits: Vec<_> = (1..8)
            .map(|failures| until_next_look(failures, 40 * MINUTE))
            .collect();
        assert_eq!(
            waits,
            [1_000, 2_000, 4_000, 8_000, 16_000, 120_000, 120_000]
        );
        assert_eq!(until_next_look(9, 31 * MINUTE), 30 * SECOND);
    }

    #[test]
    fn absence_takes_three_answers_over_two_minutes() {
        let start = Timestamp::from_millisecond(0);
        let absent = |answers, after| {
            let since = start;
            is_absent(Absence { answers, since }, start.plus_milliseconds(after))
        };
        assert!(absent(3, 2 * MINUTE));
        assert!(!absent(2, 2 * MINUTE));
        assert!(!absent(300, 2 * MINUTE - 1));
    }

    #[test]
    fn polls_are_slow_while_webhooks_arrive() {
        assert_eq!(until_next_poll(SECOND, true), 10 * SECOND);
        assert_eq!(until_next_poll(10 * MINUTE, true), 15 * SECOND);
        let now = Timestamp::from_millisecond(0);
        let arrive = |ago: i64| webhooks_arrive(Some(now.plus_milliseconds(-ago)), now);
        assert!(arrive(0) && arrive(2 * MINUTE - 1) && !arrive(2 * MINUTE));
        assert!(!webhooks_arrive(None, now));
    }
}
