//! The life of a generation, from its submit to its end.
//!
//! ```text
//!            accepted             succeeded          all pictures decided
//!  submit ──────────────> poll ──────────────> save ──────────────────────> finish
//!    │ unknown              ^ │ failed, canceled, gone, timed out              ^
//!    └────────> reconcile ──┘ └────────────────────────────────────────────────┘
//! ```
//!
//! A generation that is given up without the provider's last word is revived when the provider is heard after all.
//!
//! One outbox row drives a generation: first a submit, which may be [queued](super::queue), after an unknown outcome a reconcile, then a poll; when the
//! provider is done, one fetch a picture takes its place. A cancel is a row beside it.
//!
//! **Invariant:** only [`finish`] ends a generation, and it settles the reservation. Only [`revive`] takes an end back,
//! and only that of a generation that was given up.
//! **Invariant:** a submit that may have been sent is handed out again only after the provider has said that it created
//! nothing.

pub(super) mod cancel;
mod finish;
pub(super) mod hint;
pub(super) mod poll;
pub(super) mod reconcile;
mod revive;
pub(super) mod save;
pub(super) mod submit;
