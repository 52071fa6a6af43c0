//! Sign-in links and sessions: signed claims, verified without a look-up.
//!
//! A token is `base64url(claims as JSON) "." base64url(HMAC-SHA256)`, without padding, and begins with `{key id} "."`
//! when the key that signed it has an id. What is signed is `{kind} "." {claims}`, where the kind is `selfsame.link.v1`
//! or `selfsame.session.v1`: a link is never a session. The signature says who minted the token and until when it holds;
//! whether a link was used or revoked or a session has ended is for the person's studio to say.
//!
//! A link that shows a picture has a token of its own, which is sealed instead of signed: see `share`.
//!
//! The Worker and `cargo xtask sign-in` mint with the same code.

mod browser;
mod key;
mod keyring;
mod link;
mod share;
mod token;

pub use browser::{Browser, rate_limit_key};
pub use key::{MIN_KEY_BYTES, SigningKey, WeakKey};
pub use keyring::{KeysError, SigningKeys};
pub use link::{LinkClaims, LinkValidity};
pub use token::{CredentialError, SessionClaims};
