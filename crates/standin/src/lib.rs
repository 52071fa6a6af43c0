//! The stand-in: a local server that speaks Replicate's HTTP API, so that the whole studio can be run and tested
//! without an account, a bill or a network.
//!
//! It keeps everything in memory, listens only on 127.0.0.1, and has a control API under `/_control` that scripts faults
//! and shows every request it received. `README.md` of this crate describes both; `docs/provider-notes.md` says what is
//! known about the real service.
//!
//! A request passes through `http`, which records it and applies scripted faults, to a function in `routes`.
//! `prediction` and `training` hold those and run them, over what both share in `job`; `model` knows the models and their
//! input schemas, `files` holds uploaded files, `picture` draws the outputs, and `webhook` reports.

use std::sync::{Mutex, MutexGuard, PoisonError};

mod clock;
mod faults;
mod files;
mod http;
mod job;
mod model;
mod picture;
mod prediction;
mod random;
mod request_log;
mod routes;
mod server;
mod training;
mod webhook;

pub use files::sign_download;
pub use model::schema::SchemaError;
pub use server::{Running, Settings, StartError, TOKEN, start};
pub use webhook::sign;

/// Locks even if another holder panicked: the data behind these mutexes is valid after every statement.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
