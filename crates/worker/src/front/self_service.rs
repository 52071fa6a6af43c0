//! `POST /api/sign-in-links`: a person asks for a sign-in link by e-mail.
//!
//! The feature exists when the binding `EMAIL` and the variable `EMAIL_FROM` are set. The answer is the same whoever has
//! the address, and everything that depends on the address happens after it, so the time it takes says nothing either.

use axum::http::StatusCode;
use selfsame_api::{AskForLink, ErrorCode, Link};
use selfsame_primitives::ids::UserId;
use selfsame_studio::Administrator;
use worker::{SendEmail, SendEmailBuilder};

use super::context::RequestContext;
use super::operator::mint;
use super::rate_limit;
use crate::config;
use crate::directory::AuditEntry;
use crate::http::ApiError;
use crate::http::body::Json;
use crate::http::request::PlatformRequest;

/// Minutes that a link sent by e-mail works.
const MINUTES: u32 = 15;
/// The most characters that an address may have (RFC 5321).
const LONGEST_EMAIL: usize = 254;

/// Answers 202, and then sends a link if a person has the address.
#[worker::send]
pub(super) async fn send_link(
    context: RequestContext,
    request: PlatformRequest,
    Json(AskForLink { email }): Json<AskForLink>,
) -> Result<StatusCode, ApiError> {
    let mailer = Mailer::of(&context)?;
    let refusal = "Too many requests for links.";
    rate_limit::check(&context, &request, config::LINKS_BY_EMAIL, refusal).await?;
    let email = normalised(&email)?;
    context.link_origin()?;
    let later = context.clone();
    context.after_response(async move {
        if let Err(error) = mailer.send_link(&later, &email).await {
            error.log(&later.id);
        }
    });
    Ok(StatusCode::ACCEPTED)
}

/// The address as it is stored: trimmed and in lower case.
pub(super) fn normalised(email: &str) -> Result<String, ApiError> {
    let email = email.trim().to_lowercase();
    let is_plain = |text: &str| {
        let permitted = |c: char| c.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c);
        !text.is_empty() && text.chars().all(permitted)
    };
    let parts = email.split_once('@');
    let valid = parts.is_some_and(|(name, host)| {
        is_plain(name) && is_plain(host) && host.contains('.') && !host.starts_with('.')
    });
    if valid && email.len() <= LONGEST_EMAIL {
        return Ok(email);
    }
    let text = "An e-mail address looks like name@example.com.";
    Err(ApiError::new(ErrorCode::InvalidValue, text).at("email"))
}

/// What sends the links.
struct Mailer {
    binding: SendEmail,
    from: String,
}

/// Whether this deployment sends links.
pub(super) fn is_offered(context: &RequestContext) -> bool {
    Mailer::of(context).is_ok()
}

impl Mailer {
    /// The deployment's mailer. Without one the address does not exist.
    fn of(context: &RequestContext) -> Result<Self, ApiError> {
        let from = context.config().email_from.clone();
        match (context.email(), from) {
            (Some(binding), Some(from)) => Ok(Self { binding, from }),
            _ => Err(ApiError::not_found()),
        }
    }

    async fn send_link(&self, context: &RequestContext, email: &str) -> Result<(), ApiError> {
        let directory = context.directory()?;
        let Some(user) = directory.begin_sending(email, context.at).await? else {
            return Ok(());
        };
        let link = self.mint(context, &user).await?;
        let text = format!(
            "Open this link to sign in to your studio. It works once, for {MINUTES} minutes.\n\n{}\n\n\
             If you did not ask for it, ignore this message: nobody gets in without it.\n",
            link.url
        );
        let message = SendEmailBuilder::builder(&self.from, email, "Your sign-in link").text(&text);
        let sent = self.binding.send_with_builder(&message.build()).await;
        sent.map(drop)
            .map_err(|error| ApiError::internal(String::from(error.message())))
    }

    async fn mint(&self, context: &RequestContext, user: &UserId) -> Result<Link, ApiError> {
        let entry = AuditEntry {
            operator: AuditEntry::SELF_SERVICE,
            action: "mint_link",
            subject: user,
            detail: "by e-mail",
        };
        context.directory()?.record(&entry, context.at).await?;
        mint(context, Administrator::System, user, MINUTES).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_spelling() {
        let expected = Ok("ada@example.com".to_owned());
        assert_eq!(normalised(" Ada@Example.COM "), expected);
        for text in [
            "",
            "ada",
            "@example.com",
            "ada@",
            "ada@example",
            "ada@@example.com",
            "ada@.example.com",
            "ada @example.com",
            "ada@example.com\nbcc: ben@example.com",
            "<ada@example.com>",
            &format!("{}@example.com", "a".repeat(250)),
        ] {
            let error = normalised(text).expect_err(text);
            assert_eq!(error.into_refusal().field.as_deref(), Some("email"));
        }
    }
}
