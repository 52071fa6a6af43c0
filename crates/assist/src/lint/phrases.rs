//! The phrases that the rules look for, and what each of them means. `build.rs` makes the tables from `data/lint`.

use super::words::{Joint, Text};
use crate::rows::Rows;

include!(concat!(env!("OUT_DIR"), "/words.rs"));
include!(concat!(env!("OUT_DIR"), "/objects.rs"));

/// What a phrase means to the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Nothing. The phrase hides the shorter phrases in it.
    Harmless,
    /// A negation: "no", "without".
    Negator,
    /// What people ask not to see.
    Object(Instead),
    Face,
    Light,
    /// A camera. Phrases with the same number name the same camera.
    Camera(u16),
    /// A film stock. Phrases with the same number name the same stock.
    Film(u16),
    /// Other people. `instead` is for phrases that cannot just be left out.
    People {
        instead: Option<&'static str>,
    },
    /// Other people when they are somebody's: "my wife".
    Relative,
    Woman,
    Man,
    /// One of the two sides that contradict each other.
    Side {
        pair: u16,
        right: bool,
    },
}

/// What to write instead of an object that the picture should not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Instead {
    Nothing,
    /// Words that can follow "with".
    Noun(&'static str),
    /// Words that cannot.
    Alone(&'static str),
}

/// A phrase, without its first word.
struct Phrase {
    meaning: Meaning,
    /// The further words, with spaces between them and `/` between the alternatives for a word.
    rest: &'static str,
}

/// What phrases mean.
pub(super) struct PhraseTable {
    meanings: &'static [Meaning],
    /// By first word: its phrases, each as the index of its meaning and, after a space, its further words.
    phrases: Rows,
}

impl PhraseTable {
    /// The longest phrase that begins with the word at `at`: the index of the word after its end, and each of its
    /// meanings.
    pub(super) fn longest(&self, text: &Text<'_>, at: usize) -> Option<(usize, Vec<Meaning>)> {
        let word = text.words.get(at)?;
        if word.blank || word.joint == Joint::Glue {
            return None;
        }
        let mut end = at;
        let mut meanings = Vec::new();
        for phrase in self.starting_with(text.of(word)) {
            match phrase.end(text, at) {
                Some(to) if to > end => {
                    end = to;
                    meanings.clear();
                    meanings.push(phrase.meaning);
                }
                Some(to) if to == end => meanings.push(phrase.meaning),
                _ => {}
            }
        }
        (end > at).then_some((end, meanings))
    }

    fn starting_with(&self, word: &str) -> impl Iterator<Item = Phrase> {
        let word = if is_age(word) { "#" } else { word };
        let phrases = self.phrases.find(word).into_iter().flatten().skip(1);
        phrases.filter_map(|phrase| {
            let (meaning, rest) = phrase.split_once(' ').unwrap_or((phrase, ""));
            let meaning = *self.meanings.get(meaning.parse::<usize>().ok()?)?;
            Some(Phrase { meaning, rest })
        })
    }
}

impl Phrase {
    /// The index of the word after this phrase, when its first word is at `at` and the others follow.
    fn end(&self, text: &Text<'_>, at: usize) -> Option<usize> {
        let mut to = at + 1;
        for alternatives in self.rest.split_terminator(' ') {
            let word = text.words.get(to)?;
            if word.joint == Joint::Break || word.blank {
                return None;
            }
            let word = text.of(word);
            let matches =
                |part: &&str| part.eq_ignore_ascii_case(word) || (*part == "#" && is_age(word));
            alternatives.split('/').find(matches)?;
            to += 1;
        }
        let whole = text.words.get(to).is_none_or(|next| {
            // "Portra-400" is Portra; "women's" and "man-made" are other words.
            next.joint != Joint::Glue || text.of(next).bytes().any(|byte| byte.is_ascii_digit())
        });
        let is_people = matches!(self.meaning, Meaning::People { .. } | Meaning::Relative);
        (whole && !(is_people && is_possessive(text, to))).then_some(to)
    }
}

/// Whether an apostrophe touches the word before `to`, as in "my parents' house".
fn is_possessive(text: &Text<'_>, to: usize) -> bool {
    let last = to.checked_sub(1).and_then(|at| text.words.get(at));
    let behind = last.and_then(|word| text.text.get(word.end..));
    behind.is_some_and(|behind| behind.starts_with(['\'', '’']))
}

/// Whether the word is an age or a decade of life: `25`, `30s`.
fn is_age(word: &str) -> bool {
    let digits = word.strip_suffix('s').unwrap_or(word);
    digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit())
}
