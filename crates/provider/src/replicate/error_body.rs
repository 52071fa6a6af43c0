//! An answer that is no success.

use serde_json::Value;

use super::invalid_fields::InvalidField;
use super::retry_after;
use crate::http::ProviderResponse;
use crate::redact::Cause;

/// Status and body of an error, in the shapes of providers.md §1.4, as far as they can be read.
pub(super) struct ErrorBody {
    pub(super) status: u16,
    pub(super) title: String,
    pub(super) detail: String,
    pub(super) invalid_fields: Vec<InvalidField>,
    pub(super) retry_after_seconds: u32,
}

impl ErrorBody {
    pub(super) fn read(response: &ProviderResponse) -> Self {
        let json: Option<Value> = serde_json::from_slice(&response.body).ok();
        let text = |name| {
            json.as_ref()
                .and_then(|json| json.get(name))
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let detail = text("detail");
        Self {
            status: response.status,
            title: text("title"),
            invalid_fields: InvalidField::read_all(json.as_ref(), &detail),
            detail,
            retry_after_seconds: retry_after::seconds(
                json.as_ref(),
                response.retry_after.as_deref(),
            ),
        }
    }

    /// One line for the operator's log. A body that is not in the provider's form is not quoted: it may be a
    /// gateway's page, or hold a prompt.
    pub(super) fn cause(&self) -> Cause {
        let mut text = format!("HTTP {}", self.status);
        for part in [&self.title, &self.detail] {
            if !part.is_empty() {
                text.push_str(": ");
                text.push_str(part);
            }
        }
        Cause::new(text)
    }
}
