//! JSON into a shape of ours: what is wrong is said with the field at fault, by its dotted name, in plain words.

use selfsame_api::ErrorCode;
use serde::de::DeserializeOwned;

use crate::error::ApiError;

/// Reads `bytes` as `T`, or says which field is at fault and what it takes.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    let text = core::str::from_utf8(bytes).map_err(|error| {
        ApiError::new(ErrorCode::InvalidJson, "The body is not UTF-8 text.").because(error)
    })?;
    let whole = serde_json::from_str(text).map_err(|error| not_json(&error))?;
    if let Some(path) = first_list(&whole) {
        return Err(takes_an_object(&path));
    }
    serde_path_to_error::deserialize(&mut serde_json::Deserializer::from_str(text))
        .map_err(|error| field_problem(&error.path().to_string(), error.inner()))
}

/// The only object of this API whose fields can be lists: a composition's slots hold phrases.
const SLOTS: &str = "slots";

/// Where the first list stands that has no place there. Serde would read a list as a struct, by position.
fn first_list(value: &serde_json::Value) -> Option<String> {
    match value {
        serde_json::Value::Array(_) => Some(String::new()),
        serde_json::Value::Object(fields) => fields.iter().find_map(|(name, value)| {
            if name == SLOTS && value.is_object() {
                return None;
            }
            let rest = first_list(value)?;
            Some(if rest.is_empty() {
                name.clone()
            } else {
                format!("{name}.{rest}")
            })
        }),
        _ => None,
    }
}

fn takes_an_object(path: &str) -> ApiError {
    if path.is_empty() {
        ApiError::new(ErrorCode::InvalidValue, "The body must be a JSON object.")
    } else {
        let message = format!("The field `{path}` does not take a list.");
        ApiError::new(ErrorCode::InvalidValue, message).at(path)
    }
}

fn not_json(error: &serde_json::Error) -> ApiError {
    ApiError::new(
        ErrorCode::InvalidJson,
        format!(
            "The body is not JSON: line {}, column {} cannot be read.",
            error.line(),
            error.column()
        ),
    )
}

fn field_problem(path: &str, error: &serde_json::Error) -> ApiError {
    let text = error.to_string();
    let text = text
        .rsplit_once(" at line ")
        .map_or(text.as_str(), |(text, _)| text);
    let whole = matches!(path, "." | "");
    if let Some(name) = text.strip_prefix("missing field ") {
        let name = name.trim_matches('`');
        let field = if whole {
            name.to_owned()
        } else {
            format!("{path}.{name}")
        };
        let message = format!("The field `{field}` is missing.");
        return ApiError::new(ErrorCode::MissingField, message).at(field);
    }
    if whole {
        return takes_an_object("");
    }
    let (code, message) = if text.starts_with("unknown field") {
        (
            ErrorCode::UnknownField,
            format!("There is no field `{path}` here; check its spelling."),
        )
    } else if let Some(words) = text.strip_prefix("unknown variant ") {
        let allowed = words.split_once(", ").map_or(words, |(_, allowed)| allowed);
        (
            ErrorCode::InvalidValue,
            format!("The field `{path}` takes one word: {allowed}."),
        )
    } else if !error.is_data() {
        // The text is JSON, that is known by now; serde says so of a number where it wants one of a few words.
        (
            ErrorCode::InvalidValue,
            format!("The field `{path}` does not take a value of this type."),
        )
    } else if text.starts_with("invalid value: integer") {
        (
            ErrorCode::OutOfRange,
            if text.starts_with("invalid value: integer `-") {
                format!("The field `{path}` takes no negative number.")
            } else {
                format!("The number in the field `{path}` is larger than any it takes.")
            },
        )
    } else if let Some((_, expected)) = text.split_once(", expected ") {
        (
            ErrorCode::InvalidValue,
            format!("The field `{path}` takes {}.", plain(expected)),
        )
    } else {
        (
            ErrorCode::InvalidValue,
            format!("The field `{path}` is {text}."),
        )
    };
    ApiError::new(code, message).at(path)
}

/// What serde expected, in words for people who do not write Rust.
fn plain(expected: &str) -> &str {
    match expected {
        "a string" | "a borrowed string" | "string or map" => "text",
        "a boolean" => "true or false",
        "f32" | "f64" => "a number",
        "u8" | "u16" | "u32" | "u64" | "i32" | "i64" => "a whole number",
        "a sequence" => "a list",
        other if other.starts_with("struct ") || other == "a map" => "an object",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use selfsame_api::GenerationRequest;
    use selfsame_primitives::ids::RequestId;
    use selfsame_primitives::time::Timestamp;
    use selfsame_prompt::slots::Slot;

    fn refused(body: &[u8]) -> (ErrorCode, Option<String>, String) {
        let problem = parse::<GenerationRequest>(body).expect_err("a problem");
        let request = RequestId::mint(Timestamp::from_millisecond(1), 1);
        let detail = problem.body(&request).error;
        (detail.code, detail.field, detail.message)
    }

    const MODEL: &str = r#""model":"mdl_00000000000000000000000000""#;

    #[test]
    fn slots_hold_lists_of_phrases_and_nothing_else_does() {
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
    fn a_good_body_is_read() {
        let body = format!(r#"{{{MODEL},"text":"a garden","overrides":{{"steps":30}}}}"#);
        let request: GenerationRequest = parse(body.as_bytes()).expect("a request");
        assert_eq!(request.overrides.steps, Some(30));
    }

    #[test]
    fn what_is_not_json_is_named_so() {
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
            parse::<serde_json::Value>(deep.as_bytes())
                .expect_err("deep")
                .code(),
            ErrorCode::InvalidJson
        );
    }

    #[test]
    fn a_number_is_too_large_or_negative() {
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
