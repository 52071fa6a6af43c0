//! The only place that reads the time, and the one that divides it by `--speed`.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::temporal::DateTimePrinter;
use serde_json::Value;

/// How many times faster than the real service everything happens that the service itself times: the life of a
/// prediction, its deadline, the webhook throttle and the back-off. `Prefer: wait` and the scripted delays stay in real
/// time, because the client counts them too.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace(f64);

impl Pace {
    /// `speed` must be positive and finite; anything else is real time.
    pub(crate) fn new(speed: f64) -> Self {
        Self(if speed.is_finite() && speed > 0.0 {
            speed
        } else {
            1.0
        })
    }

    /// How long `time` of the real service takes here.
    pub(crate) fn shorten(self, time: Duration) -> Duration {
        Duration::try_from_secs_f64(time.as_secs_f64() / self.0).unwrap_or(Duration::MAX)
    }
}

/// The present moment, to the millisecond.
pub(crate) fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
}

/// `2025-01-15T09:54:55.566Z`.
pub(crate) fn iso(moment: Timestamp) -> String {
    DateTimePrinter::new()
        .precision(Some(3))
        .timestamp_to_string(&moment)
}

/// The same as a JSON string.
pub(crate) fn json(moment: Timestamp) -> Value {
    Value::String(iso(moment))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speed_divides_time_and_nonsense_is_real_time() {
        assert_eq!(
            Pace::new(10.0).shorten(Duration::from_secs(10)),
            Duration::from_secs(1)
        );
        for odd in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(
                Pace::new(odd).shorten(Duration::from_secs(3)),
                Duration::from_secs(3)
            );
        }
    }

    #[test]
    fn moments_have_milliseconds_and_a_z() {
        assert_eq!(iso(Timestamp::UNIX_EPOCH), "1970-01-01T00:00:00.000Z");
    }
}
