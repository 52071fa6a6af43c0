//! Why a template has no variants.

use alloc::format;
use alloc::string::String;
use core::ops::Range;

use serde::Serialize;

/// What is wrong with a template, and where. Displays as one sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[error("{message}")]
pub struct VariantError {
    /// Stable code.
    pub code: VariantErrorCode,
    /// The request's field at fault.
    pub field: &'static str,
    /// What is wrong and what can be done, in one or two sentences.
    pub message: String,
    /// Where the fault begins in the template, in UTF-16 code units: as JavaScript counts.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
}

/// The stable codes of [`VariantError`]s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum VariantErrorCode {
    /// More than 4,000 characters.
    TemplateTooLong,
    /// A `{` is never closed.
    UnclosedBrace,
    /// Braces nest more than eight deep.
    NestedTooDeep,
    /// More than 64 options in one pair of braces, or in one list.
    TooManyOptions,
    /// More than 24 pictures.
    TooManyPictures,
    /// There is no list of this name.
    UnknownWildcard,
    /// The list has no options.
    EmptyWildcard,
    /// The options repeat one another so that nothing is left to choose, or too often to be told apart.
    TooMuchAlike,
}

impl VariantErrorCode {
    /// The code as it is written in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TemplateTooLong => "template_too_long",
            Self::UnclosedBrace => "unclosed_brace",
            Self::NestedTooDeep => "nested_too_deep",
            Self::TooManyOptions => "too_many_options",
            Self::TooManyPictures => "too_many_pictures",
            Self::UnknownWildcard => "unknown_wildcard",
            Self::EmptyWildcard => "empty_wildcard",
            Self::TooMuchAlike => "too_much_alike",
        }
    }
}

impl VariantError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.code.as_str()
    }

    /// At `span`, in bytes of `template`.
    pub(super) fn at(template: &str, span: Range<usize>, code: VariantErrorCode) -> Self {
        let part = template.get(span.clone()).unwrap_or_default();
        let message = match code {
            VariantErrorCode::TemplateTooLong => {
                "Your text is too long: at most 4,000 characters can be sent.".into()
            }
            VariantErrorCode::UnclosedBrace => {
                "This { is never closed. Add a } behind the last option, or write \\{ for a brace.".into()
            }
            VariantErrorCode::NestedTooDeep => {
                "Braces can stand inside braces up to eight deep; this is one too many.".into()
            }
            VariantErrorCode::TooManyOptions => {
                "One choice, or one list, can have at most 64 options; this has more.".into()
            }
            VariantErrorCode::TooManyPictures => {
                "One batch can have 1 to 24 pictures. Take some options away, or ask for a few at random.".into()
            }
            VariantErrorCode::UnknownWildcard => {
                format!("There is no list called {part}. Check its spelling, or write \\__ for the underscores themselves.")
            }
            VariantErrorCode::EmptyWildcard => format!("The list {part} has no options yet."),
            VariantErrorCode::TooMuchAlike => {
                "Too many of these options read the same to tell the pictures apart. Make them different from one another.".into()
            }
        };
        let units = |end: usize| {
            let text = template.get(..end).unwrap_or(template);
            u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
        };
        Self {
            code,
            field: "template",
            message,
            start: units(span.start),
            end: units(span.end),
        }
    }

    /// Of the template as a whole.
    pub(super) fn of(template: &str, code: VariantErrorCode) -> Self {
        Self::at(template, 0..template.len(), code)
    }
}
