//! How many requests a person may make. The counts are in memory, so a person whose object was evicted, which takes ten
//! seconds without a request, begins with full ones.

use axum::http::Method;
use selfsame_primitives::time::Timestamp;

use crate::http::ApiError;

/// Requests a minute that only read. The page makes a few; a script that polls every generation makes hundreds.
const READS_PER_MINUTE: u32 = 1_200;
/// Requests a minute that may change something. A batch of the page is 24 of them, and a person cannot click so fast.
const WRITES_PER_MINUTE: u32 = 240;

/// Requests a minute of sessions that have ended. Counted apart, so that a copy of an old cookie cannot use up what the
/// person has.
const ENDED_PER_MINUTE: u32 = 240;

/// The requests of one person.
#[derive(Debug)]
pub(super) struct Rates {
    ended: TokenBucket,
    reads: TokenBucket,
    writes: TokenBucket,
}

impl Rates {
    /// Full buckets.
    pub(super) const fn new(now: Timestamp) -> Self {
        Self {
            ended: TokenBucket::new(ENDED_PER_MINUTE, now),
            reads: TokenBucket::new(READS_PER_MINUTE, now),
            writes: TokenBucket::new(WRITES_PER_MINUTE, now),
        }
    }

    /// Counts a request of a session that the studio accepts or not, or refuses it.
    pub(super) fn admit(
        &mut self,
        is_accepted: bool,
        method: &Method,
        now: Timestamp,
    ) -> Result<(), ApiError> {
        let bucket = match (is_accepted, method.is_safe()) {
            (false, _) => &mut self.ended,
            (true, true) => &mut self.reads,
            (true, false) => &mut self.writes,
        };
        bucket.take(now).map_err(|seconds| {
            ApiError::rate_limited("These are too many requests at once.", seconds)
        })
    }
}

/// A token bucket: it holds a minute's tokens and is refilled evenly. Its unit is 1/60,000 of a token, so that what
/// each millisecond adds is a whole number.
#[derive(Debug)]
struct TokenBucket {
    per_minute: u32,
    units: u64,
    filled_at: Timestamp,
}

/// Units of a token.
const TOKEN: u64 = 60_000;

impl TokenBucket {
    const fn new(per_minute: u32, now: Timestamp) -> Self {
        Self {
            per_minute,
            units: per_minute as u64 * TOKEN,
            filled_at: now,
        }
    }

    /// Takes a token, or says in how many seconds there will be one.
    fn take(&mut self, now: Timestamp) -> Result<(), u32> {
        let rate = u64::from(self.per_minute);
        let passed = now.as_millisecond() - self.filled_at.as_millisecond();
        let added = u64::try_from(passed).unwrap_or(0).saturating_mul(rate);
        self.units = self.units.saturating_add(added).min(rate * TOKEN);
        self.filled_at = now;
        if self.units >= TOKEN {
            self.units -= TOKEN;
            return Ok(());
        }
        let milliseconds = (TOKEN - self.units).div_ceil(rate);
        Err(u32::try_from(milliseconds.div_ceil(1_000)).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(milliseconds: i64) -> Timestamp {
        Timestamp::from_millisecond(milliseconds)
    }

    #[test]
    fn a_bucket_holds_a_minutes_tokens_and_is_refilled_evenly() {
        let mut bucket = TokenBucket::new(30, at(0));
        for _ in 0..30 {
            assert_eq!(bucket.take(at(0)), Ok(()));
        }
        assert_eq!(bucket.take(at(0)), Err(2));
        assert_eq!(bucket.take(at(1_001)), Err(1));
        assert_eq!(bucket.take(at(2_000)), Ok(()));
        assert_eq!(bucket.take(at(2_000)), Err(2));
        for _ in 0..30 {
            assert_eq!(bucket.take(at(600_000)), Ok(()));
        }
        assert!(bucket.take(at(600_000)).is_err(), "it never holds more");
    }

    #[test]
    fn a_clock_that_goes_back_adds_nothing() {
        let mut bucket = TokenBucket::new(1, at(60_000));
        assert_eq!(bucket.take(at(60_000)), Ok(()));
        assert_eq!(bucket.take(at(0)), Err(60));
    }

    #[test]
    fn reads_go_on_when_there_were_too_many_writes() {
        let mut rates = Rates::new(at(0));
        for _ in 0..WRITES_PER_MINUTE {
            assert_eq!(rates.admit(true, &Method::POST, at(0)), Ok(()));
        }
        let refused = rates
            .admit(true, &Method::DELETE, at(0))
            .expect_err("too many");
        assert_eq!(refused.retry_after(), Some(1));
        assert_eq!(rates.admit(true, &Method::GET, at(0)), Ok(()));
    }

    #[test]
    fn a_session_that_has_ended_uses_up_nothing_of_a_living_one() {
        let mut rates = Rates::new(at(0));
        for method in [Method::POST, Method::GET] {
            for _ in 0..ENDED_PER_MINUTE {
                let _ = rates.admit(false, &method, at(0));
            }
            assert!(rates.admit(false, &method, at(0)).is_err(), "a limit");
        }
        for _ in 0..WRITES_PER_MINUTE {
            assert_eq!(rates.admit(true, &Method::POST, at(0)), Ok(()));
        }
        for _ in 0..READS_PER_MINUTE {
            assert_eq!(rates.admit(true, &Method::GET, at(0)), Ok(()));
        }
    }
}
