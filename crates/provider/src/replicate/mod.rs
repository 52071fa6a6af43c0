//! Replicate's HTTP API, version 1. All names of its JSON are in this module.
//!
//! Parsing is tolerant of fields that do not matter, even if missing or unknown, and strict about those that do: ids,
//! status, and whether something was created. `docs/provider-notes.md` gives the source of every assumption.
//!
//! The functions of [`request`] say what to send; those named `read_…` say what the response means.

mod create;
mod deletion;
mod errors;
mod list;
mod prediction;
pub mod reconcile;
pub mod request;
mod response;
mod version;
mod webhook;

pub use create::read_create;
pub use deletion::read_deletion;
pub use errors::read_throttle;
pub use list::{Cursor, ListedPrediction, PredictionPage, read_list};
pub use prediction::{read_cancel, read_get};
pub use version::{VersionDocument, read_version};
pub use webhook::{WebhookEvent, read_webhook, read_webhook_secret};

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod hostile_tests;
