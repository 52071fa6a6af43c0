//! The `Cancel-After` header.

use crate::submission::SHORTEST_CANCEL_AFTER;

/// `30m`, `90s`: whole minutes as minutes, everything else as seconds.
pub(super) fn header(seconds: u32) -> String {
    let seconds = seconds.max(SHORTEST_CANCEL_AFTER);
    if seconds.is_multiple_of(60) {
        format!("{}m", seconds / 60)
    } else {
        format!("{seconds}s")
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn durations_are_minutes_or_seconds_and_never_too_short() {
        for (seconds, text) in [
            (0, "5s"),
            (5, "5s"),
            (60, "1m"),
            (90, "90s"),
            (1_800, "30m"),
        ] {
            assert_eq!(super::header(seconds), text);
        }
    }
}
