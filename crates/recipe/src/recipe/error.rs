//! Why a text is not a recipe.

/// What is wrong with a text that should be a recipe.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecipeError {
    /// More than [`MAX_BYTES`](super::MAX_BYTES).
    #[error("This is longer than any recipe.")]
    TooLarge,
    /// Not JSON, or cut off.
    #[error("This is not a whole recipe: its JSON cannot be read.")]
    NotJson,
    /// A field that no recipe has.
    #[error("A recipe has no field called “{0}”.")]
    UnknownField(String),
    /// A field that every recipe has is not there.
    #[error("The recipe’s “{0}” is missing.")]
    MissingField(&'static str),
    /// A field holds something that it cannot hold.
    #[error("The recipe’s “{0}” is not what it can be.")]
    InvalidValue(&'static str),
    /// The parts, joined, are not the prompt.
    #[error("The recipe’s parts are not the words of its prompt: one of the two was changed.")]
    OtherParts,
    /// A recipe, but not in its one form: white space, order, escapes, numbers, a field twice or an empty one.
    #[error(
        "The recipe’s text was changed: it says the same, but not in the one form that its id is made from."
    )]
    NotCanonical,
    /// The text is not the one that the id was made from.
    #[error("The recipe does not fit its id: one of the two was changed.")]
    OtherId,
}

impl RecipeError {
    /// Stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "too_large",
            Self::NotJson => "not_json",
            Self::UnknownField(_) => "unknown_field",
            Self::MissingField(_) => "missing_field",
            Self::InvalidValue(_) => "invalid_value",
            Self::OtherParts => "other_parts",
            Self::NotCanonical => "not_canonical",
            Self::OtherId => "other_id",
        }
    }

    /// The recipe's field at fault.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::UnknownField(field) => Some(field),
            Self::MissingField(field) | Self::InvalidValue(field) => Some(field),
            Self::OtherParts => Some("parts"),
            Self::TooLarge | Self::NotJson | Self::NotCanonical | Self::OtherId => None,
        }
    }
}
