//! Altered and spliced credentials. `PROPTEST_CASES` says how many are generated; `cargo xtask attack` sets it.

#![expect(clippy::unwrap_used, reason = "a test's helpers fail as its body does")]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::*;
use selfsame_api::Role;
use selfsame_primitives::ids::SessionId;
use selfsame_primitives::time::Timestamp;
use selfsame_studio::Nonce;
use selfsame_studio::credentials::{
    LinkClaims, LinkValidity, SessionClaims, SigningKey, SigningKeys,
};

const NOW: Timestamp = Timestamp::from_millisecond(1_800_000_000_000);

fn keys() -> SigningKeys {
    SigningKey::new(&"k".repeat(32)).unwrap().into()
}

fn session(user: &str, keys: &SigningKeys) -> String {
    let claims = SessionClaims {
        user: user.parse().unwrap(),
        role: Role::Person,
        session: SessionId::mint(NOW, 1),
        expires: NOW.plus_milliseconds(60_000),
    };
    keys.mint_session(&claims).unwrap()
}

fn link(user: &str, keys: &SigningKeys) -> String {
    let claims = LinkClaims {
        user: user.parse().unwrap(),
        role: Role::Person,
        nonce: Nonce::from_random(1),
        expires: NOW.plus_milliseconds(60_000),
        validity: LinkValidity::Epoch(0),
    };
    keys.mint_link(&claims).unwrap()
}

/// Whether a token lets anybody in, as a session or as a link.
fn is_accepted(token: &str) -> bool {
    keys().verify_session(token, NOW).is_ok() || keys().verify_link(token, NOW).is_ok()
}

#[test]
fn a_token_with_any_bit_flipped_is_refused() {
    for token in [session("ada", &keys()), link("ada", &keys())] {
        assert!(is_accepted(&token));
        for place in 0..token.len() * 8 {
            let mut bytes = token.clone().into_bytes();
            bytes[place / 8] ^= 1 << (place % 8);
            let flipped = String::from_utf8_lossy(&bytes);
            assert!(!is_accepted(&flipped), "bit {place}: {flipped}");
        }
    }
}

/// A token of Ada's, of either kind, or one that her neighbour made with a key of his own.
fn tokens() -> impl Strategy<Value = String> {
    let foreign: SigningKeys = SigningKey::new(&"f".repeat(32)).unwrap().into();
    prop::sample::select(vec![
        session("ada", &keys()),
        link("ada", &keys()),
        session("ben", &keys()),
        session("ada", &foreign),
        link("ada", &foreign),
    ])
}

proptest! {
    #[test]
    fn a_token_spliced_from_two_is_refused(
        one in tokens(), other in tokens(), first in any::<prop::sample::Index>(), second in any::<prop::sample::Index>()
    ) {
        let spliced = format!("{}{}", &one[..first.index(one.len())], &other[second.index(other.len())..]);
        let is_minted = [session("ada", &keys()), session("ben", &keys()), link("ada", &keys())].contains(&spliced);
        prop_assert_eq!(is_accepted(&spliced), is_minted, "{}", spliced);
    }

    #[test]
    fn claims_without_their_own_signature_are_refused(
        user in "[a-z][a-z0-9-]{2,12}", role in "person|operator", expires in any::<i64>(), extra in "|,\"epoch\":9|,\"x\":1",
        signature in tokens()
    ) {
        let expires = expires.saturating_abs();
        let id = SessionId::mint(NOW, 1);
        let claims = format!(
            r#"{{"user":"{user}","role":"{role}","session":"{id}","expires":{expires}{extra}}}"#
        );
        let signature = signature.rsplit('.').next().unwrap_or_default();
        let token = format!("{}.{signature}", URL_SAFE_NO_PAD.encode(claims));
        prop_assert!(!is_accepted(&token), "{}", token);
    }
}
