//! How a model and its version are named at a provider.

use std::str::FromStr;
use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::pattern;
use crate::text::{TextError, checked_text};

checked_text!(
    /// A version's id: 64 lower-case hexadecimal digits. `latest` is not one: a binding names one exact version.
    VersionId,
    "a version id (64 of `0-9a-f`)",
    |text| text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
);

static MODEL_NAME: LazyLock<Regex> = LazyLock::new(|| {
    pattern::constant(
        r"^([A-Za-z0-9](?:[A-Za-z0-9_-]{0,62}))/([A-Za-z0-9](?:[A-Za-z0-9._-]{0,126}))$",
    )
});

/// `owner/name` of a model at Replicate. Both halves begin with a letter or digit, so neither is `..`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModelName {
    owner: String,
    name: String,
}

impl ModelName {
    /// From the two halves.
    pub fn new(owner: &str, name: &str) -> Result<Self, TextError> {
        format!("{owner}/{name}").parse()
    }

    /// The model's owner.
    #[must_use]
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// The model's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What exactly one person may claim. Lower case, so that another spelling is no second claim.
    #[must_use]
    pub fn claim_key(&self) -> String {
        format!("replicate:{self}").to_ascii_lowercase()
    }
}

impl FromStr for ModelName {
    type Err = TextError;

    fn from_str(text: &str) -> Result<Self, TextError> {
        let halves = MODEL_NAME.captures(text).ok_or(TextError {
            expected: "a model's `owner/name`",
        })?;
        Ok(Self {
            owner: halves[1].to_owned(),
            name: halves[2].to_owned(),
        })
    }
}

impl std::fmt::Display for ModelName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.owner, self.name)
    }
}

impl Serialize for ModelName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ModelName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_two_safe_path_segments() {
        let name: ModelName = "studio/Ada-selfie.lora_2".parse().unwrap();
        assert_eq!((name.owner(), name.name()), ("studio", "Ada-selfie.lora_2"));
        assert_eq!(name.claim_key(), "replicate:studio/ada-selfie.lora_2");
        for text in [
            "", "a", "/", "a/", "/b", "a/b/c", "../b", "a/..", "a/.b", "a b/c", "a/b?x", "a/b#",
            "a/b\n", "é/b", "a/b%2f", "a\\b/c", "a/b:c", "-a/b",
        ] {
            assert!(text.parse::<ModelName>().is_err(), "{text:?}");
        }
        assert!(ModelName::new("a/b", "c").is_err());
        assert!(ModelName::new(&"a".repeat(64), "c").is_err());
    }

    #[test]
    fn versions_are_64_hexadecimal_digits() {
        assert!("0a".repeat(32).parse::<VersionId>().is_ok());
        for text in [
            "",
            "latest",
            &"0a".repeat(31),
            &"0A".repeat(32),
            &"0g".repeat(32),
            &"0a".repeat(33),
        ] {
            assert!(text.parse::<VersionId>().is_err(), "{text:?}");
        }
    }
}
