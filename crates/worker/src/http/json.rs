//! JSON bodies as typed requests.

use axum::response::{IntoResponse, Response};
use selfsame_api::ErrorCode;
use selfsame_primitives::fields::{self, FieldError, ParseError, Problem};
use serde::de::DeserializeOwned;

use super::ApiError;

/// Why a body is refused.
#[derive(Debug)]
pub(crate) enum JsonError {
    /// A field is missing, unknown or does not take its value.
    Field(FieldError),
    /// The body is not JSON, is too large, or has a field twice.
    Body(ApiError),
}

impl From<ApiError> for JsonError {
    fn from(error: ApiError) -> Self {
        Self::Body(error)
    }
}

impl From<JsonError> for ApiError {
    fn from(error: JsonError) -> Self {
        match error {
            JsonError::Body(error) => error,
            JsonError::Field(error) => match error.field() {
                Some(field) => Self::new(error.code(), error.to_string()).at(field),
                None => match error.problem() {
                    Problem::NotOneOf(_) => Self::new(error.code(), error.to_string()),
                    _ => Self::new(error.code(), "The body must be a JSON object."),
                },
            },
        }
    }
}

impl IntoResponse for JsonError {
    fn into_response(self) -> Response {
        ApiError::from(self).into_response()
    }
}

impl From<ParseError> for JsonError {
    fn from(error: ParseError) -> Self {
        Self::Body(match error {
            ParseError::Syntax { line, column } => ApiError::new(
                ErrorCode::InvalidJson,
                format!("The body is not JSON: line {line}, column {column} cannot be read."),
            ),
            ParseError::DuplicateField { field } => ApiError::new(
                ErrorCode::InvalidValue,
                format!("The field `{field}` is given twice."),
            )
            .at(field),
        })
    }
}

/// Reads `bytes` as `T`. An error names the field at fault and says what the field takes.
pub(super) fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, JsonError> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        ApiError::new(ErrorCode::InvalidJson, "The body is not UTF-8 text.").because(error)
    })?;
    fields::read(&fields::parse(text)?).map_err(JsonError::Field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use selfsame_api::GenerationRequest;
    use selfsame_primitives::ids::RequestId;
    use selfsame_primitives::time::Timestamp;
    use selfsame_prompt::slots::Slot;

    fn refused(body: &[u8]) -> (ErrorCode, Option<String>, String) {
        let error = ApiError::from(parse::<GenerationRequest>(body).expect_err("refused"));
        let request = RequestId::mint(Timestamp::from_millisecond(1), 1);
        let detail = error.body(&request).error;
        (detail.code, detail.field, detail.message)
    }

    const MODEL: &str = r#""model":"mdl_00000000000000000000000000""#;

    #[test]
    fn only_slots_hold_lists() {
        let body = |rest: &str| format!("{{{MODEL},\"text\":\"hat\",{rest}}}");
        let good = body(r#""slots":{"mood":["calm","warm"]}"#);
        let request = parse::<GenerationRequest>(good.as_bytes()).expect("a request");
        assert_eq!(
            request.composition().slots.get(Slot::Mood),
            ["calm", "warm"]
        );
        for bad in [
            r#""slots":[]"#,
            r#""slots":{"mood":[["calm"]]}"#,
            r#""slots":{"film":["Portra"]}"#,
            r#""overrides":[]"#,
        ] {
            let (code, field, _) = refused(body(bad).as_bytes());
            assert_eq!(code, ErrorCode::InvalidValue, "{bad}");
            assert!(field.is_some(), "{bad}");
        }
    }

    #[test]
    fn a_field_that_is_given_twice_is_refused() {
        for (body, field) in [
            (r#"{"text":"a","model":"x","text":"b"}"#, "text"),
            (r#"{"overrides":{"steps":1,"steps":2}}"#, "overrides.steps"),
            (
                r#"{"text":"a","slots":{"mood":["x"],"mood":[1.5,null,true,-1]}}"#,
                "slots.mood",
            ),
        ] {
            let (code, at, message) = refused(body.as_bytes());
            assert_eq!(
                (code, at.as_deref()),
                (ErrorCode::InvalidValue, Some(field))
            );
            assert_eq!(message, format!("The field `{field}` is given twice."));
        }
    }

    #[test]
    fn a_valid_body_is_read() {
        let body = format!(r#"{{{MODEL},"text":"a garden","overrides":{{"steps":30}}}}"#);
        let request: GenerationRequest = parse(body.as_bytes()).expect("a request");
        assert_eq!(request.overrides.steps, Some(30));
    }

    #[test]
    fn a_body_that_is_not_json_is_refused_as_such() {
        for body in [
            &b""[..],
            b"{",
            b"nope",
            b"{\"a\"",
            b"{}{}",
            b"\xff\xfe",
            b"{\"text\":\"\xc3\x28\"}",
        ] {
            assert_eq!(refused(body).0, ErrorCode::InvalidJson, "{body:?}");
        }
        let deep = "[".repeat(100_000);
        assert_eq!(
            ApiError::from(parse::<serde_json::Value>(deep.as_bytes()).expect_err("deep")).code(),
            ErrorCode::InvalidJson
        );
    }

    #[test]
    fn an_out_of_range_number_is_refused_with_its_reason() {
        for (steps, message) in [
            (
                "-1",
                "The field `overrides.steps` takes no negative number.",
            ),
            (
                "4294967296",
                "The number in the field `overrides.steps` is larger than any it takes.",
            ),
        ] {
            let body = format!("{{{MODEL},\"text\":\"hat\",\"overrides\":{{\"steps\":{steps}}}}}");
            let (code, _, said) = refused(body.as_bytes());
            assert_eq!((code, said.as_str()), (ErrorCode::OutOfRange, message));
        }
    }

    #[test]
    fn the_field_at_fault_is_named() {
        for (rest, code, field) in [
            (r#","colour":1"#, ErrorCode::UnknownField, "colour"),
            (
                r#","overrides":{"stepz":1}"#,
                ErrorCode::UnknownField,
                "overrides.stepz",
            ),
            (
                r#","overrides":{"steps":"9"}"#,
                ErrorCode::InvalidValue,
                "overrides.steps",
            ),
            (
                r#","overrides":{"steps":1.5}"#,
                ErrorCode::InvalidValue,
                "overrides.steps",
            ),
            (
                r#","overrides":{"steps":-1}"#,
                ErrorCode::OutOfRange,
                "overrides.steps",
            ),
            (
                r#","overrides":{"aspect_ratio":"5:9"}"#,
                ErrorCode::InvalidValue,
                "overrides.aspect_ratio",
            ),
            (r#","overrides":[]"#, ErrorCode::InvalidValue, "overrides"),
            (
                r#","slots":{"moood":["calm"]}"#,
                ErrorCode::UnknownField,
                "slots.moood",
            ),
            (
                r#","slots":{"mood":"calm"}"#,
                ErrorCode::InvalidValue,
                "slots.mood",
            ),
            (r#","pictures":null"#, ErrorCode::InvalidValue, "pictures"),
            (
                r#","overrides":{"megapixels":1}"#,
                ErrorCode::InvalidValue,
                "overrides.megapixels",
            ),
            (r#","preset":"vivid""#, ErrorCode::InvalidValue, "preset"),
        ] {
            let body = format!(r#"{{{MODEL},"text":"x"{rest}}}"#);
            let (found, at, message) = refused(body.as_bytes());
            assert_eq!((found, at.as_deref()), (code, Some(field)), "{body}");
            assert!(
                message.contains(field) && !message.contains("struct"),
                "{message}"
            );
        }
        let (code, field, _) = refused(format!("{{{MODEL}}}").as_bytes());
        assert_eq!(
            (code, field.as_deref()),
            (ErrorCode::MissingField, Some("text"))
        );
        let (code, field, _) = refused(br#"{"model":"x","text":"y"}"#);
        assert_eq!(
            (code, field.as_deref()),
            (ErrorCode::InvalidValue, Some("model"))
        );
        for body in [
            &b"[]"[..],
            b"[\"mdl_00000000000000000000000000\",\"x\"]",
            b"3",
            b"null",
            b"\"x\"",
        ] {
            let (code, field, _) = refused(body);
            assert_eq!((code, field), (ErrorCode::InvalidValue, None), "{body:?}");
        }
    }
}
