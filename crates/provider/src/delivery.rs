//! Which of the URLs in a provider's answer may be fetched.
//!
//! A provider's output is text from outside. Only what [`DeliveryHosts::check`] lets through becomes a
//! [`DeliveryUrl`], and only a [`DeliveryUrl`] is ever fetched; a redirect's target is checked the same way.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use regex::Regex;

use crate::pattern;

/// Characters of a URL at most: a signed one is about 1,500.
const LONGEST_URL: usize = 4_096;

/// Scheme, host (a name or an address), port, path and query. No user, no fragment, no backslash, no white space:
/// what this grammar refuses, URL parsers disagree about.
static URL: LazyLock<Regex> = LazyLock::new(|| {
    pattern::constant(
        r"^(https?)://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::([0-9]{1,5}))?(/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*)?(\?[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?$",
    )
});

/// A DNS name of at least two labels. The last begins with a letter, so it is no IP address in any notation.
static HOST_NAME: LazyLock<Regex> = LazyLock::new(|| {
    pattern::constant(
        r"^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$",
    )
});

/// Where a provider delivers its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryHosts(Vec<Rule>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Rule {
    /// `replicate.delivery`: this host over HTTPS.
    Host(String),
    /// `*.replicate.delivery`, held as `.replicate.delivery`: any host below, over HTTPS.
    Below(String),
    /// `http://127.0.0.1:8788`: exactly this origin, for a stand-in.
    Origin(Origin),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Origin {
    secure: bool,
    host: String,
    port: u16,
}

/// The configured list of delivery hosts cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryHostsError {
    /// Nothing is configured.
    #[error("no delivery host is configured")]
    Empty,
    /// An entry is neither a host, nor `*.` and a host, nor an origin.
    #[error(
        "`{0}` is not a delivery host: write `host.example`, `*.host.example` or `http://127.0.0.1:8788`"
    )]
    Entry(String),
}

impl DeliveryHostsError {
    /// A stable word for the log.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "delivery_hosts_empty",
            Self::Entry(_) => "delivery_hosts_entry",
        }
    }
}

/// The URL is not fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryError {
    /// Not an absolute http(s) URL of the plain kind.
    #[error("the output is not a plain URL")]
    Malformed,
    /// Plain HTTP, where HTTPS is wanted.
    #[error("the output is not served over HTTPS")]
    Insecure,
    /// A host or port that is not configured.
    #[error("the output is not on a delivery host")]
    ForeignHost,
}

impl DeliveryError {
    /// A stable word for the log.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "delivery_malformed",
            Self::Insecure => "delivery_insecure",
            Self::ForeignHost => "delivery_foreign_host",
        }
    }
}

/// A URL that may be fetched. It cannot be read back from a database: check the stored text again, since the
/// configuration may have changed. `Debug` shows no query, which may be a signature.
#[derive(Clone, PartialEq, Eq)]
pub struct DeliveryUrl(String);

impl DeliveryUrl {
    /// The URL.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for DeliveryUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DeliveryUrl({})", crate::redact::redact(&self.0))
    }
}

struct Parts {
    origin: Origin,
    has_port: bool,
    bare: bool,
}

fn parts(url: &str) -> Option<Parts> {
    if url.len() > LONGEST_URL {
        return None;
    }
    let captures = URL.captures(url)?;
    let secure = &captures[1] == "https";
    let port = match captures.get(3) {
        Some(digits) => digits.as_str().parse().ok()?,
        None if secure => 443,
        None => 80,
    };
    Some(Parts {
        origin: Origin {
            secure,
            host: captures[2].to_ascii_lowercase(),
            port,
        },
        has_port: captures.get(3).is_some(),
        bare: captures.get(5).is_none() && captures.get(4).is_none_or(|path| path.as_str() == "/"),
    })
}

impl DeliveryHosts {
    /// `url`, if it may be fetched.
    pub fn check(&self, url: &str) -> Result<DeliveryUrl, DeliveryError> {
        let Parts {
            origin, has_port, ..
        } = parts(url).ok_or(DeliveryError::Malformed)?;
        let standard_port = !has_port || origin.port == 443;
        let named = standard_port && HOST_NAME.is_match(&origin.host);
        let by_name = |rule: &Rule| match rule {
            Rule::Host(host) => *host == origin.host,
            Rule::Below(suffix) => origin.host.ends_with(suffix.as_str()),
            Rule::Origin(_) => false,
        };
        let by_origin = |rule: &Rule| matches!(rule, Rule::Origin(allowed) if *allowed == origin);

        if self.0.iter().any(by_origin) {
            return Ok(DeliveryUrl(url.to_owned()));
        }
        if !origin.secure {
            return Err(DeliveryError::Insecure);
        }
        if named && self.0.iter().any(by_name) {
            Ok(DeliveryUrl(url.to_owned()))
        } else {
            Err(DeliveryError::ForeignHost)
        }
    }
}

impl FromStr for DeliveryHosts {
    type Err = DeliveryHostsError;

    /// Reads a list separated by commas or white space.
    fn from_str(list: &str) -> Result<Self, DeliveryHostsError> {
        let rules: Vec<Rule> = list
            .split(|c: char| c == ',' || c.is_whitespace())
            .filter(|entry| !entry.is_empty())
            .map(|entry| rule(entry).ok_or_else(|| DeliveryHostsError::Entry(entry.to_owned())))
            .collect::<Result<_, _>>()?;
        if rules.is_empty() {
            return Err(DeliveryHostsError::Empty);
        }
        Ok(Self(rules))
    }
}

fn rule(entry: &str) -> Option<Rule> {
    if entry.contains("://") {
        let parts = parts(entry).filter(|parts| parts.bare)?;
        return Some(Rule::Origin(parts.origin));
    }
    let entry = entry.to_ascii_lowercase();
    match entry.strip_prefix("*.") {
        // Two labels at least, so `*.com` is refused.
        Some(suffix) if HOST_NAME.is_match(suffix) => Some(Rule::Below(format!(".{suffix}"))),
        None if HOST_NAME.is_match(&entry) => Some(Rule::Host(entry)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
