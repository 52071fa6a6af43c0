//! How a model and its version are named at a provider.

use selfsame_primitives::{InvalidString, string_newtype};

string_newtype!(
    /// A version's id: 64 lower-case hexadecimal digits. `latest` is not accepted, because a binding names one exact
    /// version.
    VersionId,
    "a version id (64 of `0-9a-f`)",
    |text| text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
);

string_newtype!(
    /// `owner/name` of a model at Replicate. Both halves begin with a letter or digit and are safe as path segments.
    ModelName,
    "a model's `owner/name`",
    |text| text.split_once('/').is_some_and(|(owner, name)| {
        is_name(owner, 63, b"-_") && is_name(name, 127, b"-_.")
    })
);

impl ModelName {
    /// Joins the two halves.
    pub fn new(owner: &str, name: &str) -> Result<Self, InvalidString> {
        format!("{owner}/{name}").parse()
    }

    /// The half after the slash.
    #[must_use]
    pub fn name(&self) -> &str {
        self.as_str().split_once('/').unwrap_or_default().1
    }

    /// What at most one person may claim. It is lower-case, so another spelling of the name is the same claim.
    #[must_use]
    pub fn claim_key(&self) -> String {
        format!("replicate:{self}").to_ascii_lowercase()
    }
}

/// Whether `text` has 1 to `max` ASCII letters, digits and `punctuation`, and begins with a letter or digit.
pub(crate) fn is_name(text: &str, max: usize, punctuation: &[u8]) -> bool {
    text.len() <= max
        && text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || punctuation.contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_name_is_two_safe_path_segments() {
        let name: ModelName = "studio/Ada-selfie.lora_2".parse().unwrap();
        assert_eq!(name.name(), "Ada-selfie.lora_2");
        assert_eq!(name.claim_key(), "replicate:studio/ada-selfie.lora_2");
        for text in [
            "", "a", "/", "a/", "/b", "a/b/c", "../b", "a/..", "a/.b", "a b/c", "a/b?x", "a/b#",
            "a/b\n", "é/b", "a/b%2f", "a\\b/c", "a/b:c", "-a/b", "a.b/c",
        ] {
            assert!(text.parse::<ModelName>().is_err(), "{text:?}");
        }
        assert!(ModelName::new("a/b", "c").is_err());
    }

    #[test]
    fn each_half_of_a_model_name_has_a_maximum_length() {
        let (owner, name) = ("a".repeat(63), "b".repeat(127));
        assert!(ModelName::new(&owner, &name).is_ok());
        assert!(ModelName::new(&format!("{owner}a"), &name).is_err());
        assert!(ModelName::new(&owner, &format!("{name}b")).is_err());
    }

    #[test]
    fn a_version_id_is_64_hexadecimal_digits() {
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
