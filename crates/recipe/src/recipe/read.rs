//! A recipe of its JSON.

use super::data::is_data_version;
use super::error::RecipeError;
use super::id::is_digest;
use super::{MAX_BYTES, Recipe};
use crate::canonical::number;
use crate::json::{self, Json};
use selfsame_prompt::parameters::whole;
use selfsame_prompt::placement::{Span, SpanSource};
use selfsame_prompt::schema::{InputValue, ProviderInput, names};

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
    let Some(Json::Object(fields)) = json::parse(text) else {
        return Err(RecipeError::NotJson);
    };
    let mut found = [false; FIELDS.len()];
    for (name, value) in fields {
        let mut known = FIELDS.iter().zip(&mut found);
        let Some(((name, _), found)) = known.find(|((known, _), _)| *known == name) else {
            return Err(RecipeError::UnknownField(name));
        };
        once(std::mem::replace(found, true))?;
        field(&mut recipe, name, value)?;
    }
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

/// Takes the value of the field `name`.
fn field(recipe: &mut Recipe, name: &'static str, value: Json<'_>) -> Read<()> {
    match name {
        "builder" => recipe.builder = integer(name, &value)?,
        "data" => {
            recipe.data = texts(name, value, is_data_version)?;
            if !recipe.data.is_sorted_by(|a, b| a < b) {
                return Err(RecipeError::InvalidValue(name));
            }
        }
        "enhancements" => recipe.enhancements = texts(name, value, is_digest)?,
        "index" => recipe.index = integer(name, &value)?,
        "input" => {
            let Json::Object(entries) = value else {
                return Err(RecipeError::InvalidValue(name));
            };
            for (key, value) in entries {
                let value = input(name, value)?;
                if !is_name(&key) || recipe.input.len() >= MAX_INPUTS {
                    return Err(RecipeError::InvalidValue(name));
                }
                once(recipe.input.insert(key, value).is_some())?;
            }
        }
        "parts" => {
            let Json::List(items) = value else {
                return Err(RecipeError::InvalidValue(name));
            };
            for (_, item) in items {
                recipe.parts.push(part(name, item)?);
            }
        }
        "provider" => recipe.provider = text(name, value)?,
        "seed" if matches!(value, Json::Word("null")) => recipe.seed = None,
        "seed" => recipe.seed = Some(integer(name, &value)?),
        _ => recipe.version = text(name, value)?,
    }
    Ok(())
}

/// Nothing is said twice, not even the same.
fn once(again: bool) -> Read<()> {
    if again {
        Err(RecipeError::NotCanonical)
    } else {
        Ok(())
    }
}

fn text(field: &'static str, value: Json<'_>) -> Read<String> {
    match value {
        Json::Text(text) => Ok(text),
        _ => Err(RecipeError::InvalidValue(field)),
    }
}

/// A list of texts of one kind.
fn texts(field: &'static str, value: Json<'_>, fits: fn(&str) -> bool) -> Read<Vec<String>> {
    let Json::List(items) = value else {
        return Err(RecipeError::InvalidValue(field));
    };
    let mut texts = Vec::new();
    for (_, item) in items {
        let text = text(field, item)?;
        if !fits(&text) {
            return Err(RecipeError::InvalidValue(field));
        }
        texts.push(text);
    }
    Ok(texts)
}

/// An input's name: in other letters than these, sorting would depend on the encoding.
fn is_name(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    name.bytes().all(plain) && !name.is_empty()
}

/// A number, in the one form it is written in.
fn number(field: &'static str, value: &Json<'_>) -> Read<f64> {
    match value {
        Json::Word(word) if word.starts_with(['t', 'f', 'n']) => {
            Err(RecipeError::InvalidValue(field))
        }
        Json::Word(word) => number::read(word).ok_or(RecipeError::NotCanonical),
        _ => Err(RecipeError::InvalidValue(field)),
    }
}

fn integer(field: &'static str, value: &Json<'_>) -> Read<u32> {
    whole(number(field, value)?)
        .and_then(|number| u32::try_from(number).ok())
        .ok_or(RecipeError::InvalidValue(field))
}

fn input(field: &'static str, value: Json<'_>) -> Read<InputValue> {
    match value {
        Json::Text(text) => Ok(InputValue::Text(text)),
        Json::Word("true") => Ok(InputValue::Bool(true)),
        Json::Word("false") => Ok(InputValue::Bool(false)),
        value => number(field, &value).map(InputValue::number),
    }
}

/// `{"source":"you","text":"…"}`
fn part(field: &'static str, value: Json<'_>) -> Read<Span> {
    let Json::Object(entries) = value else {
        return Err(RecipeError::InvalidValue(field));
    };
    let (mut source, mut words) = (None, None);
    for (key, value) in entries {
        let place = match key.as_str() {
            "source" => &mut source,
            "text" => &mut words,
            _ => return Err(RecipeError::UnknownField(key)),
        };
        once(place.replace(text(field, value)?).is_some())?;
    }
    let source = source.and_then(|source| SpanSource::named(&source));
    match (source, words) {
        (Some(source), Some(text)) => Ok(Span { source, text }),
        _ => Err(RecipeError::InvalidValue(field)),
    }
}
