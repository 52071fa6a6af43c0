//! The headers that say who asks and from which site.

use self::cookies::Cookie;
use self::origin::{Origin, may_change};
use super::{Target, bytes, equal, holds, split};

// The Worker's own files, because its crate is built for WebAssembly only.
#[path = "../../../crates/worker/src/http/cookie.rs"]
#[allow(dead_code, reason = "shared with the Worker, which uses all of it")]
mod cookies;
#[path = "../../../crates/worker/src/http/origin.rs"]
#[allow(dead_code, reason = "shared with the Worker, which uses all of it")]
mod origin;

/// The target. The first byte chooses the studio's own origin.
pub const TARGET: Target = Target {
    name: "cookie",
    fragments,
    known,
    check,
};

const OWN: [&str; 3] = [
    "https://studio.example",
    "http://127.0.0.1:8787",
    "http://localhost",
];

fn fragments() -> Vec<Vec<u8>> {
    bytes(&[
        "__Host-selfsame=",
        "selfsame-dev=",
        "__host-selfsame=",
        "abc.def",
        "; ",
        ";",
        "=",
        "\"",
        " ",
        "\t",
        "https://studio.example",
        "https://studio.example:443",
        "http://studio.example",
        "https://studio.example.evil.example",
        "https://user@studio.example",
        "null",
        "http://127.0.0.1:8787",
        "http://localhost",
        "//",
        "\\",
        "@",
        "?",
        "#",
        "/",
        "\u{0}",
        "é",
    ])
}

fn known() -> Vec<Vec<u8>> {
    bytes(&[
        "\0\0\0\0a=1; __Host-selfsame=abc.def; b=2",
        "\x01\0\0\0selfsame-dev=abc.def",
        "\0\0\0\0https://studio.example/x?y#z",
        "\x02\0\0\0http://localhost:80",
    ])
}

fn check(input: &[u8]) -> Result<(), String> {
    let (choices, text) = split(input);
    let own = OWN[choices[0] % OWN.len()];
    let own = Origin::of_url(own).ok_or("the studio has no origin")?;
    if let Some(value) = Cookie::Session.find(&own, &text) {
        holds("a session is empty", !value.is_empty())?;
        let is_one = !value.contains(';') && value.trim_end() == value;
        holds("a session is more than one value", is_one)?;
        let set = Cookie::Session.set(&own, value, 60);
        let pair = set.split(';').next().unwrap_or_default();
        let again = Cookie::Session.find(&own, pair);
        equal("a session is not found again", again, Some(value))?;
    }
    if let Some(origin) = Origin::of_url(&text) {
        let again = Origin::of_url(origin.as_str());
        equal("an origin has another form", again.as_ref(), Some(&origin))?;
        let plain = origin.is_plain_loopback() && origin.is_secure();
        holds("an origin is plain and secure", !plain)?;
    }
    let allowed = may_change(&own, Some(&text), Some("same-origin"));
    equal(
        "another site may change something",
        allowed,
        text == own.as_str(),
    )
}
