//! `data/lint`: phrases and what they mean to the lint.

use std::collections::BTreeMap;

use selfsame_tables::{Fault, check_texts, option, slice, text, texts};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
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
pub struct Objects {
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
pub fn words(data: &Words) -> Result<String, Fault> {
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
    Ok(table.source("WORDS"))
}

/// `OBJECTS: PhraseTable`.
pub fn objects(data: &Objects) -> Result<String, Fault> {
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
    Ok(table.source("OBJECTS"))
}

/// Phrases by their first word, in the order of the file.
#[derive(Default)]
struct Table(BTreeMap<String, Vec<String>>);

impl Table {
    /// Adds the phrases at `key`, which mean `meaning`: a variant of the lint's `Meaning`.
    fn add(&mut self, key: &str, phrases: &[String], meaning: &str) -> Result<(), Fault> {
        check_texts(key, phrases)?;
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
            let words: Vec<Vec<&str>> = phrase
                .split(is_part)
                .map(|word| word.split('/').collect())
                .collect();
            if words.iter().flatten().any(|word| !is_word(word)) {
                return fault("not words with one separator between them");
            }
            let Some((first, rest)) = words.split_first() else {
                return fault("no words");
            };
            let rest = slice(rest.iter().map(|alternatives| texts(alternatives)));
            for first in first {
                let row = format!("Phrase {{ meaning: Meaning::{meaning}, rest: {rest} }}");
                self.0.entry((*first).to_owned()).or_default().push(row);
            }
        }
        Ok(())
    }

    fn source(&self, name: &str) -> String {
        let rows = self
            .0
            .iter()
            .map(|(first, phrases)| format!("({}, {})", text(first), slice(phrases)));
        format!(
            "pub(super) static {name}: PhraseTable = PhraseTable({});",
            slice(rows)
        )
    }
}

/// Separates the words of a phrase; the lint splits texts at the same characters.
fn is_part(c: char) -> bool {
    matches!(c, ' ' | '-' | '\'' | '&')
}

/// A word that a text can have, or `#`.
fn is_word(word: &str) -> bool {
    word == "#" || (!word.is_empty() && word.chars().all(char::is_alphanumeric))
}
