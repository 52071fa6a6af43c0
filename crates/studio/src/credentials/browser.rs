//! The browser behind a session: what tells two browsers apart, and what a person recognises one by.

use std::net::{IpAddr, Ipv6Addr};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::Nonce;

/// The browser that signs in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Browser {
    /// The random value in the browser's own cookie; `None` for a client that keeps no cookie.
    pub id: Option<Nonce>,
    /// The browser and its system: `Firefox on Linux`.
    pub name: String,
    /// The network it is in: `203.0.113.0/24`.
    pub network: Option<String>,
}

/// Names in the order in which they are looked for: most browsers also name those that they descend from.
const BROWSERS: [(&str, &str); 10] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
    ("ureq/", "ureq"),
];

const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

impl Browser {
    /// The browser with the value `id` in its cookie, as it describes itself in `User-Agent`, at an IP `address`.
    #[must_use]
    pub fn new(id: Option<Nonce>, user_agent: &str, address: &str) -> Self {
        Self {
            id,
            name: name(user_agent),
            network: network(address),
        }
    }

    /// SHA-256 of the value in the browser's cookie: what is stored, so that no stored row lets anybody pass as this
    /// browser.
    pub(crate) fn fingerprint(&self) -> Option<String> {
        let id = self.id.as_ref()?;
        Some(URL_SAFE_NO_PAD.encode(Sha256::digest(id.as_str())))
    }
}

/// The browser and its system in a `User-Agent`, in words of this module only.
fn name(user_agent: &str) -> String {
    let find = |names: &[(&str, &'static str)]| {
        let found = names.iter().find(|(mark, _)| user_agent.contains(mark));
        found.map(|(_, name)| *name)
    };
    match (find(&BROWSERS), find(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(name), None) => name.to_owned(),
        (None, Some(system)) => format!("A browser on {system}"),
        (None, None) => "Another program".to_owned(),
    }
}

/// The network of an address, so that a person recognises where a session comes from: a /24 of IPv4, a /48 of IPv6.
fn network(address: &str) -> Option<String> {
    Some(match parse(address)? {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            format!("{}/48", Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0))
        }
    })
}

/// What a rate limit counts requests by: an IPv4 address, or the /64 of an IPv6 address, which is what one customer
/// has. Requests without a readable address count together.
#[must_use]
pub fn rate_limit_key(address: &str) -> String {
    match parse(address) {
        None => "unknown".to_owned(),
        Some(IpAddr::V4(address)) => address.to_string(),
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

fn parse(address: &str) -> Option<IpAddr> {
    let address: IpAddr = address.trim().parse().ok()?;
    Some(address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_named_by_what_they_are_not_by_their_ancestors() {
        for (user_agent, expected) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
                "Firefox on Linux",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
                "Safari on iPhone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
                "Chrome on Android",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
                "Safari on Mac",
            ),
            ("curl/8.5.0", "curl"),
            ("Mozilla/5.0 (Linux) Something/1", "A browser on Linux"),
            ("<script>alert(1)</script>", "Another program"),
            ("", "Another program"),
        ] {
            assert_eq!(name(user_agent), expected, "{user_agent}");
        }
    }

    #[test]
    fn a_network_hides_the_address() {
        for (address, network, key) in [
            ("203.0.113.77", "203.0.113.0/24", "203.0.113.77"),
            ("2001:db8:1:2:3::4", "2001:db8:1::/48", "2001:db8:1:2::/64"),
            ("::ffff:203.0.113.77", "203.0.113.0/24", "203.0.113.77"),
            ("::1", "::/48", "::/64"),
        ] {
            assert_eq!(super::network(address).as_deref(), Some(network));
            assert_eq!(rate_limit_key(address), key);
        }
        for address in ["", "localhost", "1.2.3", "1.2.3.4, 5.6.7.8", "1.2.3.4:80"] {
            assert_eq!(super::network(address), None, "{address}");
            assert_eq!(rate_limit_key(address), "unknown", "{address}");
        }
    }

    #[test]
    fn a_fingerprint_is_the_hash_of_the_value_and_of_nothing_else() {
        let browser = Browser::new(Some(Nonce::from_random(7)), "curl/8", "1.2.3.4");
        let again = Browser::new(Some(Nonce::from_random(7)), "Firefox/1", "");
        let other = Browser::new(Some(Nonce::from_random(8)), "curl/8", "1.2.3.4");
        assert_eq!(browser.fingerprint(), again.fingerprint());
        assert_ne!(browser.fingerprint(), other.fingerprint());
        assert_eq!(browser.fingerprint().map(|text| text.len()), Some(43));
        assert_eq!(Browser::default().fingerprint(), None);
    }
}
