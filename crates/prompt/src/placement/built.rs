//! A finished prompt: its pieces by origin, its sizes, and what the person should know about it.

use selfsame_primitives::string_enum;
use serde::{Deserialize, Serialize};

use super::trigger::Trigger;
use super::word::words;

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
        /// The trigger, the mid phrase, and the words of enhancements: what switches a LoRA on.
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
        /// The text has another person's trigger, perhaps in disguise. The preview replaces a plain one with this
        /// person's; the Worker refuses both.
        ForeignTrigger = "foreign_trigger",
        /// Mentions of the trigger were moved out of sentences.
        TriggerMoved = "trigger_moved",
    }
}

pub(super) fn count(text: &str, trigger: &Trigger) -> Counts {
    let saturated = |count| u32::try_from(count).unwrap_or(u32::MAX);
    Counts {
        triggers: saturated(trigger.mentions(text).len()),
        words: saturated(words(text)),
        characters: saturated(text.chars().count()),
    }
}

pub(super) fn warnings(foreign: Option<&str>, moved: bool) -> Vec<Warning> {
    let foreign = foreign.map(|word| Warning {
        code: WarningCode::ForeignTrigger,
        message: format!(
            "“{word}” is somebody else's trigger word. Take it out: your pictures are made with your own."
        ),
    });
    let moved = moved.then(|| Warning {
        code: WarningCode::TriggerMoved,
        message: String::from(
            "Your trigger word was moved out of your sentences to where it works best.",
        ),
    });
    foreign.into_iter().chain(moved).collect()
}
