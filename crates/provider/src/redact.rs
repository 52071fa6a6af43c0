//! Makes text fit for the operator's log: without tokens and signatures, and no longer than a log line should be.

use std::fmt;
use std::sync::LazyLock;

use regex::Regex;
use selfsame_primitives::text::is_invisible;

use crate::secret::MASK;

/// Characters of a [`Cause`].
const MAX_CAUSE_CHARS: usize = 400;
/// Characters that are redacted at most, since a response can have megabytes.
const MAX_INPUT_CHARS: usize = 8_192;

/// Patterns and their replacements, in the order in which they apply. A line break does not end a secret: it may split
/// one, and masking the word after a secret costs less than showing half of it.
static RULES: LazyLock<[(Regex, String); 5]> = LazyLock::new(|| {
    [
        // A URL's user and password.
        (r"(://)(?:[^\s/?#@]|\n)*@", format!("$1{MASK}@")),
        // A URL's query: delivery URLs and weights are signed there. An apostrophe may be part of the path.
        (
            r#"(https?://[^\s?#"<>]*)[?#](?:[^\s"<>]|\n)*"#,
            format!("$1?{MASK}"),
        ),
        // The value of an `Authorization` header, for the schemes that providers use.
        (
            r#"(?i-u)\b(bearer|token|key|basic)(\s+|\s*[:=]\s*"?)[A-Za-z0-9._~+/=\n-]{8,}"#,
            format!("$1$2{MASK}"),
        ),
        // Replicate's tokens.
        (r"r8_[A-Za-z0-9_\n-]+", MASK.to_owned()),
        // Webhook signing keys.
        (r"whsec_[A-Za-z0-9+/=_\n-]+", MASK.to_owned()),
    ]
    .map(|(source, replacement)| (crate::regex(source), replacement))
});

/// Replaces every token, key, password and URL query in `text` by `*****`, also one that a control or an invisible
/// character splits: those are dropped, and white space among them becomes a line break.
#[must_use]
pub fn redact(text: &str) -> String {
    let visible = text.chars().filter_map(|c| match c {
        _ if !c.is_control() => Some(c).filter(|c| !is_invisible(*c)),
        _ if c.is_whitespace() => Some('\n'),
        _ => None,
    });
    RULES
        .iter()
        .fold(visible.collect(), |text: String, (regex, replacement)| {
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
        for word in redacted.split_whitespace() {
            if !line.is_empty() {
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
            (
                "get https://x.example/it's.png?sig=SE'CRET failed",
                "get https://x.example/it's.png?***** failed",
            ),
            ("\"http://u:p@h.example/a\"", "\"http://*****@h.example/a\""),
            ("token expired", "token expired"),
        ] {
            assert_eq!(redact(text), expected);
        }
    }

    #[test]
    fn a_cause_is_one_short_line() {
        assert_eq!(Cause::new("a\r\n\tb\u{0}c").as_str(), "a bc");
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

        #[test]
        fn no_part_of_a_split_token_reaches_a_cause(
            start in "r8_[A-Za-z0-9]{4,20}|whsec_[A-Za-z0-9]{4,20}|Bearer [A-Za-z0-9]{4,20}",
            split in "[\\x00-\\x1f\\x7f-\\u{9f}\u{200b}\u{ad}\u{feff}]{1,3}",
            end in "[A-Za-z0-9]{8,20}",
        ) {
            let cause = Cause::new(format!("a {start}{split}{end} b"));
            prop_assert!(!cause.as_str().contains(&end), "{cause}");
            prop_assert!(cause.as_str().starts_with("a ") && cause.as_str().ends_with(" b"));
        }
    }
}
