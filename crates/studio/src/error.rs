//! Why a request is refused.

use selfsame_api::{ErrorCode, LONGEST_SEARCH, MOST_CHANGED, Refusal};
use selfsame_assist::content::ContentError;
use selfsame_primitives::text::plural;
use selfsame_prompt::compose::ComposeError;
use selfsame_prompt::parameters::{ParameterError, ParameterErrorCode};
use selfsame_series::PlanError;

use crate::database::DatabaseError;
use crate::series_error::SeriesError;

/// Seconds until a full queue has most likely moved up: about as long as a picture takes.
const QUEUE_WAIT: u32 = 30;

/// Why a request is refused, or a call failed. `Display` is for the log; [`refusal`] for the person.
///
/// [`refusal`]: StudioError::refusal
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum StudioError {
    /// No such session, or it has ended.
    #[error("the session has ended or never existed")]
    Unauthenticated,
    /// The link is for another person, or for another role.
    #[error("the link does not belong to this studio: {reason}")]
    LinkInvalid {
        /// Why not.
        reason: &'static str,
    },
    /// The link is too old.
    #[error("the link has expired")]
    LinkExpired,
    /// Links were revoked after this one was made.
    #[error("the link was revoked")]
    LinkRevoked,
    /// The link was used before.
    #[error("the link was used before")]
    LinkUsed,
    /// The person is suspended.
    #[error("the person is suspended")]
    Suspended,
    /// The person is not an operator.
    #[error("the person is not an operator")]
    Forbidden,
    /// The studio does not have what the request names.
    #[error("not in this studio")]
    NotFound,
    /// The studio was opened for another person, or with another name, role or allowance.
    #[error("the studio is open already, for another person, name, role or allowance")]
    PersonExists,
    /// The idempotency key was used for another request.
    #[error("the idempotency key was used for another request")]
    IdempotencyConflict,
    /// The generation is under way, so it cannot be deleted yet.
    #[error("the generation is under way")]
    UnderWay,
    /// Another one of the person's has this name.
    #[error("another {noun} has this name")]
    NameTaken {
        /// What has it.
        noun: &'static str,
    },
    /// The studio already holds the most of these that it can.
    #[error("there are {most} {of}, the most that there can be")]
    LimitReached {
        /// How many it holds.
        most: usize,
        /// Of what, in the plural.
        of: &'static str,
        /// A sentence that says what the person can do.
        advice: &'static str,
    },
    /// More pictures are selected than one request changes.
    #[error("{selected} pictures are selected, and {MOST_CHANGED} are changed at most")]
    TooManySelected {
        /// How many.
        selected: u32,
    },
    /// A value is larger than what is kept.
    #[error("`{field}` takes {bound}")]
    TooLarge {
        /// Which, dotted.
        field: &'static str,
        /// What it takes.
        bound: &'static str,
    },
    /// A preset's value is not accepted.
    #[error("`{field}`: {error}")]
    Setting {
        /// Where the value is, dotted.
        field: String,
        /// Why it is not accepted.
        error: ParameterError,
    },
    /// A preset names a seed.
    #[error("`{field}` is a seed")]
    SeedInPreset {
        /// Where, dotted.
        field: String,
    },
    /// A request about a series is refused.
    #[error(transparent)]
    Series(#[from] SeriesError),
    /// The series cannot be planned.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// A part of the request is refused.
    #[error("`{field}`: {error}")]
    Within {
        /// Where the request has it.
        field: String,
        /// Why.
        error: Box<StudioError>,
    },
    /// The allowance does not cover what is asked for.
    #[error("{} asked for, {left} left", plural(*asked, "picture"))]
    AllowanceExhausted {
        /// Pictures asked for.
        asked: u32,
        /// Pictures left.
        left: u32,
    },
    /// As many generations are queued as the person may have.
    #[error("the queue is full with {}", plural(*queued, "generation"))]
    QueueFull {
        /// How many.
        queued: u32,
    },
    /// The text names another person's trigger word.
    #[error("the text names another person's trigger word")]
    ForeignTrigger,
    /// The request asks for what is never made.
    #[error("the content of the request is refused: {:?}", .0.rule)]
    Content(#[from] ContentError),
    /// The request cannot be composed for this model.
    #[error(transparent)]
    Compose(#[from] ComposeError),
    /// A cursor or limit cannot be read.
    #[error("the query parameter `{field}` cannot be read")]
    InvalidQuery {
        /// Which.
        field: &'static str,
    },
    /// A link to a picture cannot have so many days.
    #[error("a share link takes 1 to {most} days")]
    ShareDays {
        /// The most days that it can have.
        most: u32,
    },
    /// The picture's file has notes of the provider's, and is too large to take them out at every view.
    #[error(
        "the file was stored with the provider's notes and is too large to be shared without them"
    )]
    TooLargeToShare,
    /// The pictures are too large for one archive.
    #[error("only the first {most} of the pictures fit into an archive")]
    ArchiveTooLarge {
        /// How many fit, from the beginning.
        most: usize,
    },
    /// The model cannot be bound.
    #[error("the model cannot be bound: {reason}")]
    ModelUnusable {
        /// Why not.
        reason: String,
    },
    /// The model is retired.
    #[error("the model is retired")]
    ModelRetired,
    /// The model's own LoRA was found not to act.
    #[error("the model's LoRA does not act")]
    ModelNotProven,
    /// An observation was reported for an effect of another kind, which is a fault of the shell.
    #[error("this observation does not answer that effect")]
    Mismatched,
    /// The database was written by a newer studio.
    #[error("the database has version {found}; this studio knows {known}")]
    NewerDatabase {
        /// The database's.
        found: i64,
        /// The newest known.
        known: i64,
    },
    /// The database failed, or holds a value that cannot be read.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl StudioError {
    /// The same error, in the request's `field`; unchanged without one.
    pub(crate) fn within(self, field: Option<String>) -> Self {
        match field {
            Some(field) => Self::Within {
                field,
                error: Box::new(self),
            },
            None => self,
        }
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Unauthenticated => ErrorCode::Unauthenticated,
            Self::LinkInvalid { .. } => ErrorCode::LinkInvalid,
            Self::LinkExpired | Self::LinkRevoked => ErrorCode::LinkExpired,
            Self::LinkUsed => ErrorCode::LinkUsed,
            Self::Suspended => ErrorCode::Suspended,
            Self::Forbidden => ErrorCode::Forbidden,
            Self::NotFound => ErrorCode::NotFound,
            Self::PersonExists => ErrorCode::PersonExists,
            Self::IdempotencyConflict => ErrorCode::IdempotencyConflict,
            Self::NameTaken { .. } => ErrorCode::NameTaken,
            Self::LimitReached { .. } => ErrorCode::LimitReached,
            Self::TooManySelected { .. }
            | Self::TooLarge { .. }
            | Self::ArchiveTooLarge { .. }
            | Self::ShareDays { .. }
            | Self::TooLargeToShare => ErrorCode::OutOfRange,
            Self::Setting { error, .. } => match error.code {
                ParameterErrorCode::OutOfRange => ErrorCode::OutOfRange,
                ParameterErrorCode::Unsupported => ErrorCode::ParameterUnsupported,
            },
            Self::SeedInPreset { .. } => ErrorCode::InvalidValue,
            Self::UnderWay => ErrorCode::GenerationUnderWay,
            Self::Series(error) => error.code(),
            Self::Plan(error) => error.code(),
            Self::Within { error, .. } => error.code(),
            Self::AllowanceExhausted { .. } => ErrorCode::AllowanceExhausted,
            Self::QueueFull { .. } => ErrorCode::RateLimited,
            Self::ForeignTrigger => ErrorCode::ForeignTrigger,
            Self::Content(error) => error.rule.code(),
            Self::Compose(error) => error.code(),
            Self::InvalidQuery { .. } => ErrorCode::InvalidQuery,
            Self::ModelUnusable { .. } | Self::ModelRetired | Self::ModelNotProven => {
                ErrorCode::ModelUnusable
            }
            Self::Mismatched | Self::NewerDatabase { .. } | Self::Database(_) => {
                ErrorCode::Internal
            }
        }
    }

    /// The request's field at fault, dotted: `overrides.steps`.
    #[must_use]
    pub fn field(&self) -> Option<String> {
        match self {
            Self::ForeignTrigger => Some("text".to_owned()),
            Self::Content(error) => Some(error.field.to_owned()),
            Self::ShareDays { .. } => Some("days".to_owned()),
            Self::ModelRetired | Self::ModelNotProven => Some("model".to_owned()),
            Self::NameTaken { .. } => Some("name".to_owned()),
            Self::TooManySelected { .. } | Self::ArchiveTooLarge { .. } => {
                Some("pictures".to_owned())
            }
            Self::Setting { field, .. } | Self::SeedInPreset { field } => Some(field.clone()),
            Self::Compose(error) => error.field().map(str::to_owned),
            Self::InvalidQuery { field } | Self::TooLarge { field, .. } => {
                Some((*field).to_owned())
            }
            Self::Series(error) => error.field().map(str::to_owned),
            Self::Plan(error) => error.field(),
            Self::Within { field, error } => Some(match error.field() {
                Some(inner) => format!("{field}.{inner}"),
                None => field.clone(),
            }),
            _ => None,
        }
    }

    /// Seconds after which the same request may succeed, for `Retry-After`.
    #[must_use]
    pub const fn retry_after(&self) -> Option<u32> {
        match self {
            Self::QueueFull { .. } => Some(QUEUE_WAIT),
            _ => None,
        }
    }

    /// The sentence for the person: what happened and what they can do.
    #[must_use]
    pub fn message(&self) -> String {
        let text = match self {
            Self::Unauthenticated => {
                "You are not signed in. Open your sign-in link, or ask for a new one."
            }
            Self::LinkInvalid { .. } => {
                "This sign-in link does not work. Ask for a new one and open it in full."
            }
            Self::LinkExpired => "This sign-in link is too old. Ask for a new one.",
            Self::LinkRevoked => "This sign-in link no longer works. Ask for a new one.",
            Self::LinkUsed => {
                "This sign-in link was used already; it works once. Ask for a new one."
            }
            Self::Suspended => {
                "Your studio is closed for now. Your pictures are kept; ask whoever invited you."
            }
            Self::Forbidden => "Only the studio's operator can do this.",
            Self::NotFound => "There is nothing here by that name.",
            Self::PersonExists => "Somebody has this user id already. Choose another one.",
            Self::IdempotencyConflict => {
                "This Idempotency-Key was used for another request. Use a new key for a new request."
            }
            Self::UnderWay => {
                "These pictures are still being made. Cancel them first, or delete them when they are done."
            }
            Self::NameTaken { noun } => {
                return format!("Another {noun} of yours has this name. Choose another one.");
            }
            Self::LimitReached { most, of, advice } => {
                return format!("You can have at most {most} {of}. {advice}");
            }
            Self::TooManySelected { selected } => {
                return format!(
                    "You selected {selected} pictures. Select at most {MOST_CHANGED} at a time; nothing was changed."
                );
            }
            Self::TooLarge { .. } => return format!("{self}."),
            Self::Setting { error, .. } => return error.to_string(),
            Self::SeedInPreset { .. } => {
                "A preset keeps no seed, so that every picture can differ. Leave `seed` out."
            }
            Self::Series(error) => return error.to_string(),
            Self::Plan(error) => return error.to_string(),
            Self::Within { error, .. } => return error.message(),
            Self::AllowanceExhausted { left: 0, .. } => {
                "You have no pictures left. Ask whoever invited you for more."
            }
            Self::AllowanceExhausted { asked, left } => {
                return format!(
                    "You asked for {} and have {left} left. Ask for fewer, or ask whoever invited you for more.",
                    plural(*asked, "picture")
                );
            }
            Self::QueueFull { queued } => {
                return format!(
                    "Your queue is full with {}. Try again in {}, or cancel one that waits.",
                    plural(*queued, "request"),
                    plural(QUEUE_WAIT, "second")
                );
            }
            Self::ForeignTrigger => {
                "Your text names another person's trigger word. Take it out: your own is placed for you."
            }
            Self::Content(error) => return error.to_string(),
            Self::Compose(error) => return error.to_string(),
            Self::InvalidQuery { field: "limit" } => "`limit` must be a number from 1 to 100.",
            Self::InvalidQuery { field: "q" } => {
                return format!("Search with at most {LONGEST_SEARCH} characters.");
            }
            Self::InvalidQuery { .. } => {
                "This `cursor` cannot be read. Use `next_cursor` of the page before, or none to begin."
            }
            Self::ShareDays { most } => {
                return format!("A link can last from 1 to {most} days. Choose how many.");
            }
            Self::TooLargeToShare => {
                "This picture was made before links could show one so large. Make it again from its recipe, and share the new one."
            }
            Self::ArchiveTooLarge { most } => {
                return format!(
                    "Together these pictures are larger than 4 GB, the most one download can hold. Choose fewer: the first {most} fit."
                );
            }
            Self::ModelUnusable { reason } => {
                return format!("This model cannot be bound: {reason}.");
            }
            Self::ModelNotProven => {
                "Pictures from this model would not look like you, so it makes none for now. Choose another model, or ask whoever invited you to repair this one."
            }
            Self::ModelRetired => {
                "This model is kept for the pictures it made and makes no new ones. Choose another model."
            }
            Self::Mismatched | Self::NewerDatabase { .. } | Self::Database(_) => {
                "Something went wrong on our side. Nothing was charged; try again in a moment."
            }
        };
        text.to_owned()
    }

    /// The refusal without its cause, which stays in the studio's log.
    #[must_use]
    pub fn refusal(&self) -> Refusal {
        Refusal {
            code: self.code(),
            field: self.field(),
            message: self.message(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_picture_and_one_request_are_singular() {
        let message = |asked| StudioError::AllowanceExhausted { asked, left: 3 }.message();
        assert!(message(1).starts_with("You asked for 1 picture and"));
        assert!(message(4).starts_with("You asked for 4 pictures and"));
        let message = |queued| StudioError::QueueFull { queued }.message();
        assert!(
            message(1).starts_with("Your queue is full with 1 request. Try again in 30 seconds,")
        );
        assert!(message(60).starts_with("Your queue is full with 60 requests."));
    }
}
