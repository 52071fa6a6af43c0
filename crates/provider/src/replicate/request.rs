//! The requests that are sent to Replicate.

use selfsame_primitives::time::Timestamp;
use selfsame_prompt::schema::InputValue;
use serde_json::{Map, Number, Value};

use super::list::Cursor;
use super::reconcile::CLOCK_SKEW_MILLISECONDS;
use crate::http::ProviderRequest;
use crate::model_ref::{ModelName, VersionId};
use crate::pacer::Call;
use crate::prediction::{ProviderId, Submission};

/// The events that webhooks are requested for: the start, progress, and the end.
const WEBHOOK_EVENTS: [&str; 3] = ["start", "logs", "completed"];

/// Creates a prediction of exactly one version. It sends no `Prefer` header, because a Worker does not hold a
/// connection open for a minute: it learns of the end by webhook or by polling.
#[must_use]
pub fn create(submission: &Submission) -> ProviderRequest {
    let mut body = Map::new();
    body.insert("version".to_owned(), submission.version.as_str().into());
    let input: Map<String, Value> = submission
        .input
        .iter()
        .map(|(name, value)| (name.clone(), json(value)))
        .collect();
    body.insert("input".to_owned(), Value::Object(input));
    if let Some(url) = &submission.webhook_url {
        body.insert("webhook".to_owned(), url.as_str().into());
        body.insert(
            "webhook_events_filter".to_owned(),
            WEBHOOK_EVENTS.as_slice().into(),
        );
    }
    let body = Value::Object(body).to_string();
    let mut request = ProviderRequest::post("predictions", Some(body), Call::Create);
    request.headers.push((
        "cancel-after",
        cancel_after(submission.cancel_after_seconds),
    ));
    request
}

fn json(value: &InputValue) -> Value {
    match value {
        InputValue::Bool(value) => Value::Bool(*value),
        InputValue::Integer(value) => Value::from(*value),
        // An input schema only has finite numbers; JSON cannot express others.
        InputValue::Number(value) => Number::from_f64(*value).map_or(Value::Null, Value::Number),
        InputValue::Text(value) => Value::from(value.as_str()),
    }
}

/// Reads a prediction.
#[must_use]
pub fn get(id: &ProviderId) -> ProviderRequest {
    ProviderRequest::get(format!("predictions/{id}"))
}

/// Cancels a prediction; the response is the prediction.
#[must_use]
pub fn cancel(id: &ProviderId) -> ProviderRequest {
    ProviderRequest::post(format!("predictions/{id}/cancel"), None, Call::Cancel)
}

/// Lists the predictions created after `since` (and a minute before, since clocks differ), newest first, 100 a page.
#[must_use]
pub fn list(since: Timestamp, cursor: Option<&Cursor>) -> ProviderRequest {
    let mut request = ProviderRequest::get("predictions");
    let since = since.plus_milliseconds(-CLOCK_SKEW_MILLISECONDS);
    request.query.push(("created_after", since.to_string()));
    if let Some(cursor) = cursor {
        request.query.push(("cursor", cursor.as_str().to_owned()));
    }
    request
}

/// Reads one version of a model with its schema.
#[must_use]
pub fn version(model: &ModelName, version: &VersionId) -> ProviderRequest {
    ProviderRequest::get(format!("models/{model}/versions/{version}"))
}

/// Deletes one version of a model, with its predictions. The model must be the account's own, and private.
#[must_use]
pub fn delete_version(model: &ModelName, version: &VersionId) -> ProviderRequest {
    ProviderRequest::delete(format!("models/{model}/versions/{version}"))
}

/// Reads the key that webhooks are signed with. Each account has one.
#[must_use]
pub fn webhook_secret() -> ProviderRequest {
    ProviderRequest::get("webhooks/default/secret")
}

/// Seconds of the shortest deadline that Replicate accepts.
const MIN_CANCEL_AFTER: u32 = 5;

/// The value of the `Cancel-After` header: whole minutes as `30m`, any other duration as `90s`.
fn cancel_after(seconds: u32) -> String {
    let seconds = seconds.max(MIN_CANCEL_AFTER);
    if seconds.is_multiple_of(60) {
        format!("{}m", seconds / 60)
    } else {
        format!("{seconds}s")
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{SENT, submission};
    use super::*;
    use crate::http::Method;

    #[test]
    fn a_create_has_exactly_the_submission() {
        let request = create(&submission());
        assert_eq!(
            (request.method, request.target()),
            (Method::Post, "predictions".to_owned())
        );
        let sent: Value = serde_json::from_str(&request.body.unwrap()).unwrap();
        assert_eq!(sent, serde_json::from_str::<Value>(SENT).unwrap());
        assert_eq!(
            request.headers,
            [
                ("accept", "application/json".to_owned()),
                ("content-type", "application/json".to_owned()),
                ("cancel-after", "30m".to_owned()),
            ]
        );
    }

    #[test]
    fn cancel_after_has_minutes_or_seconds_and_a_minimum() {
        for (seconds, text) in [
            (0, "5s"),
            (5, "5s"),
            (6, "6s"),
            (60, "1m"),
            (90, "90s"),
            (1_800, "30m"),
        ] {
            assert_eq!(cancel_after(seconds), text);
        }
    }

    #[test]
    fn a_create_without_a_webhook_has_no_events_filter() {
        let body = create(&Submission {
            webhook_url: None,
            ..submission()
        })
        .body
        .unwrap();
        assert!(!body.contains("webhook"), "{body}");
    }

    #[test]
    fn every_other_request_has_its_path_and_no_body() {
        let id: ProviderId = "gm3qorzdhgbfurvjtvhg6dckhu".parse().unwrap();
        let model: ModelName = "studio/ada-selfie-lora".parse().unwrap();
        let version_id: VersionId = "ab".repeat(32).parse().unwrap();
        let since = Timestamp::from_millisecond(1_700_000_000_000);
        let cursor = Cursor::from_link("/v1/predictions?cursor=cD0%3D").unwrap();
        for (request, method, target) in [
            (
                get(&id),
                Method::Get,
                "predictions/gm3qorzdhgbfurvjtvhg6dckhu".to_owned(),
            ),
            (
                cancel(&id),
                Method::Post,
                "predictions/gm3qorzdhgbfurvjtvhg6dckhu/cancel".to_owned(),
            ),
            (
                list(since, None),
                Method::Get,
                "predictions?created_after=2023-11-14T22%3A12%3A20.000Z".to_owned(),
            ),
            (
                list(since, Some(&cursor)),
                Method::Get,
                "predictions?created_after=2023-11-14T22%3A12%3A20.000Z&cursor=cD0%3D".to_owned(),
            ),
            (
                version(&model, &version_id),
                Method::Get,
                format!("models/studio/ada-selfie-lora/versions/{version_id}"),
            ),
            (
                delete_version(&model, &version_id),
                Method::Delete,
                format!("models/studio/ada-selfie-lora/versions/{version_id}"),
            ),
            (
                webhook_secret(),
                Method::Get,
                "webhooks/default/secret".to_owned(),
            ),
        ] {
            assert_eq!((request.method, request.target()), (method, target));
            assert_eq!(request.body, None);
        }
    }
}
