//! Words that differ a little and mean the same.

/// `word` without the `s` of a plural.
pub(super) fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with(['s', 'u', 'i', '\'']) => stem,
        _ => word,
    }
}

/// Same word but for case and number.
pub(super) fn same(a: &str, b: &str) -> bool {
    singular(a).eq_ignore_ascii_case(singular(b))
}

/// `word` is `known` with one letter too few, one too many, or two that changed places. Another letter instead makes
/// another word too often ("house", "horse").
pub(super) fn is_slip(known: &str, word: &str) -> bool {
    let (known, word) = (known.as_bytes(), word.as_bytes());
    let start = known.iter().zip(word).take_while(|(a, b)| a == b).count();
    let (Some(known), Some(word)) = (known.get(start..), word.get(start..)) else {
        return false;
    };
    match (known, word) {
        ([a, b, known @ ..], [c, d, word @ ..]) if a == d && b == c && known == word => true,
        ([_, known @ ..], word) if known == word => true,
        (known, [_, word @ ..]) if known == word => true,
        _ => false,
    }
}
