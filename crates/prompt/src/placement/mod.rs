//! Places the trigger word in a person's words and appends the quality specification.
//!
//! The steps are numbered in the files that carry them out: invisible characters, aliases and other people's triggers
//! (1-3, `clean`), units (4, `split`), what the builder adds by itself (5, `vocabulary`), mentions inside sentences (6,
//! `repair`), left-over punctuation (7, `tidy`), repetition until nothing changes (8, `normalise`), and the finished
//! prompt (9, `place`). Building is deterministic, and building a finished prompt again leaves it as it is.

mod clean;
mod gap;
mod guard;
mod marks;
mod normalise;
mod place;
mod prompter;
mod quality;
mod repair;
mod report;
mod request;
mod split;
mod tidy;
mod trigger;
mod vocabulary;
mod word;

pub use prompter::Prompter;
pub use quality::{QUALITY_SPECS, QualityId, QualitySpec};
pub use request::PromptRequest;
pub use word::says_something;

use serde::{Deserialize, Serialize};

use selfsame_primitives::string_enum;

/// Longest text that a person can send, in Unicode scalar values, which JavaScript calls code points.
pub const MAX_CHARACTERS: usize = 4_000;

string_enum! {
    /// Where the trigger is placed.
    #[derive(Default)]
    Placement {
        /// `T, …, T portrait, …`: the reference recipe.
        #[default]
        BeginningAndMiddle = "beginning_and_middle",
        /// `T, …` only.
        Beginning = "beginning",
        /// Where the person first wrote it, or at the beginning when they did not write it.
        Natural = "natural",
    }
}

/// What [`build`] needs besides the text. The trigger and the class word can be any strings, valid or not.
#[derive(Debug, Clone, Copy)]
pub struct PromptConfig<'a> {
    /// The trigger, written byte for byte as it was trained.
    pub trigger: &'a str,
    /// What the person is called in prose.
    pub class_word: &'a str,
    /// Where the trigger is placed.
    pub placement: Placement,
    /// The quality specification; `{trigger}` in it stands for the trigger. Empty: none.
    pub suffix: &'a str,
}

/// A finished prompt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Built {
    /// The prompt as the provider receives it.
    pub text: String,
    /// The prompt in pieces by origin; joined, they are [`text`](Self::text).
    pub spans: Vec<Span>,
    /// Counts of the prompt's mentions, words and characters.
    pub counts: Counts,
    /// What the person should know.
    pub warnings: Vec<Warning>,
}

/// A piece of the prompt and its origin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Span {
    /// Whose words these are.
    pub source: SpanSource,
    /// The words, with the separators that belong to them.
    pub text: String,
}

string_enum! {
    /// Whose words a [`Span`] holds.
    SpanSource {
        /// The trigger and the mid phrase.
        Trigger = "trigger",
        /// The person's own words.
        You = "you",
        /// Prose made from the slots.
        Slots = "slots",
        /// The quality specification.
        Quality = "quality",
        /// Separators that the builder put between the others.
        Joint = "joint",
    }
}

/// Sizes of a prompt.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Counts {
    /// Whole-word mentions of the trigger, the suffix's own included.
    pub triggers: u32,
    /// Words, separated by white space.
    pub words: u32,
    /// Unicode scalar values.
    pub characters: u32,
}

/// Something the person should know, with a stable code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Warning {
    /// Stable code.
    pub code: WarningCode,
    /// One sentence.
    pub message: String,
}

string_enum! {
    /// The stable codes of [`Warning`]s.
    WarningCode {
        /// The text has another person's trigger. The preview replaces it with this person's; the Worker refuses it.
        ForeignTrigger = "foreign_trigger",
        /// Mentions of the trigger were moved out of sentences.
        TriggerMoved = "trigger_moved",
    }
}

/// Why a prompt cannot be built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PromptError {
    /// The text is longer than [`MAX_CHARACTERS`].
    #[error("Your text has {characters} characters; at most 4,000 can be sent.")]
    TooLong {
        /// How many characters it has.
        characters: usize,
    },
}

impl PromptError {
    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooLong { .. } => "prompt_too_long",
        }
    }
}

/// Builds the prompt.
pub fn build(text: &str, config: &PromptConfig<'_>) -> Result<Built, PromptError> {
    Prompter::new(config).build(text, config.placement)
}
