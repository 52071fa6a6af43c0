//! Errors: a stable code for programs, a sentence for the person, a request id for the log.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::ids::RequestId;

/// The body of every answer that is not a success.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ErrorBody {
    /// The error.
    pub error: ErrorDetail,
}

/// One error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct ErrorDetail {
    /// Stable code.
    pub code: ErrorCode,
    /// What happened, what it means and what can be done, in one or two sentences.
    pub message: String,
    /// The request's field at fault, dotted: `overrides.steps`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Quote it to the operator: it is in the log beside the cause.
    pub request_id: RequestId,
}

/// What an [`ErrorDetail`] says, of something that was refused before any request was made. The browser module
/// throws these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Refusal {
    /// Stable code.
    pub code: ErrorCode,
    /// The field at fault, dotted: `overrides.steps`.
    pub field: Option<String>,
    /// One or two sentences.
    pub message: String,
}

macro_rules! codes {
    ($($(#[$meta:meta])* $variant:ident = $status:literal),+ $(,)?) => {
        /// Stable error codes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
        #[serde(rename_all = "snake_case")]
        pub enum ErrorCode { $($(#[$meta])* $variant,)+ }

        impl ErrorCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The HTTP status that goes with the code.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $(Self::$variant => $status,)+ }
            }
        }
    };
}

codes! {
    /// The body is not JSON, or not UTF-8.
    InvalidJson = 400,
    /// A POST that can cost money came without `Idempotency-Key`, or with an unusable one.
    IdempotencyKeyRequired = 400,
    /// A query parameter, such as a cursor, cannot be read.
    InvalidQuery = 400,
    /// Not signed in, or the session has ended.
    Unauthenticated = 401,
    /// The sign-in link is not one of ours, or not whole.
    LinkInvalid = 401,
    /// The sign-in link is too old.
    LinkExpired = 401,
    /// The sign-in link was used already.
    LinkUsed = 401,
    /// The allowance does not cover the pictures asked for.
    AllowanceExhausted = 402,
    /// The request came from another site's page.
    WrongOrigin = 403,
    /// The person is suspended.
    Suspended = 403,
    /// Only an operator can do this.
    Forbidden = 403,
    /// No such thing, or not yours: the answer is the same.
    NotFound = 404,
    /// The address exists, the method does not.
    MethodNotAllowed = 405,
    /// The idempotency key was used for another request.
    IdempotencyConflict = 409,
    /// The user id is taken.
    PersonExists = 409,
    /// The provider's model belongs to somebody already.
    ModelClaimed = 409,
    /// The body is larger than the address takes.
    BodyTooLarge = 413,
    /// The body's content type is not `application/json`.
    UnsupportedMediaType = 415,
    /// A field that this address does not know.
    UnknownField = 422,
    /// A field is missing.
    MissingField = 422,
    /// A value is of the wrong type or not one of the allowed words.
    InvalidValue = 422,
    /// A number is outside its range.
    OutOfRange = 422,
    /// Nothing was written.
    EmptyPrompt = 422,
    /// The text has more than 4,000 characters.
    PromptTooLong = 422,
    /// The finished prompt has more than 512 T5 tokens.
    PromptTooManyTokens = 422,
    /// The text names another person's trigger word.
    ForeignTrigger = 422,
    /// The model version cannot take this explicit value.
    ParameterUnsupported = 422,
    /// The provider does not know the model or version, or its schema is none that can be served.
    ModelUnusable = 422,
    /// The recipe is not whole, not in its one form, or not the one that its id was made from.
    RecipeInvalid = 422,
    /// The file is no picture that a recipe can be in, or is broken.
    PictureUnreadable = 422,
    /// The address speaks WebSocket, and the request asks for none.
    UpgradeRequired = 426,
    /// Too many requests.
    RateLimited = 429,
    /// Our fault.
    Internal = 500,
    /// No provider is configured.
    NotConfigured = 503,
    /// The provider's account or service is not available; the operator's log says why.
    ProviderUnavailable = 503,
}
