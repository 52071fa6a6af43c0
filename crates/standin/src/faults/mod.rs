//! Scripted faults: which requests they match, what they do, and how they change a prediction.

mod action;
mod job_faults;
mod matcher;
mod rate_limit;
mod scripts;

pub(crate) use action::{Action, HTML, StuckPhase, WebhookMode};
pub(crate) use job_faults::JobFaults;
pub(crate) use matcher::RequestFacts;
pub(crate) use scripts::{FaultScripts, Script};
