//! A provider's predictions.

use selfsame_provider::outcome::SubmitOutcome;
use selfsame_provider::replicate::{read_cancel, read_create, read_get};

use super::{Target, answers, bytes, equal, holds};

/// The target.
pub const TARGET: Target = Target {
    name: "prediction",
    fragments,
    known,
    check,
};

const ID: &str = "gm3qorzdhgbfurvjtvhg6dckhu";

fn fragments() -> Vec<Vec<u8>> {
    bytes(&[
        "{\"id\":\"gm3qorzdhgbfurvjtvhg6dckhu\",",
        "\"status\":\"starting\",",
        "\"status\":\"succeeded\",",
        "\"status\":\"failed\",",
        "\"status\":\"aborted\",",
        "\"logs\":\"Using seed: 12345\\n",
        " 76%|███▌  | 38/50 [00:05<00:01, 7.1it/s]\\n",
        "\\r",
        "\"output\":null,",
        "\"output\":[\"https://replicate.delivery/a/out-1.webp\",\"https://replicate.delivery/a/out-0.webp\"],",
        "\"output\":\"https://replicate.delivery/a/out-0.webp\",",
        "\"error\":\"",
        "All generated images contained NSFW content.",
        "CUDA out of memory",
        "r8_abcdefghij",
        "Bearer abcdefghijklm",
        "https://u:p@h.example/a?sig=1",
        "\"data_removed\":true,",
        "\"created_at\":\"2025-01-15T09:54:55.566Z\"",
        "\"",
        ",",
        "}",
        "null",
        "-1",
        "4294967296",
        "[[[[",
        "\\u0000",
    ])
}

fn known() -> Vec<Vec<u8>> {
    let predictions = [
        r#"{"id":"gm3qorzdhgbfurvjtvhg6dckhu","status":"starting","logs":"","output":null,"data_removed":false,"error":null,"created_at":"2025-01-15T09:54:55.566Z"}"#,
        r#"{"id":"gm3qorzdhgbfurvjtvhg6dckhu","status":"processing","logs":"Using seed: 12345\n  0%|          | 0/50 [00:00<?, ?it/s]\n 76%|███▌  | 38/50 [00:05<00:01, 7.1it/s]\n","output":null}"#,
        r#"{"id":"gm3qorzdhgbfurvjtvhg6dckhu","status":"succeeded","logs":"100%|█| 50/50 [x]","output":["https://replicate.delivery/x/out-3.webp","https://replicate.delivery/x/out-1.webp"],"data_removed":false}"#,
        r#"{"id":"gm3qorzdhgbfurvjtvhg6dckhu","status":"succeeded","output":"https://replicate.delivery/x/out-0.png"}"#,
        r#"{"id":"gm3qorzdhgbfurvjtvhg6dckhu","status":"failed","error":"All generated images contained NSFW content. Try running it again with a different prompt."}"#,
        r#"{"id":"gm3qorzdhgbfurvjtvhg6dckhu","status":"failed","error":"could not load https://h.example/w.safetensors?sig=SECRET with Bearer abcdefghijkl"}"#,
        r#"{"id":"gm3qorzdhgbfurvjtvhg6dckhu","status":"succeeded","output":null,"data_removed":true}"#,
    ];
    answers::with_status(200, &predictions)
}

fn check(input: &[u8]) -> Result<(), String> {
    let response = answers::response(input);
    let id = ID.parse().map_err(|error| format!("the id is {error}"))?;
    let polled = answers::read(&response, |result| read_get(result, &id))?;
    let canceled = answers::read(&response, |result| read_cancel(result, &id))?;
    equal("a cancel reads something else", &canceled, &polled)?;
    if let Some(found) = &polled {
        holds("another prediction is found", found.id == id)?;
        answers::prediction(found)?;
    }
    let created = read_create(Ok(response.clone()));
    if let Some(text) = created.log_cause() {
        answers::cause(text)?;
    }
    let is_certain = (400..500).contains(&response.status) && response.status != 408;
    match created {
        SubmitOutcome::Accepted(found) => {
            let is_success = (200..300).contains(&response.status);
            holds("an error was accepted", is_success)?;
            answers::prediction(&found)
        }
        SubmitOutcome::Refused(error) => {
            let failure = error.person_failure();
            holds("a refusal has no sentence", !failure.message.is_empty())?;
            holds("an uncertain create looks refused", is_certain)
        }
        SubmitOutcome::RetryAfter { seconds, .. } => {
            answers::wait(seconds)?;
            holds("an uncertain create would be repeated", is_certain)
        }
        SubmitOutcome::Unknown { .. } => holds(
            "a prediction that was created is not accepted",
            polled.is_none(),
        ),
    }
}
