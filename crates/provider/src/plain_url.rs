//! URLs of the plain kind: absolute `http` or `https`, without credentials or fragment.

use url::Url;

/// Parses `text` as the WHATWG URL standard does, which is how `fetch` reads it too. The result is normalised, so
/// whatever is checked on it holds for what is fetched.
///
/// Returns `None` for text of more than `max_bytes`, for any character that a URL must encode, for a backslash (which
/// parsers disagree about), for credentials and for a fragment.
pub(crate) fn parse(text: &str, max_bytes: usize) -> Option<Url> {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && byte != b'\\';
    if text.len() > max_bytes || !text.bytes().all(is_plain) {
        return None;
    }
    let url = Url::parse(text).ok()?;
    let has_credentials = !url.username().is_empty() || url.password().is_some();
    (matches!(url.scheme(), "http" | "https") && !has_credentials && url.fragment().is_none())
        .then_some(url)
}

/// Whether `host` is a lower-case DNS name of at least two labels whose last one begins with a letter: not
/// `localhost`, and not an IP address in any notation.
pub(crate) fn is_dns_name(host: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
    };
    let Some((_, last)) = host.rsplit_once('.') else {
        return false;
    };
    host.split('.').all(is_label) && last.starts_with(|first: char| first.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_url_is_normalised() {
        for (text, normal) in [
            ("https://h.example", "https://h.example/"),
            ("HTTPS://H.example:443/a", "https://h.example/a"),
            ("http://h.example:80/a?b", "http://h.example/a?b"),
            ("https://h%2eexample/%2e%2e/a", "https://h.example/a"),
            ("https:///h.example/a", "https://h.example/a"),
        ] {
            assert_eq!(
                parse(text, 100).map(String::from).as_deref(),
                Some(normal),
                "{text}"
            );
        }
    }

    #[test]
    fn any_other_text_is_refused() {
        for text in [
            "",
            "/a",
            "//h.example/a",
            "h.example/a",
            "ftp://h.example/a",
            "data:image/png;base64,AAAA",
            "https://",
            "https://h.example:99999/a",
            "https://u@h.example/a",
            "https://:p@h.example/a",
            "https://h.example/a#",
            "https://h.example/a b",
            "https://h.example/a\n",
            "https://h\t.example/a",
            "https://h.example\\a",
            "https://hé.example/a",
        ] {
            assert_eq!(parse(text, 100), None, "{text:?}");
        }
        assert!(parse("https://h.example/a", 19).is_some());
        assert_eq!(parse("https://h.example/a", 18), None);
    }

    #[test]
    fn a_dns_name_has_two_valid_labels_and_is_no_address() {
        let longest = format!("{}.example", "a".repeat(63));
        for host in ["h.example", "a-1.b.example", "1.example", &longest] {
            assert!(is_dns_name(host), "{host}");
        }
        let too_long = format!("{}.example", "a".repeat(64));
        for host in [
            "",
            "localhost",
            ".example",
            "h.",
            "h..example",
            "h.example.",
            "-h.example",
            "h-.example",
            "H.example",
            "h_.example",
            "127.0.0.1",
            "h.0x7f",
            &too_long,
        ] {
            assert!(!is_dns_name(host), "{host}");
        }
    }
}
