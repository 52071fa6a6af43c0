//! Case-insensitive matching, whole words, and sentences with gaps.

/// Where `words` first stand in `text` with no letter or digit at either side.
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

/// `pattern` with a word for each `{}`.
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

/// What stands behind `start`, when `text` begins with it in any case (of ASCII letters).
pub fn strip_any_case<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let (begin, rest) = text.split_at_checked(start.len())?;
    begin.eq_ignore_ascii_case(start).then_some(rest)
}

/// `word` is one of `words`, in any case (of ASCII letters).
pub fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|known| word.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_no_letter_goes_on() {
        assert_eq!(find_words("party, art on walls", "art"), Some(7));
        assert_eq!(find_words("a aa a a", "a a"), Some(5));
        assert_eq!(find_words("éart, art2", "art"), None);
        assert_eq!(find_words("art", "art"), Some(0));
        assert_eq!(find_words("art", ""), None);
    }

    #[test]
    fn words_fill_a_pattern() {
        assert_eq!(fill("“{}” and “{}”.", &["{}", "a"]), "“{}” and “a”.");
        assert_eq!(fill("{}{}", &["a"]), "a");
        assert_eq!(fill("plain", &["a"]), "plain");
    }

    #[test]
    fn letters_in_any_case() {
        assert_eq!(strip_any_case("HTTPS://a", "https://"), Some("a"));
        assert_eq!(strip_any_case("http", "https://"), None);
        assert_eq!(strip_any_case("éa", "e"), None);
        assert!(is_one_of("The", &["a", "the"]));
        assert!(!is_one_of("then", &["a", "the"]));
    }
}
