//! What is sent to Replicate.

use selfsame_primitives::time::Timestamp;
use selfsame_prompt::schema::InputValue;
use serde_json::{Map, Number, Value};

use super::cancel_after;
use super::cursor::Cursor;
use super::reconcile::CLOCK_SKEW_MILLISECONDS;
use crate::http::ProviderRequest;
use crate::model_ref::{ModelName, VersionId};
use crate::prediction::ProviderId;
use crate::submission::Submission;

/// What webhooks are wanted for: the first step, progress, and the end.
const EVENTS: [&str; 3] = ["start", "logs", "completed"];

/// Creates a prediction of exactly one version. There is no `Prefer` header: a Worker does not hold a connection
/// open for a minute, it is told by webhook and looks by alarm.
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
        body.insert("webhook_events_filter".to_owned(), EVENTS.as_slice().into());
    }
    let mut request = ProviderRequest::post("predictions", Some(Value::Object(body).to_string()));
    request.headers.push((
        "cancel-after",
        cancel_after::header(submission.cancel_after_seconds),
    ));
    request
}

fn json(value: &InputValue) -> Value {
    match value {
        InputValue::Bool(value) => Value::Bool(*value),
        InputValue::Integer(value) => Value::from(*value),
        // A dialect's numbers are inside finite ranges; JSON has no word for any other.
        InputValue::Number(value) => Number::from_f64(*value).map_or(Value::Null, Value::Number),
        InputValue::Text(value) => Value::from(value.as_str()),
    }
}

/// Looks at a prediction.
#[must_use]
pub fn get(id: &ProviderId) -> ProviderRequest {
    ProviderRequest::get(format!("predictions/{id}"))
}

/// Cancels a prediction; the answer is the prediction.
#[must_use]
pub fn cancel(id: &ProviderId) -> ProviderRequest {
    ProviderRequest::post(format!("predictions/{id}/cancel"), None)
}

/// Lists what was created since `since` (and a little before, as clocks differ), newest first, 100 a page.
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

/// Fetches one version of a model, its schema included.
#[must_use]
pub fn version(model: &ModelName, version: &VersionId) -> ProviderRequest {
    let (owner, name) = (model.owner(), model.name());
    ProviderRequest::get(format!("models/{owner}/{name}/versions/{version}"))
}

/// Asks whose token it is: the cheapest way to learn that the token works.
#[must_use]
pub fn account() -> ProviderRequest {
    ProviderRequest::get("account")
}

/// Asks for the key that webhooks are signed with; one per account.
#[must_use]
pub fn webhook_secret() -> ProviderRequest {
    ProviderRequest::get("webhooks/default/secret")
}

#[cfg(test)]
mod tests {
    use super::super::bodies::{SENT, submission};
    use super::*;
    use crate::http::Method;

    #[test]
    fn a_create_holds_exactly_the_submission() {
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
    fn without_a_webhook_there_is_no_filter_either() {
        let body = create(&Submission {
            webhook_url: None,
            ..submission()
        })
        .body
        .unwrap();
        assert!(!body.contains("webhook"), "{body}");
    }

    #[test]
    fn the_others_are_paths() {
        let id: ProviderId = "gm3qorzdhgbfurvjtvhg6dckhu".parse().unwrap();
        let model: ModelName = "studio/ada-selfie-lora".parse().unwrap();
        let version_id: VersionId = "ab".repeat(32).parse().unwrap();
        let since = Timestamp::from_millisecond(1_700_000_000_000);
        let cursor = Cursor::of_link("/v1/predictions?cursor=cD0%3D").unwrap();
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
            (account(), Method::Get, "account".to_owned()),
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
