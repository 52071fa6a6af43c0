//! Builds prompts from a text and what is known of a model.

use serde::{Deserialize, Serialize};

use super::clean::clean;
use super::disguise::disguised;
use super::normalise::normalise;
use super::place::place;
use super::vocabulary::Vocabulary;
use super::{Built, Placement, SpanSource, built};

/// Longest text that a person can send, in Unicode scalar values, which JavaScript calls code points.
pub const MAX_CHARACTERS: usize = 4_000;

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

/// Builds prompts for one trigger, class word and quality specification.
pub struct Prompter {
    vocabulary: Vocabulary,
}

impl Prompter {
    /// Prepares the builder. The placement of `config` is ignored.
    #[must_use]
    pub fn new(config: &PromptConfig<'_>) -> Self {
        Self {
            vocabulary: Vocabulary::new(config),
        }
    }

    /// Builds the prompt. `phrases` are the words of further LoRAs, each one clause without punctuation; they follow the
    /// trigger.
    pub fn build(
        &self,
        text: &str,
        placement: Placement,
        phrases: &[&str],
    ) -> Result<Built, PromptError> {
        let characters = text.chars().count();
        if characters > MAX_CHARACTERS {
            return Err(PromptError::TooLong { characters });
        }
        let cleaned = clean(text, &self.vocabulary.trigger);
        let body = normalise(&cleaned.text, placement, phrases, &self.vocabulary);
        let spans = place(&body.units, placement, phrases, &self.vocabulary);
        let trigger = &self.vocabulary.trigger;
        let foreign = cleaned.foreign.as_deref();
        let foreign = foreign.or_else(|| disguised(text, trigger)).or_else(|| {
            // Taking this person's trigger or a mark out of a sentence can put the halves of another together.
            let mut own = spans.iter().filter(|span| span.source == SpanSource::You);
            own.find_map(|span| disguised(&span.text, trigger))
        });
        let warnings = built::warnings(foreign, body.moved);
        let text: String = spans.iter().map(|span| span.text.as_str()).collect();
        Ok(Built {
            counts: built::count(&text, &self.vocabulary.trigger),
            warnings,
            spans,
            text,
        })
    }
}

/// Builds the prompt.
pub fn build(text: &str, config: &PromptConfig<'_>) -> Result<Built, PromptError> {
    Prompter::new(config).build(text, config.placement, &[])
}

/// What [`build`] takes, in one object. The quality specification is its text, not its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(deny_unknown_fields)]
pub struct PromptRequest {
    /// The trigger, byte for byte as it was trained.
    pub trigger: String,
    /// What the person is called in prose.
    pub class: String,
    /// The person's own words, at most 4,000 characters.
    pub input: String,
    /// What is appended; `{trigger}` in it stands for the trigger. Absent or empty: nothing.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<String>"))]
    pub suffix: String,
    /// Where the trigger is placed.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Placement>"))]
    pub placement: Placement,
}

impl PromptRequest {
    /// Builds the prompt.
    pub fn build(&self) -> Result<Built, PromptError> {
        build(
            &self.input,
            &PromptConfig {
                trigger: &self.trigger,
                class_word: &self.class,
                placement: self.placement,
                suffix: &self.suffix,
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::placement::WarningCode;

    #[test]
    fn taking_the_trigger_out_uncovers_no_foreign_one() {
        let config = PromptConfig {
            trigger: "user83461",
            class_word: "woman",
            placement: Placement::Beginning,
            suffix: "",
        };
        let built = build("a hat, user123 user83461 45 in rain", &config).unwrap();
        let foreign = built
            .warnings
            .iter()
            .any(|w| w.code == WarningCode::ForeignTrigger);
        assert!(foreign, "{}", built.text);
    }
}
