//! Errors as a person reads them and as the log keeps them.
//!
//! A handler returns an [`ApiError`]; [`finish`](super::response::finish) adds the request's id, writes the JSON body
//! and logs the cause. The cause never leaves the Worker.

use axum::http::StatusCode;
use selfsame_api::{ErrorBody, ErrorCode, ErrorDetail, Refusal};
use selfsame_primitives::ids::RequestId;
use selfsame_primitives::text::plural;
use selfsame_studio::StudioError;

use crate::platform::{Level, Line};

/// An error on its way to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ApiError {
    code: ErrorCode,
    message: String,
    field: Option<String>,
    cause: Option<String>,
    retry_after: Option<u32>,
}

impl ApiError {
    /// An error with a sentence for the person.
    pub(crate) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            field: None,
            cause: None,
            retry_after: None,
        }
    }

    /// Names the request's field at fault, dotted.
    pub(crate) fn at(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// The cause: for the log, never for the person.
    #[expect(clippy::needless_pass_by_value, reason = "errors come by value")]
    pub(crate) fn because(mut self, cause: impl ToString) -> Self {
        self.cause = Some(cause.to_string());
        self
    }

    /// Too many requests: `what` is refused until `seconds` have passed, which is also in the header `Retry-After`.
    pub(crate) fn rate_limited(what: &str, seconds: u32) -> Self {
        let text = format!("{what} Try again in {}.", plural(seconds, "second"));
        Self {
            retry_after: Some(seconds),
            ..Self::new(ErrorCode::RateLimited, text)
        }
    }

    /// A fault of the Worker's own.
    pub(crate) fn internal(cause: impl ToString) -> Self {
        Self::new(
            ErrorCode::Internal,
            "Something went wrong on our side. Nothing you made is lost; please try again in a moment.",
        )
        .because(cause)
    }

    /// Unknown, foreign and malformed ids, and addresses that do not exist: all get the same response.
    pub(crate) fn not_found() -> Self {
        Self::new(
            ErrorCode::NotFound,
            "There is nothing here under that address or id.",
        )
    }

    /// No session, or one that has ended.
    pub(crate) fn unauthenticated() -> Self {
        Self::new(
            ErrorCode::Unauthenticated,
            "You are not signed in. Open a sign-in link to come in.",
        )
    }

    /// The address exists, the method does not.
    pub(crate) fn method_not_allowed() -> Self {
        Self::new(
            ErrorCode::MethodNotAllowed,
            "This address does not take that method; the Allow header lists those it takes.",
        )
    }

    /// The stable code.
    pub(crate) const fn code(&self) -> ErrorCode {
        self.code
    }

    /// The same error, after which the request may be repeated in `seconds`.
    pub(crate) fn retry_in(self, seconds: Option<u32>) -> Self {
        Self {
            retry_after: seconds,
            ..self
        }
    }

    /// Seconds until the request may be repeated, for `Retry-After`.
    pub(crate) const fn retry_after(&self) -> Option<u32> {
        self.retry_after
    }

    /// The HTTP status of the response.
    pub(crate) fn status(&self) -> StatusCode {
        status_of(self.code)
    }

    /// The JSON body of the response to `request`.
    pub(crate) fn body(&self, request: &RequestId) -> ErrorBody {
        ErrorBody {
            error: ErrorDetail {
                code: self.code,
                message: self.message.clone(),
                field: self.field.clone(),
                request_id: request.clone(),
            },
        }
    }

    /// The error as it crosses from an object to the front Worker, without its cause.
    pub(crate) fn into_refusal(self) -> Refusal {
        Refusal {
            code: self.code,
            field: self.field,
            message: self.message,
        }
    }

    /// Writes the error to the log, if it has a cause or is the Worker's own fault.
    pub(crate) fn log(&self, request: &RequestId) {
        let level = if self.status().is_server_error() {
            Level::Error
        } else {
            Level::Info
        };
        if self.cause.is_some() || level == Level::Error {
            Line {
                level,
                event: self.code.as_str(),
                subject: Some(request.as_str()),
                detail: self.cause.as_deref(),
            }
            .write();
        }
    }
}

impl From<worker::Error> for ApiError {
    fn from(error: worker::Error) -> Self {
        Self::internal(error)
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        if refusal.code == ErrorCode::NotFound {
            return Self::not_found();
        }
        Self {
            code: refusal.code,
            message: refusal.message,
            field: refusal.field,
            cause: None,
            retry_after: None,
        }
    }
}

impl From<StudioError> for ApiError {
    fn from(error: StudioError) -> Self {
        let refused = Self {
            retry_after: error.retry_after(),
            ..Self::from(error.refusal())
        };
        match refused.code {
            ErrorCode::Internal => refused.because(error),
            _ => refused,
        }
    }
}

/// The status that a response with `code` has.
const fn status_of(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::InvalidJson | ErrorCode::IdempotencyKeyRequired | ErrorCode::InvalidQuery => {
            StatusCode::BAD_REQUEST
        }
        ErrorCode::Unauthenticated
        | ErrorCode::LinkInvalid
        | ErrorCode::LinkExpired
        | ErrorCode::LinkUsed => StatusCode::UNAUTHORIZED,
        ErrorCode::AllowanceExhausted => StatusCode::PAYMENT_REQUIRED,
        ErrorCode::WrongOrigin | ErrorCode::Suspended | ErrorCode::Forbidden => {
            StatusCode::FORBIDDEN
        }
        ErrorCode::NotFound => StatusCode::NOT_FOUND,
        ErrorCode::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        ErrorCode::IdempotencyConflict
        | ErrorCode::GenerationUnderWay
        | ErrorCode::FrameDone
        | ErrorCode::CellFixed
        | ErrorCode::NotAComparison
        | ErrorCode::DraftConflict
        | ErrorCode::NameTaken
        | ErrorCode::LimitReached
        | ErrorCode::PersonExists
        | ErrorCode::ModelClaimed => StatusCode::CONFLICT,
        ErrorCode::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorCode::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ErrorCode::UnknownField
        | ErrorCode::MissingField
        | ErrorCode::InvalidValue
        | ErrorCode::OutOfRange
        | ErrorCode::EmptyPrompt
        | ErrorCode::PromptTooLong
        | ErrorCode::PromptTooManyTokens
        | ErrorCode::ForeignTrigger
        | ErrorCode::UnsafeContent
        | ErrorCode::ParameterUnsupported
        | ErrorCode::ModelUnusable
        | ErrorCode::RecipeInvalid
        | ErrorCode::PictureUnreadable => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorCode::RangeNotSatisfiable => StatusCode::RANGE_NOT_SATISFIABLE,
        ErrorCode::UpgradeRequired => StatusCode::UPGRADE_REQUIRED,
        ErrorCode::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        ErrorCode::NotConfigured | ErrorCode::ProviderUnavailable => {
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use selfsame_primitives::time::Timestamp;

    #[test]
    fn the_cause_is_not_in_the_body() {
        let request = RequestId::mint(Timestamp::from_millisecond(1), 1);
        let error = ApiError::internal("D1_ERROR: r8_secret").at("text");
        let body = serde_json::to_string(&error.body(&request)).expect("JSON");
        assert!(!body.contains("D1_ERROR"), "{body}");
        assert!(
            body.contains(r#""code":"internal""#) && body.contains(request.as_str()),
            "{body}"
        );
        assert_eq!(error.status(), StatusCode::INTERNAL_SERVER_ERROR);
    }

    #[test]
    fn a_wait_of_one_second_is_singular() {
        let refused = |seconds| ApiError::rate_limited("Too many.", seconds).into_refusal();
        assert_eq!(refused(1).message, "Too many. Try again in 1 second.");
        assert_eq!(refused(30).message, "Too many. Try again in 30 seconds.");
    }
}
