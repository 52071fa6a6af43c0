use proptest::prelude::*;

use super::*;

const SECRET: &str = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3";
const ID: &str = "msg_2test";
const TIMESTAMP: &str = "1700000000";
const BODY: &[u8] = br#"{"id":"gm3qorzdhgbfurvjtvhg6dckhu","status":"succeeded"}"#;
const SIGNATURE: &str = "v1,HsV4on7+m6q0LzS5YPTQiqwuzW8MLZaTV0tzZ9nkrIU=";
const HEADERS: WebhookHeaders<'static> = WebhookHeaders {
    id: ID,
    timestamp: TIMESTAMP,
    signature: SIGNATURE,
};

fn key() -> WebhookKey {
    WebhookKey::parse(&Secret::new(SECRET)).unwrap()
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millisecond(seconds * 1_000)
}

fn verify(headers: WebhookHeaders<'_>, body: &[u8]) -> Result<(), WebhookError> {
    key()
        .verify(headers, body, at(1_700_000_000))
        .map(|id| assert_eq!(id.as_str(), ID))
}

#[test]
fn a_signature_that_replicates_clients_accept_verifies() {
    assert_eq!(verify(HEADERS, BODY), Ok(()));
}

#[test]
fn one_matching_signature_among_several_suffices() {
    for signature in [
        format!("v1,AAAA {SIGNATURE}"),
        format!("{SIGNATURE} v1a,AAAA"),
        format!("{SIGNATURE} v1,AAAA"),
        format!("v2,x  v1, v1,%% {SIGNATURE} "),
        SIGNATURE.trim_end_matches('=').to_owned(),
    ] {
        let headers = WebhookHeaders {
            signature: &signature,
            ..HEADERS
        };
        assert_eq!(verify(headers, BODY), Ok(()), "{signature}");
    }
}

#[test]
fn a_change_to_any_signed_part_is_refused() {
    for (headers, body) in [
        (HEADERS, &b"{}"[..]),
        (HEADERS, b""),
        (
            WebhookHeaders {
                id: "msg_2tesu",
                ..HEADERS
            },
            BODY,
        ),
        (
            WebhookHeaders {
                timestamp: "1700000001",
                ..HEADERS
            },
            BODY,
        ),
        (
            WebhookHeaders {
                timestamp: "01700000000",
                ..HEADERS
            },
            BODY,
        ),
        (
            WebhookHeaders {
                signature: "v1,",
                ..HEADERS
            },
            BODY,
        ),
        (
            WebhookHeaders {
                signature: &SIGNATURE[3..],
                ..HEADERS
            },
            BODY,
        ),
        (
            WebhookHeaders {
                signature: &SIGNATURE[..40],
                ..HEADERS
            },
            BODY,
        ),
        (
            WebhookHeaders {
                signature: "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                ..HEADERS
            },
            BODY,
        ),
    ] {
        assert_eq!(
            verify(headers, body),
            Err(WebhookError::Signature),
            "{headers:?}"
        );
    }
}

#[test]
fn malformed_headers_are_refused() {
    let long = "x".repeat(5_000);
    for (headers, name) in [
        (WebhookHeaders { id: "", ..HEADERS }, "webhook-id"),
        (
            WebhookHeaders {
                id: "a b",
                ..HEADERS
            },
            "webhook-id",
        ),
        (
            WebhookHeaders {
                id: "é", ..HEADERS
            },
            "webhook-id",
        ),
        (
            WebhookHeaders {
                id: &long,
                ..HEADERS
            },
            "webhook-id",
        ),
        (
            WebhookHeaders {
                timestamp: "",
                ..HEADERS
            },
            "webhook-timestamp",
        ),
        (
            WebhookHeaders {
                timestamp: "-1",
                ..HEADERS
            },
            "webhook-timestamp",
        ),
        (
            WebhookHeaders {
                timestamp: "+1700000000",
                ..HEADERS
            },
            "webhook-timestamp",
        ),
        (
            WebhookHeaders {
                timestamp: "1700000000.0",
                ..HEADERS
            },
            "webhook-timestamp",
        ),
        (
            WebhookHeaders {
                timestamp: "99999999999999999999",
                ..HEADERS
            },
            "webhook-timestamp",
        ),
        (
            WebhookHeaders {
                signature: "",
                ..HEADERS
            },
            "webhook-signature",
        ),
        (
            WebhookHeaders {
                signature: &long,
                ..HEADERS
            },
            "webhook-signature",
        ),
    ] {
        assert_eq!(verify(headers, BODY), Err(WebhookError::Header(name)));
    }
}

#[test]
fn an_id_has_at_most_255_characters_and_a_signature_4096() {
    let check = |id: &str, signature: &str| {
        let headers = WebhookHeaders {
            id,
            signature,
            ..HEADERS
        };
        headers.check(at(1_700_000_000)).map(|_| ())
    };
    assert_eq!(check(&"x".repeat(255), &"x".repeat(4_096)), Ok(()));
    assert_eq!(
        check(&"x".repeat(256), "x"),
        Err(WebhookError::Header("webhook-id"))
    );
    assert_eq!(
        check("x", &"x".repeat(4_097)),
        Err(WebhookError::Header("webhook-signature"))
    );
}

#[test]
fn a_key_has_at_least_16_bytes() {
    let parse = |secret| WebhookKey::parse(&Secret::new(secret)).map(|_| ());
    assert_eq!(parse("whsec_MDEyMzQ1Njc4OWFiY2RlZg=="), Ok(()));
    assert_eq!(
        parse("whsec_MDEyMzQ1Njc4OWFiY2Rl"),
        Err(WebhookKeyError::Short)
    );
}

#[test]
fn the_timestamp_may_differ_by_five_minutes() {
    let result = |now| key().verify(HEADERS, BODY, at(now)).map(|_| ());
    for now in [1_699_999_700, 1_700_000_300] {
        assert_eq!(result(now), Ok(()));
    }
    for now in [0, 1_699_999_699, 1_700_000_301] {
        assert_eq!(result(now), Err(WebhookError::Stale));
    }
}

#[test]
fn an_invalid_or_short_secret_is_not_a_key() {
    for (secret, error) in [
        ("", WebhookKeyError::Prefix),
        ("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3", WebhookKeyError::Prefix),
        (
            "WHSEC_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3",
            WebhookKeyError::Prefix,
        ),
        ("whsec_", WebhookKeyError::Short),
        ("whsec_MDEyMzQ1Njc4OWFiY2Rl", WebhookKeyError::Short),
        ("whsec_MDEyMzQ1Njc4OWFiY2Q=", WebhookKeyError::Short),
        ("whsec_!!!", WebhookKeyError::Encoding),
        (
            "whsec_MDEyMzQ1_jc4OWFiY2RlZjAxMjM0NTY3",
            WebhookKeyError::Encoding,
        ),
    ] {
        let parsed = WebhookKey::parse(&Secret::new(secret));
        assert_eq!(parsed.err(), Some(error), "{secret}");
    }
}

#[test]
fn debug_masks_the_key() {
    assert_eq!(format!("{:?}", key()), "*****");
}

proptest! {
    #[test]
    fn no_input_panics_and_no_forged_signature_verifies(
        secret in "(whsec_)?[A-Za-z0-9+/=]{0,48}",
        id in "\\PC{0,8}",
        timestamp in "[0-9+-]{0,12}",
        signature in "(v1,)?[A-Za-z0-9+/= ,]{0,64}",
        body in proptest::collection::vec(any::<u8>(), 0..64),
    ) {
        if let Ok(key) = WebhookKey::parse(&Secret::new(secret)) {
            let headers = WebhookHeaders { id: &id, timestamp: &timestamp, signature: &signature };
            prop_assert!(key.verify(headers, &body, at(1_700_000_000)).is_err());
            let on_time = WebhookHeaders { timestamp: TIMESTAMP, ..headers };
            prop_assert!(key.verify(on_time, &body, at(1_700_000_000)).is_err());
        }
    }
}
