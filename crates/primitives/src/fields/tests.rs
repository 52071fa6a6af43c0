use serde::Deserialize;
use serde_json::json;

use super::*;
use crate::error::ErrorCode;
use crate::ids::UserId;

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Size {
    Small,
    Large,
}

#[derive(Debug, PartialEq, Deserialize)]
enum Shape {
    Square { side: u32 },
    Names(Vec<String>),
}

#[derive(Debug, PartialEq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Request {
    size: Option<Size>,
    steps: Option<u32>,
    scale: Option<f64>,
    fast: Option<bool>,
    owner: Option<UserId>,
    shape: Option<Shape>,
    inner: Option<Inner>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Inner {
    inner: String,
}

fn refused(value: &Value) -> (ErrorCode, Option<String>, String) {
    let error = read::<Request>(value).expect_err("a refusal");
    (
        error.code(),
        error.field().map(ToOwned::to_owned),
        error.to_string(),
    )
}

#[test]
fn a_long_name_is_cut_when_it_is_quoted() {
    let name = "é".repeat(65);
    let error = read::<Request>(&serde_json::json!({ name.as_str(): 1 })).unwrap_err();
    let cut = format!("{}…", "é".repeat(64));
    assert_eq!(error.field(), Some(cut.as_str()));
    assert!(error.to_string().len() < 200, "{error}");
}

#[test]
fn a_valid_request_is_read() {
    let request = json!({
        "size": "small",
        "steps": 3,
        "scale": 1,
        "fast": null,
        "owner": "ada",
        "shape": {"Names": ["a"]},
        "inner": {"inner": "x"},
    });
    assert_eq!(
        read(&request),
        Ok(Request {
            size: Some(Size::Small),
            steps: Some(3),
            scale: Some(1.0),
            fast: None,
            owner: "ada".parse().ok(),
            shape: Some(Shape::Names(vec!["a".to_owned()])),
            inner: Some(Inner {
                inner: "x".to_owned()
            }),
        })
    );
    let shape = read(&json!({"shape": {"Square": {"side": 2}}})).map(|read: Request| read.shape);
    assert_eq!(shape, Ok(Some(Shape::Square { side: 2 })));
}

#[test]
fn every_problem_has_a_code_a_field_and_a_sentence() {
    use ErrorCode::{InvalidValue, MissingField, OutOfRange, UnknownField};
    for (value, code, field, sentence) in [
        (
            json!({"steps": "3"}),
            InvalidValue,
            "steps",
            "The field `steps` takes a whole number.",
        ),
        (
            json!({"steps": 1.5}),
            InvalidValue,
            "steps",
            "The field `steps` takes a whole number.",
        ),
        (
            json!({"steps": -1}),
            OutOfRange,
            "steps",
            "The field `steps` takes no negative number.",
        ),
        (
            json!({"steps": 4_294_967_296_u64}),
            OutOfRange,
            "steps",
            "The number in the field `steps` is larger than any it takes.",
        ),
        (
            json!({"scale": "1"}),
            InvalidValue,
            "scale",
            "The field `scale` takes a number.",
        ),
        (
            json!({"fast": 1}),
            InvalidValue,
            "fast",
            "The field `fast` takes true or false.",
        ),
        (
            json!({"size": "huge"}),
            InvalidValue,
            "size",
            "The field `size` takes one word: one of `small`, `large`.",
        ),
        (
            json!({"size": 1}),
            InvalidValue,
            "size",
            "The field `size` takes one word: one of `small`, `large`.",
        ),
        (
            json!({"owner": "A"}),
            InvalidValue,
            "owner",
            "The field `owner` is not a user id (3-40 of a-z, 0-9, `_`, `-`, beginning with a letter or digit).",
        ),
        (
            json!({"owner": 7}),
            InvalidValue,
            "owner",
            "The field `owner` takes text.",
        ),
        (
            json!({"shape": {"Names": ["a", 2]}}),
            InvalidValue,
            "shape.Names[1]",
            "The field `shape.Names[1]` takes text.",
        ),
        (
            json!({"shape": {"Names": {}}}),
            InvalidValue,
            "shape.Names",
            "The field `shape.Names` takes a list.",
        ),
        (
            json!({"stepz": 1}),
            UnknownField,
            "stepz",
            "There is no field `stepz` here; check its spelling.",
        ),
        (
            json!({"inner": {}}),
            MissingField,
            "inner.inner",
            "The field `inner.inner` is missing.",
        ),
        (
            json!({"inner": {"other": 1}}),
            UnknownField,
            "inner.other",
            "There is no field `inner.other` here; check its spelling.",
        ),
    ] {
        let expected = (code, Some(field.to_owned()), sentence.to_owned());
        assert_eq!(refused(&value), expected, "{value}");
    }
}

#[test]
fn an_object_is_not_read_from_a_list() {
    assert_eq!(
        refused(&json!({"inner": ["x"]})),
        (
            ErrorCode::InvalidValue,
            Some("inner".to_owned()),
            "The field `inner` takes an object.".to_owned()
        )
    );
    for value in [
        json!([]),
        json!(["small"]),
        json!("x"),
        json!(3),
        json!(null),
    ] {
        assert_eq!(
            refused(&value),
            (
                ErrorCode::InvalidValue,
                None,
                "The value must be an object.".to_owned()
            )
        );
    }
}

#[test]
fn text_is_parsed_without_duplicate_fields() {
    let text = r#" {"a": [1, -2, 3.5, null, true, {"b": "\ud83d\ude42"}]} "#;
    assert_eq!(
        parse(text),
        Ok(json!({"a": [1, -2, 3.5, null, true, {"b": "🙂"}]}))
    );
    for (text, error) in [
        ("", ParseError::Syntax { line: 1, column: 0 }),
        ("{\"a\":}", ParseError::Syntax { line: 1, column: 6 }),
        ("{}\n{}", ParseError::Syntax { line: 2, column: 1 }),
    ] {
        assert_eq!(parse(text), Err(error), "{text}");
    }
    for (text, field) in [
        (r#"{"a":1,"b":{"a":1,"a":1}}"#, "b.a"),
        (r#"{"a":1,"b":2,"a":3,"b":4}"#, "a"),
        (r#"{"a":[0,[{"b":1,"b":2}]]}"#, "a[1][0].b"),
        (r#"[{"a":1,"a":2}]"#, "[0].a"),
    ] {
        let error = ParseError::DuplicateField {
            field: field.to_owned(),
        };
        assert_eq!(parse(text), Err(error), "{text}");
    }
    let deep = "[".repeat(100_000);
    assert!(matches!(parse(&deep), Err(ParseError::Syntax { .. })));
}
