//! A provider's errors.

use selfsame_provider::outcome::SubmitOutcome;
use selfsame_provider::replicate::{read_create, read_webhook_secret};

use super::{Target, answers, bytes, holds};

/// The target.
pub const TARGET: Target = Target {
    name: "refusal",
    fragments,
    known,
    check,
};

fn fragments() -> Vec<Vec<u8>> {
    bytes(&[
        "{\"title\":\"Input validation failed\",",
        "\"title\":\"Unauthenticated\",",
        "\"title\":\"Invalid version or not permitted\",",
        "\"detail\":\"",
        "- input.num_inference_steps: Must be less than or equal to 4\\n",
        "- input: prompt is required\\n",
        "\"invalid_fields\":[",
        "{\"type\":\"number_lte\",\"field\":\"input.guidance\",\"description\":\"Must be less than or equal to 10\"}",
        "{\"type\":\"enum\",\"field\":\"input.output_format\",\"description\":\"output_format must be one of the following: \\\"jpg\\\", \\\"png\\\"\"}",
        "\"field\":\"input.",
        "\"field\":\"version\"",
        "prompt is required",
        "Must be greater than or equal to -1.5",
        "\"retry_after\":30",
        "\"retry_after\":-1",
        "\"retry_after\":1e300",
        "\"key\":\"whsec_abc\"",
        "\"status\":429",
        "You have insufficient credit",
        "r8_abcdefghij",
        "<html>",
        "\"",
        ",",
        "]",
        "}",
        "\\n",
        "é",
    ])
}

fn known() -> Vec<Vec<u8>> {
    [
        (401, r#"{"title":"Unauthenticated","detail":"You did not pass a valid authentication token","status":401}"#),
        (402, r#"{"title":"Insufficient credit","detail":"You have insufficient credit to run this model. Go to https://replicate.com/account/billing#billing to purchase credit.","status":402}"#),
        (404, r#"{"detail":"The requested resource could not be found.","status":404}"#),
        (422, r#"{"detail":"- input: prompt is required\n- input.num_inference_steps: Must be less than or equal to 4\n","status":422,"title":"Input validation failed","invalid_fields":[{"type":"required","field":"input","description":"prompt is required"},{"type":"number_lte","field":"input.num_inference_steps","description":"Must be less than or equal to 4"}]}"#),
        (422, r#"{"detail":"- input.output_format: output_format must be one of the following: \"jpg\", \"png\"\n","status":422}"#),
        (429, r#"{"detail":"Request was throttled. Your rate limit resets in ~30s.","status":429,"retry_after":30}"#),
        (503, "<html><h1>Service unavailable</h1></html>"),
    ]
    .iter()
    .flat_map(|(status, body)| answers::with_status(*status, &[body]))
    .collect()
}

/// What must never reach a person: the state of the account, and the provider's own markup and line breaks.
const PRIVATE: [&str; 6] = ["credit", "billing", "r8_", "token", "<html", "\n"];

fn check(input: &[u8]) -> Result<(), String> {
    let response = answers::response(input);
    answers::read(&response, read_webhook_secret)?;
    let created = read_create(Ok(response));
    if let Some(text) = created.log_cause() {
        answers::cause(text)?;
    }
    match created {
        SubmitOutcome::Refused(error) => {
            let failure = error.person_failure();
            let length = failure.message.chars().count();
            holds("a sentence has no length", (1..=400).contains(&length))?;
            let said = failure.message.to_lowercase();
            for word in PRIVATE {
                holds("a person is told too much", !said.contains(word))?;
            }
            let field = failure.field.as_deref();
            holds("a field has no name", field != Some(""))
        }
        SubmitOutcome::RetryAfter { seconds, .. } => answers::wait(seconds),
        SubmitOutcome::Accepted(found) => answers::prediction(&found),
        SubmitOutcome::Unknown { .. } => Ok(()),
    }
}
