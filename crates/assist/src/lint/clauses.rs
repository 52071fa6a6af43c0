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

/// Says how many of what stands behind it.
pub(super) fn counts(word: Option<&str>) -> bool {
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    word.is_some_and(is_number)
        || is_one_of(
            word,
            &[
                "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several",
                "many", "few", "both", "all",
            ],
        )
}

/// A form of "to be".
pub(super) fn is_verb(word: Option<&str>) -> bool {
    is_one_of(word, &["is", "are", "was", "were", "am", "be", "being"])
}

/// Belongs to what stands before it alone: "a friend of mine", "a crowd behind me".
pub(super) fn is_of_somebody(word: Option<&str>) -> bool {
    is_one_of(word, &["of", "behind", "around", "beside", "next"])
}

/// Says where what stands before it is.
pub(super) fn places(word: Option<&str>) -> bool {
    is_one_of(
        word,
        &[
            "in", "on", "at", "by", "near", "between", "from", "under", "over", "to",
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
            "were", "being", "holding", "hugging", "kissing", "carrying", "showing", "meeting",
            "watching", "teaching", "feeding", "greeting", "visiting", "see", "meet",
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
