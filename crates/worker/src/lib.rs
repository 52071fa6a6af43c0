//! The Worker: the only part that holds the provider's token and can be reached from outside.
//!
//! A request comes to `front`, which authenticates it and hands it over to that person's Durable Object, `object`. The
//! object serves the person's API on the engine of `selfsame-studio`. What both share of HTTP is in `http`; what crosses
//! between them is in `boundary`. Every call with the token takes its turn at the `pacer`. Pictures are in one R2 bucket,
//! and what is global is in the D1 `directory`, of whose enhancement LoRAs `catalogue` keeps a copy. `config` is the only
//! place that reads the environment.

mod boundary;
mod catalogue;
mod config;
mod directory;
mod front;
mod http;
mod object;
mod pacer;
mod platform;
mod provider;

use worker::{Context, Env, Result, event, web_sys};

#[event(fetch)]
async fn fetch(
    request: web_sys::Request,
    env: Env,
    invocation: Context,
) -> Result<web_sys::Response> {
    front::serve(request, env, invocation).await
}
