//! The account behind the token.

use serde_json::Value;

use super::answer;
use crate::http::ProviderResult;
use crate::outcome::ReadOutcome;
use crate::secret::Secret;

/// Whose token it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The user's or organisation's name in addresses: the owner of its models.
    pub username: String,
}

/// Reads the answer to [`request::account`](super::request::account).
#[must_use]
pub fn read_account(exchange: ProviderResult) -> ReadOutcome<Account> {
    answer::read(exchange, |json| {
        text(json, "username").map(|username| Account { username })
    })
}

/// Reads the answer to [`request::webhook_secret`](super::request::webhook_secret). Whether it can verify anything is
/// for [`WebhookKey::parse`](crate::webhook::WebhookKey::parse) to say.
#[must_use]
pub fn read_webhook_secret(exchange: ProviderResult) -> ReadOutcome<Secret> {
    answer::read(exchange, |json| text(json, "key").map(Secret::new))
}

fn text(json: &Value, name: &str) -> Result<String, String> {
    json.get(name)
        .and_then(Value::as_str)
        .map(ToOwned::to_owned)
        .ok_or_else(|| format!("the answer has no {name}"))
}

#[cfg(test)]
mod tests {
    use super::super::bodies::answer;
    use super::*;

    #[test]
    fn the_name_and_the_secret_are_read() {
        let account =
            r#"{"type":"organization","username":"studio","name":"Studio","github_url":""}"#;
        let expected = Account {
            username: "studio".to_owned(),
        };
        assert_eq!(
            read_account(answer(200, account)),
            ReadOutcome::Found(expected)
        );

        let ReadOutcome::Found(secret) = read_webhook_secret(answer(200, r#"{"key":"whsec_abc"}"#))
        else {
            panic!();
        };
        assert_eq!(secret.expose(), "whsec_abc");
        for body in ["{}", "[]", r#"{"key":5}"#] {
            assert!(matches!(
                read_webhook_secret(answer(200, body)),
                ReadOutcome::Unavailable { .. }
            ));
        }
    }
}
