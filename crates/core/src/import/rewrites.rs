//! What to write instead of a negative.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::note::{Dropped, DroppedCode};
use crate::text;

const DATA: &str = include_str!("../../data/rewrites.txt");

/// The most that are offered.
const MOST: usize = 6;

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

fn rewrite(term: &str) -> Option<&'static str> {
    // Longer terms are sentences; none of the data is as long.
    let term = term.trim();
    let term = term.get(..80).unwrap_or(term).to_ascii_lowercase();
    DATA.lines().find_map(|line| {
        let (words, better) = text::split_once(line, " = ")?;
        let stands = |word: &str| contains_words(&term, word);
        (!line.starts_with('#') && words.split('|').any(stands)).then_some(better)
    })
}

fn contains_words(term: &str, words: &str) -> bool {
    text::places(term, words).any(|at| {
        let before = term.get(..at).unwrap_or_default();
        let after = term.get(at + words.len()..).unwrap_or_default();
        !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
    })
}
