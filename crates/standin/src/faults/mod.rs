//! Scripted faults: what to match, what to do, and what that makes of a prediction.

mod action;
mod book;
mod fate;

pub(crate) use action::{Action, Phase, WebhookMode};
pub(crate) use book::{Book, Circumstance, Script};
pub(crate) use fate::Fate;
