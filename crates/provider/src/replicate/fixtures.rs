//! Bodies of Replicate's responses for the tests. `docs/provider-notes.md` says where their forms come from.

use selfsame_prompt::schema::InputValue;

use crate::http::{ProviderResponse, ProviderResult};
use crate::prediction::Submission;

#[expect(clippy::unnecessary_wraps, reason = "the type that every reader takes")]
pub(super) fn respond(status: u16, body: &str) -> ProviderResult {
    Ok(ProviderResponse {
        status,
        retry_after: None,
        body: body.as_bytes().to_vec(),
    })
}

pub(super) fn submission() -> Submission {
    Submission {
        version: "cd".repeat(32).parse().unwrap(),
        input: [
            (
                "prompt",
                InputValue::Text("user42585527 woman, \"laughing\" — 雨".to_owned()),
            ),
            ("seed", InputValue::Integer(4_242)),
            ("num_inference_steps", InputValue::Integer(50)),
            ("guidance_scale", InputValue::Number(3.5)),
            ("go_fast", InputValue::Bool(false)),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into(),
        webhook_url: Some("https://studio.example/hooks/replicate/ada/gen_1/nonce".to_owned()),
        cancel_after_seconds: 1_800,
    }
}

/// The body in which `submission()` is sent.
pub(super) const SENT: &str = r#"{
 "version":"cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd",
 "input":{"prompt":"user42585527 woman, \"laughing\" — 雨","seed":4242,"num_inference_steps":50,"guidance_scale":3.5,"go_fast":false},
 "webhook":"https://studio.example/hooks/replicate/ada/gen_1/nonce",
 "webhook_events_filter":["start","logs","completed"]}"#;

pub(super) const STARTING: &str = r#"{"id":"gm3qorzdhgbfurvjtvhg6dckhu","model":"black-forest-labs/flux-dev-lora","version":"hidden","input":{"prompt":"..."},"logs":"","output":null,
 "data_removed":false,"error":null,"source":"api","status":"starting","created_at":"2025-01-15T09:54:55.566Z",
 "urls":{"web":"https://replicate.com/p/ID","get":"https://api.replicate.com/v1/predictions/ID","cancel":"https://api.replicate.com/v1/predictions/ID/cancel","stream":"https://stream.replicate.com/v1/files/x"}}"#;

pub(super) const PROCESSING: &str = r#"{"id":"gm3qorzdhgbfurvjtvhg6dckhu","model":"studio/ada-selfie-lora","version":"cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd","input":{"prompt":"..."},
 "logs":"Using seed: 12345\n  0%|          | 0/50 [00:00<?, ?it/s]\n 76%|███████▌  | 38/50 [00:05<00:01, 7.1it/s]\n","output":null,
 "data_removed":false,"error":null,"source":"api","status":"processing","created_at":"2025-01-15T09:54:55.566Z","started_at":"2025-01-15T09:54:56.566123Z","a_new_field":[{}]}"#;

pub(super) const SUCCEEDED: &str = r#"{"id":"gm3qorzdhgbfurvjtvhg6dckhu","model":"studio/ada-selfie-lora","version":"cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd","input":{"prompt":"..."},
 "logs":"Using seed: 12345\n100%|██████████| 50/50 [00:07<00:00, 7.1it/s]\n","output":["https://replicate.delivery/xezq/token/out-2.webp"],
 "data_removed":false,"error":null,"source":"api","status":"succeeded","created_at":"2025-01-15T09:54:55.566Z","completed_at":"2025-01-15T09:55:05.566Z","metrics":{"predict_time":7.7,"total_time":10.0}}"#;

pub(super) const NSFW: &str =
    "All generated images contained NSFW content. Try running it again with a different prompt.";

pub(super) const UNAUTHENTICATED: &str = r#"{"title":"Unauthenticated","detail":"You did not pass a valid authentication token","status":401}"#;
pub(super) const NO_TOKEN: &str = r#"{"title":"Unauthenticated","detail":"You did not pass an authentication token","status":401}"#;
pub(super) const NO_CREDIT: &str = r#"{"title":"Insufficient credit","detail":"You have insufficient credit to run this model. Go to https://replicate.com/account/billing#billing to purchase credit. Once you purchase credit, please wait a few minutes.","status":402}"#;
pub(super) const NOT_FOUND: &str =
    r#"{"detail":"The requested resource could not be found.","status":404}"#;
pub(super) const INVALID_VERSION: &str = r#"{"title":"Invalid version or not permitted","detail":"The specified version does not exist (or perhaps you don't have permission to use it?)","status":422}"#;
pub(super) const INVALID_INPUT: &str = r#"{"detail":"- input: prompt is required\n- input.num_inference_steps: Must be less than or equal to 4\n","status":422,"title":"Input validation failed",
 "invalid_fields":[{"type":"required","field":"input","description":"prompt is required"},{"type":"number_lte","field":"input.num_inference_steps","description":"Must be less than or equal to 4"}]}"#;
pub(super) const INVALID_ENUM: &str = r#"{"detail":"- input.output_format: output_format must be one of the following: \"jpg\", \"png\"\n","status":422,"title":"Input validation failed",
 "invalid_fields":[{"type":"enum","field":"input.output_format","description":"output_format must be one of the following: \"jpg\", \"png\""}]}"#;
pub(super) const INVALID_TOP_LEVEL: &str = r#"{"detail":"- : Additional property model is not allowed\n","status":422,"title":"Input validation failed",
 "invalid_fields":[{"type":"additional_property_not_allowed","field":"","description":"Additional property model is not allowed"}]}"#;
pub(super) const THROTTLED: &str = r#"{"detail":"Request was throttled. Your rate limit resets in ~30s.","status":429,"retry_after":30}"#;
pub(super) const THROTTLED_LOW_CREDIT: &str = r#"{"detail":"Request was throttled. Your rate limit for creating predictions is reduced to 6 requests per minute with a burst of 1 requests while you have less than $5.0 in credit. Your rate limit resets in ~10s.","status":429,"retry_after":10}"#;
