//! Small words that say how a phrase hangs in its clause.

use crate::text;

fn is_one_of(word: Option<&str>, list: &[&str]) -> bool {
    word.is_some_and(|word| text::is_one_of(word, list))
}

/// Goes with the phrase behind it, and is left over without it: `with`, `and`.
pub(super) fn connects(word: Option<&str>) -> bool {
    is_one_of(
        word,
        &[
            "with",
            "and",
            "or",
            "but",
            "has",
            "having",
            "plus",
            "featuring",
            "&",
        ],
    )
}

/// Joins what stands before it with what stands behind it.
pub(super) fn adds(word: Option<&str>) -> bool {
    is_one_of(word, &["and", "or", "but"])
}

/// Belongs to the phrase behind it: an article, or whose it is.
pub(super) fn determines(word: Option<&str>) -> bool {
    is_one_of(
        word,
        &[
            "a", "an", "the", "her", "his", "my", "their", "some", "other", "very",
        ],
    )
}

/// Needs the phrase behind it.
pub(super) fn needs_more(word: Option<&str>) -> bool {
    is_one_of(
        word,
        &[
            "in", "of", "on", "at", "by", "through", "near", "among", "between", "for", "from",
            "to", "into", "behind", "under", "over", "as", "like", "against", "is", "are", "was",
            "wearing", "towards", "beside", "past", "amid", "be", "looking", "using", "shot",
        ],
    )
}

/// Says whose the word behind it is, or that it comes along.
pub(super) fn possesses(word: Option<&str>) -> bool {
    is_one_of(
        word,
        &["my", "her", "his", "their", "our", "with", "and", "your"],
    )
}
