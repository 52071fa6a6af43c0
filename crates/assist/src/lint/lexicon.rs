//! The data of the rules: phrases and what they mean. Parsed once, looked up by the first word.

use super::words::{Joint, Text};

/// What a phrase means to the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing; it hides the shorter phrases within it.
    Harmless,
    /// A negator.
    Not,
    /// What people ask not to see.
    Object,
    Face,
    Light,
    /// One line is one camera.
    Camera,
    /// One line is one film stock.
    Film,
    People,
    /// Other people when somebody's: `my wife`.
    Relative,
    Woman,
    Man,
    /// One line is two sides that contradict each other.
    Versus,
}

/// One phrase.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) kind: Kind,
    /// The line it stands in.
    pub(super) line: u16,
    /// It stands behind the line's `|`.
    pub(super) right: bool,
    /// What to say instead; empty when there is nothing.
    pub(super) rewrite: &'static str,
    first: &'static str,
    rest: &'static str,
}

/// Phrases by a hash of their first word.
pub(super) struct Lexicon(Vec<Vec<Entry>>);

/// A few entries to a bucket, so that most words of a text are looked up at the cost of one hash.
const BUCKETS: usize = 512;

impl Lexicon {
    /// Reads lines of `kind: phrase, phrase | phrase > rewrite`; a line without a known kind is a comment.
    pub(super) fn parse(data: &'static str) -> Self {
        let mut lexicon = Self((0..BUCKETS).map(|_| Vec::new()).collect());
        for (number, line) in (0..).zip(data.lines()) {
            let Some((kind, phrases)) = line.split_once(':') else {
                continue;
            };
            let Some(kind) = kind_of(kind) else { continue };
            let (phrases, rewrite) = phrases.split_once('>').unwrap_or((phrases, ""));
            for (side, phrases) in phrases.split('|').enumerate() {
                for phrase in phrases.split(',') {
                    let phrase = phrase.trim();
                    let first = phrase.find(is_part).unwrap_or(phrase.len());
                    let (firsts, rest) = phrase.split_at_checked(first).unwrap_or((phrase, ""));
                    for first in firsts.split('/') {
                        if let Some(bucket) = lexicon.0.get_mut(bucket(first)) {
                            bucket.push(Entry {
                                kind,
                                line: number,
                                right: side > 0,
                                rewrite: rewrite.trim(),
                                first,
                                rest,
                            });
                        }
                    }
                }
            }
        }
        lexicon
    }

    /// The longest phrase that begins with the word at `at`: the word after its end, and what it means.
    pub(super) fn longest(&self, text: &Text<'_>, at: usize) -> Option<(usize, Vec<&Entry>)> {
        let word = text.words.get(at)?;
        if word.blank || word.joint == Joint::Glue {
            return None;
        }
        let word = text.of(word);
        let mut end = at;
        let mut entries = Vec::new();
        for entry in self.0.get(bucket(word))? {
            if !same(entry.first, word) {
                continue;
            }
            match entry.end(text, at) {
                Some(to) if to > end => {
                    end = to;
                    entries.clear();
                    entries.push(entry);
                }
                Some(to) if to == end => entries.push(entry),
                _ => {}
            }
        }
        (end > at).then_some((end, entries))
    }
}

impl Entry {
    const fn is_people(&self) -> bool {
        matches!(self.kind, Kind::People | Kind::Relative)
    }

    /// The word after this phrase, when its first word stands at `at` and the others follow.
    fn end(&self, text: &Text<'_>, at: usize) -> Option<usize> {
        let mut to = at + 1;
        let mut rest = self.rest.trim_start_matches(is_part);
        while !rest.is_empty() {
            let end = rest.find(is_part).unwrap_or(rest.len());
            let (part, behind) = rest.split_at_checked(end)?;
            let word = text.words.get(to)?;
            let joined = word.joint != Joint::Break && !word.blank;
            if !joined || !part.split('/').any(|part| same(part, text.of(word))) {
                return None;
            }
            rest = behind.trim_start_matches(is_part);
            to += 1;
        }
        let whole = text.words.get(to).is_none_or(|next| {
            // "Portra-400" is Portra; "women's" and "man-made" are other words.
            next.joint != Joint::Glue || text.of(next).bytes().any(|byte| byte.is_ascii_digit())
        });
        (whole && !(self.is_people() && is_possessive(text, to))).then_some(to)
    }
}

/// An apostrophe touches the word before `to`: "my parents' house".
fn is_possessive(text: &Text<'_>, to: usize) -> bool {
    let last = to.checked_sub(1).and_then(|at| text.words.get(at));
    let behind = last.and_then(|word| text.text.get(word.end..));
    behind.is_some_and(|behind| behind.starts_with(['\'', '’']))
}

/// Stands between the parts of a phrase; the words of a text are cut at the same.
const fn is_part(c: char) -> bool {
    matches!(c, ' ' | '-' | '\'' | '&')
}

fn bucket(word: &str) -> usize {
    let word = if is_years(word) { "#" } else { word };
    word.bytes().fold(0, |hash: usize, byte| {
        hash.wrapping_mul(31) ^ usize::from(byte.to_ascii_lowercase())
    }) % BUCKETS
}

fn same(part: &str, word: &str) -> bool {
    part.eq_ignore_ascii_case(word) || (part == "#" && is_years(word))
}

/// `25` or `30s`.
fn is_years(word: &str) -> bool {
    let digits = word.strip_suffix('s').unwrap_or(word);
    digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn kind_of(name: &str) -> Option<Kind> {
    Some(match name {
        "harmless" => Kind::Harmless,
        "not" => Kind::Not,
        "object" => Kind::Object,
        "face" => Kind::Face,
        "light" => Kind::Light,
        "camera" => Kind::Camera,
        "film" => Kind::Film,
        "people" => Kind::People,
        "relative" => Kind::Relative,
        "woman" => Kind::Woman,
        "man" => Kind::Man,
        "versus" => Kind::Versus,
        _ => return None,
    })
}
