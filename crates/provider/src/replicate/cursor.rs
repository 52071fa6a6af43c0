//! Where the next page of a list begins.

/// The `cursor` of a page's `next` link. Only this travels on: the link's host is never followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(String);

/// Characters of a link at most.
const LONGEST_LINK: usize = 4_096;

impl Cursor {
    /// The cursor, decoded.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// From an absolute URL or a path with a `cursor` parameter.
    pub(super) fn of_link(link: &str) -> Option<Self> {
        if link.len() > LONGEST_LINK {
            return None;
        }
        let query = link.split_once('?')?.1;
        let query = query.split_once('#').map_or(query, |(query, _)| query);
        let value = query
            .split('&')
            .find_map(|pair| pair.strip_prefix("cursor="))?;
        let decoded = decode(value)?;
        (!decoded.is_empty()).then_some(Self(decoded))
    }
}

/// Undoes percent-encoding; nothing when it is not UTF-8 underneath.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let high = char::from(rest.next()?).to_digit(16)?;
                let low = char::from(rest.next()?).to_digit(16)?;
                u8::try_from(high * 16 + low).ok()?
            }
            b'+' => b' ',
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_is_taken_out_of_the_link() {
        for (link, cursor) in [
            (
                "https://api.replicate.com/v1/predictions?cursor=cD0yMDI%3D",
                Some("cD0yMDI="),
            ),
            (
                "/v1/predictions?created_after=x&cursor=a%2Bb#c",
                Some("a+b"),
            ),
            ("https://evil.example/?cursor=abc", Some("abc")),
            ("https://api.replicate.com/v1/predictions", None),
            ("https://api.replicate.com/v1/predictions?cursor=", None),
            ("?cursor=%", None),
            ("?cursor=%zz", None),
            ("?cursor=%ff", None),
            ("?xcursor=1", None),
        ] {
            assert_eq!(
                Cursor::of_link(link).map(|c| c.0).as_deref(),
                cursor,
                "{link}"
            );
        }
    }
}
