//! HTTP as both routers use it: requests read lazily, responses written once, errors, cookies, origins and
//! idempotency keys.

pub(crate) mod body;
pub(crate) mod conditional;
pub(crate) mod cookie;
pub(crate) mod error;
pub(crate) mod idempotency;
mod json;
pub(crate) mod origin;
pub(crate) mod page;
pub(crate) mod parameters;
pub(crate) mod request;
pub(crate) mod response;
pub(crate) mod search;

pub(crate) use error::ApiError;
pub(crate) use json::JsonError;
