//! How long a throttled request waits.

use serde_json::Value;

use crate::outcome::{LONGEST_RETRY_AFTER, USUAL_RETRY_AFTER};

/// Seconds: the body's `retry_after`, else the header, else the usual wait; 1 at least, and never longer than the cap.
pub(super) fn seconds(body: Option<&Value>, header: Option<&str>) -> u32 {
    let of_body = body
        .and_then(|body| body.get("retry_after"))
        .and_then(Value::as_f64);
    // A date in the header is not worth a clock here.
    let of_header = || header.and_then(|text| text.trim().parse::<f64>().ok());
    of_body
        .or_else(of_header)
        .filter(|seconds| seconds.is_finite())
        .map_or(USUAL_RETRY_AFTER, whole)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to 1..=300 before the cast"
)]
fn whole(seconds: f64) -> u32 {
    seconds.ceil().clamp(1.0, f64::from(LONGEST_RETRY_AFTER)) as u32
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn body_then_header_then_the_usual_wait() {
        for (body, header, expected) in [
            (json!({"retry_after": 30}), Some("5"), 30),
            (json!({"retry_after": 2.2}), None, 3),
            (json!({"retry_after": 0}), None, 1),
            (json!({"retry_after": -7}), None, 1),
            (json!({"retry_after": 1e300}), None, LONGEST_RETRY_AFTER),
            (json!({"retry_after": "30"}), Some(" 5 "), 5),
            (json!({}), Some("86400"), LONGEST_RETRY_AFTER),
            (
                json!({}),
                Some("Wed, 21 Oct 2026 07:28:00 GMT"),
                USUAL_RETRY_AFTER,
            ),
            (json!({}), Some("nan"), USUAL_RETRY_AFTER),
            (json!({}), Some("inf"), USUAL_RETRY_AFTER),
            (json!([]), None, USUAL_RETRY_AFTER),
        ] {
            assert_eq!(seconds(Some(&body), header), expected, "{body} {header:?}");
        }
        assert_eq!(seconds(None, None), USUAL_RETRY_AFTER);
    }
}
