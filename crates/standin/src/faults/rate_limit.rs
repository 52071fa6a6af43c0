//! Counts requests for a scripted rate limit.

use std::time::Duration;

use tokio::time::Instant;

/// The requests of the current window, which begins with the first request after the previous one.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Window {
    began: Option<Instant>,
    requests: u32,
}

impl Window {
    /// Counts a request. If the window has had `limit` requests before, returns the whole seconds until it ends.
    pub(super) fn refuse(&mut self, limit: u32, length: Duration, now: Instant) -> Option<u64> {
        let elapsed = self
            .began
            .map(|began| now.saturating_duration_since(began))
            .filter(|elapsed| *elapsed < length);
        if elapsed.is_none() {
            *self = Self {
                began: Some(now),
                requests: 0,
            };
        }
        if self.requests < limit {
            self.requests += 1;
            return None;
        }
        let left = length.saturating_sub(elapsed.unwrap_or_default());
        let partial = u64::from(left.subsec_nanos() > 0);
        Some(left.as_secs().saturating_add(partial).max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_admits_its_number_of_requests_and_then_names_the_wait() {
        let mut window = Window::default();
        let length = Duration::from_mins(1);
        let start = Instant::now();
        let mut at = |seconds: f64| {
            let now = start + Duration::from_secs_f64(seconds);
            window.refuse(2, length, now)
        };
        assert_eq!([at(0.0), at(1.0)], [None, None]);
        assert_eq!(at(1.5), Some(59));
        assert_eq!(at(59.9), Some(1));
        assert_eq!([at(60.0), at(61.0)], [None, None]);
        assert_eq!(at(61.0), Some(59));
    }

    #[test]
    fn a_limit_of_zero_refuses_every_request() {
        let mut window = Window::default();
        let now = Instant::now();
        assert_eq!(window.refuse(0, Duration::from_secs(7), now), Some(7));
    }
}
