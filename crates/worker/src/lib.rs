//! The Worker: the only part that holds the provider's token, the only one that can be reached.
//!
//! Endpoints: `/api/*` for the page and for programs ([`routes`]), `/hooks/*` for the provider; everything else is
//! the page, whose files the platform serves without asking. Storage: one Durable Object a person
//! ([`studio_object`], which runs `selfsame-studio`), one R2 bucket of pictures, one D1 [`directory`] of what is
//! global. Settings: [`config`], the only place that reads the environment.
//!
//! A request passes [`context`] (its moment, id and origin), [`origin`] (may it change anything), [`session`] (who
//! asks), a thin handler, and [`answer`] (problems as JSON, security headers). A handler never decides whether
//! something may be done: the person's studio does.

pub mod answer;
pub mod body;
pub mod call;
pub mod config;
pub mod context;
pub mod cookie;
pub mod directory;
pub mod error;
pub mod json;
pub mod log;
pub mod origin;
pub mod paging;
pub mod platform;
pub mod provider;
pub mod routes;
pub mod security;
pub mod session;
pub mod status;
pub mod studio;
pub mod studio_object;
pub mod webhook_key;

use worker::{Context, Env, HttpRequest, Response, Result, event};

#[event(fetch)]
async fn fetch(request: HttpRequest, env: Env, _context: Context) -> Result<Response> {
    routes::serve(request, env).await
}
