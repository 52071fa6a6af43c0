//! A recipe of its JSON.

use alloc::string::String;
use alloc::vec::Vec;

use super::canonical::{SOURCES, word};
use super::data::is_data_version;
use super::error::RecipeError;
use super::id::is_digest;
use super::json::Reader;
use super::{MAX_BYTES, Recipe};
use crate::dialect::{InputValue, ProviderInput, names};
use crate::params::whole;
use crate::prompt::{Span, SpanSource};

/// The fields, in their order, and whether every recipe has them.
const FIELDS: [(&str, bool); 9] = [
    ("builder", true),
    ("data", false),
    ("enhancements", false),
    ("index", true),
    ("input", true),
    ("parts", false),
    ("provider", true),
    ("seed", true),
    ("version", true),
];

/// Most inputs that a recipe names. No version has half as many.
const MAX_INPUTS: usize = 32;

type Read<T> = Result<T, RecipeError>;

pub(super) fn recipe(text: &str) -> Read<Recipe> {
    if text.len() > MAX_BYTES {
        return Err(RecipeError::TooLarge);
    }
    let mut recipe = Recipe {
        builder: 0,
        data: Vec::new(),
        enhancements: Vec::new(),
        index: 0,
        input: ProviderInput::new(),
        parts: Vec::new(),
        provider: String::new(),
        seed: None,
        version: String::new(),
    };
    let mut found = [false; FIELDS.len()];
    let mut reader = Reader::of(text);
    reader.object(&mut |reader, key| {
        let known = FIELDS
            .iter()
            .zip(&mut found)
            .find(|((name, _), _)| *name == key);
        let Some(((name, _), found)) = known else {
            return Err(RecipeError::UnknownField(key));
        };
        (reader.field, *found) = (name, true);
        field(&mut recipe, reader)
    })?;
    reader.end()?;
    for ((name, always), found) in FIELDS.iter().zip(found) {
        if *always && !found {
            return Err(RecipeError::MissingField(name));
        }
    }
    let parts: String = recipe.parts.iter().map(|part| part.text.as_str()).collect();
    match recipe.input.get(names::PROMPT) {
        _ if recipe.parts.is_empty() => Ok(recipe),
        Some(InputValue::Text(prompt)) if *prompt == parts => Ok(recipe),
        _ => Err(RecipeError::OtherParts),
    }
}

/// Reads the value of the field that the reader is at.
fn field(recipe: &mut Recipe, reader: &mut Reader<'_>) -> Read<()> {
    match reader.field {
        "builder" => recipe.builder = integer(reader)?,
        "data" => {
            recipe.data = texts(reader, is_data_version)?;
            if !recipe.data.is_sorted_by(|a, b| a < b) {
                return Err(RecipeError::InvalidValue(reader.field));
            }
        }
        "enhancements" => recipe.enhancements = texts(reader, is_digest)?,
        "index" => recipe.index = integer(reader)?,
        "input" => reader.object(&mut |reader, name| {
            let value = value(reader)?;
            recipe
                .input
                .insert(named(reader, name, recipe.input.len())?, value);
            Ok(())
        })?,
        "parts" => reader.list(&mut |reader, ()| {
            recipe.parts.push(part(reader)?);
            Ok(())
        })?,
        "provider" => recipe.provider = reader.string()?,
        "seed" => {
            recipe.seed = if reader.takes("null") {
                None
            } else {
                Some(integer(reader)?)
            };
        }
        _ => recipe.version = reader.string()?,
    }
    Ok(())
}

/// A list of texts of one kind.
fn texts(reader: &mut Reader<'_>, fits: fn(&str) -> bool) -> Read<Vec<String>> {
    let mut texts = Vec::new();
    reader.list(&mut |reader, ()| {
        let text = reader.string()?;
        if !fits(&text) {
            return Err(RecipeError::InvalidValue(reader.field));
        }
        texts.push(text);
        Ok(())
    })?;
    Ok(texts)
}

/// An input's name: in other letters than these, sorting would depend on the encoding.
fn named(reader: &Reader<'_>, name: String, before: usize) -> Read<String> {
    let plain = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if plain && !name.is_empty() && before < MAX_INPUTS {
        Ok(name)
    } else {
        Err(RecipeError::InvalidValue(reader.field))
    }
}

fn integer(reader: &mut Reader<'_>) -> Read<u32> {
    whole(reader.number()?)
        .and_then(|number| u32::try_from(number).ok())
        .ok_or(RecipeError::InvalidValue(reader.field))
}

fn value(reader: &mut Reader<'_>) -> Read<InputValue> {
    if reader.next() == Some(b'"') {
        return reader.string().map(InputValue::Text);
    }
    for (word, value) in [("true", true), ("false", false)] {
        if reader.takes(word) {
            return Ok(InputValue::Bool(value));
        }
    }
    reader.number().map(InputValue::number)
}

/// `{"source":"you","text":"…"}`
fn part(reader: &mut Reader<'_>) -> Read<Span> {
    let mut span = Span {
        source: SpanSource::Joint,
        text: String::new(),
    };
    reader.object(&mut |reader, key| {
        match key.as_str() {
            "source" => {
                let source = reader.string()?;
                let known = SOURCES.into_iter().find(|known| word(*known) == source);
                span.source = known.ok_or(RecipeError::InvalidValue(reader.field))?;
            }
            "text" => span.text = reader.string()?,
            _ => return Err(RecipeError::UnknownField(key)),
        }
        Ok(())
    })?;
    Ok(span)
}
