//! The stand-in: a local server that speaks Replicate's HTTP API, so that the whole studio can be run and tested
//! without an account, a bill or a network.
//!
//! It keeps everything in memory, listens on 127.0.0.1 only, and has a control API under `/_control` that scripts faults
//! and shows every request it received. `README.md` of this crate describes both.

mod app;
mod body;
mod catalogue;
mod chance;
mod clock;
mod errors;
mod faults;
mod front;
mod headers;
mod life;
mod lock;
mod logs;
mod paging;
mod picture;
mod prediction;
mod record;
mod request;
mod routes;
mod schema;
mod server;
mod size;
mod store;
mod target;
mod webhook;

pub use schema::SchemaError;
pub use server::{Running, Settings, StartError, start};
pub use webhook::sign;
