//! A person's model: the LoRA trained on their face, and how its version names its inputs.

use selfsame_primitives::string_newtype;
use serde::{Deserialize, Serialize};

use crate::enhancement::Enhancement;
use crate::schema::InputSchema;

string_newtype!(
    /// The word a LoRA was trained on: `^[A-Za-z][A-Za-z0-9_]{2,31}$`, kept byte for byte (T5 is case-sensitive).
    TriggerWord,
    "a trigger word (a letter, then 2-31 letters, digits or `_`)",
    is_trigger
);

string_newtype!(
    /// What the person is called in prose: `woman`, `man`, `person`; 2-32 letters, spaces and hyphens, lower case.
    ClassWord,
    "a class word (2-32 lower-case letters, spaces or hyphens)",
    is_class
);

fn is_trigger(text: &str) -> bool {
    (3..=32).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn is_class(text: &str) -> bool {
    (2..=32).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.ends_with(|c: char| c.is_ascii_lowercase())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b == b' ' || b == b'-')
}

/// Everything that composing needs to know about a model. The API's `Model` has the same fields and more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ModelProfile {
    /// The word the LoRA was trained on.
    pub trigger: TriggerWord,
    /// What the person is called in prose.
    pub class_word: ClassWord,
    /// How the model's version names its inputs.
    // Its name in JSON is older than its name here.
    #[serde(rename = "dialect")]
    pub schema: InputSchema,
    /// The LoRA reference to send, for a version that carries no weights of its own (`lora_weights`).
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub weights: Option<String>,
    /// The enhancements that a composition may name. They are the operator's catalogue, not the model's.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<Enhancement>>"))]
    pub enhancements: Vec<Enhancement>,
}
