//! Replicate's HTTP API. Every name of its JSON is in this module and nowhere else.
//!
//! Base URL `https://api.replicate.com/v1`; source: providers.md §1 and the published OpenAPI description. No live
//! answer was seen when this was written, so parsing is tolerant of what does not matter (unknown and missing
//! fields) and strict about what does (ids, status, whether something was created).
//!
//! `request` functions say what to send; `read_…` functions say what the answer means.

mod account;
mod answer;
mod cancel_after;
mod cursor;
mod error_body;
mod failure;
mod hook;
mod invalid_fields;
mod list;
mod logs;
mod outputs;
mod prediction;
pub mod reconcile;
pub mod request;
mod retry_after;
mod submit;
mod version;

pub use account::{Account, read_account, read_webhook_secret};
pub use cursor::Cursor;
pub use hook::{WebhookEvent, read_webhook};
pub use list::{ListedPrediction, PredictionPage, read_list};
pub use prediction::{read_cancel, read_get};
pub use submit::read_create;
pub use version::{VersionDocument, read_version};

#[cfg(test)]
mod bodies;
#[cfg(test)]
mod hostile_tests;
