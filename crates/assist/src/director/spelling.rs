//! Words that differ a little and mean the same.

/// `word` without the `s` of a plural.
pub(super) fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with(['s', 'u', 'i', '\'']) => stem,
        _ => word,
    }
}

/// The same word but for case and number.
pub(super) fn same(a: &str, b: &str) -> bool {
    singular(a).eq_ignore_ascii_case(singular(b))
}

/// `word` is `known` with a letter missing, one too many, or two neighbours swapped. A different letter does not count,
/// because it often makes another word ("house", "horse").
pub(super) fn is_slip(known: &str, word: &str) -> bool {
    let (mut known, mut word) = (known.as_bytes(), word.as_bytes());
    while let ([a, rest @ ..], [b, others @ ..]) = (known, word)
        && a == b
    {
        (known, word) = (rest, others);
    }
    while let ([rest @ .., a], [others @ .., b]) = (known, word)
        && a == b
    {
        (known, word) = (rest, others);
    }
    match (known, word) {
        ([_], []) | ([], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_one_letter_or_two_swapped_neighbours() {
        for word in [
            "sunglases",
            "sunglassses",
            "sunlgasses",
            "unglasses",
            "sunglasse",
        ] {
            assert!(is_slip("sunglasses", word), "{word}");
        }
        for word in ["sunglasses", "sunglosses", "sunglass", "glasses", ""] {
            assert!(!is_slip("sunglasses", word), "{word}");
        }
    }
}
