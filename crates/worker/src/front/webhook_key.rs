//! The key that the provider signs its webhooks with: asked for with the token, kept in memory, and asked for again
//! when a signature does not match. How often is limited, so that a forger cannot make us knock at the provider's.

use std::cell::RefCell;

use selfsame_api::ErrorCode;
use selfsame_primitives::time::Timestamp;
use selfsame_provider::outcome::ReadOutcome;
use selfsame_provider::replicate::{read_webhook_secret, request};
use selfsame_provider::webhook::WebhookKey;

use crate::config::ProviderAccess;
use crate::http::ApiError;
use crate::provider::READ_TIMEOUT;

/// Milliseconds in which the questions are counted.
const WINDOW: i64 = 60_000;
/// Questions in a window while the key is not known: the first webhooks after a start come together.
const MOST_WHILE_UNKNOWN: u32 = 8;
/// Questions in a window once it is.
const MOST_WHILE_KNOWN: u32 = 1;

#[derive(Default)]
struct Memory {
    key: Option<WebhookKey>,
    window: Option<Timestamp>,
    asked: u32,
}

impl Memory {
    fn may_ask(&mut self, now: Timestamp) -> bool {
        let current = |start: Timestamp| now < start.plus_milliseconds(WINDOW);
        if !self.window.is_some_and(current) {
            self.window = Some(now);
            self.asked = 0;
        }
        let most = match self.key {
            Some(_) => MOST_WHILE_KNOWN,
            None => MOST_WHILE_UNKNOWN,
        };
        let may = self.asked < most;
        self.asked += u32::from(may);
        may
    }

    fn learn(&mut self, key: WebhookKey) {
        self.key = Some(key);
        self.asked = MOST_WHILE_KNOWN;
    }
}

thread_local! {
    static MEMORY: RefCell<Memory> = RefCell::default();
}

/// The key as far as it is known; asked for if it is not.
pub(crate) async fn known(
    provider: &ProviderAccess,
    now: Timestamp,
) -> Result<WebhookKey, ApiError> {
    match MEMORY.with_borrow(|memory| memory.key.clone()) {
        Some(key) => Ok(key),
        None => renewed(provider, now).await,
    }
}

/// The key, asked for anew as far as that is allowed now.
pub(crate) async fn renewed(
    provider: &ProviderAccess,
    now: Timestamp,
) -> Result<WebhookKey, ApiError> {
    if MEMORY.with_borrow_mut(|memory| memory.may_ask(now)) {
        let key = ask(provider).await?;
        MEMORY.with_borrow_mut(|memory| memory.learn(key));
    }
    let key = MEMORY.with_borrow(|memory| memory.key.clone());
    key.ok_or_else(|| unavailable("the webhook key was asked for in vain a moment ago"))
}

async fn ask(provider: &ProviderAccess) -> Result<WebhookKey, ApiError> {
    let exchange = provider
        .exchange(&request::webhook_secret(), READ_TIMEOUT)
        .await;
    match read_webhook_secret(exchange) {
        ReadOutcome::Found(secret) => WebhookKey::parse(&secret).map_err(unavailable),
        ReadOutcome::Gone => Err(unavailable("the provider has no webhook key")),
        ReadOutcome::RetryAfter { cause, .. } | ReadOutcome::Unavailable { cause } => {
            Err(unavailable(cause))
        }
    }
}

fn unavailable(cause: impl ToString) -> ApiError {
    ApiError::new(
        ErrorCode::ProviderUnavailable,
        "The signature cannot be checked right now; please send the webhook again.",
    )
    .because(cause)
}

#[cfg(test)]
mod tests {
    use super::*;
    use selfsame_provider::secret::Secret;

    #[test]
    fn a_forger_makes_us_ask_once_a_minute() {
        let start = Timestamp::from_millisecond(1_800_000_000_000);
        let mut memory = Memory::default();
        assert!((0..MOST_WHILE_UNKNOWN).all(|_| memory.may_ask(start)));
        assert!(!memory.may_ask(start));

        let secret = Secret::new("whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3");
        memory.learn(WebhookKey::parse(&secret).expect("a key"));
        assert!(!memory.may_ask(start.plus_milliseconds(WINDOW - 1)));
        assert!(memory.may_ask(start.plus_milliseconds(WINDOW)));
        assert!(!memory.may_ask(start.plus_milliseconds(WINDOW + 1)));
    }
}
