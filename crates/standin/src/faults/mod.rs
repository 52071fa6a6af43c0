//! Scripted faults: which requests they match, what they do, and how they change a prediction.

mod action;
mod prediction_faults;
mod scripts;

pub(crate) use action::{Action, StuckPhase, WebhookMode};
pub(crate) use prediction_faults::PredictionFaults;
pub(crate) use scripts::{FaultScripts, RequestFacts, Script};
