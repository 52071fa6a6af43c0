//! What goes wrong, as a person is told it and as the log keeps it.
//!
//! A handler returns a [`ApiError`]; the outermost step ([`crate::answer`]) gives it the request's id, writes the
//! JSON body and logs the cause. The cause never leaves the Worker.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use selfsame_api::{ErrorBody, ErrorCode, ErrorDetail};
use selfsame_primitives::ids::RequestId;

/// An error on its way to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    code: ErrorCode,
    message: String,
    field: Option<String>,
    cause: Option<String>,
}

impl ApiError {
    /// A problem with a sentence for the person.
    #[must_use]
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            field: None,
            cause: None,
        }
    }

    /// The request's field at fault, dotted.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// What really happened: for the log, never for the person.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "errors come by value")]
    pub fn because(mut self, cause: impl ToString) -> Self {
        self.cause = Some(cause.to_string());
        self
    }

    /// Something that is nobody's fault but ours.
    #[must_use]
    pub fn internal(cause: impl ToString) -> Self {
        Self::new(
            ErrorCode::Internal,
            "Something went wrong on our side. Nothing you made is lost; please try again in a moment.",
        )
        .because(cause)
    }

    /// Unknown, foreign and malformed ids, and addresses that do not exist: one answer for all.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(
            ErrorCode::NotFound,
            "There is nothing here under that address or id.",
        )
    }

    /// No session, or one that does not count any more.
    #[must_use]
    pub fn unauthenticated() -> Self {
        Self::new(
            ErrorCode::Unauthenticated,
            "You are not signed in. Open a sign-in link to come in.",
        )
    }

    /// The address exists, the method does not.
    #[must_use]
    pub fn method_not_allowed() -> Self {
        Self::new(
            ErrorCode::MethodNotAllowed,
            "This address does not take that method; the Allow header lists those it takes.",
        )
    }

    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        self.code
    }

    /// The request's field at fault.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// What the log keeps.
    #[must_use]
    pub fn cause(&self) -> Option<&str> {
        self.cause.as_deref()
    }

    /// The HTTP status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(crate::status::status(self.code))
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The JSON body of the answer to `request`.
    #[must_use]
    pub fn body(&self, request: &RequestId) -> ErrorBody {
        ErrorBody {
            error: ErrorDetail {
                code: self.code,
                message: self.message.clone(),
                field: self.field.clone(),
                request_id: request.clone(),
            },
        }
    }
}

impl From<worker::Error> for ApiError {
    fn from(error: worker::Error) -> Self {
        Self::internal(error)
    }
}

impl IntoResponse for ApiError {
    /// The status, with the problem itself beside it for [`crate::answer`] to write out.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use selfsame_primitives::time::Timestamp;

    #[test]
    fn the_cause_stays_out_of_the_body() {
        let request = RequestId::mint(Timestamp::from_millisecond(1), 1);
        let problem = ApiError::internal("D1_ERROR: r8_secret").at("text");
        let body = serde_json::to_string(&problem.body(&request)).expect("JSON");
        assert!(!body.contains("D1_ERROR"), "{body}");
        assert!(
            body.contains(r#""code":"internal""#) && body.contains(request.as_str()),
            "{body}"
        );
        assert_eq!(problem.status(), StatusCode::INTERNAL_SERVER_ERROR);
    }
}
