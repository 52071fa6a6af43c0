//! Origins, and whether a request from another site may change anything.
//!
//! The session cookie is `SameSite=Lax`: another site's page cannot send it with a POST, a DELETE or a socket.
//! This check is the second line of defence. A browser adds `Origin` to every request that is not a plain GET or HEAD, and to
//! every WebSocket handshake, so:
//!
//! * an `Origin` must be our own;
//! * without one, `Sec-Fetch-Site` must say `same-origin` or `none` (the person opened the address);
//! * without either, the client is not a browser and carries only the credentials it was given: it may pass.

use std::cell::RefCell;

use url::Url;

/// A scheme, host and port, as a browser writes it in `Origin`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    text: String,
    plain_loopback: bool,
}

thread_local! {
    /// The origin of the request before, with the text that it was parsed from. Parsing an address costs more than
    /// the rest of a short request, and a studio has one.
    static LATEST: RefCell<Option<(String, Origin)>> = const { RefCell::new(None) };
}

impl Origin {
    /// The origin of an absolute `http` or `https` URL that carries no user name.
    pub(crate) fn of_url(url: &str) -> Option<Self> {
        let before_path = before_path(url);
        LATEST.with_borrow_mut(|latest| match latest {
            Some((text, origin)) if text == before_path => Some(origin.clone()),
            _ => {
                let origin = Self::parse(before_path)?;
                *latest = Some((before_path.to_owned(), origin.clone()));
                Some(origin)
            }
        })
    }

    fn parse(url: &str) -> Option<Self> {
        let url = Url::parse(url).ok()?;
        let plain = match url.scheme() {
            "http" => true,
            "https" => false,
            _ => return None,
        };
        if !url.username().is_empty() || url.password().is_some() {
            return None;
        }
        Some(Self {
            plain_loopback: plain && matches!(url.host_str(), Some("127.0.0.1" | "localhost")),
            text: url.origin().ascii_serialization(),
        })
    }

    /// As a browser writes it: `https://studio.example`.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Reached over HTTPS.
    pub(crate) fn is_secure(&self) -> bool {
        self.text.starts_with("https:")
    }

    /// Plain HTTP on `127.0.0.1` or `localhost`: a development machine.
    pub(crate) const fn is_plain_loopback(&self) -> bool {
        self.plain_loopback
    }
}

/// Scheme and authority of a URL: up to the first character that ends an authority.
fn before_path(url: &str) -> &str {
    let authority = url.find("://").map_or(0, |scheme| scheme + 3);
    let end = url[authority..].find(['/', '\\', '?', '#']);
    end.map_or(url, |end| &url[..authority + end])
}

/// Whether a request that changes something may go on; see the module's rules.
pub(crate) fn may_change(own: &Origin, origin: Option<&str>, fetch_site: Option<&str>) -> bool {
    match (origin, fetch_site) {
        (Some(origin), _) => origin == own.as_str(),
        (None, Some(site)) => matches!(site, "same-origin" | "none"),
        (None, None) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_written_as_a_browser_writes_it() {
        for (url, expected) in [
            ("https://Studio.Example:443/a?b#c", "https://studio.example"),
            ("http://127.0.0.1:8787/api", "http://127.0.0.1:8787"),
            ("http://localhost", "http://localhost"),
            ("http://[::1]:80/", "http://[::1]"),
            ("https://a.example?@b.example/", "https://a.example"),
            ("https://a.example\\@b.example/", "https://a.example"),
            ("https://b.example/https://a.example/", "https://b.example"),
        ] {
            let origin = Origin::of_url(url).expect(url);
            assert_eq!(origin.as_str(), expected);
        }
        for url in ["", "null", "ftp://a", "https://", "https://a@b/", "//a"] {
            assert_eq!(Origin::of_url(url), None, "{url}");
        }
    }

    #[test]
    fn only_plain_http_on_this_machine_is_loopback() {
        let loopback = |url| Origin::of_url(url).expect(url).is_plain_loopback();
        assert!(loopback("http://127.0.0.1:1"));
        assert!(loopback("http://localhost"));
        for url in [
            "https://localhost",
            "http://127.0.0.1.example",
            "http://localhost.example:80",
            "http://10.0.0.1",
        ] {
            assert!(!loopback(url), "{url}");
        }
    }

    #[test]
    fn another_site_changes_nothing() {
        let own = Origin::of_url("https://studio.example").expect("an origin");
        for (origin, site, expected) in [
            (Some("https://studio.example"), None, true),
            (Some("https://studio.example"), Some("same-origin"), true),
            (Some("https://evil.example"), Some("same-origin"), false),
            (Some("http://studio.example"), None, false),
            (Some("https://studio.example:8443"), None, false),
            (Some("null"), None, false),
            (Some(""), None, false),
            (None, Some("cross-site"), false),
            (None, Some("same-site"), false),
            (None, Some("none"), true),
            (None, None, true),
        ] {
            assert_eq!(
                may_change(&own, origin, site),
                expected,
                "{origin:?} {site:?}"
            );
        }
    }
}
