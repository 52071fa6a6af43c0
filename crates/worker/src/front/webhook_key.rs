//! The key with which the provider signs its webhooks: fetched with the token, cached in memory, and fetched again when a
//! signature does not match. The fetches are rate-limited, so that forged webhooks cannot cause requests to the provider.

use std::cell::RefCell;

use selfsame_api::ErrorCode;
use selfsame_primitives::time::Timestamp;
use selfsame_provider::outcome::ReadOutcome;
use selfsame_provider::replicate::{read_webhook_secret, request};
use selfsame_provider::webhook::WebhookKey;

use super::context::RequestContext;
use crate::http::ApiError;
use crate::provider::READ_TIMEOUT;

/// The window in which fetches are counted, in milliseconds.
const WINDOW: i64 = 60_000;
/// The most fetches in a window while the key is unknown: the first webhooks after a start arrive together.
const MAX_WHILE_UNKNOWN: u32 = 8;
/// The most fetches in a window once the key is known.
const MAX_WHILE_KNOWN: u32 = 1;

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
            Some(_) => MAX_WHILE_KNOWN,
            None => MAX_WHILE_UNKNOWN,
        };
        let may = self.asked < most;
        self.asked += u32::from(may);
        may
    }

    fn learn(&mut self, key: WebhookKey) {
        self.key = Some(key);
        self.asked = MAX_WHILE_KNOWN;
    }
}

thread_local! {
    static MEMORY: RefCell<Memory> = RefCell::default();
}

/// The cached key; fetches it when the cache is empty.
pub(super) async fn known(context: &RequestContext) -> Result<WebhookKey, ApiError> {
    match MEMORY.with_borrow(|memory| memory.key.clone()) {
        Some(key) => Ok(key),
        None => renewed(context).await,
    }
}

/// The key, fetched again if the rate limit allows it.
pub(super) async fn renewed(context: &RequestContext) -> Result<WebhookKey, ApiError> {
    if MEMORY.with_borrow_mut(|memory| memory.may_ask(context.at)) {
        let key = ask(context).await?;
        MEMORY.with_borrow_mut(|memory| memory.learn(key));
    }
    let key = MEMORY.with_borrow(|memory| memory.key.clone());
    key.ok_or_else(|| unavailable("the webhook key could not be fetched a moment ago"))
}

async fn ask(context: &RequestContext) -> Result<WebhookKey, ApiError> {
    let request = request::webhook_secret();
    let result = context
        .provider()?
        .send_in_turn(&context.pacer(), &request, READ_TIMEOUT)
        .await
        .map_err(|_| unavailable("the key waits for its turn at the provider"))?;
    match read_webhook_secret(result) {
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
    fn a_forged_webhook_fetches_the_key_once_a_minute() {
        let start = Timestamp::from_millisecond(1_800_000_000_000);
        let mut memory = Memory::default();
        assert!((0..MAX_WHILE_UNKNOWN).all(|_| memory.may_ask(start)));
        assert!(!memory.may_ask(start));

        let secret = Secret::new("whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3");
        memory.learn(WebhookKey::parse(&secret).expect("a key"));
        assert!(!memory.may_ask(start.plus_milliseconds(WINDOW - 1)));
        assert!(memory.may_ask(start.plus_milliseconds(WINDOW)));
        assert!(!memory.may_ask(start.plus_milliseconds(WINDOW + 1)));
    }
}
