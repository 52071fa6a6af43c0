//! Request headers: the token, how long a create waits, and how long the prediction may run.

use std::time::Duration;

use axum::http::{HeaderMap, header};

use crate::http::errors::ApiError;

/// Seconds for which a response is held at most.
const MAX_WAIT: u64 = 60;
/// The shortest deadline, counted from the creation.
const MIN_CANCEL_AFTER: Duration = Duration::from_secs(5);

/// Accepts `expected` as `Bearer`, and as the older `Token`.
pub(crate) fn authenticate(headers: &HeaderMap, expected: &str) -> Result<(), ApiError> {
    let value = headers
        .get(header::AUTHORIZATION)
        .ok_or(ApiError::NoToken)?;
    let (scheme, token) = value
        .to_str()
        .ok()
        .and_then(|v| v.split_once(' '))
        .ok_or(ApiError::BadToken)?;
    let known = scheme.eq_ignore_ascii_case("bearer") || scheme.eq_ignore_ascii_case("token");
    if known && token.trim() == expected {
        Ok(())
    } else {
        Err(ApiError::BadToken)
    }
}

/// How long to hold the response; `None` without `Prefer: wait`.
///
/// The published pattern (`^wait(=([1-9]|[1-9][0-9]|60))?$`) accepts up to 99 although the text says 60; larger values
/// count as 60. Other preferences are ignored. How the real service responds to a malformed `wait` is not known.
pub(crate) fn wait(headers: &HeaderMap) -> Result<Option<Duration>, ApiError> {
    let Some(preference) = headers.get("prefer").and_then(|value| value.to_str().ok()) else {
        return Ok(None);
    };
    let Some(rest) = preference.trim().strip_prefix("wait") else {
        return Ok(None);
    };
    let seconds = match rest.strip_prefix('=') {
        None if rest.is_empty() => Some(MAX_WAIT),
        Some(digits)
            if (1..=2).contains(&digits.len())
                && digits.bytes().all(|b| b.is_ascii_digit())
                && !digits.starts_with('0') =>
        {
            digits
                .parse::<u64>()
                .ok()
                .map(|seconds| seconds.min(MAX_WAIT))
        }
        _ => None,
    };
    seconds.map(|seconds| Some(Duration::from_secs(seconds))).ok_or_else(|| {
        ApiError::Unprocessable(
            "Prefer: must be \"wait\" or \"wait=n\", where n is a number of seconds between 1 and 60"
                .to_owned(),
        )
    })
}

/// How long after its creation the prediction is canceled; `None` without `Cancel-After`.
pub(crate) fn cancel_after(headers: &HeaderMap) -> Result<Option<Duration>, ApiError> {
    let Some(value) = headers.get("cancel-after") else {
        return Ok(None);
    };
    let deadline = value
        .to_str()
        .ok()
        .and_then(|text| duration(text.trim()))
        .ok_or_else(|| {
            ApiError::Unprocessable(
                "Cancel-After: must be a duration such as \"90s\", \"5m\" or \"1h30m45s\""
                    .to_owned(),
            )
        })?;
    if deadline < MIN_CANCEL_AFTER {
        let text = "Cancel-After: the minimum allowed duration is 5 seconds";
        return Err(ApiError::Unprocessable(text.to_owned()));
    }
    Ok(Some(deadline))
}

/// Parses `1h30m45s`, any of its parts, or a bare number of seconds.
fn duration(text: &str) -> Option<Duration> {
    let mut seconds: u64 = 0;
    let mut rest = text;
    // Units have to come from large to small, each at most once.
    let mut previous_unit = u64::MAX;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number: u64 = rest[..digits].parse().ok()?;
        let unit = match rest[digits..].chars().next() {
            Some('h') => 3600,
            Some('m') => 60,
            Some('s') => 1,
            None if previous_unit == u64::MAX => 1,
            _ => return None,
        };
        if unit >= previous_unit {
            return None;
        }
        previous_unit = unit;
        seconds = seconds.checked_add(number.checked_mul(unit)?)?;
        rest = rest.get(digits + 1..).unwrap_or_default();
    }
    (previous_unit != u64::MAX).then_some(Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: &'static str, value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(name, value.parse().unwrap());
        headers
    }

    #[test]
    fn only_the_expected_token_is_accepted_as_bearer_or_token() {
        for good in ["Bearer r8_abc", "Token r8_abc", "bearer r8_abc"] {
            assert!(
                authenticate(&headers("authorization", good), "r8_abc").is_ok(),
                "{good}"
            );
        }
        for bad in [
            "Bearer sk-1",
            "r8_abc",
            "Basic r8_abc",
            "Bearer ",
            "Bearer r8_",
            "Bearer r8_abcd",
            "Bearer r8_abd",
            "Bearer R8_ABC",
        ] {
            let refused = authenticate(&headers("authorization", bad), "r8_abc");
            assert!(matches!(refused, Err(ApiError::BadToken)), "{bad}");
        }
        assert!(matches!(
            authenticate(&HeaderMap::new(), "r8_abc"),
            Err(ApiError::NoToken)
        ));
    }

    #[test]
    fn prefer_wait_is_parsed_and_capped() {
        let seconds = |text: &str| wait(&headers("prefer", text)).map(|w| w.map(|w| w.as_secs()));
        assert!(matches!(seconds("wait"), Ok(Some(60))));
        assert!(matches!(seconds("wait=1"), Ok(Some(1))));
        assert!(matches!(seconds("wait=99"), Ok(Some(60))));
        assert!(matches!(seconds("respond-async"), Ok(None)));
        for bad in ["wait=0", "wait=100", "wait=", "wait=1.5", "waiting"] {
            assert!(seconds(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn cancel_after_is_a_duration_of_at_least_five_seconds() {
        let seconds = |text: &str| {
            cancel_after(&headers("cancel-after", text))
                .map(|deadline| deadline.map(|deadline| deadline.as_secs()))
        };
        assert!(matches!(seconds("5"), Ok(Some(5))));
        assert!(matches!(seconds("90s"), Ok(Some(90))));
        assert!(matches!(seconds("30m"), Ok(Some(1800))));
        assert!(matches!(seconds("2h30m"), Ok(Some(9000))));
        assert!(matches!(seconds("1h30m45s"), Ok(Some(5445))));
        for bad in [
            "",
            "4s",
            "4",
            "m",
            "5x",
            "5m5",
            "5s5m",
            "-5m",
            "1m1m",
            "99999999999999999999h",
        ] {
            assert!(seconds(bad).is_err(), "{bad}");
        }
        assert!(matches!(cancel_after(&HeaderMap::new()), Ok(None)));
    }
}
