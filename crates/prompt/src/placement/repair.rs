//! Step 6: replaces mentions of the trigger inside a unit by plain English.

use super::gap::{SIGILS, WRAPPERS, close_gap, is_possessive, unwrap};
use super::vocabulary::Vocabulary;
use super::word::{begins_with_word, cut, is_word, same_words};

/// Longer, in bytes, than any word that matters before a mention.
const LONGEST: usize = 16;

const ARTICLES: [&str; 3] = ["a", "an", "the"];

/// Prepositions and conjunctions, after which a sentence needs a noun.
const FUNCTION_WORDS: [&str; 52] = [
    "about",
    "above",
    "across",
    "after",
    "against",
    "along",
    "alongside",
    "among",
    "and",
    "around",
    "as",
    "at",
    "before",
    "behind",
    "below",
    "beneath",
    "beside",
    "besides",
    "between",
    "beyond",
    "but",
    "by",
    "during",
    "for",
    "from",
    "in",
    "inside",
    "into",
    "like",
    "near",
    "nor",
    "of",
    "off",
    "on",
    "onto",
    "or",
    "outside",
    "over",
    "past",
    "than",
    "through",
    "to",
    "toward",
    "towards",
    "under",
    "upon",
    "via",
    "versus",
    "with",
    "within",
    "without",
    "featuring",
];

/// A unit whose mentions of the trigger were replaced or removed.
pub(super) struct Repaired {
    pub(super) text: String,
    /// How many mentions were replaced or removed.
    pub(super) taken: usize,
    /// Whether the first mention was kept.
    pub(super) kept: bool,
}

/// Whether a unit begins a sentence, which decides the case of its first word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    /// After `.` `!` `?` `。`.
    Sentence,
    /// Anywhere else.
    Clause,
}

/// Repairs `unit`. With `keep_first`, its first mention stays, without `<` and `>` around it.
pub(super) fn repair(
    unit: &str,
    opening: Opening,
    keep_first: bool,
    vocabulary: &Vocabulary,
) -> Repaired {
    let trigger = &vocabulary.trigger;
    let mentions = trigger.mentions(unit);
    if mentions.is_empty() {
        return Repaired {
            text: unit.to_owned(),
            taken: 0,
            kept: false,
        };
    }
    let mut out = String::with_capacity(unit.len());
    let (mut done, mut kept) = (0, false);
    for mention in &mentions {
        if mention.start < done {
            continue;
        }
        if keep_first && !kept {
            kept = true;
            let (start, end) = unwrap(unit, done, mention.start, mention.end, SIGILS);
            out.push_str(cut(unit, done..start));
            push_apart(&mut out, &[trigger.as_str()], cut(unit, end..));
            done = end;
            continue;
        }
        let (start, end) = unwrap(unit, done, mention.start, mention.end, WRAPPERS);
        out.push_str(cut(unit, done..start));
        fold_last_blanks(&mut out);
        done = end;
        let wrapped = (start, end) != (mention.start, mention.end);
        match replacement(&out, cut(unit, end..), opening, wrapped, vocabulary) {
            Some(words) => push_apart(&mut out, &[words.lead, words.class], cut(unit, end..)),
            None => done += close_gap(&mut out, cut(unit, end..), trigger),
        }
    }
    out.push_str(cut(unit, done..));
    Repaired {
        text: out,
        taken: mentions.len() - usize::from(kept),
        kept,
    }
}

/// Folds the white space at the end into one space. Many mentions in a row leave many gaps, and each is examined again.
fn fold_last_blanks(out: &mut String) {
    let end = out.trim_end().len();
    if out.len() > end + 1 {
        out.truncate(end);
        out.push(' ');
    }
}

/// Appends `words` before `after`, with spaces where a removed sigil was all that separated two words.
fn push_apart(out: &mut String, words: &[&str], after: &str) {
    if out.ends_with(is_word) {
        out.push(' ');
    }
    out.extend(words.iter().copied());
    if after.starts_with(is_word) {
        out.push(' ');
    }
}

/// The words that replace a mention.
struct Words<'a> {
    lead: &'static str,
    class: &'a str,
}

fn replacement<'a>(
    before: &str,
    after: &str,
    opening: Opening,
    wrapped: bool,
    vocabulary: &'a Vocabulary,
) -> Option<Words<'a>> {
    let class = vocabulary.class.as_deref()?;
    let words = |lead| Some(Words { lead, class });
    let previous = previous_word(before, wrapped);
    let is_one_of = |list: &[&str]| list.iter().any(|word| same_words(previous, word));
    let next = after.trim_start();
    let is_first = before.trim_end().is_empty();
    let opens_sentence = is_first && opening == Opening::Sentence;
    let opens_pair = is_first
        && ["and", "or"]
            .iter()
            .any(|word| begins_with_word(next, word));
    let the = if opens_sentence { "The " } else { "the " };
    if is_possessive(after) {
        words(if is_one_of(&ARTICLES) { "" } else { the })
    } else if begins_with_word(next, class) {
        is_one_of(&FUNCTION_WORDS).then_some(Words {
            lead: "the",
            class: "",
        })
    } else if is_one_of(&ARTICLES) {
        words("")
    } else if is_one_of(&FUNCTION_WORDS) || opens_sentence || opens_pair {
        words(the)
    } else {
        None
    }
}

/// The word before a mention, when only white space lies between; empty otherwise.
fn previous_word(before: &str, wrapped: bool) -> &str {
    let trimmed = before.trim_end();
    if trimmed.len() == before.len() && !wrapped {
        return "";
    }
    // No word in the lists is longer than this.
    let end = cut(
        trimmed,
        trimmed.floor_char_boundary(trimmed.len().saturating_sub(LONGEST))..,
    );
    let head = end.trim_end_matches(|c| is_word(c) || c == '-');
    cut(end, head.len()..)
}
