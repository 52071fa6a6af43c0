//! What to write instead of a negative.

use super::note::{Dropped, DroppedCode};
use crate::text;

include!(concat!(env!("OUT_DIR"), "/rewrites.rs"));

/// An answer to several negatives.
struct Rewrite {
    /// In lower case.
    unwanted: &'static [&'static str],
    instead: &'static str,
}

/// The most that are offered.
const MOST: usize = 6;

/// What stands behind so many bytes of a term is not looked at: longer terms are sentences, and none of the data is as
/// long.
const LONGEST: usize = 80;

/// What could be written instead of all negatives that were dropped, in the order in which they are found.
pub(super) fn of(dropped: &[Dropped]) -> Vec<String> {
    let negatives = dropped
        .iter()
        .filter(|one| one.code == DroppedCode::NegativePrompt);
    let mut found: Vec<String> = Vec::new();
    let terms = negatives.flat_map(|one| one.text.split([',', ';', '\n', ':']));
    for term in terms.take(200) {
        if let Some(better) = rewrite(term)
            && found.len() < MOST
            && !found.iter().any(|known| known == better)
        {
            found.push(better.to_owned());
        }
    }
    found
}

/// What to write so that what `term` names is not in the picture.
pub(crate) fn rewrite(term: &str) -> Option<&'static str> {
    let term = term.trim();
    let term = term.get(..term.floor_char_boundary(LONGEST));
    let term = term.unwrap_or_default().to_ascii_lowercase();
    let has = |words: &&str| text::find_words(&term, words).is_some();
    let found = REWRITES
        .iter()
        .find(|rewrite| rewrite.unwanted.iter().any(has));
    found.map(|rewrite| rewrite.instead)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_long_term_is_not_looked_at() {
        assert!(rewrite("blurry").is_some());
        for filler in ["a", "é", "東", "🙂"] {
            let sentence = [&filler.repeat(LONGEST), " blurry"].concat();
            assert_eq!(rewrite(&sentence), None, "{sentence}");
            assert_eq!(rewrite(&["a", &sentence].concat()), None, "{sentence}");
        }
    }
}
