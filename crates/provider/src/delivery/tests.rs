use proptest::prelude::*;

use super::*;

fn hosts(list: &str) -> DeliveryHosts {
    list.parse().unwrap()
}

#[test]
fn the_providers_own_hosts_are_fetched() {
    let hosts = hosts("replicate.delivery, *.replicate.delivery");
    for url in [
        "https://replicate.delivery/xezq/abc/out-0.webp",
        "https://REPLICATE.delivery:443/a",
        "https://pbxt.replicate.delivery/a?sig=x%2F&b=1",
        "https://a.b.replicate.delivery/",
    ] {
        assert_eq!(hosts.check(url).map(|u| u.0), Ok(url.to_owned()));
    }
}

#[test]
fn nothing_else_is() {
    use DeliveryError::{ForeignHost, Insecure, Malformed};
    let hosts = hosts("replicate.delivery *.replicate.delivery");
    for (url, error) in [
        ("", Malformed),
        ("out-0.webp", Malformed),
        ("//replicate.delivery/a", Malformed),
        ("data:image/png;base64,AAAA", Malformed),
        ("file:///etc/passwd", Malformed),
        ("ftp://replicate.delivery/a", Malformed),
        ("HTTPS://replicate.delivery/a", Malformed),
        ("https://u@replicate.delivery/a", Malformed),
        ("https://replicate.delivery@evil.example/a", Malformed),
        ("https://evil.example\\@replicate.delivery/", Malformed),
        ("https://evil.example\\.replicate.delivery/", Malformed),
        ("https://replicate.delivery/a#b", Malformed),
        ("https://replicate.delivery/a b", Malformed),
        ("https://replicate.delivery/a\n", Malformed),
        ("https://replicate.delivery\t/a", Malformed),
        ("https://replicate%2edelivery/a", Malformed),
        ("https://réplicate.delivery/a", Malformed),
        ("https://replicate。delivery/a", Malformed),
        ("https:///replicate.delivery/a", Malformed),
        ("https://replicate.delivery:99999/a", Malformed),
        ("https://replicate.delivery:/a", Malformed),
        ("http://replicate.delivery/a", Insecure),
        ("http://127.0.0.1:8788/a", Insecure),
        ("https://replicate.delivery./a", ForeignHost),
        ("https://replicate.delivery:8443/a", ForeignHost),
        ("https://replicate.delivery:80/a", ForeignHost),
        ("https://.replicate.delivery/a", ForeignHost),
        ("https://-.replicate.delivery/a", ForeignHost),
        ("https://a..replicate.delivery/a", ForeignHost),
        ("https://notreplicate.delivery/a", ForeignHost),
        ("https://replicate.delivery.evil.example/a", ForeignHost),
        ("https://127.0.0.1/a", ForeignHost),
        ("https://2130706433/a", ForeignHost),
        ("https://0x7f.1/a", ForeignHost),
        ("https://[::1]/a", ForeignHost),
        ("https://[::ffff:169.254.169.254]/a", ForeignHost),
    ] {
        assert_eq!(hosts.check(url), Err(error), "{url:?}");
    }
    let long = format!("https://replicate.delivery/{}", "a".repeat(LONGEST_URL));
    assert_eq!(hosts.check(&long), Err(Malformed));
}

#[test]
fn a_stand_in_is_exactly_one_origin() {
    let hosts = hosts("http://127.0.0.1:8788/");
    assert!(
        hosts
            .check("http://127.0.0.1:8788/files/out-0.webp")
            .is_ok()
    );
    for url in [
        "http://127.0.0.1:8789/a",
        "http://127.0.0.1/a",
        "http://localhost:8788/a",
        "http://127.1:8788/a",
        "http://127.0.0.1:8788@evil.example/a",
        "https://127.0.0.1:8788/a",
        "https://replicate.delivery/a",
    ] {
        assert!(hosts.check(url).is_err(), "{url:?}");
    }
}

#[test]
fn a_bad_configuration_is_told() {
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
fn debug_hides_a_signature() {
    let url = hosts("h.example")
        .check("https://h.example/a?sig=SECRET")
        .unwrap();
    assert_eq!(format!("{url:?}"), "DeliveryUrl(https://h.example/a?*****)");
}

proptest! {
    #[test]
    fn what_passes_is_on_the_host(url in "https?://[a-z.@:/\\\\?#\\[\\]0-9]{0,24}(replicate.delivery)?[a-z.@:/\\\\?#]{0,24}") {
        if let Ok(url) = hosts("replicate.delivery *.replicate.delivery").check(&url) {
            let rest = url.as_str().strip_prefix("https://").unwrap();
            let host = rest.split(['/', '?', ':']).next().unwrap();
            prop_assert!(host == "replicate.delivery" || host.ends_with(".replicate.delivery"));
        }
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,64}") {
        let _ = hosts("replicate.delivery").check(&text);
        let _ = DeliveryHosts::from_str(&text);
    }
}
