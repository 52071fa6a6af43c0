//! Places the trigger word in a person's words and appends the quality specification.
//!
//! The steps are numbered in the files that carry them out: invisible characters, aliases and other people's triggers
//! (1-3, `clean`), units (4, `units`), what the builder adds by itself (5, `vocabulary`), mentions inside sentences (6,
//! `repair`), left-over punctuation (7, `units`), repetition until nothing changes (8, `normalise`), and the finished
//! prompt (9, `place`). Building is deterministic, and building a finished prompt again leaves it as it is.

mod built;
mod clean;
mod disguise;
mod gap;
mod guard;
mod marks;
mod normalise;
mod place;
mod prompter;
mod quality;
mod repair;
mod trigger;
mod units;
mod vocabulary;
mod word;

pub(crate) use marks::is_mark;

pub use built::{Built, Counts, Span, SpanSource, Warning, WarningCode};
pub use prompter::{MAX_CHARACTERS, PromptConfig, PromptError, PromptRequest, Prompter, build};
pub use quality::{QUALITY_SPECS, QualityId, QualitySpec};
pub use word::says_something;

use selfsame_primitives::string_enum;

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
