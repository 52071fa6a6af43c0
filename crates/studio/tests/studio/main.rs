//! The studio from outside: every command, every observation, and every way to crash in between, on `rusqlite`.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test's helpers fail as its body does"
)]

mod access_log;
mod account;
mod allowance;
mod archive;
mod bin;
mod canary;
mod cancel;
mod conversation_results;
mod conversations;
mod database;
mod deletion;
mod due;
mod enhancements;
mod events;
mod export;
mod gallery;
mod generate;
mod hints;
mod interleavings;
mod kit;
mod ledger;
mod links;
mod models;
mod pictures;
mod poll;
mod presets;
mod provider;
mod put_off;
mod queue;
mod reading;
mod reconcile;
mod revive;
mod save;
mod series;
mod sessions;
mod share_links;
mod stored;
mod submit;
mod thumbnails;
mod world;
