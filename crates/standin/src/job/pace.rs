//! When the phases of a run begin and end.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::clock::Speed;

/// Longer than any test. A script can request a delay beyond what an `Instant` can hold.
const FOR_EVER: Duration = Duration::from_secs(1 << 32);

/// Seconds of waiting for a machine.
pub(crate) const BOOT_SECONDS: f64 = 2.0;

/// The pace of one run. Every point in time is measured from the start, so that a slow machine does not prolong a fast
/// run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace {
    started: Instant,
    speed: Speed,
    slowness: f64,
}

impl Pace {
    /// A run that begins now and takes `slowness` times as long as usual.
    pub(crate) fn new(speed: Speed, slowness: f64) -> Self {
        Self {
            started: Instant::now(),
            speed,
            slowness,
        }
    }

    /// Sleeps until `seconds` after the start, in the real service's time.
    pub(crate) async fn until(&self, seconds: f64) {
        let after = Duration::try_from_secs_f64(seconds * self.slowness).unwrap_or(FOR_EVER);
        let at = self.started.checked_add(self.speed.shorten(after));
        sleep_until(at.unwrap_or(self.started + FOR_EVER)).await;
    }
}
