//! A prompt builder for one model: everything that does not depend on the text is prepared once.

use super::clean::clean;
use super::normalise::normalise;
use super::place::place;
use super::report::{count, warnings};
use super::vocabulary::Vocabulary;
use super::{Built, MAX_CHARACTERS, Placement, PromptConfig, PromptError};

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

    /// Builds the prompt.
    pub fn build(&self, text: &str, placement: Placement) -> Result<Built, PromptError> {
        let characters = text.chars().count();
        if characters > MAX_CHARACTERS {
            return Err(PromptError::TooLong { characters });
        }
        let cleaned = clean(text, &self.vocabulary.trigger);
        let body = normalise(&cleaned.text, placement, &self.vocabulary);
        let spans = place(&body.units, placement, &self.vocabulary);
        let text: String = spans.iter().map(|span| span.text.as_str()).collect();
        Ok(Built {
            counts: count(&text, &self.vocabulary.trigger),
            warnings: warnings(cleaned.foreign.as_deref(), body.moved),
            spans,
            text,
        })
    }
}
