//! The session cookie: setting, clearing and finding it.
//!
//! `__Host-` binds the cookie to its host and requires `Secure`. Not every browser keeps a `Secure` cookie over plain
//! HTTP, so on a loopback origin the cookie has another name without these attributes.

use super::origin::Origin;

/// The session cookie on every real deployment.
const NAME: &str = "__Host-selfsame";
/// The session cookie on `http://127.0.0.1` and `http://localhost`.
const DEVELOPMENT_NAME: &str = "selfsame-dev";

const fn name(origin: &Origin) -> &'static str {
    if origin.is_plain_loopback() {
        DEVELOPMENT_NAME
    } else {
        NAME
    }
}

const fn attributes(origin: &Origin) -> &'static str {
    if origin.is_plain_loopback() {
        "Path=/; HttpOnly; SameSite=Lax"
    } else {
        "Path=/; HttpOnly; Secure; SameSite=Lax"
    }
}

/// `Set-Cookie` that keeps `session` for `seconds`.
pub(crate) fn set(origin: &Origin, session: &str, seconds: i64) -> String {
    let (name, attributes) = (name(origin), attributes(origin));
    format!("{name}={session}; Max-Age={seconds}; {attributes}")
}

/// `Set-Cookie` that deletes the session.
pub(crate) fn clear(origin: &Origin) -> String {
    set(origin, "", 0)
}

/// The session in a `Cookie` header, if there is one.
pub(crate) fn find<'a>(origin: &Origin, header: &'a str) -> Option<&'a str> {
    let wanted = name(origin);
    header
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, value)| *name == wanted && !value.is_empty())
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(url: &str) -> Origin {
        Origin::of_url(url).expect("an origin")
    }

    #[test]
    fn a_deployment_gets_a_host_cookie() {
        let set = set(&origin("https://studio.example/x"), "abc.def", 60);
        assert_eq!(
            set,
            "__Host-selfsame=abc.def; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Lax"
        );
        let http = super::set(&origin("http://studio.example"), "abc", 60);
        assert!(http.starts_with("__Host-selfsame=") && http.contains("; Secure"));
    }

    #[test]
    fn a_loopback_host_gets_a_development_cookie() {
        for url in ["http://127.0.0.1:8787/", "http://localhost:8787"] {
            let set = set(&origin(url), "abc", 60);
            assert!(set.starts_with("selfsame-dev=abc; "), "{set}");
            assert!(!set.contains("Secure"), "{set}");
        }
    }

    #[test]
    fn the_session_is_found_among_other_cookies() {
        let host = origin("https://studio.example");
        assert_eq!(find(&host, "a=1; __Host-selfsame=s.t; b=2"), Some("s.t"));
        for header in [
            "",
            "__Host-selfsame",
            "__Host-selfsame=",
            "x__Host-selfsame=1",
            "selfsame-dev=1",
        ] {
            assert_eq!(find(&host, header), None, "{header}");
        }
    }
}
