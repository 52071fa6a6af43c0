//! `POST /api/me/allowance/request`: a person asks the operator for more pictures.
//!
//! The front Worker serves it because the operator's inbox is in D1, where no object writes but to end a deletion. The studio knows whether a
//! request is open; repeating the request puts into the inbox what did not get there.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use selfsame_api::{AskForMore, ErrorCode};
use selfsame_studio::RequestMore;

use super::context::RequestContext;
use super::session::Session;
use crate::http::ApiError;
use crate::http::body::Json;
use crate::http::response::json;

/// The most characters that a note may have.
const LONGEST_NOTE: usize = 500;

/// Asks, and answers 202 with the request that is open.
#[worker::send]
pub(super) async fn ask_for_more(
    context: RequestContext,
    session: Session,
    Json(AskForMore { note }): Json<AskForMore>,
) -> Result<Response, ApiError> {
    let note = note.as_deref().map(noted).transpose()?;
    let open = session.ask(&context, RequestMore { note }).await?;
    context
        .directory()?
        .add_to_inbox(&session.0.user, open.note.as_deref(), open.at)
        .await?;
    Ok((StatusCode::ACCEPTED, json(&open)?).into_response())
}

fn noted(text: &str) -> Result<String, ApiError> {
    let note = text.trim();
    let length = note.chars().count();
    let printable = |c: char| c == '\n' || !c.is_control();
    if (1..=LONGEST_NOTE).contains(&length) && note.chars().all(printable) {
        return Ok(note.to_owned());
    }
    let text = format!("A note has 1 to {LONGEST_NOTE} characters. Shorten it, or leave it out.");
    Err(ApiError::new(ErrorCode::InvalidValue, text).at("note"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_short_and_printable() {
        assert_eq!(
            noted(" for the\nwedding "),
            Ok("for the\nwedding".to_owned())
        );
        assert!(noted(&"é".repeat(500)).is_ok());
        for text in ["", " ", "a\u{0}b", &"é".repeat(501)] {
            let error = noted(text).expect_err(text);
            assert_eq!(error.into_refusal().field.as_deref(), Some("note"));
        }
    }
}
