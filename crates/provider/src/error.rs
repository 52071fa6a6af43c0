//! A provider's failure in two halves: one for the person, one for the operator's log.

use selfsame_api::{Failure, FailureCode};

use crate::redact::Cause;

/// Why the provider made no pictures.
///
/// The person's half never contains a provider's own text, which may mention billing, hosts or other accounts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{cause}")]
pub struct ProviderError {
    failure: Failure,
    cause: Cause,
}

impl ProviderError {
    /// An error with the default sentence of `code`.
    #[must_use]
    pub fn new(code: FailureCode, cause: impl AsRef<str>) -> Self {
        Self {
            failure: default_failure(code),
            cause: Cause::new(cause),
        }
    }

    /// The provider refused the value of one field of the person's request, such as `overrides.steps`.
    #[must_use]
    pub fn of_field(field: &str, message: String, cause: impl AsRef<str>) -> Self {
        Self {
            failure: Failure {
                code: FailureCode::InputRefused,
                message,
                field: Some(field.to_owned()),
            },
            cause: Cause::new(cause),
        }
    }

    /// What the person is told.
    #[must_use]
    pub fn person_failure(&self) -> Failure {
        self.failure.clone()
    }

    /// What the operator's log says.
    #[must_use]
    pub const fn log_cause(&self) -> &Cause {
        &self.cause
    }
}

/// The failure that `code` stands for, with its default sentence: what happened, and what the person can do.
#[must_use]
pub fn default_failure(code: FailureCode) -> Failure {
    Failure {
        code,
        message: sentence(code).to_owned(),
        field: None,
    }
}

const fn sentence(code: FailureCode) -> &'static str {
    match code {
        FailureCode::FilteredBySafety => {
            "The provider's safety filter kept every picture back. Try other words, or another seed."
        }
        FailureCode::InputRefused => {
            "The provider refused the words or one of the settings. Change them and try again."
        }
        FailureCode::ModelUnavailable => {
            "The provider cannot find your model, or may not use it. Please ask the studio's operator to check it."
        }
        FailureCode::ProviderFailed => {
            "Something went wrong at the provider, and no picture was made. Try again; if it happens again, tell the studio's operator."
        }
        FailureCode::ProviderUnavailable => {
            "The studio's provider account needs attention. Please tell the studio's operator, or try again later."
        }
        FailureCode::NotAccepted => {
            "The provider could not take this request in time, so it was not made. Nothing was taken from your allowance; try again later."
        }
        FailureCode::NotStarted => {
            "The provider dropped this before starting it. Try again in a few minutes."
        }
        FailureCode::TimedOut => {
            "The provider took too long, so this request was given up. Try again in a few minutes."
        }
        FailureCode::Stopped => {
            "The request was stopped at the provider before it was done. Try again; if it happens again, tell the studio's operator."
        }
        FailureCode::PicturesLost => {
            "The provider made the pictures, but they could not be saved. Generate again with the same seed to make them again."
        }
        FailureCode::RequestLost => {
            "The provider took this request and no longer knows it. Nothing was taken from your allowance; try again. If pictures arrive after all, they appear here."
        }
        FailureCode::ProviderUnreachable => {
            "The provider took this request and then gave no answer about it for too long. Nothing was taken from your allowance; try again later."
        }
        FailureCode::OutcomeUnknown => {
            "It never became certain that the provider took this request, so it was not sent twice. Nothing was taken from your allowance; try again. If pictures arrive after all, they appear here."
        }
    }
}
