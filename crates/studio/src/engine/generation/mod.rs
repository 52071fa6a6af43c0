//! The life of a generation, from its submit to its end.
//!
//! ```text
//!            accepted             succeeded          all pictures decided
//!  submit ──────────────> poll ──────────────> save ──────────────────────> finish
//!    │ unknown              ^ │ failed, canceled, gone, timed out              ^
//!    └────────> reconcile ──┘ └────────────────────────────────────────────────┘
//! ```
//!
//! One outbox row drives a generation: first a submit, after an unknown outcome a reconcile, then a poll; when the
//! provider is done, one fetch a picture takes its place. A cancel is a row beside it.
//!
//! **Invariant:** only [`finish`] ends a generation, it settles the reservation, and no generation ends twice.
//! **Invariant:** a submit is handed out again only after the provider has said that it created nothing.

pub(super) mod cancel;
mod finish;
pub(super) mod hint;
pub(super) mod poll;
pub(super) mod reconcile;
pub(super) mod save;
pub(super) mod submit;
