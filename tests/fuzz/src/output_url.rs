//! URLs of outputs, which decide what the Worker fetches.

use selfsame_provider::delivery::DeliveryHosts;
use url::{Host, Url};

use super::{Target, bytes, equal, holds};

/// The target.
pub const TARGET: Target = Target {
    name: "output_url",
    fragments,
    known,
    check,
};

const HOSTS: &str = "replicate.delivery *.replicate.delivery http://127.0.0.1:8788";

fn fragments() -> Vec<Vec<u8>> {
    bytes(&[
        "https://",
        "http://",
        "HTTPS:\\\\",
        "//",
        "replicate.delivery",
        ".replicate.delivery",
        "replicate.delivery.",
        "evilreplicate.delivery",
        "replicate.delivery.evil.example",
        "127.0.0.1",
        "127.1",
        "0x7f.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "localhost",
        "169.254.169.254",
        ":8788",
        ":443",
        ":80",
        ":0",
        "@",
        "user:pass@",
        "%2e",
        "%61",
        "%00",
        "。",
        "ｒeplicate",
        "\u{ad}",
        "xn--",
        "/",
        "\\",
        "?",
        "#",
        "..",
        "\t",
        "\n",
        " ",
        "/a/out-0.webp",
        "file:///etc/passwd",
        "data:image/png;base64,",
        "javascript:",
    ])
}

fn known() -> Vec<Vec<u8>> {
    bytes(&[
        "https://replicate.delivery/xezq/token/out-0.webp",
        "https://a.b.replicate.delivery/out-1.png?sig=abc",
        "http://127.0.0.1:8788/delivery/token/out-0.webp",
        "https://replicate.delivery@evil.example/out-0.webp",
        "https://evil.example/replicate.delivery/out-0.webp",
    ])
}

fn check(input: &[u8]) -> Result<(), String> {
    let text = String::from_utf8_lossy(input);
    let hosts: DeliveryHosts = HOSTS.parse().map_err(|error| format!("{error}"))?;
    let Ok(allowed) = hosts.check(&text) else {
        return Ok(());
    };
    equal(
        "the URL in its normal form is not allowed",
        hosts.check(allowed.as_str()).as_ref(),
        Ok(&allowed),
    )?;
    let url = Url::parse(allowed.as_str()).map_err(|error| error.to_string())?;
    let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    holds("a URL has a user or a fragment", plain)?;
    let is_stand_in = url.scheme() == "http"
        && url.host() == Some(Host::Ipv4(std::net::Ipv4Addr::LOCALHOST))
        && url.port() == Some(8788);
    let is_delivery = url.scheme() == "https"
        && url.port().is_none()
        && matches!(url.host(), Some(Host::Domain(host))
            if host == "replicate.delivery" || host.ends_with(".replicate.delivery"));
    holds("a foreign host is allowed", is_stand_in || is_delivery)?;
    let shown = format!("{allowed:?}");
    // A path may repeat the query's words, so what counts is what stands after the question mark.
    let is_masked = url.query().is_none() || shown.ends_with("?*****)");
    holds("a query is logged", is_masked)
}
