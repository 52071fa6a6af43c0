//! Canonical JSON (RFC 8785) of a recipe, written by hand: a dozen lines instead of a JSON library in the
//! browser's module.

use alloc::string::String;
use core::fmt::{self, Write};

use super::Recipe;
use crate::dialect::InputValue;

pub(super) fn write(recipe: &Recipe) -> String {
    let mut out = String::new();
    // Writing to a `String` cannot fail.
    let _ = write_recipe(&mut out, recipe);
    out
}

fn write_recipe(out: &mut String, recipe: &Recipe) -> fmt::Result {
    let Recipe {
        builder,
        index,
        input,
        provider,
        seed,
        version,
    } = recipe;
    write!(
        out,
        "{{\"builder\":{builder},\"index\":{index},\"input\":{{"
    )?;
    let mut separator = "";
    for (name, value) in input {
        out.push_str(separator);
        separator = ",";
        write_string(out, name)?;
        out.push(':');
        write_value(out, value)?;
    }
    out.push_str("},\"provider\":");
    write_string(out, provider)?;
    out.push_str(",\"seed\":");
    match seed {
        Some(seed) => write!(out, "{seed}")?,
        None => out.push_str("null"),
    }
    out.push_str(",\"version\":");
    write_string(out, version)?;
    out.push('}');
    Ok(())
}

fn write_value(out: &mut String, value: &InputValue) -> fmt::Result {
    match value {
        InputValue::Bool(value) => write!(out, "{value}"),
        InputValue::Integer(value) => write!(out, "{value}"),
        InputValue::Number(value) => write_number(out, *value),
        InputValue::Text(value) => write_string(out, value),
    }
}

/// As ECMAScript writes it: the shortest digits that read back as the same number, and an exponent only for
/// the very small and the very large. There is no JSON for a number that is none.
fn write_number(out: &mut String, number: f64) -> fmt::Result {
    let magnitude = number.abs();
    if !number.is_finite() {
        out.write_str("null")
    } else if magnitude >= 1e21 {
        let text = alloc::format!("{number:e}");
        out.write_str(&text.replace('e', "e+"))
    } else if magnitude < 1e-6 && magnitude > 0.0 {
        write!(out, "{number:e}")
    } else {
        write!(out, "{number}")
    }
}

fn write_string(out: &mut String, text: &str) -> fmt::Result {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            '\0'..='\u{1f}' => write!(out, "\\u{:04x}", u32::from(character))?,
            _ => out.push(character),
        }
    }
    out.push('"');
    Ok(())
}
