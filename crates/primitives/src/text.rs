//! Numbers with their nouns, case-insensitive matching, and characters that are not seen.

use std::fmt::Display;

/// A number with its noun, whose plural adds an `s`: `1 second`, `2 seconds`.
#[must_use]
pub fn plural<N: Copy + Display + PartialEq + From<u8>>(number: N, noun: &str) -> String {
    let ending = if number == N::from(1) { "" } else { "s" };
    format!("{number} {noun}{ending}")
}

/// Strips `prefix` from the start of `text`, ignoring the case of ASCII letters. `None` when `text` starts otherwise.
#[must_use]
pub fn strip_prefix_ignore_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// Whether the character is drawn as nothing: a joiner, a direction mark, a variation selector, a filler, and the other
/// code points that Unicode calls default-ignorable (Unicode 16, `DerivedCoreProperties.txt`), assigned or not.
#[must_use]
pub const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_takes_the_singular() {
        let nouns = [0, 1, 2, 11].map(|number: u32| plural(number, "second"));
        assert_eq!(nouns, ["0 seconds", "1 second", "2 seconds", "11 seconds"]);
    }

    #[test]
    fn strips_a_prefix_in_any_case() {
        assert_eq!(strip_prefix_ignore_case("HTTPS://a", "https://"), Some("a"));
        assert_eq!(strip_prefix_ignore_case("http", "https://"), None);
        assert_eq!(strip_prefix_ignore_case("éa", "e"), None);
    }
}
