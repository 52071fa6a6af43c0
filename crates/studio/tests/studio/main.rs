//! The studio from outside: every command, every observation, and every way to crash in between, on `rusqlite`.

mod account;
mod cancel;
mod database;
mod generate;
mod hints;
mod interleavings;
mod kit;
mod pictures;
mod poll;
mod provider;
mod reading;
mod reconcile;
mod save;
mod submit;
