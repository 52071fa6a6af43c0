//! The claims of links and sessions, and the tokens that carry them: minting and verifying.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use selfsame_api::Role;
use selfsame_primitives::ids::{SessionId, UserId};
use selfsame_primitives::time::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::keyring::SigningKeys;
use super::link::LinkClaims;

/// A session: a browser that signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionClaims {
    /// Who signed in.
    pub user: UserId,
    /// Their role when they signed in.
    pub role: Role,
    /// The session, as their studio knows it.
    pub session: SessionId,
    /// The session holds before this moment (milliseconds since the epoch in the token).
    #[serde(with = "milliseconds")]
    pub expires: Timestamp,
}

/// A moment as a JSON number, because every byte of a cookie is sent with every request.
mod milliseconds {
    use super::{Deserialize, Timestamp};
    use serde::{Deserializer, Serializer};

    // Whether clippy wants it by value depends on the size of a pointer.
    #[cfg_attr(
        target_pointer_width = "64",
        expect(
            clippy::trivially_copy_pass_by_ref,
            reason = "serde's `with` passes fields by reference"
        )
    )]
    pub(crate) fn serialize<S: Serializer>(
        at: &Timestamp,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(at.as_millisecond())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Timestamp, D::Error> {
        i64::deserialize(deserializer).map(Timestamp::from_millisecond)
    }
}

/// The most bytes that a token may have; the longest that is minted has about 300.
const MAX_BYTES: usize = 1_024;

/// Why a token is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CredentialError {
    /// Not minted with this key, not of this kind, or not whole.
    #[error("the token was not minted here, or is not whole")]
    Invalid,
    /// It has expired.
    #[error("the token has expired")]
    Expired,
}

trait Claims: Serialize + DeserializeOwned {
    /// Signed together with the claims, so that a token of one kind is never accepted as another.
    const KIND: &'static str;

    fn expires(&self) -> Timestamp;
}

impl Claims for LinkClaims {
    const KIND: &'static str = "selfsame.link.v1";

    fn expires(&self) -> Timestamp {
        self.expires
    }
}

impl Claims for SessionClaims {
    const KIND: &'static str = "selfsame.session.v1";

    fn expires(&self) -> Timestamp {
        self.expires
    }
}

fn mint<C: Claims>(keys: &SigningKeys, claims: &C) -> Result<String, serde_json::Error> {
    let payload = URL_SAFE_NO_PAD.encode(serde_json::to_vec(claims)?);
    let newest = keys.newest();
    let signature = URL_SAFE_NO_PAD.encode(newest.key.sign(C::KIND, &payload));
    Ok(match &newest.id {
        Some(id) => format!("{id}.{payload}.{signature}"),
        None => format!("{payload}.{signature}"),
    })
}

fn verify<C: Claims>(
    keys: &SigningKeys,
    token: &str,
    now: Timestamp,
) -> Result<C, CredentialError> {
    if token.len() > MAX_BYTES {
        return Err(CredentialError::Invalid);
    }
    let (token, signature) = token.rsplit_once('.').ok_or(CredentialError::Invalid)?;
    let (mark, payload) = match token.split_once('.') {
        Some((mark, payload)) => (Some(mark), payload),
        None => (None, token),
    };
    let signature = decode(signature)?;
    let mut candidates = keys.candidates(mark);
    if !candidates.any(|key| key.signed(C::KIND, payload, &signature)) {
        return Err(CredentialError::Invalid);
    }
    let claims: C =
        serde_json::from_slice(&decode(payload)?).map_err(|_| CredentialError::Invalid)?;
    if claims.expires() <= now {
        return Err(CredentialError::Expired);
    }
    Ok(claims)
}

fn decode(text: &str) -> Result<Vec<u8>, CredentialError> {
    URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| CredentialError::Invalid)
}

impl SigningKeys {
    /// The token of a sign-in link, signed with the newest key. Fails only if the claims cannot be written as JSON, which claims always can.
    pub fn mint_link(&self, claims: &LinkClaims) -> Result<String, serde_json::Error> {
        mint(self, claims)
    }

    /// The claims of a sign-in link's token.
    pub fn verify_link(&self, token: &str, now: Timestamp) -> Result<LinkClaims, CredentialError> {
        verify(self, token, now)
    }

    /// The token of a session, signed with the newest key. Fails only if the claims cannot be written as JSON, which claims always can.
    pub fn mint_session(&self, claims: &SessionClaims) -> Result<String, serde_json::Error> {
        mint(self, claims)
    }

    /// The claims of a session's token.
    pub fn verify_session(
        &self,
        token: &str,
        now: Timestamp,
    ) -> Result<SessionClaims, CredentialError> {
        verify(self, token, now)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use selfsame_api::Role;
    use selfsame_primitives::ids::SessionId;

    use super::*;
    use crate::Nonce;
    use crate::credentials::{LinkValidity, SigningKey, WeakKey};

    const NOW: Timestamp = Timestamp::from_millisecond(1_800_000_000_000);

    const KEY: &str = "0123456789abcdef0123456789abcdef";
    const NEW: &str = "fedcba9876543210fedcba9876543210";

    fn key() -> SigningKeys {
        SigningKeys::read(None, Some(KEY)).unwrap()
    }

    fn keys(setting: &str) -> SigningKeys {
        SigningKeys::read(Some(setting), None).unwrap()
    }

    fn link() -> LinkClaims {
        LinkClaims {
            user: "ada".parse().unwrap(),
            role: Role::Person,
            nonce: Nonce::from_random(7),
            expires: NOW.plus_milliseconds(1),
            validity: LinkValidity::Epoch(3),
        }
    }

    fn session() -> SessionClaims {
        SessionClaims {
            user: "ada".parse().unwrap(),
            role: Role::Person,
            session: SessionId::mint(NOW, 1),
            expires: NOW.plus_milliseconds(1),
        }
    }

    #[test]
    fn tokens_verify_until_they_expire() {
        let token = key().mint_link(&link()).unwrap();
        assert_eq!(key().verify_link(&token, NOW), Ok(link()));
        assert_eq!(
            key().verify_link(&token, NOW.plus_milliseconds(1)),
            Err(CredentialError::Expired)
        );
        let token = key().mint_session(&session()).unwrap();
        assert_eq!(key().verify_session(&token, NOW), Ok(session()));
    }

    #[test]
    fn the_token_format_is_stable() {
        let claims_of = |link: &LinkClaims| {
            let token = key().mint_link(link).unwrap();
            let payload = decode(token.split_once('.').unwrap().0).unwrap();
            String::from_utf8(payload).unwrap()
        };
        let start = r#"{"user":"ada","role":"person","nonce":"00000000000000000000000000000007","expires":1800000000001"#;
        assert_eq!(claims_of(&link()), format!(r#"{start},"epoch":3}}"#));
        let mut by_key = link();
        by_key.validity = LinkValidity::Since(NOW);
        assert_eq!(
            claims_of(&by_key),
            format!(r#"{start},"minted":1800000000000}}"#)
        );

        // A link of a release that knew no epoch, with its signature.
        let earlier = format!("{start}}}");
        let earlier = URL_SAFE_NO_PAD.encode(earlier);
        let token = format!("{earlier}.2KHmOtGvgNm9RYr7MVGBD9DOZLH-aTyrEB0rrc75k5g");
        let read = key().verify_link(&token, NOW).unwrap();
        assert_eq!(read.validity, LinkValidity::Epoch(0));
    }

    #[test]
    fn a_link_has_one_validity() {
        let both = r#"{"user":"ada","role":"person","nonce":"00000000000000000000000000000007","expires":1800000000001,"epoch":1,"minted":1}"#;
        let token = mint_as("selfsame.link.v1", both.as_bytes());
        assert_eq!(
            key().verify_link(&token, NOW),
            Err(CredentialError::Invalid)
        );
    }

    #[test]
    fn a_new_key_signs_nobody_out_until_the_old_one_is_removed() {
        let unmarked = key().mint_session(&session()).unwrap();
        let first = keys(&format!("first:{KEY}"));
        let rotated = keys(&format!("second:{NEW} first:{KEY}"));
        let removed = keys(&format!("second:{NEW}"));
        let marked = first.mint_session(&session()).unwrap();
        assert!(marked.starts_with("first."));
        assert!(
            rotated
                .mint_session(&session())
                .unwrap()
                .starts_with("second.")
        );
        for token in [&unmarked, &marked] {
            assert_eq!(first.verify_session(token, NOW), Ok(session()));
            assert_eq!(rotated.verify_session(token, NOW), Ok(session()));
            assert_eq!(
                removed.verify_session(token, NOW),
                Err(CredentialError::Invalid)
            );
        }
        // The key without an id stays beside the new ones until it is removed.
        let beside = SigningKeys::read(Some(&format!("second:{NEW}")), Some(KEY)).unwrap();
        assert_eq!(beside.verify_session(&unmarked, NOW), Ok(session()));
    }

    #[test]
    fn a_mark_chooses_the_only_key_that_is_tried() {
        let both = keys(&format!("second:{NEW} first:{KEY}"));
        let token = keys(&format!("first:{KEY}"))
            .mint_session(&session())
            .unwrap();
        let bare = token.strip_prefix("first.").unwrap();
        assert_eq!(both.verify_session(bare, NOW), Ok(session()));
        for mark in ["second", "third", "", "first.first"] {
            assert_eq!(
                both.verify_session(&format!("{mark}.{bare}"), NOW),
                Err(CredentialError::Invalid),
                "{mark}"
            );
        }
    }

    #[test]
    fn a_link_is_never_a_session() {
        let link = key().mint_link(&link()).unwrap();
        let session = key().mint_session(&session()).unwrap();
        assert_eq!(
            key().verify_session(&link, NOW),
            Err(CredentialError::Invalid)
        );
        assert_eq!(
            key().verify_link(&session, NOW),
            Err(CredentialError::Invalid)
        );
        // The kind is part of what is signed, so claims of the right form are refused, too.
        let disguised = mint_as("selfsame.link.v1", &session_json());
        assert_eq!(
            key().verify_session(&disguised, NOW),
            Err(CredentialError::Invalid)
        );
    }

    fn session_json() -> Vec<u8> {
        serde_json::to_vec(&session()).unwrap()
    }

    fn mint_as(kind: &str, json: &[u8]) -> String {
        let payload = URL_SAFE_NO_PAD.encode(json);
        let signature = SigningKey::new(KEY).unwrap().sign(kind, &payload);
        let signature = URL_SAFE_NO_PAD.encode(signature);
        format!("{payload}.{signature}")
    }

    #[test]
    fn a_signed_token_with_unreadable_claims_is_refused() {
        for json in [&b"{}"[..], b"null", b"not json", b"\xff"] {
            let token = mint_as("selfsame.session.v1", json);
            assert_eq!(
                key().verify_session(&token, NOW),
                Err(CredentialError::Invalid)
            );
        }
    }

    #[test]
    fn tokens_of_another_key_are_refused() {
        let other = SigningKeys::from(SigningKey::new("0123456789abcdef0123456789abcdeF").unwrap());
        let token = other.mint_link(&link()).unwrap();
        assert_eq!(
            key().verify_link(&token, NOW),
            Err(CredentialError::Invalid)
        );
    }

    #[test]
    fn a_short_key_is_refused_and_keys_are_not_printed() {
        assert_eq!(SigningKey::new("").unwrap_err(), WeakKey { bytes: 0 });
        assert_eq!(
            SigningKey::new(&"k".repeat(31)).unwrap_err(),
            WeakKey { bytes: 31 }
        );
        let key = SigningKey::new(KEY).unwrap();
        assert_eq!(format!("{key:?}"), "SigningKey(*****)");
    }

    proptest! {
        #[test]
        fn any_flipped_bit_is_refused(position in any::<prop::sample::Index>(), bit in 0..8_u32) {
            let mut bytes = key().mint_session(&session()).unwrap().into_bytes();
            let position = position.index(bytes.len());
            bytes[position] ^= 1 << bit;
            // A cookie is text, so other bytes never get here.
            if let Ok(token) = String::from_utf8(bytes) {
                prop_assert_eq!(key().verify_session(&token, NOW), Err(CredentialError::Invalid));
            }
        }

        #[test]
        fn arbitrary_text_is_refused(text in "\\PC{0,200}") {
            prop_assert_eq!(key().verify_session(&text, NOW), Err(CredentialError::Invalid));
            prop_assert_eq!(key().verify_link(&text, NOW), Err(CredentialError::Invalid));
        }

        #[test]
        fn shortened_tokens_are_refused(length in any::<prop::sample::Index>()) {
            let token = key().mint_session(&session()).unwrap();
            let token = &token[..length.index(token.len())];
            prop_assert_eq!(key().verify_session(token, NOW), Err(CredentialError::Invalid));
        }
    }
}
