//! Replicate's prediction object.

use selfsame_api::FailureCode;
use serde_json::Value;

use self::outputs::Files;
use super::{errors, response};
use crate::error::ProviderError;
use crate::http::ProviderResult;
use crate::outcome::{CancelOutcome, PollOutcome};
use crate::prediction::{Phase, Prediction, ProviderId};

mod logs;
mod outputs;

/// Reads the response to [`request::get`](super::request::get) of `id`.
#[must_use]
pub fn read_get(result: ProviderResult, id: &ProviderId) -> PollOutcome {
    response::read(result, |json| parse_of(json, id))
}

/// Reads the response to [`request::cancel`](super::request::cancel) of `id`.
#[must_use]
pub fn read_cancel(result: ProviderResult, id: &ProviderId) -> CancelOutcome {
    response::read(result, |json| parse_of(json, id))
}

/// Parses a prediction and checks that it is `id`.
pub(super) fn parse_of(json: &Value, id: &ProviderId) -> Result<Prediction, String> {
    let prediction = parse(json)?;
    if prediction.id == *id {
        Ok(prediction)
    } else {
        Err(format!(
            "requested {id}, the response is about {}",
            prediction.id
        ))
    }
}

/// Parses `id` and `status` strictly, and every other field as far as it is readable.
pub(super) fn parse(json: &Value) -> Result<Prediction, String> {
    let text = |name| json.get(name).and_then(Value::as_str);
    let id = text("id")
        .ok_or("the prediction has no id")?
        .parse()
        .map_err(|error| format!("the prediction's id is {error}"))?;
    let log = text("logs").unwrap_or_default();
    let data_removed = json.get("data_removed").and_then(Value::as_bool) == Some(true);
    let files = outputs::read(json.get("output"));
    let phase = match text("status") {
        Some("starting") => Phase::Starting,
        Some("processing") => Phase::Processing,
        Some("succeeded") => succeeded(&files, data_removed),
        Some("failed") => Phase::Failed(errors::prediction_error(text("error"))),
        Some("canceled") => Phase::Canceled,
        Some("aborted") => Phase::Aborted,
        Some(other) => return Err(format!("unknown status {other:?}")),
        None => return Err("the prediction has no status".to_owned()),
    };
    Ok(Prediction {
        id,
        started: started(json, &phase),
        phase,
        progress: logs::progress(log),
        seed: logs::seed(log),
        outputs: files.into_list(),
        data_removed,
        created_at: text("created_at").and_then(|text| text.parse().ok()),
    })
}

/// Whether the model has run: a prediction that is canceled before has neither a start nor seconds of run time.
fn started(json: &Value, phase: &Phase) -> bool {
    let run_time = json
        .pointer("/metrics/predict_time")
        .and_then(Value::as_f64);
    *phase == Phase::Processing
        || json.get("started_at").is_some_and(Value::is_string)
        || run_time.is_some_and(|seconds| seconds > 0.0)
}

/// Treats a success without files as a failure.
fn succeeded(files: &Files, data_removed: bool) -> Phase {
    let failed = |code, cause| Phase::Failed(ProviderError::new(code, cause));
    match files {
        Files::Some(_) => Phase::Succeeded,
        Files::None if data_removed => failed(
            FailureCode::PicturesLost,
            "the provider removed the files before they were fetched",
        ),
        Files::None => failed(FailureCode::ProviderFailed, "succeeded without any output"),
        Files::Unreadable => failed(
            FailureCode::PicturesLost,
            "the output is neither a URL nor a list of URLs",
        ),
    }
}

#[cfg(test)]
mod tests {
    use selfsame_api::Progress;
    use serde_json::json;

    use super::super::fixtures::{self, respond};
    use super::*;
    use crate::outcome::ReadOutcome;
    use crate::prediction::OutputFile;

    const ID: &str = "gm3qorzdhgbfurvjtvhg6dckhu";

    fn read(body: &str) -> PollOutcome {
        read_get(respond(200, body), &ID.parse().unwrap())
    }

    #[test]
    fn a_running_prediction_has_progress_and_seed() {
        let ReadOutcome::Found(prediction) = read(fixtures::PROCESSING) else {
            panic!();
        };
        assert_eq!(prediction.phase, Phase::Processing);
        assert_eq!(
            prediction.progress,
            Some(Progress {
                percent: 76,
                step: 38,
                steps: 50
            })
        );
        assert_eq!(prediction.seed, Some(12_345));
        assert_eq!(
            prediction.created_at.unwrap().to_string(),
            "2025-01-15T09:54:55.566Z"
        );
    }

    #[test]
    fn a_succeeded_prediction_has_its_files_with_their_index() {
        let ReadOutcome::Found(prediction) = read(fixtures::SUCCEEDED) else {
            panic!();
        };
        assert_eq!(prediction.phase, Phase::Succeeded);
        let url = "https://replicate.delivery/xezq/token/out-2.webp".to_owned();
        assert_eq!(prediction.outputs, [OutputFile { index: 2, url }]);
    }

    /// The phase of a prediction with these fields.
    fn phase(mut fields: Value) -> Phase {
        fields["id"] = ID.into();
        match read(&fields.to_string()) {
            ReadOutcome::Found(prediction) => prediction.phase,
            other => panic!("{fields} {other:?}"),
        }
    }

    #[test]
    fn a_success_with_a_file_a_cancel_and_a_missed_deadline_are_ends_without_failure() {
        let url = "https://h.example/o.png";
        for (fields, expected) in [
            (
                json!({"status": "succeeded", "output": url}),
                Phase::Succeeded,
            ),
            (json!({"status": "canceled"}), Phase::Canceled),
            (json!({"status": "aborted"}), Phase::Aborted),
        ] {
            assert_eq!(phase(fields), expected);
            assert!(expected.is_final());
        }
    }

    #[test]
    fn a_prediction_has_started_once_the_provider_names_a_start_or_a_run_time() {
        for (fields, expected) in [
            (json!({"status": "starting"}), false),
            (json!({"status": "processing"}), true),
            (json!({"status": "canceled"}), false),
            (
                json!({"status": "canceled", "started_at": null, "metrics": {}}),
                false,
            ),
            (
                json!({"status": "canceled", "metrics": {"predict_time": 0.0}}),
                false,
            ),
            (
                json!({"status": "canceled", "metrics": {"predict_time": 0.1}}),
                true,
            ),
            (
                json!({"status": "canceled", "started_at": "2025-01-15T09:54:56.566123Z"}),
                true,
            ),
            (
                json!({"status": "aborted", "metrics": {"total_time": 9.0}}),
                false,
            ),
        ] {
            let mut whole = fields.clone();
            whole["id"] = ID.into();
            let ReadOutcome::Found(prediction) = read(&whole.to_string()) else {
                panic!("{fields}");
            };
            assert_eq!(prediction.started, expected, "{fields}");
        }
    }

    #[test]
    fn an_end_without_a_file_is_a_failure_with_a_code() {
        use FailureCode::{FilteredBySafety, PicturesLost, ProviderFailed};
        for (fields, code) in [
            (
                json!({"status": "failed", "error": fixtures::NSFW}),
                FilteredBySafety,
            ),
            (json!({"status": "failed", "error": null}), ProviderFailed),
            (
                json!({"status": "succeeded", "output": null, "data_removed": true}),
                PicturesLost,
            ),
            (
                json!({"status": "succeeded", "output": null}),
                ProviderFailed,
            ),
            (json!({"status": "succeeded", "output": []}), ProviderFailed),
            (
                json!({"status": "succeeded", "output": {"a": 1}}),
                PicturesLost,
            ),
        ] {
            let Phase::Failed(error) = phase(fields.clone()) else {
                panic!("{fields}");
            };
            assert_eq!(error.person_failure().code, code, "{fields}");
        }
    }

    #[test]
    fn an_unreadable_id_or_status_is_unavailable() {
        for body in [
            "null",
            "[]",
            r#"{"status":"starting"}"#,
            r#"{"id":7,"status":"starting"}"#,
            r#"{"id":"../account","status":"starting"}"#,
            r#"{"id":"gm3qorzdhgbfurvjtvhg6dckhu"}"#,
            r#"{"id":"gm3qorzdhgbfurvjtvhg6dckhu","status":"queued"}"#,
            r#"{"id":"anotherpredictionofsomeone","status":"succeeded"}"#,
        ] {
            let outcome = read(body);
            assert!(
                matches!(outcome, ReadOutcome::Unavailable { .. }),
                "{body} {outcome:?}"
            );
        }
    }
}
