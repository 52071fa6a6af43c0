//! Canonical JSON (RFC 8785) of a recipe, written by hand: a few dozen lines instead of a JSON library in the
//! browser's module. Names are ASCII, so sorting them as bytes is sorting them as UTF-16, as the RFC has it.

use alloc::string::String;
use core::fmt::Write;

use super::{Recipe, number};
use crate::dialect::InputValue;
use crate::prompt::SpanSource;

/// Every origin that a part can have.
pub(super) const SOURCES: [SpanSource; 5] = [
    SpanSource::Trigger,
    SpanSource::You,
    SpanSource::Slots,
    SpanSource::Quality,
    SpanSource::Joint,
];

/// Whose words a part holds, as a recipe says it.
pub(super) const fn word(source: SpanSource) -> &'static str {
    match source {
        SpanSource::Trigger => "trigger",
        SpanSource::You => "you",
        SpanSource::Slots => "slots",
        SpanSource::Quality => "quality",
        SpanSource::Joint => "joint",
    }
}

pub(super) fn write(recipe: &Recipe) -> String {
    let Recipe {
        builder,
        data,
        enhancements,
        index,
        input,
        parts,
        provider,
        seed,
        version,
    } = recipe;
    let mut out = String::new();
    push_field(&mut out, "{\"builder\":", *builder);
    for (open, texts) in [(",\"data\":[", data), (",\"enhancements\":[", enhancements)] {
        if !texts.is_empty() {
            push_list(&mut out, open, ']', texts, |out, text| {
                push_string(out, text);
            });
        }
    }
    push_field(&mut out, ",\"index\":", *index);
    push_list(
        &mut out,
        ",\"input\":{",
        '}',
        input,
        |out, (name, value)| {
            push_string(out, name);
            out.push(':');
            push_value(out, value);
        },
    );
    if !parts.is_empty() {
        push_list(&mut out, ",\"parts\":[", ']', parts, |out, part| {
            out.push_str("{\"source\":");
            push_string(out, word(part.source));
            out.push_str(",\"text\":");
            push_string(out, &part.text);
            out.push('}');
        });
    }
    out.push_str(",\"provider\":");
    push_string(&mut out, provider);
    match seed {
        Some(seed) => push_field(&mut out, ",\"seed\":", *seed),
        None => out.push_str(",\"seed\":null"),
    }
    out.push_str(",\"version\":");
    push_string(&mut out, version);
    out.push('}');
    out
}

fn push_list<T>(
    out: &mut String,
    open: &str,
    close: char,
    items: impl IntoIterator<Item = T>,
    push: impl Fn(&mut String, T),
) {
    out.push_str(open);
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        push(out, item);
    }
    out.push(close);
}

fn push_field(out: &mut String, before: &str, number: u32) {
    // Writing to a `String` cannot fail.
    let _ = write!(out, "{before}{number}");
}

fn push_value(out: &mut String, value: &InputValue) {
    match value {
        InputValue::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        InputValue::Integer(value) => {
            let _ = write!(out, "{value}");
        }
        InputValue::Number(value) if value.is_finite() => number::write(out, *value),
        InputValue::Number(_) => out.push_str("null"),
        InputValue::Text(value) => push_string(out, value),
    }
}

fn push_string(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        let escape = match character {
            '"' => '"',
            '\\' => '\\',
            '\u{8}' => 'b',
            '\t' => 't',
            '\n' => 'n',
            '\u{c}' => 'f',
            '\r' => 'r',
            '\0'..='\u{1f}' => {
                out.push_str(if character < '\u{10}' {
                    "\\u000"
                } else {
                    "\\u001"
                });
                out.extend(char::from_digit(u32::from(character) % 16, 16));
                continue;
            }
            _ => {
                out.push(character);
                continue;
            }
        };
        out.push('\\');
        out.push(escape);
    }
    out.push('"');
}
