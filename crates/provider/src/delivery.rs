//! Which URLs of a provider's response may be fetched.
//!
//! A provider's output is untrusted text. [`DeliveryHosts::check`] turns it into a [`DeliveryUrl`], and only that is
//! fetched. The target of a redirect is checked in the same way.

use std::fmt;
use std::str::FromStr;

use url::{Origin, Url};

use crate::plain_url::{self, is_dns_name};

/// Bytes of a URL at most. A signed one has about 1,500.
const MAX_URL_BYTES: usize = 4_096;

/// The hosts from which a provider's files may be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryHosts(Vec<Rule>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Rule {
    /// `replicate.delivery`: this host over HTTPS.
    Host(String),
    /// `*.replicate.delivery`, stored as `.replicate.delivery`: any host below it, over HTTPS.
    Subdomains(String),
    /// `http://127.0.0.1:8788`: exactly this origin, for a stand-in.
    Origin(Origin),
}

/// The configured list of delivery hosts is invalid.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryHostsError {
    /// The list is empty.
    #[error("no delivery host is configured")]
    Empty,
    /// An entry is neither a host, nor `*.` and a host, nor an origin.
    #[error(
        "`{0}` is not a delivery host: write `host.example`, `*.host.example` or `http://127.0.0.1:8788`"
    )]
    Entry(String),
}

/// The URL must not be fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryError {
    /// Not an absolute http(s) URL without credentials and fragment.
    #[error("the output is not a plain URL")]
    Malformed,
    /// The host needs HTTPS.
    #[error("the output is not served over HTTPS")]
    Insecure,
    /// The host or port is not configured.
    #[error("the output is not on a delivery host")]
    ForeignHost,
}

/// A URL that may be fetched, in the normal form of the WHATWG URL standard.
///
/// It cannot be deserialised: a stored URL is checked again, because the configuration may have changed. `Debug` masks
/// the query, which may be a signature.
#[derive(Clone, PartialEq, Eq)]
pub struct DeliveryUrl(Url);

impl DeliveryUrl {
    /// The URL as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Debug for DeliveryUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DeliveryUrl({})", crate::redact::redact(self.as_str()))
    }
}

impl DeliveryHosts {
    /// Returns `url` if it is on a configured host.
    pub fn check(&self, url: &str) -> Result<DeliveryUrl, DeliveryError> {
        let url = plain_url::parse(url, MAX_URL_BYTES).ok_or(DeliveryError::Malformed)?;
        if self.allows_origin(&url.origin()) {
            Ok(DeliveryUrl(url))
        } else if url.scheme() != "https" {
            Err(DeliveryError::Insecure)
        } else if self.allows_host(&url) {
            Ok(DeliveryUrl(url))
        } else {
            Err(DeliveryError::ForeignHost)
        }
    }

    fn allows_origin(&self, origin: &Origin) -> bool {
        self.0
            .iter()
            .any(|rule| matches!(rule, Rule::Origin(allowed) if allowed == origin))
    }

    /// Whether `url` names a configured host on the default port. An IP address is never one.
    fn allows_host(&self, url: &Url) -> bool {
        let Some(host) = url.domain().filter(|host| is_dns_name(host)) else {
            return false;
        };
        url.port().is_none()
            && self.0.iter().any(|rule| match rule {
                Rule::Host(allowed) => allowed == host,
                Rule::Subdomains(suffix) => host.ends_with(suffix.as_str()),
                Rule::Origin(_) => false,
            })
    }
}

impl FromStr for DeliveryHosts {
    type Err = DeliveryHostsError;

    /// Parses a list separated by commas or white space.
    fn from_str(list: &str) -> Result<Self, DeliveryHostsError> {
        let rules: Vec<Rule> = list
            .split(|c: char| c == ',' || c.is_whitespace())
            .filter(|entry| !entry.is_empty())
            .map(|entry| {
                Rule::parse(entry).ok_or_else(|| DeliveryHostsError::Entry(entry.to_owned()))
            })
            .collect::<Result<_, _>>()?;
        if rules.is_empty() {
            return Err(DeliveryHostsError::Empty);
        }
        Ok(Self(rules))
    }
}

impl Rule {
    fn parse(entry: &str) -> Option<Self> {
        if entry.contains("://") {
            let url = plain_url::parse(entry, MAX_URL_BYTES)?;
            let is_bare = url.path() == "/" && url.query().is_none();
            return is_bare.then(|| Self::Origin(url.origin()));
        }
        let entry = entry.to_ascii_lowercase();
        match entry.strip_prefix("*.") {
            Some(host) if is_dns_name(host) => Some(Self::Subdomains(format!(".{host}"))),
            None if is_dns_name(&entry) => Some(Self::Host(entry)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
