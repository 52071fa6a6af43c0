//! Replicate's prediction object.

use selfsame_api::FailureCode;
use serde_json::Value;

use super::outputs::{self, Files};
use super::{answer, failure, logs};
use crate::error::ProviderError;
use crate::http::ProviderResult;
use crate::outcome::{CancelOutcome, PollOutcome};
use crate::prediction::{Phase, Prediction, ProviderId};

/// Reads the answer to [`request::get`](super::request::get) of `id`.
#[must_use]
pub fn read_get(exchange: ProviderResult, id: &ProviderId) -> PollOutcome {
    answer::read(exchange, |json| parse_of(json, id))
}

/// Reads the answer to [`request::cancel`](super::request::cancel) of `id`.
#[must_use]
pub fn read_cancel(exchange: ProviderResult, id: &ProviderId) -> CancelOutcome {
    answer::read(exchange, |json| parse_of(json, id))
}

/// A prediction that has to be `id`: an answer about another is no answer.
pub(super) fn parse_of(json: &Value, id: &ProviderId) -> Result<Prediction, String> {
    let prediction = parse(json)?;
    if prediction.id == *id {
        Ok(prediction)
    } else {
        Err(format!(
            "asked for {id}, the answer is about {}",
            prediction.id
        ))
    }
}

/// Strict about `id` and `status`; everything else is read as far as it goes.
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
        Some("failed") => Phase::Failed(failure::problem(text("error"))),
        Some("canceled") => Phase::Canceled,
        Some("aborted") => Phase::Aborted,
        Some(other) => return Err(format!("the status {other:?} is not known")),
        None => return Err("the prediction has no status".to_owned()),
    };
    Ok(Prediction {
        id,
        phase,
        progress: logs::progress(log),
        seed: logs::seed(log),
        outputs: files.into_list(),
        data_removed,
        created_at: text("created_at").and_then(|text| text.parse().ok()),
    })
}

/// A success without a file is a failure here, whatever the provider calls it.
fn succeeded(files: &Files, data_removed: bool) -> Phase {
    let problem = |code, cause| Phase::Failed(ProviderError::new(code, cause));
    match files {
        Files::Some(_) => Phase::Succeeded,
        Files::None if data_removed => problem(
            FailureCode::PicturesLost,
            "the provider removed the files before they were fetched",
        ),
        Files::None => problem(FailureCode::ProviderFailed, "succeeded without any output"),
        Files::Unreadable => problem(
            FailureCode::PicturesLost,
            "the output is neither a URL nor a list of URLs",
        ),
    }
}

#[cfg(test)]
mod tests {
    use selfsame_api::Progress;
    use serde_json::json;

    use super::super::bodies::{self, answer};
    use super::*;
    use crate::outcome::ReadOutcome;
    use crate::prediction::OutputFile;

    const ID: &str = "gm3qorzdhgbfurvjtvhg6dckhu";

    fn read(body: &str) -> PollOutcome {
        read_get(answer(200, body), &ID.parse().unwrap())
    }

    #[test]
    fn a_prediction_at_work_shows_its_progress() {
        let ReadOutcome::Found(prediction) = read(bodies::PROCESSING) else {
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
    fn a_finished_one_shows_its_files_with_their_true_index() {
        let ReadOutcome::Found(prediction) = read(bodies::SUCCEEDED) else {
            panic!();
        };
        assert_eq!(prediction.phase, Phase::Succeeded);
        let url = "https://replicate.delivery/xezq/token/out-2.webp".to_owned();
        assert_eq!(prediction.outputs, [OutputFile { index: 2, url }]);
    }

    #[test]
    fn every_end_has_a_phase() {
        for (object, code) in [
            (
                json!({"status": "failed", "error": bodies::NSFW}),
                Some(FailureCode::FilteredBySafety),
            ),
            (
                json!({"status": "failed", "error": null}),
                Some(FailureCode::ProviderFailed),
            ),
            (json!({"status": "canceled"}), Some(FailureCode::TimedOut)),
            (json!({"status": "aborted"}), Some(FailureCode::TimedOut)),
            (
                json!({"status": "succeeded", "output": null, "data_removed": true}),
                Some(FailureCode::PicturesLost),
            ),
            (
                json!({"status": "succeeded", "output": null}),
                Some(FailureCode::ProviderFailed),
            ),
            (
                json!({"status": "succeeded", "output": []}),
                Some(FailureCode::ProviderFailed),
            ),
            (
                json!({"status": "succeeded", "output": {"a": 1}}),
                Some(FailureCode::PicturesLost),
            ),
            (
                json!({"status": "succeeded", "output": "https://h.example/o.png"}),
                None,
            ),
        ] {
            let mut object = object;
            object["id"] = ID.into();
            let ReadOutcome::Found(prediction) = read(&object.to_string()) else {
                panic!("{object}");
            };
            assert!(prediction.phase.is_final());
            assert_eq!(
                prediction
                    .phase
                    .person_failure()
                    .map(|failure| failure.code),
                code,
                "{object}"
            );
        }
    }

    #[test]
    fn what_matters_is_strict() {
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
