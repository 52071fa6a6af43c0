//! HTTP as both routers use it: requests read lazily, responses written once, errors, cookies and origins.

pub(crate) mod body;
pub(crate) mod cookie;
pub(crate) mod error;
mod json;
pub(crate) mod origin;
pub(crate) mod paging;
pub(crate) mod path;
pub(crate) mod request;
pub(crate) mod response;
mod security;

pub(crate) use error::ApiError;
