//! Error responses in the forms of the real service (`docs/provider-notes.md`, "Errors and rate limits").

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::model::schema::Violation;

/// Why a request was refused.
#[derive(Debug)]
pub(crate) enum ApiError {
    /// 401: no `Authorization` header.
    NoToken,
    /// 401: the header has no token of the service.
    BadToken,
    /// 402: the account has no credit.
    InsufficientCredit,
    /// 404.
    NotFound,
    /// 404 for a file, which has a text and a content type of its own.
    FileNotFound,
    /// 405, with the allowed methods.
    MethodNotAllowed {
        method: String,
        allowed: &'static str,
    },
    /// 400: the body is not JSON, or a query parameter is invalid.
    BadRequest(String),
    /// 413.
    TooLarge,
    /// 413 for a file, which has a text and a content type of its own.
    FileTooLarge,
    /// 422: no such version, or not one that this account may run.
    InvalidVersion,
    /// 422: the body violates the endpoint's or the version's schema.
    InvalidInput(Vec<Violation>),
    /// 422 with any other detail.
    Unprocessable(String),
    /// 429, with the seconds to wait.
    Throttled { retry_after: u64 },
    /// Any other status that a script requests.
    Other { status: StatusCode, detail: String },
}

impl ApiError {
    /// The error of a scripted `status`.
    pub(crate) fn of_status(status: StatusCode, retry_after: Option<u64>) -> Self {
        match status.as_u16() {
            401 => Self::BadToken,
            402 => Self::InsufficientCredit,
            404 => Self::NotFound,
            413 => Self::TooLarge,
            422 => Self::InvalidVersion,
            429 => Self::Throttled {
                retry_after: retry_after.unwrap_or(30),
            },
            _ => Self::Other {
                status,
                detail: status
                    .canonical_reason()
                    .unwrap_or("Unexpected error")
                    .to_owned(),
            },
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NoToken | Self::BadToken => StatusCode::UNAUTHORIZED,
            Self::InsufficientCredit => StatusCode::PAYMENT_REQUIRED,
            Self::NotFound | Self::FileNotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge | Self::FileTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::InvalidVersion | Self::InvalidInput(_) | Self::Unprocessable(_) => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::Throttled { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Other { status, .. } => *status,
        }
    }

    fn title(&self) -> Option<&'static str> {
        match self {
            Self::NoToken | Self::BadToken => Some("Unauthenticated"),
            Self::InsufficientCredit => Some("Insufficient credit"),
            Self::InvalidVersion => Some("Invalid version or not permitted"),
            Self::InvalidInput(_) => Some("Input validation failed"),
            _ => None,
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::NoToken => "You did not pass an authentication token".to_owned(),
            Self::BadToken => "You did not pass a valid authentication token".to_owned(),
            Self::InsufficientCredit => "You have insufficient credit to run this model. Go to \
                https://replicate.com/account/billing#billing to purchase credit. Once you purchase credit, please wait \
                a few minutes before trying again."
                .to_owned(),
            Self::NotFound => "The requested resource could not be found.".to_owned(),
            Self::FileNotFound => "File not found".to_owned(),
            Self::FileTooLarge => "Files must be less than 100MB in size".to_owned(),
            Self::MethodNotAllowed { method, .. } => format!("Method \"{method}\" not allowed."),
            Self::TooLarge => "The request body is too large.".to_owned(),
            Self::InvalidVersion => "The specified version does not exist (or perhaps you don't have permission to \
                use it?)"
                .to_owned(),
            Self::InvalidInput(violations) => detail_lines(violations),
            Self::Throttled { retry_after } => {
                format!("Request was throttled. Your rate limit resets in ~{retry_after}s.")
            }
            Self::BadRequest(detail)
            | Self::Unprocessable(detail)
            | Self::Other { detail, .. } => detail.clone(),
        }
    }

    /// The body. A given `detail` replaces the usual one.
    pub(crate) fn body(&self, detail: Option<&str>) -> Value {
        let detail = detail.map_or_else(|| self.detail(), ToOwned::to_owned);
        let mut body = json!({ "detail": detail, "status": self.status().as_u16() });
        if let Some(title) = self.title() {
            body["title"] = title.into();
        }
        if let Self::InvalidInput(violations) = self {
            body["invalid_fields"] = json!(violations);
        }
        if let Self::Throttled { retry_after } = self {
            body["retry_after"] = json!(retry_after);
        }
        body
    }

    /// The response. A given `detail` replaces the usual one.
    pub(crate) fn response(&self, detail: Option<&str>) -> Response {
        let mut response = (self.status(), Json(self.body(detail))).into_response();
        let headers = response.headers_mut();
        if let Self::Throttled { retry_after } = self {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(*retry_after));
        }
        if matches!(self, Self::FileNotFound | Self::FileTooLarge) {
            let problem = HeaderValue::from_static("application/problem+json");
            headers.insert(header::CONTENT_TYPE, problem);
        }
        if let Self::MethodNotAllowed { allowed, .. } = self {
            headers.insert(header::ALLOW, HeaderValue::from_static(allowed));
        }
        response
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        self.response(None)
    }
}

/// One line for each violation: `- input: prompt is required`.
fn detail_lines(violations: &[Violation]) -> String {
    violations
        .iter()
        .map(
            |Violation {
                 field, description, ..
             }| {
                if field.is_empty() {
                    format!("- {description}\n")
                } else {
                    format!("- {field}: {description}\n")
                }
            },
        )
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_has_the_form_of_the_real_services() {
        let violations = vec![
            Violation::required("input", "prompt"),
            Violation::new(
                "number_lte",
                "input.num_inference_steps",
                "Must be less than or equal to 4",
            ),
        ];
        let expected = json!({
            "detail": "- input: prompt is required\n- input.num_inference_steps: Must be less than or equal to 4\n",
            "status": 422,
            "title": "Input validation failed",
            "invalid_fields": [
                {"type": "required", "field": "input", "description": "prompt is required"},
                {"type": "number_lte", "field": "input.num_inference_steps",
                 "description": "Must be less than or equal to 4"},
            ],
        });
        assert_eq!(ApiError::InvalidInput(violations).body(None), expected);
        let throttled = json!({
            "detail": "Request was throttled. Your rate limit resets in ~7s.",
            "status": 429,
            "retry_after": 7,
        });
        assert_eq!(ApiError::Throttled { retry_after: 7 }.body(None), throttled);
        let token = json!({
            "title": "Unauthenticated",
            "detail": "You did not pass an authentication token",
            "status": 401,
        });
        assert_eq!(ApiError::NoToken.body(None), token);
    }

    #[test]
    fn a_throttled_response_has_a_retry_after_header() {
        let response = ApiError::Throttled { retry_after: 7 }.into_response();
        assert_eq!(response.headers()["retry-after"], "7");
    }
}
