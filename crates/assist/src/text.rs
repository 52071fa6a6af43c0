//! Words in texts and in message patterns.

/// The byte at which `words` first occur in `text` without a letter or digit on either side. `None` for empty `words`.
pub(crate) fn find_words(text: &str, words: &str) -> Option<usize> {
    let step = words.chars().next()?.len_utf8();
    let mut from = 0;
    while let Some(found) = text.get(from..)?.find(words) {
        let at = from + found;
        let (before, after) = (text.get(..at)?, text.get(at + words.len()..)?);
        if !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric) {
            return Some(at);
        }
        from = at + step;
    }
    None
}

/// Replaces each `{}` of `pattern` by the next of `words`, or by nothing when there are no more.
pub(crate) fn fill(pattern: &str, words: &[&str]) -> String {
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

/// Whether `word` is one of `words`, ignoring the case of ASCII letters.
pub(crate) fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|known| word.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn find_words_finds_whole_words_only() {
        assert_eq!(find_words("party, art on walls", "art"), Some(7));
        assert_eq!(find_words("a aa a a", "a a"), Some(5));
        assert_eq!(find_words("éart, art2", "art"), None);
        assert_eq!(find_words("art", "art"), Some(0));
        assert_eq!(find_words("art", ""), None);
        assert_eq!(find_words("ééé éé", "éé"), Some(7));
    }

    #[test]
    fn fill_replaces_each_gap_once() {
        assert_eq!(fill("“{}” and “{}”.", &["{}", "a"]), "“{}” and “a”.");
        assert_eq!(fill("{}{}", &["a"]), "a");
        assert_eq!(fill("plain", &["a"]), "plain");
    }

    #[test]
    fn is_one_of_ignores_case() {
        assert!(is_one_of("The", &["a", "the"]));
        assert!(!is_one_of("then", &["a", "the"]));
    }
}
