//! The token of a link that shows a picture: the link's id, and its owner's id, sealed.
//!
//! The token has to name its owner, because their studio alone knows the link, and must not tell who they are. So the
//! owner's id is encrypted (`XChaCha20-Poly1305`), padded to the same length for everybody, and bound to the link's id. A
//! token that was not made here opens nothing, so no studio is asked.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use selfsame_primitives::ids::{ShareLinkId, UserId};

use super::SigningKey;
use super::keyring::SigningKeys;
use super::token::CredentialError;

/// Kinds of what is derived from a signing key: the key of the cipher, and a nonce for each link.
const KEY: &str = "selfsame.share-key.v1";
const NONCE: &str = "selfsame.share-nonce.v1";
/// The most characters of a user id.
const LONGEST_USER: usize = 40;
/// The most bytes that a token may have; one that is minted has 106.
const MAX_BYTES: usize = 256;

impl SigningKeys {
    /// The token of a person's link, sealed with the newest key. It is the same whenever it is minted.
    pub fn mint_share(
        &self,
        owner: &UserId,
        link: &ShareLinkId,
    ) -> Result<String, CredentialError> {
        let key = &self.newest().key;
        let padded = format!("{:<LONGEST_USER$}", owner.as_str());
        let payload = Payload {
            msg: padded.as_bytes(),
            aad: link.as_str().as_bytes(),
        };
        let sealed = cipher(key)?.encrypt(&nonce(key, link)?, payload);
        let sealed = sealed.map_err(|_| CredentialError::Invalid)?;
        Ok(format!("{link}.{}", URL_SAFE_NO_PAD.encode(sealed)))
    }

    /// The owner and the id of the link whose token this is.
    pub fn open_share(&self, token: &str) -> Result<(UserId, ShareLinkId), CredentialError> {
        if token.len() > MAX_BYTES {
            return Err(CredentialError::Invalid);
        }
        let (link, sealed) = token.split_once('.').ok_or(CredentialError::Invalid)?;
        let link: ShareLinkId = link.parse().map_err(|_| CredentialError::Invalid)?;
        let sealed = URL_SAFE_NO_PAD.decode(sealed);
        let sealed = sealed.map_err(|_| CredentialError::Invalid)?;
        let owner = self
            .candidates(None)
            .find_map(|key| open(key, &link, &sealed))
            .ok_or(CredentialError::Invalid)?;
        Ok((owner, link))
    }
}

fn open(key: &SigningKey, link: &ShareLinkId, sealed: &[u8]) -> Option<UserId> {
    let payload = Payload {
        msg: sealed,
        aad: link.as_str().as_bytes(),
    };
    let opened = cipher(key).ok()?.decrypt(&nonce(key, link).ok()?, payload);
    let padded = String::from_utf8(opened.ok()?).ok()?;
    padded.trim_end().parse().ok()
}

fn cipher(key: &SigningKey) -> Result<XChaCha20Poly1305, CredentialError> {
    let derived = key.sign(KEY, "");
    let key = Key::try_from(derived.as_slice()).map_err(|_| CredentialError::Invalid)?;
    Ok(XChaCha20Poly1305::new(&key))
}

/// Every link has an id of its own, so no nonce is used for two.
fn nonce(key: &SigningKey, link: &ShareLinkId) -> Result<XNonce, CredentialError> {
    let derived = key.sign(NONCE, link.as_str());
    let start = derived.get(..24).unwrap_or_default();
    XNonce::try_from(start).map_err(|_| CredentialError::Invalid)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use selfsame_primitives::time::Timestamp;

    use super::*;

    const KEY: &str = "0123456789abcdef0123456789abcdef";
    const NEW: &str = "fedcba9876543210fedcba9876543210";

    fn keys(setting: &str) -> SigningKeys {
        SigningKeys::read(Some(setting), None).unwrap()
    }

    fn link(random: u128) -> ShareLinkId {
        ShareLinkId::mint(Timestamp::from_millisecond(1_800_000_000_000), random)
    }

    fn token(owner: &str) -> String {
        let keys = keys(&format!("a:{KEY}"));
        keys.mint_share(&owner.parse().unwrap(), &link(1)).unwrap()
    }

    #[test]
    fn a_token_names_its_owner_and_its_link() {
        let keys = keys(&format!("a:{KEY}"));
        for owner in ["ada", "42585527", &"a".repeat(40)] {
            let opened = keys.open_share(&token(owner)).unwrap();
            assert_eq!(opened, (owner.parse().unwrap(), link(1)));
        }
    }

    #[test]
    fn a_token_does_not_tell_who_the_owner_is() {
        let (short, long) = (token("ada"), token(&"a".repeat(40)));
        assert_eq!(short.len(), long.len());
        assert!(!short.contains("ada"));
        let keys = keys(&format!("a:{KEY}"));
        let mint = |random| {
            keys.mint_share(&"ada".parse().unwrap(), &link(random))
                .unwrap()
        };
        let (one, other) = (mint(1), mint(2));
        let sealed = |token: &str| token.split_once('.').unwrap().1.to_owned();
        assert_ne!(
            sealed(&one),
            sealed(&other),
            "links of one person are not alike"
        );
        assert_eq!(one, mint(1));
    }

    #[test]
    fn a_token_of_an_older_key_still_opens() {
        let both = keys(&format!("b:{NEW} a:{KEY}"));
        assert!(both.open_share(&token("ada")).is_ok());
        let renewed = both.mint_share(&"ada".parse().unwrap(), &link(1)).unwrap();
        assert_ne!(renewed, token("ada"));
        let without = keys(&format!("b:{NEW}"));
        assert_eq!(
            without.open_share(&token("ada")),
            Err(CredentialError::Invalid)
        );
    }

    #[test]
    fn a_token_of_another_link_or_of_no_form_is_refused() {
        let keys = keys(&format!("a:{KEY}"));
        let ada = token("ada");
        let (_, sealed) = ada.split_once('.').unwrap();
        let other = format!("{}.{sealed}", link(2));
        for refused in [
            "",
            ".",
            "x.y",
            &other,
            sealed,
            &ada[1..],
            &format!("{ada}A"),
            &"a".repeat(9_999),
        ] {
            assert_eq!(
                keys.open_share(refused),
                Err(CredentialError::Invalid),
                "{refused}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_changed_token_is_refused(place in 0..106_usize, byte in any::<u8>()) {
            let token = token("ada");
            let mut changed = token.clone().into_bytes();
            changed[place] = byte;
            if let Ok(changed) = String::from_utf8(changed) {
                let opened = keys(&format!("a:{KEY}")).open_share(&changed);
                prop_assert!(changed == token || opened.is_err());
            }
        }
    }
}
