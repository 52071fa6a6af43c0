//! Finding whole words, comparing without ASCII case, and filling sentence templates.

/// Returns the byte offset of the first `words` in `text` with no letter or digit on either side.
#[must_use]
pub fn find_words(text: &str, words: &str) -> Option<usize> {
    if words.is_empty() {
        return None;
    }
    text.char_indices().map(|(at, _)| at).find(|at| {
        let (before, rest) = text.split_at(*at);
        rest.strip_prefix(words).is_some_and(|after| {
            !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
        })
    })
}

/// Replaces each `{}` in `pattern` with the next of `words`; with none left, with nothing.
#[must_use]
pub fn fill(pattern: &str, words: &[&str]) -> String {
    let mut out = String::new();
    let mut words = words.iter();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once("{}") {
        out.push_str(before);
        out.push_str(words.next().copied().unwrap_or_default());
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Strips the prefix `start` from `text`, ignoring ASCII case.
#[must_use]
pub fn strip_any_case<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let (begin, rest) = text.split_at_checked(start.len())?;
    begin.eq_ignore_ascii_case(start).then_some(rest)
}

/// Whether `word` equals one of `words`, ignoring ASCII case.
#[must_use]
pub fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|known| word.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn find_words_matches_whole_words_only() {
        assert_eq!(find_words("party, art on walls", "art"), Some(7));
        assert_eq!(find_words("a aa a a", "a a"), Some(5));
        assert_eq!(find_words("éart, art2", "art"), None);
        assert_eq!(find_words("art", "art"), Some(0));
        assert_eq!(find_words("art", ""), None);
    }

    #[test]
    fn fill_replaces_gaps_in_order() {
        assert_eq!(fill("“{}” and “{}”.", &["{}", "a"]), "“{}” and “a”.");
        assert_eq!(fill("{}{}", &["a"]), "a");
        assert_eq!(fill("plain", &["a"]), "plain");
    }

    #[test]
    fn matching_ignores_ascii_case() {
        assert_eq!(strip_any_case("HTTPS://a", "https://"), Some("a"));
        assert_eq!(strip_any_case("http", "https://"), None);
        assert_eq!(strip_any_case("éa", "e"), None);
        assert!(is_one_of("The", &["a", "the"]));
        assert!(!is_one_of("then", &["a", "the"]));
    }
}
