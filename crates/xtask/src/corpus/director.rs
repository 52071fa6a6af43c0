//! Conversations and what they come to.

#[path = "../../../assist/tests/conversation/mod.rs"]
mod conversation;

use selfsame_assist::director::Director;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::Case;

/// Turns with what the draft holds after each.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DirectorCase {
    turns: Vec<Turn>,
}

/// What is said, and what the draft holds then.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Turn {
    say: String,
    slots: Map<String, Value>,
    params: Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shown: Option<Vec<Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    asks: Option<bool>,
}

impl Case for DirectorCase {
    fn check(&self) -> Result<(), String> {
        if self.turns.is_empty() {
            return Err("nothing is said".to_owned());
        }
        let mut refused = None;
        let turns = conversation::run(&json!({ "turns": self.turns }), |draft, say, context| {
            answer(draft, say, context).unwrap_or_else(|cause| {
                refused = Some(cause);
                Value::Null
            })
        });
        match (refused, turns.into_iter().flatten().next()) {
            (Some(mismatch), _) | (None, Some(mismatch)) => Err(mismatch),
            (None, None) => Ok(()),
        }
    }

    fn updated(self) -> Result<Self, String> {
        Err("what a conversation should come to is for people to say".to_owned())
    }
}

fn answer(draft: Value, say: &str, context: Value) -> Result<Value, String> {
    let said = |error: serde_json::Error| error.to_string();
    let draft = serde_json::from_value(draft).map_err(said)?;
    let context = serde_json::from_value(context).map_err(said)?;
    serde_json::to_value(Director::english().direct(&draft, say, &context)).map_err(said)
}
