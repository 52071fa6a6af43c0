use std::cell::Cell;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::*;

fn hosts(list: &str) -> DeliveryHosts {
    list.parse().unwrap()
}

#[test]
fn a_url_on_a_configured_host_is_fetched_in_normal_form() {
    let hosts = hosts("Replicate.delivery, *.replicate.delivery");
    for (url, normal) in [
        ("https://replicate.delivery/xezq/abc/out-0.webp", None),
        ("https://pbxt.replicate.delivery/a?sig=x%2F&b=1", None),
        ("https://a.b.replicate.delivery/", None),
        (
            "HTTPS://REPLICATE.delivery:443/a",
            Some("https://replicate.delivery/a"),
        ),
        (
            "https:///replicate%2edelivery/../a",
            Some("https://replicate.delivery/a"),
        ),
    ] {
        let checked = hosts.check(url).map(|url| url.0.to_string());
        assert_eq!(checked.as_deref(), Ok(normal.unwrap_or(url)));
    }
}

#[test]
fn any_other_url_is_refused() {
    use DeliveryError::{ForeignHost, Insecure, Malformed};
    let hosts = hosts("replicate.delivery *.replicate.delivery");
    for (url, error) in [
        ("", Malformed),
        ("out-0.webp", Malformed),
        ("//replicate.delivery/a", Malformed),
        ("data:image/png;base64,AAAA", Malformed),
        ("file:///etc/passwd", Malformed),
        ("ftp://replicate.delivery/a", Malformed),
        ("https://u@replicate.delivery/a", Malformed),
        ("https://:p@replicate.delivery/a", Malformed),
        ("https://replicate.delivery@evil.example/a", Malformed),
        ("https://evil.example\\@replicate.delivery/", Malformed),
        ("https://evil.example\\.replicate.delivery/", Malformed),
        ("https://replicate.delivery/a#b", Malformed),
        ("https://replicate.delivery/a b", Malformed),
        ("https://replicate.delivery/a\n", Malformed),
        ("https://replicate.delivery\t/a", Malformed),
        ("https://réplicate.delivery/a", Malformed),
        ("https://replicate。delivery/a", Malformed),
        ("https://replicate.delivery:99999/a", Malformed),
        ("http://replicate.delivery/a", Insecure),
        ("http://replicate.delivery:443/a", Insecure),
        ("http://127.0.0.1:8788/a", Insecure),
        ("https://replicate.delivery./a", ForeignHost),
        ("https://replicate.delivery:8443/a", ForeignHost),
        ("https://replicate.delivery:80/a", ForeignHost),
        ("https://.replicate.delivery/a", ForeignHost),
        ("https://-.replicate.delivery/a", ForeignHost),
        ("https://a..replicate.delivery/a", ForeignHost),
        ("https://notreplicate.delivery/a", ForeignHost),
        ("https://replicate-delivery/a", ForeignHost),
        ("https://replicate.delivery.evil.example/a", ForeignHost),
        (
            "https://evil.example/https://replicate.delivery/a",
            ForeignHost,
        ),
        ("https://evil.example?.replicate.delivery/a", ForeignHost),
        ("https://127.0.0.1/a", ForeignHost),
        ("https://2130706433/a", ForeignHost),
        ("https://0x7f.1/a", ForeignHost),
        ("https://[::1]/a", ForeignHost),
        ("https://[::ffff:169.254.169.254]/a", ForeignHost),
    ] {
        assert_eq!(hosts.check(url), Err(error), "{url:?}");
    }
}

#[test]
fn a_url_has_at_most_4096_bytes() {
    let hosts = hosts("replicate.delivery");
    let start = "https://replicate.delivery/";
    let of_length = |length: usize| format!("{start}{}", "a".repeat(length - start.len()));
    assert!(hosts.check(&of_length(4_096)).is_ok());
    assert_eq!(
        hosts.check(&of_length(4_097)),
        Err(DeliveryError::Malformed)
    );
}

#[test]
fn a_host_does_not_include_its_subdomains_nor_the_reverse() {
    let host = hosts("h.example");
    assert!(host.check("https://h.example/a").is_ok());
    assert!(host.check("https://a.h.example/a").is_err());
    let subdomains = hosts("*.h.example");
    assert!(subdomains.check("https://a.h.example/a").is_ok());
    assert!(subdomains.check("https://h.example/a").is_err());
}

#[test]
fn an_origin_allows_exactly_its_scheme_host_and_port() {
    let hosts = hosts("http://127.0.0.1:8788/");
    for url in [
        "http://127.0.0.1:8788/files/out-0.webp",
        "http://127.1:8788/a",
    ] {
        assert!(hosts.check(url).is_ok(), "{url:?}");
    }
    for url in [
        "http://127.0.0.1:8789/a",
        "http://127.0.0.1/a",
        "http://127.0.0.2:8788/a",
        "http://localhost:8788/a",
        "http://127.0.0.1:8788@evil.example/a",
        "https://127.0.0.1:8788/a",
        "https://replicate.delivery/a",
    ] {
        assert!(hosts.check(url).is_err(), "{url:?}");
    }
}

#[test]
fn an_origin_without_a_port_has_the_default_port_of_its_scheme() {
    let plain = hosts("http://stand-in.example");
    assert!(plain.check("http://stand-in.example:80/a").is_ok());
    for url in [
        "http://stand-in.example:443/a",
        "http://stand-in.example:8788/a",
        "https://stand-in.example:80/a",
    ] {
        assert!(plain.check(url).is_err(), "{url:?}");
    }
    let secure = hosts("https://127.0.0.1");
    assert!(secure.check("https://127.0.0.1:443/a").is_ok());
    assert!(secure.check("https://127.0.0.1:80/a").is_err());
}

#[test]
fn an_invalid_list_names_the_entry() {
    assert_eq!(
        DeliveryHosts::from_str(" , "),
        Err(DeliveryHostsError::Empty)
    );
    for entry in [
        "*.com",
        "*",
        "com",
        "127.0.0.1",
        "a.example/x",
        "*a.example",
        "a.example:443",
        "a.example.",
        "http://h:1/x",
        "http://h:1?x",
        "http://u@h:1",
        "ftp://h.example",
    ] {
        assert_eq!(
            DeliveryHosts::from_str(entry),
            Err(DeliveryHostsError::Entry(entry.to_owned()))
        );
    }
}

#[test]
fn debug_masks_the_query() {
    let url = hosts("h.example")
        .check("https://h.example/a?sig=SECRET")
        .unwrap();
    assert_eq!(format!("{url:?}"), "DeliveryUrl(https://h.example/a?*****)");
}

/// The host in a normalised URL, found without a URL parser.
fn host_of(url: &str) -> &str {
    let rest = url.strip_prefix("https://").unwrap_or_default();
    rest.split(['/', '?', ':', '@', '#'])
        .next()
        .unwrap_or_default()
}

#[test]
fn an_accepted_url_is_on_a_configured_host() {
    let scheme = prop_oneof![9 => Just("https://"), 1 => Just("http://"), 1 => Just("https:///")];
    let junk = r"(|[a-z]{1,3}[.\-@:/\\?#%]|[a-z.@:/\\?#\[\]%0-9-]{1,8})";
    let host = prop_oneof![3 => Just("replicate.delivery"), 1 => Just("REPLICATE%2Edelivery"), 1 => Just("evil.example")];
    let after = r"(|/[a-z]{0,3}|[a-z.@:/\\?#%0-9-]{1,12})";
    let accepted = Cell::new(0);
    let hosts = hosts("replicate.delivery *.replicate.delivery");
    TestRunner::new(ProptestConfig::with_cases(2_000))
        .run(
            &(scheme, junk, host, after),
            |(scheme, before, host, after)| {
                if let Ok(url) = hosts.check(&format!("{scheme}{before}{host}{after}")) {
                    accepted.set(accepted.get() + 1);
                    let host = host_of(url.as_str());
                    prop_assert!(
                        host == "replicate.delivery" || host.ends_with(".replicate.delivery"),
                        "{url:?}"
                    );
                }
                Ok(())
            },
        )
        .unwrap();
    assert!(accepted.get() > 100, "{} of 2000 accepted", accepted.get());
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,64}") {
        let _ = hosts("replicate.delivery").check(&text);
        let _ = DeliveryHosts::from_str(&text);
    }
}
