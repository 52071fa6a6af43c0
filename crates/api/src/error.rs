//! Errors: a stable code for programs, a sentence for the person, a request id for the log.

use serde::{Deserialize, Serialize};

use selfsame_primitives::error::ErrorCode;
use selfsame_primitives::ids::RequestId;

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
