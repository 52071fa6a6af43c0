//! The stand-in as a client sees it: over HTTP, on a port of its own.

mod conformance;
mod creating;
mod delivery;
mod endings;
mod faults;
mod lists;
mod receiver;
mod support;
mod webhooks;
