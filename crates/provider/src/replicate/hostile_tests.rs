//! No response makes a parser panic, and no uncertain one makes a create look refused.

use proptest::prelude::*;
use selfsame_primitives::time::Timestamp;
use serde_json::Value;

use super::fixtures::{self, submission};
use super::*;
use crate::http::ProviderResponse;
use crate::outcome::SubmitOutcome;

const BODIES: [&str; 8] = [
    fixtures::STARTING,
    fixtures::PROCESSING,
    fixtures::SUCCEEDED,
    fixtures::INVALID_INPUT,
    fixtures::INVALID_TOP_LEVEL,
    fixtures::THROTTLED,
    fixtures::NO_CREDIT,
    r#"{"results":[{"id":"a","status":"failed","error":"NSFW","input":{"seed":1}}],"next":"?cursor=%41"}"#,
];

fn read_everything(status: u16, body: &[u8]) -> Result<(), TestCaseError> {
    let result = || {
        Ok(ProviderResponse {
            status,
            retry_after: Some(String::from_utf8_lossy(body).into_owned()),
            body: body.to_vec(),
        })
    };
    let id = "gm3qorzdhgbfurvjtvhg6dckhu".parse().unwrap();
    let version = "ab".repeat(32).parse().unwrap();
    let outcome = read_create(result());
    if (200..400).contains(&status) || status >= 500 {
        let certain = matches!(
            outcome,
            SubmitOutcome::Refused(_) | SubmitOutcome::RetryAfter { .. }
        );
        prop_assert!(!certain, "{status} {outcome:?}");
    }
    let _ = outcome.log_cause();
    let _ = (read_get(result(), &id), read_cancel(result(), &id));
    let _ = (
        read_webhook_secret(result()),
        read_version(result(), &version),
    );
    let _ = reconcile::read_hinted(result(), &id, &submission());
    if let crate::outcome::ReadOutcome::Found(page) = read_list(result()) {
        let submission = submission();
        let search = reconcile::Search::new(&submission, Timestamp::from_millisecond(0));
        let _ = search.read(page);
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_bytes_panic(status in 0u16..1_000, body in proptest::collection::vec(any::<u8>(), 0..200)) {
        read_everything(status, &body)?;
    }

    #[test]
    fn no_truncated_or_corrupted_body_panics(
        status in prop_oneof![Just(200u16), Just(201), Just(422), Just(429), Just(500)],
        which in 0..BODIES.len(),
        cut in 0usize..900,
        flips in proptest::collection::vec((0usize..900, any::<u8>()), 0..4),
    ) {
        let mut body = BODIES[which].as_bytes().to_vec();
        for (place, byte) in flips {
            if let Some(old) = body.get_mut(place) {
                *old = byte;
            }
        }
        body.truncate(cut.max(20));
        read_everything(status, &body)?;
    }

    #[test]
    fn no_value_of_any_field_panics(
        status in prop_oneof![Just(200u16), Just(422), Just(429)],
        which in 0..BODIES.len(),
        field in prop_oneof!["id", "status", "output", "logs", "error", "input", "version", "created_at", "results",
            "next", "title", "detail", "invalid_fields", "retry_after", "key", "webhook", "data_removed"],
        value in json(),
    ) {
        let mut body: Value = serde_json::from_str(BODIES[which]).unwrap();
        body[field.as_str()] = value;
        read_everything(status, body.to_string().as_bytes())?;
    }
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,24}".prop_map(Value::from),
        r"( *\d{0,12}%\|\PC?\| ?\d{0,12}/\d{0,3}\n?|Using seed: \d{0,12}\n|- input\.?\w{0,5}: \PC{0,9}\n){0,3}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map(
                "(id|status|field|description|[a-z]{0,4})",
                inner,
                0..4
            )
            .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}
