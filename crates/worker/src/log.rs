//! The operator's log: one JSON line an event, with ids, codes and causes. Prompts, pictures, tokens and keys are never
//! logged, and every line passes through the redactor.

use selfsame_provider::redact::redact;
use serde::Serialize;

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
    /// The id of the request, the user or whatever else the line is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) subject: Option<&'a str>,
    /// The cause or the details.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) detail: Option<&'a str>,
}

impl Line<'_> {
    /// The line as JSON, with everything redacted that looks like a credential.
    pub(crate) fn to_text(&self) -> String {
        let text = serde_json::to_string(self).unwrap_or_default();
        redact(&text)
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
