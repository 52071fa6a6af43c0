//! A value that cannot be taken, with what could be.

use super::{Domain, Megapixels, Parameter};

/// An explicit value that cannot be taken. Displays as one sentence that says what can.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{message}")]
pub struct ParameterError {
    /// Which parameter.
    pub parameter: Parameter,
    /// What is wrong with the value.
    pub code: ParameterErrorCode,
    /// What can be taken instead; `None` when nothing can be set at all.
    pub allowed: Option<Domain>,
    /// One sentence with the range.
    pub message: String,
}

/// The stable codes of [`ParameterError`]s.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterErrorCode {
    /// Outside the range that the product, or this model version, takes.
    OutOfRange,
    /// This model version has nothing that does this.
    Unsupported,
}

impl ParameterError {
    /// The request's field, dotted: `overrides.steps`, `pictures`.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        self.parameter.field()
    }

    /// Outside what the product offers with any model.
    pub(crate) fn outside(parameter: Parameter) -> Self {
        let allowed = parameter.domain();
        Self {
            message: format!("{} must be {allowed}.", parameter.title()),
            parameter,
            code: ParameterErrorCode::OutOfRange,
            allowed: Some(allowed),
        }
    }

    /// Outside what this model version takes.
    pub(crate) fn outside_model(parameter: Parameter, allowed: Domain) -> Self {
        Self {
            message: format!("{} must be {allowed} with this model.", parameter.title()),
            parameter,
            code: ParameterErrorCode::OutOfRange,
            allowed: Some(allowed),
        }
    }

    /// This model version has nothing that does this.
    pub(crate) fn unsupported(parameter: Parameter) -> Self {
        let (message, allowed) = match parameter {
            Parameter::GoFast => (
                String::from("This model has no fast path: leave go_fast off."),
                None,
            ),
            Parameter::Megapixels => (
                String::from(
                    "This model has no choice of size: its pictures have about one megapixel.",
                ),
                Some(Domain::choice([Megapixels::One.as_str()].into_iter())),
            ),
            Parameter::Pictures => (
                String::from("This model makes one picture at a time."),
                Some(Domain::Integer { min: 1, max: 1 }),
            ),
            other => (
                format!("{} cannot be set with this model.", other.title()),
                None,
            ),
        };
        Self {
            parameter,
            code: ParameterErrorCode::Unsupported,
            allowed,
            message,
        }
    }

    /// Zero is not a seed (source: the provider's predictor, `if not seed: seed = int.from_bytes(os.urandom(2))`).
    pub(crate) fn zero_seed() -> Self {
        Self {
            message: String::from(
                "0 is not a seed: most models replace it by a random one. Use a whole number from 1 to 4294967295, or leave the seed out to have one drawn.",
            ),
            ..Self::outside(Parameter::Seed)
        }
    }
}
