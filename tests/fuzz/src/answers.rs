//! What the targets about a provider's responses share.

use selfsame_provider::http::{ProviderResponse, ProviderResult};
use selfsame_provider::outcome::ReadOutcome;
use selfsame_provider::prediction::{Phase, Prediction};
use selfsame_provider::redact::Cause;

use super::{equal, holds};

/// Statuses that a response can have; the first byte of an input chooses one.
const STATUSES: [u16; 14] = [
    200, 201, 202, 199, 302, 400, 401, 402, 404, 410, 422, 429, 500, 503,
];

/// The response that an input describes: its status, and its body. The `retry-after` header is the start of the body.
pub(super) fn response(input: &[u8]) -> ProviderResponse {
    let (status, body) = input.split_first().unwrap_or((&0, &[]));
    ProviderResponse {
        status: STATUSES[usize::from(*status) % STATUSES.len()],
        retry_after: body
            .get(..4)
            .map(|start| String::from_utf8_lossy(start).into_owned()),
        body: body.to_vec(),
    }
}

/// Puts a byte before each body that chooses the status.
pub(super) fn with_status(status: u16, bodies: &[&str]) -> Vec<Vec<u8>> {
    let place = STATUSES.iter().position(|known| *known == status);
    let first = place
        .and_then(|place| u8::try_from(place).ok())
        .unwrap_or_default();
    let input = |body: &&str| [&[first], body.as_bytes()].concat();
    bodies.iter().map(input).collect()
}

/// Reads a response and checks what holds for every outcome.
pub(super) fn read<T>(
    response: &ProviderResponse,
    read: impl Fn(ProviderResult) -> ReadOutcome<T>,
) -> Result<Option<T>, String> {
    let outcome = read(Ok(response.clone()));
    if let Some(text) = outcome.log_cause() {
        cause(text)?;
    }
    if let ReadOutcome::RetryAfter { seconds, .. } = &outcome {
        wait(*seconds)?;
    }
    let is_success = (200..300).contains(&response.status);
    match outcome {
        ReadOutcome::Found(found) => {
            holds("something is found in an error", is_success)?;
            Ok(Some(found))
        }
        ReadOutcome::Gone => {
            let gone = matches!(response.status, 404 | 410);
            holds("something is gone without a 404", gone)?;
            Ok(None)
        }
        ReadOutcome::RetryAfter { .. } | ReadOutcome::Unavailable { .. } => Ok(None),
    }
}

/// A wait is between one second and five minutes.
pub(super) fn wait(seconds: u32) -> Result<(), String> {
    holds("a wait is out of range", (1..=300).contains(&seconds))
}

/// A line of the log is short, is one line, and holds nothing that redaction would still mask.
pub(super) fn cause(text: &str) -> Result<(), String> {
    holds("a cause is too long", text.chars().count() <= 401)?;
    holds("a cause is not one line", !text.contains(char::is_control))?;
    // A cause that was cut ends in a character more than its limit.
    if text.ends_with('…') {
        return Ok(());
    }
    equal("a cause is not redacted", Cause::new(text).as_str(), text)
}

/// What holds for every prediction that was read.
pub(super) fn prediction(prediction: &Prediction) -> Result<(), String> {
    let rising = prediction
        .outputs
        .windows(2)
        .all(|pair| pair[0].index < pair[1].index);
    holds("the pictures are out of order", rising)?;
    if let Some(progress) = prediction.progress {
        let possible = progress.percent <= 100 && progress.step <= progress.steps;
        holds("the progress is impossible", possible)?;
    }
    if let Some(text) = prediction.log_cause() {
        cause(text)?;
    }
    if prediction.phase == Phase::Succeeded {
        holds("a success has no picture", !prediction.outputs.is_empty())?;
    }
    if let Phase::Failed(error) = &prediction.phase {
        let failure = error.person_failure();
        holds("a failure has no sentence", !failure.message.is_empty())?;
    }
    Ok(())
}
