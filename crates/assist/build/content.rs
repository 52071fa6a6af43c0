//! `data/content.toml`: what no request may ask for.

use std::collections::BTreeMap;

use selfsame_tables::{Fault, check_texts, rows, slice, texts};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Content {
    harmless: Vec<String>,
    topic: Vec<Topic>,
    weights: Weights,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Topic {
    phrases: Vec<String>,
    after: Vec<String>,
    before: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Weights {
    tags: Vec<String>,
    settings: Vec<String>,
    hosts: Vec<String>,
    files: Vec<String>,
}

/// `TOPICS`, `PHRASES`, and the constants of the weights. A phrase's row has its first word, and for each phrase the index
/// of its topic, or `-` for a harmless one, and after a space its further words.
pub(crate) fn content(data: &Content) -> Result<String, Fault> {
    let mut phrases: BTreeMap<String, Vec<String>> = BTreeMap::new();
    add(&mut phrases, "harmless", &data.harmless, "-")?;
    let mut topics = Vec::new();
    for (index, topic) in data.topic.iter().enumerate() {
        let key = format!("topic[{index}]");
        add(
            &mut phrases,
            &format!("{key}.phrases"),
            &topic.phrases,
            &index.to_string(),
        )?;
        for (name, words) in [("after", &topic.after), ("before", &topic.before)] {
            if let Some(word) = words.iter().find(|word| !is_word(word)) {
                return Err(Fault::new(
                    format!("{key}.{name}"),
                    format!("not a word: {word:?}"),
                ));
            }
        }
        let (after, before) = (texts(&topic.after), texts(&topic.before));
        topics.push(format!("Topic {{ after: {after}, before: {before} }}"));
    }
    let weights = &data.weights;
    for (name, list) in [
        ("tags", &weights.tags),
        ("settings", &weights.settings),
        ("hosts", &weights.hosts),
        ("files", &weights.files),
    ] {
        check_texts(&format!("weights.{name}"), list)?;
    }
    Ok(format!(
        "static TOPICS: &[Topic] = {};\nstatic PHRASES: Rows = Rows({});\n\
         const TAGS: &[&str] = {};\nconst SETTINGS: &[&str] = {};\n\
         const HOSTS: &[&str] = {};\nconst FILES: &[&str] = {};",
        slice(topics),
        rows(&phrases)?,
        texts(&weights.tags),
        texts(&weights.settings),
        texts(&weights.hosts),
        texts(&weights.files),
    ))
}

fn add(
    table: &mut BTreeMap<String, Vec<String>>,
    key: &str,
    phrases: &[String],
    topic: &str,
) -> Result<(), Fault> {
    check_texts(key, phrases)?;
    for (index, phrase) in phrases.iter().enumerate() {
        let words = phrase.replace(['-', '\''], " ");
        if words.split([' ', '/']).any(|word| !is_word(word)) {
            let reason =
                format!("not lower-case words with one separator between them: {phrase:?}");
            return Err(Fault::new(format!("{key}[{index}]"), reason));
        }
        let (first, rest) = words.split_at(words.find(' ').unwrap_or(words.len()));
        for first in first.split('/') {
            let row = table.entry(first.to_owned()).or_default();
            row.push(format!("{topic}{rest}"));
        }
    }
    Ok(())
}

/// A folded word.
fn is_word(word: &str) -> bool {
    !word.is_empty()
        && word
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}
