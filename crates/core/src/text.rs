//! Finding text in text.
//!
//! The standard library's own search for strings is linear in the worst case, and brings 8 KB into the browser's
//! module: its two-way tables, and the printing of the panics that slicing could end in. What is looked for here is
//! short. Its searches for characters are made anew for every closure; these take a function.

use alloc::string::String;

/// Where `needle` first stands in `text`.
pub(crate) fn find(text: &str, needle: &str) -> Option<usize> {
    let is_there = stands(text, needle);
    (0..text.len()).find(is_there)
}

/// Where `needle` last stands in `text`.
pub(crate) fn rfind(text: &str, needle: &str) -> Option<usize> {
    let is_there = stands(text, needle);
    (0..text.len()).rfind(is_there)
}

/// `needle` stands at a place of `text`.
fn stands(text: &str, needle: &str) -> impl Fn(&usize) -> bool {
    let (text, needle) = (text.as_bytes(), needle.as_bytes());
    move |at| text.get(*at) == needle.first() && text.get(*at..*at + needle.len()) == Some(needle)
}

/// `needle` stands in `text`.
pub(crate) fn contains(text: &str, needle: &str) -> bool {
    find(text, needle).is_some()
}

/// What stands before and after the first `needle`.
pub(crate) fn split_once<'a>(text: &'a str, needle: &str) -> Option<(&'a str, &'a str)> {
    let at = find(text, needle)?;
    Some((text.get(..at)?, text.get(at + needle.len()..)?))
}

/// The pieces between the `needle`s.
pub(crate) fn split<'a>(text: &'a str, needle: &str) -> impl Iterator<Item = &'a str> {
    let mut rest = Some(text);
    core::iter::from_fn(move || {
        let text = rest?;
        let (piece, after) = match split_once(text, needle) {
            Some((piece, after)) => (piece, Some(after)),
            None => (text, None),
        };
        rest = after;
        Some(piece)
    })
}

/// Where each `needle` stands; none within another.
pub(crate) fn places(text: &str, needle: &str) -> impl Iterator<Item = usize> {
    let mut from = 0;
    core::iter::from_fn(move || {
        let at = from + find(text.get(from..)?, needle)?;
        from = at + needle.len();
        Some(at)
    })
}

/// Where `words` first stand in `text` with no letter or digit at either side.
pub(crate) fn find_words(text: &str, words: &str) -> Option<usize> {
    let is_there = stands(text, words);
    (0..text.len()).find(|at| {
        is_there(at)
            && !text
                .get(..*at)
                .is_none_or(|before| before.ends_with(char::is_alphanumeric))
            && !text
                .get(at + words.len()..)
                .is_none_or(|after| after.starts_with(char::is_alphanumeric))
    })
}

/// The `parts` as one text.
pub(crate) fn concat(parts: &[&str]) -> String {
    let mut out = String::new();
    for part in parts {
        out.push_str(part);
    }
    out
}

/// `pattern` with a word for each `{}`.
pub(crate) fn fill(pattern: &str, words: &[&str]) -> String {
    let mut out = String::new();
    let mut words = words.iter();
    let mut rest = pattern;
    while let Some((before, after)) = split_once(rest, "{}") {
        out.push_str(before);
        out.push_str(words.next().copied().unwrap_or_default());
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Where the first character is that is so.
pub(crate) fn find_char(text: &str, is: fn(char) -> bool) -> Option<usize> {
    text.char_indices().find(|(_, c)| is(*c)).map(|(at, _)| at)
}

/// What stands before and after the first character that is so.
pub(crate) fn split_at_mark(text: &str, is: fn(char) -> bool) -> Option<(&str, &str)> {
    let at = find_char(text, is)?;
    let (before, rest) = text.split_at_checked(at)?;
    let mut rest = rest.chars();
    rest.next();
    Some((before, rest.as_str()))
}

/// `text` without the characters at its start that are so.
pub(crate) fn trim_start(text: &str, is: fn(char) -> bool) -> &str {
    let mut rest = text.chars();
    loop {
        let text = rest.as_str();
        if !rest.next().is_some_and(is) {
            return text;
        }
    }
}

/// `text` without the characters at its end that are so.
pub(crate) fn trim_end(text: &str, is: fn(char) -> bool) -> &str {
    let mut rest = text.chars();
    loop {
        let text = rest.as_str();
        if !rest.next_back().is_some_and(is) {
            return text;
        }
    }
}

/// What stands behind `start`, when `text` begins with it in any case (of ASCII letters).
pub(crate) fn strip_any_case<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let (begin, rest) = text.split_at_checked(start.len())?;
    begin.eq_ignore_ascii_case(start).then_some(rest)
}

/// `word` is one of `words`, in any case (of ASCII letters).
pub(crate) fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|known| word.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    const TEXTS: [&str; 8] = [
        "",
        "a",
        "lens",
        "an 85mm lens, f/1.4",
        "é, è, ê",
        ", , ",
        "nanana",
        "  Ünï 3.5 ",
    ];

    #[test]
    fn as_the_standard_library_finds() {
        for text in TEXTS {
            for needle in ["a", "lens", ", ", "è", "nana", "film"] {
                assert_eq!(find(text, needle), text.find(needle));
                assert_eq!(rfind(text, needle), text.rfind(needle));
                assert_eq!(contains(text, needle), text.contains(needle));
                assert_eq!(split_once(text, needle), text.split_once(needle));
                let pieces: Vec<_> = split(text, needle).collect();
                assert_eq!(pieces, text.split(needle).collect::<Vec<_>>());
                let found = text.match_indices(needle).map(|(at, _)| at);
                assert!(places(text, needle).eq(found));
            }
        }
    }

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
    fn parts_become_one() {
        assert_eq!(concat(&TEXTS), TEXTS.concat());
        assert_eq!(concat(&[]), "");
    }

    #[test]
    fn as_the_standard_library_trims() {
        let kinds: [fn(char) -> bool; 4] = [
            char::is_whitespace,
            char::is_alphanumeric,
            |c| matches!(c, ',' | ' '),
            |_| true,
        ];
        for text in TEXTS {
            for is in kinds {
                assert_eq!(find_char(text, is), text.find(is));
                assert_eq!(split_at_mark(text, is), text.split_once(is));
                assert_eq!(trim_start(text, is), text.trim_start_matches(is));
                assert_eq!(trim_end(text, is), text.trim_end_matches(is));
            }
        }
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
