//! The request for one prompt without a model.

use serde::{Deserialize, Serialize};

use super::{Built, Placement, PromptConfig, PromptError, build};

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
