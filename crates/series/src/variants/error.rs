//! Why a template cannot be expanded.

use std::ops::Range;

use selfsame_primitives::string_enum;
use serde::Serialize;

/// What is wrong with a template, and where. Displays as one sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[error("{message}")]
pub struct VariantError {
    /// The stable code.
    pub code: VariantErrorCode,
    /// The request's field at fault.
    pub field: &'static str,
    /// One or two sentences for the person: what is wrong and what can be done.
    pub message: String,
    /// The start of the fault in the template, in UTF-16 code units.
    pub start: u32,
    /// The end of the fault.
    pub end: u32,
}

string_enum! {
    /// The stable codes of [`VariantError`]s.
    VariantErrorCode {
        /// More than 4,000 characters.
        TemplateTooLong = "template_too_long",
        /// A `{` that is never closed.
        UnclosedBrace = "unclosed_brace",
        /// Braces more than eight deep.
        NestedTooDeep = "nested_too_deep",
        /// More than 64 options in one pair of braces, or in one list.
        TooManyOptions = "too_many_options",
        /// More than 24 pictures.
        TooManyPictures = "too_many_pictures",
        /// A list that does not exist.
        UnknownWildcard = "unknown_wildcard",
        /// A list without options.
        EmptyWildcard = "empty_wildcard",
        /// Options that are too much alike: nothing is left to choose, or comparing them takes too long.
        TooMuchAlike = "too_much_alike",
    }
}

impl VariantErrorCode {
    /// The sentence for the person. `part` is the faulty part of the template.
    fn message(self, part: &str) -> String {
        let message = match self {
            Self::TemplateTooLong => "Your text is too long: at most 4,000 characters can be sent.",
            Self::UnclosedBrace => {
                "This { is never closed. Add a } behind the last option, or write \\{ for a brace."
            }
            Self::NestedTooDeep => {
                "Braces can stand inside braces up to eight deep; this is one too many."
            }
            Self::TooManyOptions => {
                "One choice, or one list, can have at most 64 options; this has more."
            }
            Self::TooManyPictures => {
                "One batch can have 1 to 24 pictures. Take some options away, or ask for a few at random."
            }
            Self::UnknownWildcard => {
                return format!(
                    "There is no list called {part}. Check its spelling, or write \\__ for the underscores themselves."
                );
            }
            Self::EmptyWildcard => return format!("The list {part} has no options yet."),
            Self::TooMuchAlike => {
                "Too many of these options read the same to tell the pictures apart. Make them different from one another."
            }
        };
        message.to_owned()
    }
}

impl VariantError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.code.as_str()
    }

    /// A fault at `span`, in bytes of `template`.
    pub(super) fn at(template: &str, span: Range<usize>, code: VariantErrorCode) -> Self {
        let units = |end: usize| {
            let text = template.get(..end).unwrap_or(template);
            u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
        };
        Self {
            code,
            field: "template",
            message: code.message(template.get(span.clone()).unwrap_or_default()),
            start: units(span.start),
            end: units(span.end),
        }
    }

    /// A fault of the template as a whole.
    pub(super) fn of(template: &str, code: VariantErrorCode) -> Self {
        Self::at(template, 0..template.len(), code)
    }
}
