//! The cookies: setting, clearing and finding them.
//!
//! `__Host-` binds a cookie to its host and requires `Secure`. Not every browser keeps a `Secure` cookie over plain
//! HTTP, so on a loopback origin the cookies have other names without these attributes.

use super::origin::Origin;

/// A cookie of the studio.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cookie {
    /// The signed session.
    Session,
    /// A random value that tells this browser from others, kept when the session ends.
    Browser,
}

impl Cookie {
    const fn name(self, origin: &Origin) -> &'static str {
        match (self, origin.is_plain_loopback()) {
            (Self::Session, false) => "__Host-selfsame",
            (Self::Session, true) => "selfsame-dev",
            (Self::Browser, false) => "__Host-selfsame-browser",
            (Self::Browser, true) => "selfsame-dev-browser",
        }
    }

    /// `Set-Cookie` that keeps `value` for `seconds`.
    pub(crate) fn set(self, origin: &Origin, value: &str, seconds: i64) -> String {
        let (name, attributes) = (self.name(origin), attributes(origin));
        format!("{name}={value}; Max-Age={seconds}; {attributes}")
    }

    /// `Set-Cookie` that deletes the cookie.
    pub(crate) fn clear(self, origin: &Origin) -> String {
        self.set(origin, "", 0)
    }

    /// The value in a `Cookie` header, if there is one.
    pub(crate) fn find<'a>(self, origin: &Origin, header: &'a str) -> Option<&'a str> {
        let wanted = self.name(origin);
        header
            .split(';')
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, value)| *name == wanted && !value.is_empty())
            .map(|(_, value)| value)
    }
}

const fn attributes(origin: &Origin) -> &'static str {
    if origin.is_plain_loopback() {
        "Path=/; HttpOnly; SameSite=Lax"
    } else {
        "Path=/; HttpOnly; Secure; SameSite=Lax"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(url: &str) -> Origin {
        Origin::of_url(url).expect("an origin")
    }

    #[test]
    fn a_deployment_gets_a_host_cookie() {
        let set = Cookie::Session.set(&origin("https://studio.example/x"), "abc.def", 60);
        assert_eq!(
            set,
            "__Host-selfsame=abc.def; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Lax"
        );
        let http = Cookie::Session.set(&origin("http://studio.example"), "abc", 60);
        assert!(http.starts_with("__Host-selfsame=") && http.contains("; Secure"));
    }

    #[test]
    fn a_loopback_host_gets_a_development_cookie() {
        for url in ["http://127.0.0.1:8787/", "http://localhost:8787"] {
            let set = Cookie::Session.set(&origin(url), "abc", 60);
            assert!(set.starts_with("selfsame-dev=abc; "), "{set}");
            assert!(!set.contains("Secure"), "{set}");
        }
    }

    #[test]
    fn the_session_is_found_among_other_cookies() {
        let host = origin("https://studio.example");
        let header = "a=1; __Host-selfsame=s.t; __Host-selfsame-browser=b";
        assert_eq!(Cookie::Session.find(&host, header), Some("s.t"));
        assert_eq!(Cookie::Browser.find(&host, header), Some("b"));
        for header in [
            "",
            "__Host-selfsame",
            "__Host-selfsame=",
            "x__Host-selfsame=1",
            "selfsame-dev=1",
            "__Host-selfsame-browser=1",
        ] {
            assert_eq!(Cookie::Session.find(&host, header), None, "{header}");
        }
    }
}
