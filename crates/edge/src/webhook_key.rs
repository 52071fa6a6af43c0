//! The key that the provider signs its webhooks with: asked for with the token, kept in memory, asked for again
//! when a signature does not match, though at most once a minute, so that a forger cannot make us knock there.

use std::cell::RefCell;

use selfsame_core::time::Timestamp;
use selfsame_core::wire::ErrorCode;
use selfsame_upstream::outcome::ReadOutcome;
use selfsame_upstream::replicate::{read_webhook_secret, request};
use selfsame_upstream::webhook::WebhookKey;

use crate::config::ProviderAccess;
use crate::problem::Problem;
use crate::provider::READ_TIMEOUT;

/// Milliseconds between two questions.
const PAUSE: i64 = 60_000;

#[derive(Default)]
struct Memory {
    key: Option<WebhookKey>,
    asked: Option<Timestamp>,
}

thread_local! {
    static MEMORY: RefCell<Memory> = RefCell::default();
}

/// The key as far as it is known; asked for if it is not.
pub async fn known(provider: &ProviderAccess, now: Timestamp) -> Result<WebhookKey, Problem> {
    match MEMORY.with_borrow(|memory| memory.key.clone()) {
        Some(key) => Ok(key),
        None => renewed(provider, now).await,
    }
}

/// The key, asked for anew unless that was done within the last minute.
pub async fn renewed(provider: &ProviderAccess, now: Timestamp) -> Result<WebhookKey, Problem> {
    let may_ask = MEMORY.with_borrow_mut(|memory| {
        let recently = memory
            .asked
            .is_some_and(|at| now < at.plus_milliseconds(PAUSE));
        if !recently {
            memory.asked = Some(now);
        }
        !recently
    });
    if may_ask {
        let key = ask(provider).await?;
        MEMORY.with_borrow_mut(|memory| memory.key = Some(key));
    }
    let key = MEMORY.with_borrow(|memory| memory.key.clone());
    key.ok_or_else(|| unavailable("the webhook key was asked for in vain a moment ago"))
}

async fn ask(provider: &ProviderAccess) -> Result<WebhookKey, Problem> {
    let exchange = provider
        .exchange(&request::webhook_secret(), READ_TIMEOUT)
        .await;
    match read_webhook_secret(exchange) {
        ReadOutcome::Found(secret) => WebhookKey::parse(&secret).map_err(unavailable),
        ReadOutcome::Gone => Err(unavailable("the provider has no webhook key")),
        ReadOutcome::RetryAfter { cause, .. } | ReadOutcome::Trouble { cause } => {
            Err(unavailable(cause))
        }
    }
}

fn unavailable(cause: impl ToString) -> Problem {
    Problem::new(
        ErrorCode::ProviderUnavailable,
        "The signature cannot be checked right now; please send the webhook again.",
    )
    .because(cause)
}
