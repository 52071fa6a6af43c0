//! Signs the URLs with which files are downloaded.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// The account's signing secret for files. It is the same on every start and protects nothing.
const SECRET: &[u8] = b"stand-in files secret";

/// Returns the `signature` of a download: the base64 of the HMAC-SHA256 of `{owner} {id} {expiry}` with the stand-in's
/// secret. `expiry` is in Unix seconds.
#[must_use]
pub fn sign_download(owner: &str, id: &str, expiry: i64) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(SECRET).map(|mac| {
        mac.chain_update(format!("{owner} {id} {expiry}"))
            .finalize()
            .into_bytes()
    });
    // HMAC takes keys of every length, so the error cannot occur.
    mac.map(|mac| STANDARD.encode(mac)).unwrap_or_default()
}
