//! A person's model: the LoRA trained on their face, and how its version names its inputs.

use alloc::borrow::ToOwned;
use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::dialect::Dialect;

/// The word a LoRA was trained on: `^[A-Za-z][A-Za-z0-9_]{2,31}$`, kept byte for byte (T5 is case-sensitive).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(as = "String"))]
pub struct TriggerWord(String);

/// What the person is called in prose: `woman`, `man`, `person`; 2-32 letters, spaces and hyphens, lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(as = "String"))]
pub struct ClassWord(String);

/// The text is not a trigger word or class word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not {expected}")]
pub struct WordError {
    /// What would have been accepted.
    pub expected: &'static str,
}

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

macro_rules! word {
    ($name:ident, $accepts:path, $expected:literal) => {
        impl $name {
            /// The word as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = WordError;

            fn from_str(text: &str) -> Result<Self, WordError> {
                if $accepts(text) {
                    Ok(Self(text.to_owned()))
                } else {
                    Err(WordError {
                        expected: $expected,
                    })
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?
                    .parse()
                    .map_err(serde::de::Error::custom)
            }
        }
    };
}

word!(
    TriggerWord,
    is_trigger,
    "a trigger word (a letter, then 2-31 letters, digits or `_`)"
);
word!(
    ClassWord,
    is_class,
    "a class word (2-32 lower-case letters, spaces or hyphens)"
);

/// All that composing needs to know of a model. [`wire::Model`](crate::wire::Model) is a superset.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ModelProfile {
    /// The word the LoRA was trained on.
    pub trigger: TriggerWord,
    /// What the person is called in prose.
    pub class_word: ClassWord,
    /// How the model's version names its inputs.
    pub dialect: Dialect,
    /// The LoRA reference to send, for a dialect whose version carries no weights of its own (`lora_weights`).
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub weights: Option<String>,
}
