//! What a request says of a file that its client knows, and which part it asks for: `If-None-Match`, `If-Range` and
//! `Range` (RFC 9110, sections 13 and 14).

use std::ops::RangeInclusive;

/// What a request asks for of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// All of it. Several ranges at once, other units and what cannot be read are answered so, as the RFC allows.
    All,
    /// The bytes of this range, which is inside the file.
    Part(RangeInclusive<u64>),
    /// Bytes that the file does not have.
    Beyond,
}

/// Reads the headers of a request for a file of `length` bytes whose entity tag is `etag`, without its quotes.
pub(crate) fn wanted(
    range: Option<&str>,
    if_range: Option<&str>,
    etag: &str,
    length: u64,
) -> Wanted {
    if !if_range.is_none_or(|tag| is_quoted(tag.trim(), etag)) {
        return Wanted::All;
    }
    range
        .and_then(|range| part(range, length))
        .unwrap_or(Wanted::All)
}

/// `None` for a header that counts as absent.
fn part(range: &str, length: u64) -> Option<Wanted> {
    let (unit, range) = range.trim().split_once('=')?;
    let (first, last) = range.trim().split_once('-')?;
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !unit.trim().eq_ignore_ascii_case("bytes") || !is_number(first) || !is_number(last) {
        return None;
    }
    let end = length.checked_sub(1);
    let (first, last) = match (number(first), number(last)) {
        (None, None) => return None,
        (None, Some(suffix)) => (length.saturating_sub(suffix), end.filter(|_| suffix > 0)),
        (Some(first), None) => (first, end),
        (Some(first), Some(last)) if first > last => return None,
        (Some(first), Some(last)) => (first, end.map(|end| end.min(last))),
    };
    Some(match last {
        Some(last) if first <= last => Wanted::Part(first..=last),
        _ => Wanted::Beyond,
    })
}

/// The number of these digits, if there are any. One too large for the type is beyond any file.
fn number(digits: &str) -> Option<u64> {
    (!digits.is_empty()).then(|| digits.parse().unwrap_or(u64::MAX))
}

/// Whether this is the entity tag, in its quotes.
fn is_quoted(tag: &str, etag: &str) -> bool {
    let tag = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"'));
    tag == Some(etag)
}

/// Whether the value of `If-None-Match` names this entity: by `*`, or by its tag, weak or strong.
pub(crate) fn has_current(tags: &str, etag: &str) -> bool {
    tags.split(',').any(|tag| {
        let tag = tag.trim();
        let tag = tag.strip_prefix("W/").unwrap_or(tag);
        tag == "*" || is_quoted(tag, etag)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_ten(range: &str) -> Wanted {
        wanted(Some(range), None, "e", 10)
    }

    #[test]
    fn a_file_is_named_by_its_tag_or_by_any() {
        for tags in ["\"abc\"", "W/\"abc\"", "\"x\", \"abc\"", "*"] {
            assert!(has_current(tags, "abc"), "{tags}");
        }
        for tags in ["\"abd\"", "", "abc", "\"abc", "w/\"abc\""] {
            assert!(!has_current(tags, "abc"), "{tags}");
        }
    }

    #[test]
    fn a_range_inside_the_file_is_a_part() {
        for (range, part) in [
            ("bytes=0-0", 0..=0),
            ("bytes=2-5", 2..=5),
            ("bytes=5-", 5..=9),
            ("bytes=5-99999999999999999999", 5..=9),
            ("bytes=-3", 7..=9),
            ("bytes=-30", 0..=9),
            (" Bytes = 9-9", 9..=9),
        ] {
            assert_eq!(of_ten(range), Wanted::Part(part), "{range}");
        }
    }

    #[test]
    fn a_range_behind_the_file_cannot_be_served() {
        for range in [
            "bytes=10-",
            "bytes=10-12",
            "bytes=99999999999999999999-",
            "bytes=-0",
        ] {
            assert_eq!(of_ten(range), Wanted::Beyond, "{range}");
        }
        assert_eq!(wanted(Some("bytes=0-"), None, "e", 0), Wanted::Beyond);
    }

    #[test]
    fn what_cannot_be_read_counts_as_absent() {
        for range in [
            "",
            "bytes",
            "bytes=",
            "bytes=-",
            "bytes=5-2",
            "bytes=a-b",
            "bytes=+1-2",
            "bytes=0-1,3-4",
            "bytes=1",
            "items=0-1",
            "bytes=0x1-2",
        ] {
            assert_eq!(of_ten(range), Wanted::All, "{range}");
        }
        assert_eq!(wanted(None, None, "e", 10), Wanted::All);
    }

    #[test]
    fn another_entity_is_sent_whole() {
        let range = |tag| wanted(Some("bytes=0-1"), Some(tag), "e", 10);
        assert_eq!(range("\"e\""), Wanted::Part(0..=1));
        for tag in ["\"f\"", "W/\"e\"", "e", "", "Sat, 28 Nov 2026 12:00:00 GMT"] {
            assert_eq!(range(tag), Wanted::All, "{tag}");
        }
    }
}
