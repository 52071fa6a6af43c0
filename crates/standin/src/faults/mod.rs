//! Scripted faults: which requests they match, what they do, and how they change a prediction.

mod action;
mod matcher;
mod prediction_faults;
mod rate_limit;
mod scripts;

pub(crate) use action::{Action, HTML, StuckPhase, WebhookMode};
pub(crate) use matcher::RequestFacts;
pub(crate) use prediction_faults::PredictionFaults;
pub(crate) use scripts::{FaultScripts, Script};
