//! Tokens of links and sessions.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use selfsame_primitives::time::Timestamp;
use selfsame_studio::credentials::{CredentialError, SigningKeys};
use sha2::Sha256;

use super::{Target, bytes, equal, holds};

/// The target. An input is a token, and the claims of two tokens that are signed with the right key.
pub const TARGET: Target = Target {
    name: "credential",
    fragments,
    known,
    check,
};

const KEY: &str = "0123456789abcdef0123456789abcdef";
const NOW: Timestamp = Timestamp::from_millisecond(1_800_000_000_000);

fn fragments() -> Vec<Vec<u8>> {
    bytes(&[
        "{\"user\":\"ada\",",
        "\"user\":\"\",",
        "\"role\":\"person\",",
        "\"role\":\"operator\",",
        "\"nonce\":\"00000000000000000000000000000007\",",
        "\"session\":\"ses_01mcc5rm000000000000000001\",",
        "\"expires\":1800000000001}",
        "\"expires\":9223372036854775807}",
        "\"expires\":-9223372036854775808}",
        "\"expires\":1e18}",
        "\"later\":1,",
        "null",
        "eyJ1c2VyIjoiYWRhIn0",
        ".",
        "..",
        "=",
        "-_",
        "é",
        "\u{0}",
        "{",
        "}",
        "\"",
        ",",
    ])
}

fn known() -> Vec<Vec<u8>> {
    bytes(&[
        r#"{"user":"ada","role":"person","nonce":"00000000000000000000000000000007","expires":1800000000001}"#,
        r#"{"user":"ada","role":"operator","session":"ses_01mcc5rm000000000000000001","expires":1800000000001}"#,
        "eyJ1c2VyIjoiYWRhIn0.2KHmOtGvgNm9RYr7MVGBD9DOZLH-aTyrEB0rrc75k5g",
    ])
}

fn check(input: &[u8]) -> Result<(), String> {
    let keys = SigningKeys::read(None, Some(KEY)).map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(input);
    // The key is not guessed, so no input is a token.
    equal(
        "a link is not refused",
        keys.verify_link(&text, NOW),
        Err(CredentialError::Invalid),
    )?;
    equal(
        "a session is not refused",
        keys.verify_session(&text, NOW),
        Err(CredentialError::Invalid),
    )?;
    let link = token("selfsame.link.v1", input)?;
    let session = token("selfsame.session.v1", input)?;
    let crossed =
        keys.verify_session(&link, NOW).is_ok() || keys.verify_link(&session, NOW).is_ok();
    holds("a link is a session", !crossed)?;
    if let Ok(claims) = keys.verify_link(&link, NOW) {
        holds("an expired link is accepted", claims.expires > NOW)?;
        let minted = keys.mint_link(&claims).map_err(|error| error.to_string())?;
        let again = keys.verify_link(&minted, NOW);
        equal("a link changes when it is minted", again, Ok(claims))?;
    }
    if let Ok(claims) = keys.verify_session(&session, NOW) {
        holds("an expired session is accepted", claims.expires > NOW)?;
        let minted = keys
            .mint_session(&claims)
            .map_err(|error| error.to_string())?;
        let again = keys.verify_session(&minted, NOW);
        equal("a session changes when it is minted", again, Ok(claims))?;
    }
    Ok(())
}

/// A token with these claims, signed with the key.
fn token(kind: &str, claims: &[u8]) -> Result<String, String> {
    let payload = URL_SAFE_NO_PAD.encode(claims);
    let mac = Hmac::<Sha256>::new_from_slice(KEY.as_bytes()).map_err(|error| error.to_string())?;
    let mac = mac.chain_update(format!("{kind}.{payload}"));
    let signature = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
    Ok(format!("{payload}.{signature}"))
}
