//! Rejected parameter values.

use super::{Domain, Megapixels, Parameter};

/// An explicit value is not accepted. Displays as one sentence that names the accepted values.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{message}")]
pub struct ParameterError {
    /// Which parameter.
    pub parameter: Parameter,
    /// Why the value is not accepted.
    pub code: ParameterErrorCode,
    /// The accepted values; `None` when the parameter cannot be set at all.
    pub allowed: Option<Domain>,
    /// One sentence with the range.
    pub message: String,
}

/// The stable codes of [`ParameterError`]s.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterErrorCode {
    /// Outside the range of the product or of this model version.
    OutOfRange,
    /// This model version has no such input.
    Unsupported,
}

impl ParameterError {
    /// The request's field, dotted: `overrides.steps`, `pictures`.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        self.parameter.field()
    }

    /// The value is outside the product's range.
    pub(crate) fn outside(parameter: Parameter) -> Self {
        let allowed = parameter.domain();
        Self {
            message: format!("{} must be {allowed}.", parameter.title()),
            parameter,
            code: ParameterErrorCode::OutOfRange,
            allowed: Some(allowed),
        }
    }

    /// The value is outside this model version's range.
    pub(crate) fn outside_model(parameter: Parameter, allowed: Domain) -> Self {
        Self {
            message: format!("{} must be {allowed} with this model.", parameter.title()),
            parameter,
            code: ParameterErrorCode::OutOfRange,
            allowed: Some(allowed),
        }
    }

    /// This model version has no such input.
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
