//! Conversations with the director.

#[path = "../../../assist/tests/conversation/mod.rs"]
mod conversation;

use selfsame_assist::director::Director;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::Case;

/// A conversation.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DirectorCase {
    turns: Vec<Turn>,
}

/// A message, and the expected draft after it.
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
            return Err("the conversation has no turns".to_owned());
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
        Err("expected drafts are written by people and cannot be generated".to_owned())
    }
}

fn answer(draft: Value, say: &str, context: Value) -> Result<Value, String> {
    let message = |error: serde_json::Error| error.to_string();
    let draft = serde_json::from_value(draft).map_err(message)?;
    let context = serde_json::from_value(context).map_err(message)?;
    serde_json::to_value(Director::english().direct(&draft, say, &context)).map_err(message)
}
