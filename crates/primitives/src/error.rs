//! Stable error codes, and what is refused before any request is made.

use serde::{Deserialize, Serialize};

use crate::string_enum;

/// The API's error detail, for something that was refused before any request was made. The browser module
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

string_enum! {
    /// Stable error codes.
    ErrorCode {
        /// The body is not JSON, or not UTF-8.
        InvalidJson = "invalid_json",
        /// A POST that can cost money came without `Idempotency-Key`, or with an unusable one.
        IdempotencyKeyRequired = "idempotency_key_required",
        /// A query parameter, such as a cursor, cannot be read.
        InvalidQuery = "invalid_query",
        /// Not signed in, or the session has ended.
        Unauthenticated = "unauthenticated",
        /// The sign-in link is not one of ours, or not whole.
        LinkInvalid = "link_invalid",
        /// The sign-in link is too old.
        LinkExpired = "link_expired",
        /// The sign-in link was used already.
        LinkUsed = "link_used",
        /// The allowance does not cover the pictures asked for.
        AllowanceExhausted = "allowance_exhausted",
        /// The request came from another site's page.
        WrongOrigin = "wrong_origin",
        /// The person is suspended.
        Suspended = "suspended",
        /// Only an operator can do this.
        Forbidden = "forbidden",
        /// No such thing, or not yours: the answer is the same.
        NotFound = "not_found",
        /// The address exists, the method does not.
        MethodNotAllowed = "method_not_allowed",
        /// The idempotency key was used for another request.
        IdempotencyConflict = "idempotency_conflict",
        /// The user id is taken.
        PersonExists = "person_exists",
        /// The provider's model belongs to somebody already.
        ModelClaimed = "model_claimed",
        /// The body is larger than the address takes.
        BodyTooLarge = "body_too_large",
        /// The body's content type is not `application/json`.
        UnsupportedMediaType = "unsupported_media_type",
        /// A field that this address does not know.
        UnknownField = "unknown_field",
        /// A field is missing.
        MissingField = "missing_field",
        /// A value is of the wrong type or not one of the allowed words.
        InvalidValue = "invalid_value",
        /// A number is outside its range.
        OutOfRange = "out_of_range",
        /// Nothing was written.
        EmptyPrompt = "empty_prompt",
        /// The text has more than 4,000 characters.
        PromptTooLong = "prompt_too_long",
        /// The finished prompt has more than 512 T5 tokens.
        PromptTooManyTokens = "prompt_too_many_tokens",
        /// The text names another person's trigger word.
        ForeignTrigger = "foreign_trigger",
        /// The model version cannot take this explicit value.
        ParameterUnsupported = "parameter_unsupported",
        /// The provider does not know the model or version, or its schema is none that can be served.
        ModelUnusable = "model_unusable",
        /// The recipe is not whole, not in its one form, not the one that its id was made from, or the model cannot
        /// make its picture again: the field says what stands in the way.
        RecipeInvalid = "recipe_invalid",
        /// The file is no picture that a recipe can be in, or is broken.
        PictureUnreadable = "picture_unreadable",
        /// The address speaks WebSocket, and the request asks for none.
        UpgradeRequired = "upgrade_required",
        /// Too many requests.
        RateLimited = "rate_limited",
        /// Our fault.
        Internal = "internal",
        /// No provider is configured.
        NotConfigured = "not_configured",
        /// The provider's account or service is not available; the operator's log says why.
        ProviderUnavailable = "provider_unavailable",
    }
}
