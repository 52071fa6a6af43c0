//! `data/lexicon`: the director's language.

use std::collections::BTreeMap;

use selfsame_tables::{Fault, check_texts, option, rows, slice, text, texts};
use serde::Deserialize;

/// Words of fewer letters are too much like each other for a misspelling to be told from another word.
const SHORTEST_CORRECTED: usize = 6;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Language {
    group: Vec<Group>,
    ladders: BTreeMap<LadderName, Ladder>,
    cycles: Cycles,
    words: BTreeMap<String, Vec<String>>,
    opposites: BTreeMap<String, String>,
    sentences: BTreeMap<String, String>,
    suggestions: Suggestions,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    kind: Kind,
    #[serde(default)]
    one: bool,
    #[serde(default)]
    noun: bool,
    #[serde(default)]
    phrases: Vec<String>,
    #[serde(default)]
    written: BTreeMap<String, String>,
}

/// What the phrases of a group do: the name of a variant of the director's `Slot`, `Step` or `Kind`, which the compiler
/// checks where the table is included.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Slot(String),
    Step(String),
    #[serde(untagged)]
    Other(String),
}

#[derive(PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum LadderName {
    Crop,
    Warmth,
    Brightness,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ladder {
    rungs: Vec<Vec<String>>,
    first_down: String,
    first_up: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cycles {
    lights: Vec<String>,
    ratios: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Suggestions {
    first: Vec<String>,
    next: Vec<Suggestion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Suggestion {
    slot: Option<String>,
    say: String,
}

/// How many words the sentence called `name` has room for.
fn gaps(name: &str) -> usize {
    match name {
        "replaced" | "read_as" => 2,
        "now" | "added" | "removed" | "ratio" | "file" | "pictures" | "seed_of_picture"
        | "no_picture" | "not_found" | "by_what" | "shown_instead" | "kept" => 1,
        _ => 0,
    }
}

impl Kind {
    fn source(&self) -> String {
        match self {
            Self::Slot(slot) => format!("Kind::Head({})", slot_source(slot)),
            Self::Step(step) => format!("Kind::Step(Step::{})", variant(step)),
            Self::Other(kind) => format!("Kind::{}", variant(kind)),
        }
    }

    /// Nouns take the words before them; moods, looks, poses and crops stand for themselves.
    fn is_noun(&self) -> bool {
        !matches!(self, Self::Slot(slot) if matches!(slot.as_str(), "pose" | "expression" | "shot" | "mood"))
    }

    /// What phrases of this kind are written as, if only some values have a meaning.
    fn accepts(&self, written: &str) -> bool {
        let Self::Other(kind) = self else { return true };
        match kind.as_str() {
            "number" | "ordinal" => written.parse::<u32>().is_ok(),
            "ratio" => written.split_once(':').is_some_and(|(width, height)| {
                width.parse::<u32>().is_ok() && height.parse::<u32>().is_ok()
            }),
            "file" => matches!(written, "png" | "jpg" | "webp"),
            _ => true,
        }
    }
}

fn slot_source(name: &str) -> String {
    format!("Slot::{}", variant(name))
}

/// The variant of an enum that has this name in the data: `keep-seed` is `KeepSeed`.
fn variant(name: &str) -> String {
    let capitalised = |word: &str| {
        let (first, rest) = word.split_at_checked(1).unwrap_or_default();
        first.to_ascii_uppercase() + rest
    };
    name.split('-').map(capitalised).collect()
}

/// A struct whose fields are the keys of a table. The compiler checks that they are those of the director's struct.
fn structure<T>(name: &str, fields: &BTreeMap<String, T>, source: fn(&T) -> String) -> String {
    let fields = fields
        .iter()
        .map(|(field, value)| format!("{field}: {}", source(value)));
    format!("{name} {{ {} }}", fields.collect::<Vec<_>>().join(", "))
}

/// `ENGLISH: Lexicon`.
pub(crate) fn english(data: &Language) -> Result<String, Fault> {
    let phrases = Phrases::of(&data.group)?;
    let groups = data.group.iter().map(|group| {
        format!(
            "Group {{ kind: {}, is_one: {}, is_noun: {} }}",
            group.kind.source(),
            group.one,
            group.noun || group.kind.is_noun()
        )
    });
    let ladders = [LadderName::Crop, LadderName::Warmth, LadderName::Brightness]
        .iter()
        .map(|name| ladder(&data.ladders, name));
    let ladders: Vec<String> = ladders.collect::<Result<_, _>>()?;
    check_texts("cycles.lights", &data.cycles.lights)?;
    check_texts("cycles.ratios", &data.cycles.ratios)?;
    for (name, words) in &data.words {
        check_texts(&format!("words.{name}"), words)?;
    }
    for (name, sentence) in &data.sentences {
        let (found, expected) = (sentence.matches("{}").count(), gaps(name));
        if found != expected {
            let reason = format!("{found} {{}} instead of {expected}: {sentence:?}");
            return Err(Fault::new(format!("sentences.{name}"), reason));
        }
    }
    check_texts("suggestions.first", &data.suggestions.first)?;
    let opposites = data.opposites.iter();
    let opposites =
        opposites.map(|(word, opposite)| format!("({}, {})", text(word), text(opposite)));
    let next = data.suggestions.next.iter().map(|suggestion| {
        let slot = suggestion.slot.as_deref().map(slot_source);
        format!("({}, {})", option(slot), text(&suggestion.say))
    });
    Ok(format!(
        "/// Longest phrase, in words.\npub(super) const LONGEST: usize = {};\n\
        /// Words of fewer bytes are not corrected.\nconst SHORTEST_CORRECTED: usize = {SHORTEST_CORRECTED};\n\
        /// English.\npub(super) static ENGLISH: Lexicon = Lexicon {{ \
            entries: Rows({}), groups: {}, spelling: Rows({}), ladders: [{}], lights: {}, ratios: {}, opposites: {}, words: {}, \
            sentences: {}, first_suggestions: {}, next_suggestions: {} }};",
        phrases.longest(),
        phrases.entries()?,
        slice(groups),
        phrases.spelling()?,
        ladders.join(", "),
        texts(&data.cycles.lights),
        texts(&data.cycles.ratios),
        slice(opposites),
        structure("Words", &data.words, |words| texts(words)),
        structure("Sentences", &data.sentences, |sentence| text(sentence)),
        texts(&data.suggestions.first),
        slice(next),
    ))
}

/// Every phrase in lower case: how it is spelled in the file, what it is written as, and its group.
struct Phrases<'a>(BTreeMap<String, (&'a str, &'a str, usize)>);

impl<'a> Phrases<'a> {
    fn of(groups: &'a [Group]) -> Result<Self, Fault> {
        let mut all = BTreeMap::new();
        for (index, group) in groups.iter().enumerate() {
            let plain = group.phrases.iter().map(|phrase| (phrase, phrase));
            for (phrase, written) in plain.chain(&group.written) {
                let fault = |reason: &str| {
                    let key = format!("group[{index}] ({:?})", group.kind);
                    Err(Fault::new(key, format!("{reason}: {phrase:?}")))
                };
                if phrase.split(' ').any(str::is_empty) {
                    return fault("not words with single spaces between them");
                }
                if written.trim() != written || written.is_empty() || !group.kind.accepts(written) {
                    return fault("written as something without a meaning");
                }
                let row = (phrase.as_str(), written.as_str(), index);
                if all.insert(phrase.to_ascii_lowercase(), row).is_some() {
                    return fault("the phrase is in the file twice");
                }
            }
        }
        Ok(Self(all))
    }

    fn longest(&self) -> usize {
        let lengths = self.0.keys().map(|phrase| phrase.split(' ').count());
        lengths.max().unwrap_or(1)
    }

    /// By phrase in lower case: the group, and what the phrase is written as if that is something else.
    fn entries(&self) -> Result<String, Fault> {
        let entry = |(phrase, (_, written, group)): (&String, &(&str, &str, usize))| {
            let text = (written != phrase).then(|| (*written).to_owned());
            let columns = [group.to_string()].into_iter().chain(text).collect();
            (phrase.clone(), columns)
        };
        rows(&self.0.iter().map(entry).collect())
    }

    /// The words that misspelled ones are corrected to. Names keep their capital and are not among them.
    fn spelling(&self) -> Result<String, Fault> {
        let words = self
            .0
            .values()
            .flat_map(|(phrase, ..)| phrase.split(' '))
            .filter(|word| {
                word.len() >= SHORTEST_CORRECTED && !word.starts_with(char::is_uppercase)
            })
            .map(|word| (word.to_owned(), Vec::new()));
        rows(&words.collect())
    }
}

fn ladder(ladders: &BTreeMap<LadderName, Ladder>, name: &LadderName) -> Result<String, Fault> {
    let Some(ladder) = ladders.get(name) else {
        return Err(Fault::new(
            "ladders",
            "crop, warmth or brightness is missing",
        ));
    };
    let place = |first: &String| {
        let found = ladder
            .rungs
            .iter()
            .position(|names| names.first() == Some(first));
        found.ok_or_else(|| Fault::new("ladders", format!("{first:?} does not begin a rung")))
    };
    let (down, up) = (place(&ladder.first_down)?, place(&ladder.first_up)?);
    let rungs = slice(ladder.rungs.iter().map(|names| texts(names)));
    Ok(format!(
        "Ladder {{ rungs: {rungs}, first_down: {down}, first_up: {up} }}"
    ))
}
