//! One JSON line an event, for the operator. Never a prompt, a picture, a token or a key: what goes in is ids,
//! codes and causes, and causes pass through the redactor first.

use selfsame_provider::redact::redact;
use serde::Serialize;

/// How much the operator should care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Level {
    /// Worth knowing.
    Info,
    /// Something was refused or will be tried again.
    Warning,
    /// The operator should look.
    Error,
}

/// A line of the log.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Line<'a> {
    /// How much the operator should care.
    pub(crate) level: Level,
    /// What happened, as a stable word.
    pub(crate) event: &'a str,
    /// The request's id, the user's id or whatever the line is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) subject: Option<&'a str>,
    /// The cause or the details.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) detail: Option<&'a str>,
}

impl Line<'_> {
    /// The line as JSON, with anything that looks like a credential taken out.
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
