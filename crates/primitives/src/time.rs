//! A moment, as RFC 3339 UTC on the wire and as milliseconds in a database. Reading the clock is the caller's.
use std::fmt;
use std::str::FromStr;

use jiff::tz::Offset;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(as = "String"))]
pub struct Timestamp(i64);

/// The text is not an RFC 3339 date and time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an RFC 3339 date and time")]
pub struct TimestampError;

impl Timestamp {
    /// The moment `milliseconds` after the epoch.
    #[must_use]
    pub const fn from_millisecond(milliseconds: i64) -> Self {
        Self(milliseconds)
    }

    /// Milliseconds since the epoch.
    #[must_use]
    pub const fn as_millisecond(self) -> i64 {
        self.0
    }

    /// Whole seconds since the epoch.
    #[must_use]
    pub const fn as_second(self) -> i64 {
        self.0.div_euclid(1_000)
    }

    /// The moment `milliseconds` later (earlier when negative).
    #[must_use]
    pub const fn plus_milliseconds(self, milliseconds: i64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }

    /// The beginning of the next month in UTC; `None` outside the years that RFC 3339 knows.
    #[must_use]
    pub fn next_month(self) -> Option<Self> {
        let moment = jiff::Timestamp::from_millisecond(self.0).ok()?;
        let today = Offset::UTC.to_datetime(moment).date();
        let first = today.last_of_month().tomorrow().ok()?;
        let midnight = Offset::UTC.to_timestamp(first.at(0, 0, 0, 0)).ok()?;
        Some(Self(midnight.as_millisecond()))
    }
}

impl fmt::Display for Timestamp {
    /// `2026-11-22T13:30:00.000Z`; a moment outside the years that RFC 3339 knows is written as the epoch.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let moment =
            jiff::Timestamp::from_millisecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        write!(f, "{moment:.3}")
    }
}

impl FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, TimestampError> {
        let moment: jiff::Timestamp = text.parse().map_err(|_| TimestampError)?;
        Ok(Self(moment.as_millisecond()))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_string())
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_month_begins_at_midnight_in_utc() {
        let next = |text: &str| text.parse::<Timestamp>().unwrap().next_month().unwrap();
        for (moment, expected) in [
            ("2026-11-28T23:59:59.999Z", "2026-12-01T00:00:00.000Z"),
            ("2026-12-31T23:59:59.999Z", "2027-01-01T00:00:00.000Z"),
            ("2027-01-01T00:00:00.000Z", "2027-02-01T00:00:00.000Z"),
            ("2028-02-29T12:00:00.000Z", "2028-03-01T00:00:00.000Z"),
        ] {
            assert_eq!(next(moment).to_string(), expected);
        }
        assert_eq!(Timestamp(i64::MAX).next_month(), None);
    }

    #[test]
    fn writes_and_reads_rfc_3339_with_milliseconds() {
        let moment = Timestamp::from_millisecond(1_700_000_000_120);
        assert_eq!(moment.to_string(), "2023-11-14T22:13:20.120Z");
        assert_eq!("2023-11-14T22:13:20.12Z".parse(), Ok(moment));
        assert_eq!("2023-11-14T22:13:20.120000Z".parse(), Ok(moment));
    }
}
