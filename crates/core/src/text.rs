//! Finding text in text.
//!
//! The standard library's own search for strings is linear in the worst case, and brings 8 KB into the browser's
//! module: its two-way tables, and the printing of the panics that slicing could end in. What is looked for here is
//! short.

/// Where `needle` first stands in `text`.
pub(crate) fn find(text: &str, needle: &str) -> Option<usize> {
    let (text, needle) = (text.as_bytes(), needle.as_bytes());
    text.windows(needle.len().max(1))
        .position(|window| window == needle)
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    #[test]
    fn as_the_standard_library_finds() {
        for text in [
            "",
            "a",
            "lens",
            "an 85mm lens, f/1.4",
            "é, è, ê",
            ", , ",
            "nanana",
        ] {
            for needle in ["a", "lens", ", ", "è", "nana", "film"] {
                assert_eq!(find(text, needle), text.find(needle));
                assert_eq!(contains(text, needle), text.contains(needle));
                assert_eq!(split_once(text, needle), text.split_once(needle));
                let pieces: Vec<_> = split(text, needle).collect();
                assert_eq!(pieces, text.split(needle).collect::<Vec<_>>());
            }
        }
    }
}
