//! `data/lint`: phrases and what they mean to the lint.

use std::collections::BTreeMap;

use selfsame_tables::{Fault, check_texts, option, rows, slice, text};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    negation: Topic,
    face: Topic,
    light: Topic,
    gear: Gear,
    people: People,
    contradictions: Contradictions,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Topic {
    phrases: Vec<String>,
    harmless: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Gear {
    cameras: Vec<Vec<String>>,
    films: Vec<Vec<String>>,
    harmless: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct People {
    phrases: Vec<String>,
    relatives: Vec<String>,
    women: Vec<String>,
    men: Vec<String>,
    harmless: Vec<String>,
    replace: Vec<Replacement>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Replacement {
    phrases: Vec<String>,
    with: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Contradictions {
    harmless: Vec<String>,
    pairs: Vec<Pair>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    left: Vec<String>,
    right: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Objects {
    object: Vec<Object>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Object {
    phrases: Vec<String>,
    noun: Option<String>,
    alone: Option<String>,
}

/// `WORDS: PhraseTable`.
pub(crate) fn words(data: &Words) -> Result<String, Fault> {
    let mut table = Table::default();
    for (name, topic, meaning) in [
        ("negation", &data.negation, "Negator"),
        ("face", &data.face, "Face"),
        ("light", &data.light, "Light"),
    ] {
        table.add(&format!("{name}.phrases"), &topic.phrases, meaning)?;
        table.add(&format!("{name}.harmless"), &topic.harmless, "Harmless")?;
    }
    let Gear {
        cameras,
        films,
        harmless,
    } = &data.gear;
    for (name, gear, meaning) in [("cameras", cameras, "Camera"), ("films", films, "Film")] {
        for (index, phrases) in gear.iter().enumerate() {
            table.add(
                &format!("gear.{name}[{index}]"),
                phrases,
                &format!("{meaning}({index})"),
            )?;
        }
    }
    table.add("gear.harmless", harmless, "Harmless")?;
    let people = &data.people;
    table.add(
        "people.phrases",
        &people.phrases,
        "People { instead: None }",
    )?;
    for (index, Replacement { phrases, with }) in people.replace.iter().enumerate() {
        let meaning = format!("People {{ instead: {} }}", option(Some(text(with))));
        table.add(
            &format!("people.replace[{index}].phrases"),
            phrases,
            &meaning,
        )?;
    }
    table.add("people.relatives", &people.relatives, "Relative")?;
    table.add("people.women", &people.women, "Woman")?;
    table.add("people.men", &people.men, "Man")?;
    table.add("people.harmless", &people.harmless, "Harmless")?;
    for (index, Pair { left, right }) in data.contradictions.pairs.iter().enumerate() {
        for (name, side, right) in [("left", left, false), ("right", right, true)] {
            let meaning = format!("Side {{ pair: {index}, right: {right} }}");
            table.add(
                &format!("contradictions.pairs[{index}].{name}"),
                side,
                &meaning,
            )?;
        }
    }
    table.add(
        "contradictions.harmless",
        &data.contradictions.harmless,
        "Harmless",
    )?;
    table.source("WORDS")
}

/// `OBJECTS: PhraseTable`.
pub(crate) fn objects(data: &Objects) -> Result<String, Fault> {
    let mut table = Table::default();
    for (
        index,
        Object {
            phrases,
            noun,
            alone,
        },
    ) in data.object.iter().enumerate()
    {
        let instead = match (noun, alone) {
            (None, None) => "Instead::Nothing".to_owned(),
            (Some(noun), None) => format!("Instead::Noun({})", text(noun)),
            (None, Some(alone)) => format!("Instead::Alone({})", text(alone)),
            (Some(_), Some(_)) => {
                let reason = "an object has `noun` or `alone`, not both";
                return Err(Fault::new(format!("object[{index}]"), reason));
            }
        };
        let key = format!("object[{index}].phrases");
        table.add(&key, phrases, &format!("Object({instead})"))?;
    }
    table.source("OBJECTS")
}

/// Phrases by their first word, in the order of the file, and the meanings that they refer to by index.
#[derive(Default)]
struct Table {
    meanings: Vec<String>,
    phrases: BTreeMap<String, Vec<String>>,
}

impl Table {
    /// Adds the phrases at `key`, which mean `meaning`: a variant of the lint's `Meaning`.
    fn add(&mut self, key: &str, phrases: &[String], meaning: &str) -> Result<(), Fault> {
        check_texts(key, phrases)?;
        let meaning = self.index_of(meaning);
        for (index, phrase) in phrases.iter().enumerate() {
            let fault = |reason| {
                Err(Fault::new(
                    format!("{key}[{index}]"),
                    format!("{reason}: {phrase:?}"),
                ))
            };
            if *phrase != phrase.to_lowercase() {
                return fault("not in lower case");
            }
            let words = phrase.replace(is_separator, " ");
            if words.split([' ', '/']).any(|word| !is_word(word)) {
                return fault("not words with one separator between them");
            }
            let (first, rest) = words.split_at(words.find(' ').unwrap_or(words.len()));
            for first in first.split('/') {
                let phrases = self.phrases.entry(first.to_owned()).or_default();
                phrases.push(format!("{meaning}{rest}"));
            }
        }
        Ok(())
    }

    fn index_of(&mut self, meaning: &str) -> usize {
        let known = self.meanings.iter().position(|known| known == meaning);
        known.unwrap_or_else(|| {
            self.meanings.push(meaning.to_owned());
            self.meanings.len() - 1
        })
    }

    fn source(&self, name: &str) -> Result<String, Fault> {
        let meanings = self
            .meanings
            .iter()
            .map(|meaning| format!("Meaning::{meaning}"));
        Ok(format!(
            "pub(super) static {name}: PhraseTable = PhraseTable {{ meanings: {}, phrases: Rows({}) }};",
            slice(meanings),
            rows(&self.phrases)?
        ))
    }
}

/// Separates the words of a phrase; the lint splits texts at the same characters.
fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '-' | '\'' | '&')
}

/// A word that a text can have, or `#`.
fn is_word(word: &str) -> bool {
    word == "#" || (!word.is_empty() && word.chars().all(char::is_alphanumeric))
}
