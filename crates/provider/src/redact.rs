//! Text for the operator's log: no token, no signature, no longer than a log line should be.

use std::fmt;
use std::sync::LazyLock;

use regex::Regex;

use crate::pattern;
use crate::secret::MASK;

/// Characters of a [`Cause`]; more says no more.
const LONGEST_CAUSE: usize = 400;
/// Characters that are looked at: an answer can be megabytes.
const LONGEST_INPUT: usize = 8_192;

/// What is replaced, in this order, and by what.
static RULES: LazyLock<[(Regex, String); 5]> = LazyLock::new(|| {
    [
        // A URL's user and password.
        (r"(://)[^\s/?#@]*@", format!("$1{MASK}@")),
        // A URL's query: delivery URLs and weights are signed there.
        (
            r#"(https?://[^\s?#"'<>]*)[?#][^\s"'<>]*"#,
            format!("$1?{MASK}"),
        ),
        // An `Authorization` value of any of the providers.
        (
            r#"(?i-u)\b(bearer|token|key|basic)(\s+|\s*[:=]\s*"?)[A-Za-z0-9._~+/=-]{8,}"#,
            format!("$1$2{MASK}"),
        ),
        // Replicate's tokens.
        (r"r8_[A-Za-z0-9_-]+", MASK.to_owned()),
        // Webhook signing keys.
        (r"whsec_[A-Za-z0-9+/=_-]+", MASK.to_owned()),
    ]
    .map(|(source, replacement)| (pattern::constant(source), replacement))
});

/// `text` with every token, key, password and signed query replaced by `*****`.
#[must_use]
pub fn redact(text: &str) -> String {
    RULES
        .iter()
        .fold(text.to_owned(), |text, (regex, replacement)| {
            regex.replace_all(&text, replacement.as_str()).into_owned()
        })
}

/// Why something went wrong, for the operator's log: one line, redacted, short. It is never shown to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause(String);

impl Cause {
    /// Takes any text and makes it fit for a log.
    #[must_use]
    pub fn new(text: impl AsRef<str>) -> Self {
        let start: String = text.as_ref().chars().take(LONGEST_INPUT).collect();
        let redacted = redact(&start);
        let mut line = String::new();
        for word in redacted.split(|c: char| c.is_whitespace() || c.is_control()) {
            if !line.is_empty() && !word.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        if let Some((end, _)) = line.char_indices().nth(LONGEST_CAUSE) {
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
    fn secrets_are_masked_and_the_rest_stays() {
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
        assert_eq!(long.as_str().chars().count(), LONGEST_CAUSE + 1);
    }

    proptest! {
        #[test]
        fn a_token_never_survives(before in ".{0,40}", token in "[A-Za-z0-9]{10,40}", after in ".{0,40}") {
            let cause = Cause::new(format!("{before}r8_{token} {after}"));
            prop_assert!(!cause.as_str().contains(&token));
        }
    }
}
