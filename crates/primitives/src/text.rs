//! Case-insensitive matching.

/// Strips `prefix` from the start of `text`, ignoring the case of ASCII letters. `None` when `text` starts otherwise.
#[must_use]
pub fn strip_prefix_ignore_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strips_a_prefix_in_any_case() {
        assert_eq!(strip_prefix_ignore_case("HTTPS://a", "https://"), Some("a"));
        assert_eq!(strip_prefix_ignore_case("http", "https://"), None);
        assert_eq!(strip_prefix_ignore_case("éa", "e"), None);
    }
}
