//! Forged webhooks and addresses that must not be fetched, generated. `PROPTEST_CASES` says how many of each.

#![expect(clippy::unwrap_used, reason = "a test's helpers fail as its body does")]

use std::cell::Cell;
use std::fs;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use selfsame_primitives::time::Timestamp;
use selfsame_provider::delivery::DeliveryHosts;
use selfsame_provider::secret::Secret;
use selfsame_provider::webhook::{WebhookHeaders, WebhookKey};
use sha2::Sha256;

const KEY: &[u8] = b"the key that only the provider has";
const NOW: i64 = 1_800_000_000;
const BODY: &str = r#"{"id":"gm3qorzdhgbfurvjtvhg6dckhu","status":"succeeded"}"#;

/// A webhook as it is received.
#[derive(Debug, Clone, PartialEq)]
struct Webhook {
    id: String,
    timestamp: String,
    signature: String,
    body: String,
}

fn signed(key: &[u8], id: &str, timestamp: &str, body: &str) -> Webhook {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
    Webhook {
        id: id.to_owned(),
        timestamp: timestamp.to_owned(),
        signature: format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())),
        body: body.to_owned(),
    }
}

fn genuine() -> Webhook {
    signed(KEY, "msg_1", &NOW.to_string(), BODY)
}

fn is_accepted(webhook: &Webhook) -> bool {
    let secret = format!("whsec_{}", STANDARD.encode(KEY));
    let key = WebhookKey::parse(&Secret::new(&secret)).unwrap();
    let headers = WebhookHeaders {
        id: &webhook.id,
        timestamp: &webhook.timestamp,
        signature: &webhook.signature,
    };
    let now = Timestamp::from_millisecond(NOW * 1_000);
    key.verify(headers, webhook.body.as_bytes(), now).is_ok()
}

/// `text` with one character replaced.
fn altered(text: String) -> impl Strategy<Value = String> {
    (any::<prop::sample::Index>(), any::<char>()).prop_map(move |(index, with)| {
        let mut characters: Vec<char> = text.chars().collect();
        let place = index.index(characters.len());
        characters[place] = with;
        characters.into_iter().collect()
    })
}

/// Webhooks that the provider has not sent, by what is wrong with them.
fn forged() -> impl Strategy<Value = Webhook> {
    let Webhook {
        id,
        timestamp,
        signature,
        body,
    } = genuine();
    let with = |change: fn(&mut Webhook, String)| {
        move |text: String| {
            let mut webhook = genuine();
            change(&mut webhook, text);
            webhook
        }
    };
    let stale = prop_oneof![301..1_000_000_i64, -1_000_000..-300_i64];
    prop_oneof![
        altered(id).prop_map(with(|webhook, text| webhook.id = text)),
        altered(timestamp).prop_map(with(|webhook, text| webhook.timestamp = text)),
        altered(signature.clone()).prop_map(with(|webhook, text| webhook.signature = text)),
        altered(body).prop_map(with(|webhook, text| webhook.body = text)),
        "(v1|v1a|v2|V1)?,?[A-Za-z0-9+/=]{0,88}( v1,[A-Za-z0-9+/=]{0,44}){0,3}"
            .prop_map(with(|webhook, text| webhook.signature = text)),
        // Another key, a known weak one or none.
        prop_oneof![
            prop::collection::vec(any::<u8>(), 0..64),
            Just(b"whsec_".to_vec())
        ]
        .prop_map(|key| signed(&key, "msg_1", &NOW.to_string(), BODY)),
        // Signed by the provider, and replayed later or kept for later.
        stale.prop_map(|age| signed(KEY, "msg_1", &(NOW - age).to_string(), BODY)),
        // What was signed, cut elsewhere.
        (1..signature.len()).prop_map(move |length| Webhook {
            signature: signature[..length].to_owned(),
            ..genuine()
        }),
        Just(Webhook {
            id: format!("msg_1.{NOW}"),
            timestamp: String::new(),
            ..genuine()
        }),
    ]
}

/// The signature without its padding, or with spaces after it, has the same bytes, so it is not forged.
fn is_genuine(webhook: &Webhook) -> bool {
    let trimmed = |webhook: &Webhook| Webhook {
        signature: webhook.signature.trim_end_matches(['=', ' ']).to_owned(),
        ..webhook.clone()
    };
    trimmed(webhook) == trimmed(&genuine())
}

#[test]
fn a_forged_webhook_is_refused() {
    assert!(is_accepted(&genuine()));
    let tried = Cell::new(0_u32);
    TestRunner::default()
        .run(&forged(), |webhook| {
            prop_assume!(!is_genuine(&webhook));
            tried.set(tried.get() + 1);
            prop_assert!(!is_accepted(&webhook), "{webhook:?}");
            Ok(())
        })
        .unwrap();
    println!("forged webhooks refused: {}", tried.get());
}

/// Hosts of this machine, of its network, of metadata services, and look-alikes of the provider's.
fn hosts() -> Vec<String> {
    let mut hosts: Vec<String> = [
        "localhost",
        "localhost.",
        "localhost.localdomain",
        "ip6-localhost",
        "127.0.0.1",
        "127.1",
        "127.0.1",
        "0",
        "0.0.0.0",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "017700000001",
        "127.0.0.1.",
        "127.0.0.1.nip.io",
        "[::1]",
        "[::]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[fe80::1]",
        "[fe80::1%25eth0]",
        "[fd00:ec2::254]",
        "[64:ff9b::7f00:1]",
        "169.254.169.254",
        "2852039166",
        "0xa9fea9fe",
        "[::ffff:169.254.169.254]",
        "metadata.google.internal",
        "10.0.0.1",
        "192.168.0.1",
        "172.16.0.1",
        "100.100.100.200",
        "host.docker.internal",
        "kubernetes.default.svc",
        "router.lan",
        "evil.example",
        "replicate.delivery.evil.example",
        "evilreplicate.delivery",
        "replicate.delivery.",
        "replicate.deliveryy",
        "replicate-delivery",
        "replicatedelivery",
        "①②⑦.⓪.⓪.①",
        "ｌocalhost",
        "replicate。delivery",
        "réplicate.delivery",
        "xn--rplicate-b1a.delivery",
        "delivery",
        "127%2e0%2e0%2e1",
        "%6c%6fcalhost",
        "local\thost",
        "localhost\r\n",
        "replicate.delivery%00.evil.example",
        "replicate.delivery%2f.evil.example",
        "replicate.delivery%252eevil.example",
        "replicate.delivery",
        "pbxt.replicate.delivery",
    ]
    .map(str::to_owned)
    .to_vec();
    // The names of this machine, where the system has them in a file.
    let own = fs::read_to_string("/etc/hostname").unwrap_or_default();
    let known = fs::read_to_string("/etc/hosts").unwrap_or_default();
    let names = known
        .lines()
        .flat_map(|line| line.split_whitespace().skip(1));
    hosts.extend(own.split_whitespace().chain(names).map(str::to_owned));
    hosts
}

fn addresses() -> impl Strategy<Value = String> {
    let scheme = prop::sample::select(vec![
        "https://",
        "https://",
        "https://",
        "http://",
        "https:",
        "https:/",
        "https:///",
        "//",
        "HTTPS://",
        "ftp://",
        "file://",
        "data:",
        "javascript:",
        "blob:https://",
        "https:\\\\",
        " https://",
        "\u{1}https://",
        "wss://",
        "gopher://",
        "",
    ]);
    let user = prop::sample::select(vec![
        "",
        "",
        "",
        "",
        "u@",
        ":p@",
        "replicate.delivery@",
        "replicate.delivery:443@",
        "@",
        "replicate.delivery%40",
        "%20@",
        "replicate.delivery\\@",
        "replicate.delivery/@",
        "replicate.delivery#@",
        "replicate.delivery?@",
    ]);
    let port = prop::sample::select(vec![
        "",
        "",
        "",
        ":443",
        ":80",
        ":8080",
        ":0",
        ":22",
        ":99999",
        ":",
        ":443@evil.example",
        ":0443",
        ":%34%34%33",
    ]);
    let end = prop_oneof![
        prop::sample::select(vec![
            "",
            "/",
            "/out-0.webp",
            "/../../etc/passwd",
            "?u=replicate.delivery",
            "#@replicate.delivery",
            "\\@replicate.delivery/",
            ".replicate.delivery/a",
            "/%2e%2e/",
            "//evil.example/",
            "@replicate.delivery/",
            ";replicate.delivery",
            "%0d%0aHost:x",
        ])
        .prop_map(str::to_owned),
        "[ -~]{0,12}",
        "\\PC{0,8}",
    ];
    (scheme, user, prop::sample::select(hosts()), port, end)
        .prop_map(|(scheme, user, host, port, end)| format!("{scheme}{user}{host}{port}{end}"))
}

/// Whether a normalised address is the provider's, decided without a URL parser.
fn is_providers(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("https://") else {
        return false;
    };
    let host = rest.split('/').next().unwrap_or_default();
    let subdomain = host.strip_suffix(".replicate.delivery");
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
    };
    host == "replicate.delivery" || subdomain.is_some_and(|labels| labels.split('.').all(is_label))
}

#[test]
fn only_the_providers_addresses_are_fetched() {
    let allowed: DeliveryHosts = "replicate.delivery *.replicate.delivery".parse().unwrap();
    let (accepted, refused) = (Cell::new(0_u32), Cell::new(0_u32));
    TestRunner::default()
        .run(&addresses(), |address| {
            match allowed.check(&address) {
                Ok(url) => {
                    accepted.set(accepted.get() + 1);
                    prop_assert!(
                        is_providers(url.as_str()),
                        "{address:?} became {}",
                        url.as_str()
                    );
                }
                Err(_) => refused.set(refused.get() + 1),
            }
            Ok(())
        })
        .unwrap();
    assert!(accepted.get() > 0 && refused.get() > 0);
    println!(
        "addresses refused: {}, the provider's own: {}",
        refused.get(),
        accepted.get()
    );
}
