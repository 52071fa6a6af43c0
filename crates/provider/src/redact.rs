//! Makes text fit for the operator's log: without tokens and signatures, and no longer than a log line should be.

use std::fmt;
use std::sync::LazyLock;

use regex::Regex;

use crate::secret::MASK;

/// Characters of a [`Cause`].
const MAX_CAUSE_CHARS: usize = 400;
/// Characters that are redacted at most, since a response can have megabytes.
const MAX_INPUT_CHARS: usize = 8_192;

/// Patterns and their replacements, in the order in which they apply.
static RULES: LazyLock<[(Regex, String); 5]> = LazyLock::new(|| {
    [
        // A URL's user and password.
        (r"(://)[^\s/?#@]*@", format!("$1{MASK}@")),
        // A URL's query: delivery URLs and weights are signed there.
        (
            r#"(https?://[^\s?#"'<>]*)[?#][^\s"'<>]*"#,
            format!("$1?{MASK}"),
        ),
        // The value of an `Authorization` header, for the schemes that providers use.
        (
            r#"(?i-u)\b(bearer|token|key|basic)(\s+|\s*[:=]\s*"?)[A-Za-z0-9._~+/=-]{8,}"#,
            format!("$1$2{MASK}"),
        ),
        // Replicate's tokens.
        (r"r8_[A-Za-z0-9_-]+", MASK.to_owned()),
        // Webhook signing keys.
        (r"whsec_[A-Za-z0-9+/=_-]+", MASK.to_owned()),
    ]
    .map(|(source, replacement)| (crate::regex(source), replacement))
});

/// Replaces every token, key, password and URL query in `text` by `*****`.
#[must_use]
pub fn redact(text: &str) -> String {
    RULES
        .iter()
        .fold(text.to_owned(), |text, (regex, replacement)| {
            regex.replace_all(&text, replacement.as_str()).into_owned()
        })
}

/// Why something went wrong, for the operator's log: one short, redacted line. It is never shown to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause(String);

impl Cause {
    /// Redacts `text`, puts it on one line and cuts it to 400 characters.
    #[must_use]
    pub fn new(text: impl AsRef<str>) -> Self {
        let start: String = text.as_ref().chars().take(MAX_INPUT_CHARS).collect();
        let redacted = redact(&start);
        let mut line = String::new();
        for word in redacted.split(|c: char| c.is_whitespace() || c.is_control()) {
            if !line.is_empty() && !word.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        if let Some((end, _)) = line.char_indices().nth(MAX_CAUSE_CHARS) {
            line.truncate(end);
            line.push('…');
        }
        Self(line)
    }

    /// The line.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn redact_masks_secrets_and_keeps_the_rest() {
        for (text, expected) in [
            ("nothing to hide", "nothing to hide"),
            ("token r8_Abc123_x-9 refused", "token ***** refused"),
            ("key whsec_MDEy/+=end", "key *****"),
            (
                "Authorization: Bearer abcdef.ghijkl",
                "Authorization: Bearer *****",
            ),
            (
                "Authorization: Token abcdefghij",
                "Authorization: Token *****",
            ),
            ("BEARER ABCDEFGHIJ", "BEARER *****"),
            (r#"{"token":"abcdefghijkl"}"#, r#"{"token":"abcdefghijkl"}"#),
            ("token=abcdefghijkl", "token=*****"),
            (
                "get https://x.example/a.safetensors?sig=SECRET&e=1 failed",
                "get https://x.example/a.safetensors?***** failed",
            ),
            ("\"http://u:p@h.example/a\"", "\"http://*****@h.example/a\""),
            ("token expired", "token expired"),
        ] {
            assert_eq!(redact(text), expected);
        }
    }

    #[test]
    fn a_cause_is_one_short_line() {
        assert_eq!(Cause::new("a\r\n\tb\u{0}c").as_str(), "a b c");
        let long = Cause::new("é".repeat(100_000));
        assert_eq!(long.as_str(), format!("{}…", "é".repeat(400)));
        let longest = "é".repeat(400);
        assert_eq!(Cause::new(&longest).as_str(), longest);
        let beyond = format!("{}end", " ".repeat(8_192));
        assert_eq!(Cause::new(beyond).as_str(), "");
    }

    proptest! {
        #[test]
        fn no_token_reaches_a_cause(before in ".{0,40}", token in "[A-Za-z0-9]{10,40}", after in ".{0,40}") {
            let cause = Cause::new(format!("{before}r8_{token} {after}"));
            prop_assert!(!cause.as_str().contains(&token));
        }
    }
}
