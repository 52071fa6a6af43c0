//! Reads the time, and divides durations by `--speed`. No other module does either.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::temporal::DateTimePrinter;
use serde_json::Value;

/// How many times faster than the real service this one is. It applies to what the service times: the run of a
/// prediction, its deadline, the webhook throttle and the back-off. `Prefer: wait` and scripted delays stay in real time,
/// because the client measures them too.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Speed(f64);

impl Speed {
    /// A `speed` that is not positive and finite means real time.
    pub(crate) fn new(speed: f64) -> Self {
        Self(if speed.is_finite() && speed > 0.0 {
            speed
        } else {
            1.0
        })
    }

    /// Converts a duration of the real service.
    pub(crate) fn shorten(self, time: Duration) -> Duration {
        Duration::try_from_secs_f64(time.as_secs_f64() / self.0).unwrap_or(Duration::MAX)
    }
}

/// The current time, truncated to milliseconds.
pub(crate) fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
}

/// Formats as `2025-01-15T09:54:55.566Z`.
pub(crate) fn iso(timestamp: Timestamp) -> String {
    DateTimePrinter::new()
        .precision(Some(3))
        .timestamp_to_string(&timestamp)
}

/// Formats as a JSON string.
pub(crate) fn json(timestamp: Timestamp) -> Value {
    Value::String(iso(timestamp))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speed_divides_durations_and_an_invalid_one_is_real_time() {
        assert_eq!(
            Speed::new(10.0).shorten(Duration::from_secs(10)),
            Duration::from_secs(1)
        );
        for invalid in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(
                Speed::new(invalid).shorten(Duration::from_secs(3)),
                Duration::from_secs(3)
            );
        }
    }

    #[test]
    fn timestamps_have_milliseconds_and_a_z() {
        assert_eq!(iso(Timestamp::UNIX_EPOCH), "1970-01-01T00:00:00.000Z");
    }
}
