//! A pasted prompt: the text that is left, the settings that are moved, and the parts that are dropped.

use selfsame_assist::import::import;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Case;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImportCase {
    input: String,
    text: String,
    /// The settings, by name.
    moved: Value,
    dropped: Vec<DroppedCase>,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DroppedCase {
    code: Value,
    text: String,
}

impl ImportCase {
    fn found(&self) -> Result<Self, String> {
        let imported = import(&self.input);
        let value = |error: serde_json::Error| error.to_string();
        let dropped = imported.dropped.into_iter().map(|one| {
            Ok(DroppedCase {
                code: serde_json::to_value(one.code).map_err(value)?,
                text: one.text,
            })
        });
        Ok(Self {
            input: self.input.clone(),
            text: imported.text,
            moved: serde_json::to_value(imported.moved).map_err(value)?,
            dropped: dropped.collect::<Result<_, String>>()?,
        })
    }
}

impl Case for ImportCase {
    fn check(&self) -> Result<(), String> {
        let found = self.found()?;
        if found == *self {
            return Ok(());
        }
        Err(format!("\n  expected {self:?}\n  found    {found:?}"))
    }

    fn updated(self) -> Result<Self, String> {
        self.found()
    }
}
