//! The API's JSON, one type a shape. Dates are RFC 3339 UTC; ids are sortable strings; errors are [`ErrorBody`].

mod account;
mod error;
mod event;
mod generation;
mod operator;
mod raw;

pub use account::{Allowance, Health, Me, Model, ModelList, Provider, Role, SignIn};
pub use error::{ErrorBody, ErrorDetail};
pub use event::Event;
pub use generation::{
    Failure, FailureCode, Generation, GenerationPage, GenerationRequest, GenerationStatus,
    GenerationSummary, Picture, PictureRecord, PictureSummary, Progress, RequestSummary,
};
pub use operator::{
    BindModel, BoundModel, CreatePerson, Link, MintLink, People, Person, PersonStatus,
};
pub use raw::RawJson;
pub use selfsame_primitives::error::{ErrorCode, Refusal};
