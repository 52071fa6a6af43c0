//! The HTTP status of each error code.

use selfsame_api::ErrorCode;

/// The status that a response with `code` has.
#[must_use]
pub const fn status(code: ErrorCode) -> u16 {
    match code {
        ErrorCode::InvalidJson | ErrorCode::IdempotencyKeyRequired | ErrorCode::InvalidQuery => 400,
        ErrorCode::Unauthenticated
        | ErrorCode::LinkInvalid
        | ErrorCode::LinkExpired
        | ErrorCode::LinkUsed => 401,
        ErrorCode::AllowanceExhausted => 402,
        ErrorCode::WrongOrigin | ErrorCode::Suspended | ErrorCode::Forbidden => 403,
        ErrorCode::NotFound => 404,
        ErrorCode::MethodNotAllowed => 405,
        ErrorCode::IdempotencyConflict | ErrorCode::PersonExists | ErrorCode::ModelClaimed => 409,
        ErrorCode::BodyTooLarge => 413,
        ErrorCode::UnsupportedMediaType => 415,
        ErrorCode::UnknownField
        | ErrorCode::MissingField
        | ErrorCode::InvalidValue
        | ErrorCode::OutOfRange
        | ErrorCode::EmptyPrompt
        | ErrorCode::PromptTooLong
        | ErrorCode::PromptTooManyTokens
        | ErrorCode::ForeignTrigger
        | ErrorCode::ParameterUnsupported
        | ErrorCode::ModelUnusable
        | ErrorCode::RecipeInvalid
        | ErrorCode::PictureUnreadable => 422,
        ErrorCode::UpgradeRequired => 426,
        ErrorCode::RateLimited => 429,
        ErrorCode::Internal => 500,
        ErrorCode::NotConfigured | ErrorCode::ProviderUnavailable => 503,
    }
}
