//! The wall clock, the CSPRNG and the operator's log. Nothing else reads the first two.
//!
//! The log has one JSON line an event, with ids, codes and causes. Prompts, pictures, tokens and keys are never logged, and
//! every line passes through the redactor.

use js_sys::Date;
use selfsame_primitives::time::Timestamp;
use selfsame_provider::redact::redact;
use serde::Serialize;
use wasm_bindgen::JsCast as _;
use web_sys::WorkerGlobalScope;
use worker::Error;

/// The present moment. In a Worker the clock only advances with I/O.
pub(crate) fn now() -> Timestamp {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "milliseconds since 1970 are a whole number far below 2^53"
    )]
    let milliseconds = Date::now() as i64;
    Timestamp::from_millisecond(milliseconds)
}

/// 128 random bits from the platform's cryptographic generator.
pub(crate) fn random() -> Result<u128, Error> {
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    let mut bytes = [0; 16];
    scope
        .crypto()?
        .get_random_values_with_u8_array(&mut bytes)?;
    Ok(u128::from_ne_bytes(bytes))
}

/// How severe an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Level {
    /// For information.
    Info,
    /// Something was refused or will be retried.
    Warning,
    /// Something needs the operator's attention.
    Error,
}

/// A line of the log.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Line<'a> {
    /// How severe an event is.
    pub(crate) level: Level,
    /// The event, as a stable word.
    pub(crate) event: &'a str,
    /// The id of what the line is about: a request, a user, an effect.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) subject: Option<&'a str>,
    /// The cause or the details.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) detail: Option<&'a str>,
}

impl Line<'_> {
    /// The line as JSON, with everything redacted that looks like a credential. That comes first, because JSON's escapes
    /// would split a credential that has a control character inside.
    pub(crate) fn to_text(&self) -> String {
        let (subject, detail) = (self.subject.map(redact), self.detail.map(redact));
        let line = Line {
            subject: subject.as_deref(),
            detail: detail.as_deref(),
            ..*self
        };
        serde_json::to_string(&line).unwrap_or_default()
    }

    /// Writes the line to the console.
    pub(crate) fn write(&self) {
        let text = self.to_text();
        match self.level {
            Level::Info => worker::console_log!("{text}"),
            Level::Warning => worker::console_warn!("{text}"),
            Level::Error => worker::console_error!("{text}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_shows_no_part_of_a_credential_that_a_control_character_splits() {
        let line = Line {
            level: Level::Error,
            event: "request_failed",
            subject: Some("req_1"),
            detail: Some("refused r8_abcd\u{0}efgh \"here\""),
        };
        let text = line.to_text();
        assert_eq!(
            text,
            r#"{"level":"error","event":"request_failed","subject":"req_1","detail":"refused ***** \"here\""}"#
        );
    }
}
