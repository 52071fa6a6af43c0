//! What to write instead of a negative.

use super::report::{Dropped, DroppedCode};
use crate::text::find_words;

include!(concat!(env!("OUT_DIR"), "/rewrites.rs"));

/// A row of `data/rewrites.toml`: what to write instead of several negatives.
struct Rewrite {
    /// In lower case.
    unwanted: &'static [&'static str],
    instead: &'static str,
}

/// The most suggestions.
const MAX_SUGGESTIONS: usize = 6;

/// The bytes of a term that are searched. A longer term is a sentence, and no row of the data is as long.
const MAX_TERM: usize = 80;

/// What to write instead of the negative prompts among `dropped`, in their order.
pub(super) fn suggestions(dropped: &[Dropped]) -> Vec<String> {
    let negatives = dropped
        .iter()
        .filter(|one| one.code == DroppedCode::NegativePrompt);
    let mut found: Vec<String> = Vec::new();
    let terms = negatives.flat_map(|one| one.text.split([',', ';', '\n', ':']));
    for term in terms.take(200) {
        if let Some(better) = rewrite(term)
            && found.len() < MAX_SUGGESTIONS
            && !found.iter().any(|known| known == better)
        {
            found.push(better.to_owned());
        }
    }
    found
}

/// What to write so that the thing that `term` names is not in the picture.
pub(crate) fn rewrite(term: &str) -> Option<&'static str> {
    let term = term.trim();
    let term = term.get(..term.floor_char_boundary(MAX_TERM));
    let term = term.unwrap_or_default().to_ascii_lowercase();
    let has = |words: &&str| find_words(&term, words).is_some();
    let found = REWRITES
        .iter()
        .find(|rewrite| rewrite.unwanted.iter().any(has));
    found.map(|rewrite| rewrite.instead)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_long_term_is_not_searched() {
        assert!(rewrite("blurry").is_some());
        for filler in ["a", "é", "東", "🙂"] {
            let sentence = [&filler.repeat(MAX_TERM), " blurry"].concat();
            assert_eq!(rewrite(&sentence), None, "{sentence}");
            assert_eq!(rewrite(&["a", &sentence].concat()), None, "{sentence}");
        }
    }
}
