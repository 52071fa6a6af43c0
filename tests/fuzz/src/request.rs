//! JSON bodies of the API, and the ids and cursors in its addresses.

use selfsame_api::{CreatePerson, GenerationRequest};
use selfsame_primitives::fields::{self, FieldError, ParseError};
use selfsame_primitives::ids::{GenerationId, ModelId, PictureId, UserId};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Target, bytes, equal, holds};

/// The target.
pub const TARGET: Target = Target {
    name: "request",
    fragments,
    known,
    check,
};

fn fragments() -> Vec<Vec<u8>> {
    bytes(&[
        "{\"model\":\"mdl_00000000000000000000000000\",",
        "\"text\":\"a hat\",",
        "\"preset\":\"natural\",",
        "\"overrides\":{",
        "\"steps\":30,",
        "\"steps\":-1,",
        "\"guidance\":3.5,",
        "\"guidance\":1e400,",
        "\"seed\":18446744073709551615,",
        "\"aspect_ratio\":\"3:4\",",
        "\"pictures\":2,",
        "\"slots\":{\"mood\":[\"calm\",\"warm\"]},",
        "\"slots\":{\"mood\":\"calm\"},",
        "\"placement\":\"natural\",",
        "\"quality\":\"reference\",",
        "{\"name\":\"Ada\",\"id\":\"ada\",\"allowance\":3}",
        "\"__proto__\":{},",
        "\"\\u0074ext\":\"b\",",
        "\"\\ud800\"",
        "[[[[[[[[",
        "{\"a\":",
        "gen_01mcc5rm000000000000000002",
        "pic_",
        "null",
        "-0",
        "1.0",
        "{",
        "}",
        "]",
        ",",
        ":",
        "\"",
        "\u{feff}",
        "é",
    ])
}

fn known() -> Vec<Vec<u8>> {
    bytes(&[
        r#"{"model":"mdl_00000000000000000000000000","text":"reading in a café","preset":"natural","overrides":{"guidance":3.5,"steps":30,"aspect_ratio":"3:4","seed":7,"go_fast":false},"pictures":2,"placement":"natural","quality":"reference","slots":{"wardrobe":["red coat"]}}"#,
        r#"{"model":"mdl_00000000000000000000000000","text":"a","text":"b"}"#,
        r#"{"id":"ada","name":"Ada","allowance":10}"#,
        "gen_01mcc5rm000000000000000002",
        "ada",
    ])
}

fn check(input: &[u8]) -> Result<(), String> {
    let text = String::from_utf8_lossy(input);
    ids(&text)?;
    let plain = serde_json::from_str::<Value>(&text);
    let value = match fields::parse(&text) {
        Ok(value) => {
            let same = plain.as_ref().is_ok_and(|plain| *plain == value);
            holds("JSON is read as something else", same)?;
            value
        }
        Err(ParseError::Syntax { .. }) => return holds("JSON is refused", plain.is_err()),
        Err(ParseError::DuplicateField { field }) => {
            holds("a duplicate is found in what is no JSON", plain.is_ok())?;
            return holds("a text without that name", names_last_part(&text, &field));
        }
    };
    typed::<GenerationRequest>(&value)?;
    typed::<CreatePerson>(&value)
}

/// Whether the end of a duplicate's path may be in the text. An escaped name may be written otherwise, a long path is cut,
/// and a name may have brackets of its own.
fn names_last_part(text: &str, field: &str) -> bool {
    let whole = field.strip_suffix('…').unwrap_or(field);
    let name = whole.rsplit(['.', '[', ']']).next().unwrap_or_default();
    text.contains(name) || text.contains('\\')
}

/// A body is read, and what is written of it is read as the same; or its field and a sentence are named.
fn typed<T>(value: &Value) -> Result<(), String>
where
    T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug,
{
    match fields::read::<T>(value) {
        Ok(request) => {
            let json = serde_json::to_value(&request).map_err(|error| error.to_string())?;
            equal(
                "a request changes when it is written",
                fields::read(&json),
                Ok(request),
            )
        }
        Err(error) => refusal(&error),
    }
}

fn refusal(error: &FieldError) -> Result<(), String> {
    holds("a refusal is no sentence", error.to_string().ends_with('.'))
}

/// An id is read only in the one form in which it is written.
fn ids(text: &str) -> Result<(), String> {
    let forms = [
        text.parse::<GenerationId>().map(|id| id.to_string()).ok(),
        text.parse::<ModelId>().map(|id| id.to_string()).ok(),
        text.parse::<PictureId>().map(|id| id.to_string()).ok(),
        text.parse::<UserId>().map(|id| id.to_string()).ok(),
    ];
    for id in forms.into_iter().flatten() {
        equal("an id is written in another form", id.as_str(), text)?;
        let is_safe = id
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'/');
        holds("an id is no path segment", is_safe)?;
    }
    Ok(())
}
