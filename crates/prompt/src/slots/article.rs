//! Adds articles to noun phrases that were written without one.

use super::Slot;

/// First words that rule out an article.
const DETERMINERS: &str = "a an the another my his her our your their its this that these those some no one two three four both \
    several";
/// Uncountable nouns.
const UNCOUNTED: &str = "black white denim leather linen silk jewellery jewelry makeup knitwear luggage smoke steam \
    streetwear sportswear juice tweed velvet wool cotton corduroy cashmere satin bread tea home";

/// Returns a phrase of `slot` as it is written in a sentence, with an article for things.
#[must_use]
pub fn named(slot: Slot, phrase: &str) -> String {
    let article = match slot {
        Slot::Wardrobe | Slot::Props
            if !phrase.starts_with("holding ") && !phrase.starts_with("carrying ") =>
        {
            article(phrase)
        }
        _ => "",
    };
    [article, phrase].concat()
}

/// Whether `word` is one of `words`, which are separated by spaces, ignoring ASCII case.
pub(super) fn is_one_of(words: &str, word: &str) -> bool {
    words
        .split(' ')
        .any(|known| known.eq_ignore_ascii_case(word))
}

/// The article that `phrase` lacks, with a space: `"a "`, `"an "` or nothing.
pub(super) fn article(phrase: &str) -> &'static str {
    let first = phrase.split(' ').next().unwrap_or_default();
    // "flowers on the table" is about flowers.
    let place = phrase
        .split_once(" on ")
        .or_else(|| phrase.split_once(" in "));
    let thing = place.map_or(phrase, |parts| parts.0);
    let last = thing.split(' ').next_back().unwrap_or_default();
    let is_plural =
        last.ends_with('s') && !["ss", "us", "is"].iter().any(|end| last.ends_with(end));
    if is_one_of(DETERMINERS, first)
        || is_one_of(UNCOUNTED, last)
        || is_plural
        || phrase.contains(" and ")
    {
        ""
    } else {
        indefinite(first)
    }
}

/// "a " or "an ", by the sound that `word` begins with: an umbrella, an 85mm lens, a 50mm lens.
pub(super) fn indefinite(word: &str) -> &'static str {
    let begins = |starts: &[&str]| {
        starts.iter().any(|start| {
            word.split_at_checked(start.len())
                .is_some_and(|(head, _)| head.eq_ignore_ascii_case(start))
        })
    };
    if begins(&["uni", "use", "eu", "one"]) {
        "a "
    } else if begins(&["a", "e", "i", "o", "u", "8", "11", "18", "hour", "honest"]) {
        "an "
    } else {
        "a "
    }
}
