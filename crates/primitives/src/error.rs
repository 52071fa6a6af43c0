//! Stable error codes, and refusals without a request.

use serde::{Deserialize, Serialize};

use crate::string_enum;

/// The API's error detail for a value that is refused before any request is made. The browser module throws an `Error`
/// with these properties.
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
        /// A POST that can cost money has no `Idempotency-Key`, or an invalid one.
        IdempotencyKeyRequired = "idempotency_key_required",
        /// A query parameter, such as a cursor, cannot be read.
        InvalidQuery = "invalid_query",
        /// Not signed in, or the session has ended.
        Unauthenticated = "unauthenticated",
        /// The sign-in link was not issued here, or is incomplete.
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
        /// It does not exist or belongs to somebody else; both get the same answer.
        NotFound = "not_found",
        /// The address does not support the method.
        MethodNotAllowed = "method_not_allowed",
        /// The idempotency key was used for another request.
        IdempotencyConflict = "idempotency_conflict",
        /// The generation is under way, so it cannot be deleted yet.
        GenerationUnderWay = "generation_under_way",
        /// The draft was changed elsewhere meanwhile.
        DraftConflict = "draft_conflict",
        /// The person has another album or preset with this name.
        NameTaken = "name_taken",
        /// The studio already holds the most of these that it can.
        LimitReached = "limit_reached",
        /// The frame has its pictures: it can be made again only with a change.
        FrameDone = "frame_done",
        /// A comparison's cells cannot be changed one by one.
        CellFixed = "cell_fixed",
        /// The series is a shoot, which is not voted on.
        NotAComparison = "not_a_comparison",
        /// The user id is taken.
        PersonExists = "person_exists",
        /// The provider's model belongs to somebody already.
        ModelClaimed = "model_claimed",
        /// The body is larger than the address takes.
        BodyTooLarge = "body_too_large",
        /// The body's content type is not `application/json`.
        UnsupportedMediaType = "unsupported_media_type",
        /// The request has a field that does not exist.
        UnknownField = "unknown_field",
        /// A field is missing.
        MissingField = "missing_field",
        /// A value has the wrong type or is not one of the accepted words.
        InvalidValue = "invalid_value",
        /// A number is outside its range.
        OutOfRange = "out_of_range",
        /// The prompt is empty.
        EmptyPrompt = "empty_prompt",
        /// The text has more than 4,000 characters.
        PromptTooLong = "prompt_too_long",
        /// The finished prompt has more than 512 T5 tokens.
        PromptTooManyTokens = "prompt_too_many_tokens",
        /// The text names another person's trigger word.
        ForeignTrigger = "foreign_trigger",
        /// The request asks for sexual content, which is never made of a real person's face. Nothing was sent or charged.
        UnsafeContent = "unsafe_content",
        /// The model version does not accept this explicit value.
        ParameterUnsupported = "parameter_unsupported",
        /// The provider does not know the model or version, or its schema cannot be served, or the model is retired.
        ModelUnusable = "model_unusable",
        /// The recipe is invalid, not canonical, does not match its id, or cannot be replayed with this model; the field
        /// says why.
        RecipeInvalid = "recipe_invalid",
        /// The file is damaged, or not a picture that a recipe can be in.
        PictureUnreadable = "picture_unreadable",
        /// The range begins behind the end of the file.
        RangeNotSatisfiable = "range_not_satisfiable",
        /// The address needs a WebSocket upgrade.
        UpgradeRequired = "upgrade_required",
        /// Too many requests.
        RateLimited = "rate_limited",
        /// A defect of the server.
        Internal = "internal",
        /// No provider is configured.
        NotConfigured = "not_configured",
        /// The provider's account or service is unavailable; the operator's log says why.
        ProviderUnavailable = "provider_unavailable",
    }
}
