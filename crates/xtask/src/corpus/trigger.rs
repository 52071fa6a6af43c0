//! An input and the prompt that is built from it.

use selfsame_prompt::placement::{self, Built, Placement, PromptConfig};
use serde::{Deserialize, Serialize};

use super::Case;

/// One prompt.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TriggerCase {
    trigger: String,
    class: String,
    #[serde(default)]
    suffix: String,
    #[serde(default)]
    placement: Placement,
    input: String,
    output: String,
    count: Option<u32>,
}

impl TriggerCase {
    fn build(&self) -> Result<Built, String> {
        let config = PromptConfig {
            trigger: &self.trigger,
            class_word: &self.class,
            placement: self.placement,
            suffix: &self.suffix,
        };
        placement::build(&self.input, &config).map_err(|error| error.to_string())
    }
}

impl Case for TriggerCase {
    fn check(&self) -> Result<(), String> {
        let built = self.build()?;
        if built.text != self.output {
            return Err(format!(
                "{:?}\n  expected {:?}\n  built    {:?}",
                self.input, self.output, built.text
            ));
        }
        match self.count {
            Some(count) if count != built.counts.triggers => Err(format!(
                "{:?}\n  expected {count} mentions of the trigger, counted {}",
                self.input, built.counts.triggers
            )),
            _ => Ok(()),
        }
    }

    fn updated(mut self) -> Result<Self, String> {
        let built = self.build()?;
        self.output = built.text;
        self.count = Some(built.counts.triggers);
        Ok(self)
    }
}
