//! A language's words: a data file, read once.

use super::pieces::NO_LINE;
use super::spelling::{is_slip, singular};
use selfsame_prompt::slots::Slot;

const ENGLISH: &str = include_str!("../../data/lexicon/en.txt");
/// Longest phrase of a lexicon, in words.
pub(super) const LONGEST: usize = 5;

macro_rules! kinds {
    ($($name:literal $kind:ident)+) => {
        /// What a phrase of the lexicon is for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Kind {
            /// A word that the lexicon does not know.
            Word,
            /// Says what stands in a slot.
            Head(Slot),
            $(#[doc = $name] $kind,)+
        }

        /// Names of the kinds that are no slots, and the kinds.
        const NAMES: &str = concat!($($name, " "),+);
        const KINDS: &[Kind] = &[$(Kind::$kind),+];
    };
}

/// The kind of that name; slots are kinds of their own.
fn kind(name: &str) -> Option<Kind> {
    if let Some(slot) = Slot::named(name) {
        return Some(Kind::Head(slot));
    }
    let place = NAMES.split(' ').position(|known| known == name)?;
    KINDS.get(place).copied()
}

kinds! {
    "add" Add
    "adj" Adj
    "again" Again
    "another" Another
    "as" As
    "aspect" Aspect
    "back" Back
    "behind" Behind
    "but" But
    "change" Change
    "colour" Colour
    "det" Det
    "fewer" Fewer
    "file" File
    "fill" Fill
    "go" Go
    "holding" Holding
    "instead" Instead
    "insteadof" InsteadOf
    "it" It
    "more" More
    "much" Much
    "name" Name
    "num" Num
    "of" Of
    "ordinal" Ordinal
    "otherformat" OtherFormat
    "otherlight" OtherLight
    "own" Own
    "prep" Prep
    "remove" Remove
    "reset" Reset
    "same" Same
    "step" Step
    "style" Style
    "support" Support
    "to" To
    "undo" Undo
    "unit" Unit
    "wearing" Wearing
}

/// One line of the file.
pub(super) struct Line {
    pub(super) kind: Kind,
    /// A later phrase of this line takes an earlier one's place.
    pub(super) is_one: bool,
    /// Its phrases are nouns: unknown words before them belong to them.
    pub(super) is_noun: bool,
}

/// A phrase.
pub(super) struct Entry {
    /// As it is said, in any case.
    phrase: &'static str,
    /// As it is written.
    pub(super) text: &'static str,
    /// Index of its line.
    pub(super) line: u8,
}

/// The words of one language.
pub(super) struct Lexicon {
    entries: Vec<Entry>,
    /// Where each phrase stands in `entries`, from 1, at its hash or at the next free place behind it; 0 is free.
    places: Vec<u16>,
    /// Words of at least [`SLIP`] letters, for spelling, by what they begin with.
    words: Vec<Vec<&'static str>>,
    lines: Vec<Line>,
    /// The director's own words: what stands behind the kinds, each list with its name.
    own: Vec<(&'static str, &'static str)>,
}

/// Room for phrases; half of it stays free.
const PLACES: usize = 1 << 13;

/// Shorter words are too much like each other for a slip of the pen to be told from another word.
const SLIP: usize = 6;

/// Enough to tell letters apart.
const BEGINNINGS: usize = 64;

impl Lexicon {
    pub(super) fn english() -> Self {
        Self::parse(ENGLISH)
    }

    /// Reads lines `kind [one|noun]: phrase, phrase>text, …`. From the first name that is no kind, they are lists of
    /// the director's own words.
    fn parse(file: &'static str) -> Self {
        let mut lexicon = Self {
            entries: Vec::new(),
            places: Vec::from([0; PLACES]),
            words: Vec::from([const { Vec::new() }; BEGINNINGS]),
            lines: Vec::new(),
            own: Vec::new(),
        };
        for row in file.split("\n").filter(|row| !row.starts_with('#')) {
            if let Some((head, body)) = row.split_once(": ") {
                let (name, flag) = head.split_once(" ").unwrap_or((head, ""));
                let Some(kind) = kind(name).filter(|_| lexicon.own.is_empty()) else {
                    lexicon.own.push((head, body));
                    continue;
                };
                for entry in body.split(", ") {
                    let (phrase, text) = entry.split_once(">").unwrap_or((entry, entry));
                    lexicon.add(phrase, text);
                    for word in phrase.split(' ') {
                        if word.len() >= SLIP
                            && let Some(words) = lexicon.words.get_mut(beginning(word))
                        {
                            words.push(word);
                        }
                    }
                }
                lexicon.lines.push(Line {
                    kind,
                    is_one: flag == "one",
                    is_noun: flag == "noun" || is_noun(kind),
                });
            }
        }
        lexicon
    }

    /// Adds a phrase of the line that is being read.
    fn add(&mut self, phrase: &'static str, text: &'static str) {
        let place = self.place(phrase);
        self.entries.push(Entry {
            phrase,
            text,
            line: u8::try_from(self.lines.len()).unwrap_or(NO_LINE),
        });
        let is_free = self.entries.len() <= PLACES / 2;
        if let (Some(place), Ok(number), true) = (
            self.places.get_mut(place),
            u16::try_from(self.entries.len()),
            is_free,
        ) {
            *place = number;
        }
    }

    fn entry(&self, place: usize) -> Option<&Entry> {
        let number = self.places.get(place)?;
        self.entries.get(usize::from(*number).checked_sub(1)?)
    }

    /// Where `phrase` stands or would stand.
    fn place(&self, phrase: &str) -> usize {
        let hash = phrase.bytes().fold(0_usize, |hash, byte| {
            hash.wrapping_mul(31) ^ usize::from(byte.to_ascii_lowercase())
        });
        let mut place = hash % PLACES;
        while self
            .entry(place)
            .is_some_and(|entry| !entry.phrase.eq_ignore_ascii_case(phrase))
        {
            place = (place + 1) % PLACES;
        }
        place
    }

    pub(super) fn line(&self, line: u8) -> Option<&Line> {
        self.lines.get(usize::from(line))
    }

    pub(super) fn kind(&self, entry: &Entry) -> Kind {
        self.line(entry.line).map_or(Kind::Word, |line| line.kind)
    }

    /// The entry of `phrase`, single spaces between its words.
    pub(super) fn find(&self, phrase: &str) -> Option<&Entry> {
        self.entry(self.place(phrase))
    }

    /// The line of `phrase`.
    pub(super) fn line_of(&self, phrase: &str) -> u8 {
        self.find(phrase).map_or(NO_LINE, |entry| entry.line)
    }

    /// The word that `word` is, but for a slip of the pen.
    pub(super) fn correct<'a>(&self, word: &'a str) -> &'a str {
        let mut found = None;
        for known in self.words.get(beginning(word)).into_iter().flatten() {
            if word.len() < SLIP {
                break;
            }
            if [word, singular(word)].contains(known) {
                return word;
            }
            if found.is_none_or(|found| *known < found) && is_slip(known, word) {
                found = Some(*known);
            }
        }
        found.unwrap_or(word)
    }

    /// The entry of a thing whose plural `word` is.
    pub(super) fn find_plural(&self, word: &str) -> Option<&Entry> {
        let stem = singular(word);
        let entry = self.find(stem).filter(|_| stem.len() < word.len())?;
        let is_thing = matches!(self.kind(entry), Kind::Head(_) | Kind::Own | Kind::Support);
        is_thing.then_some(entry)
    }

    /// `word` stands in the list called `name`.
    pub(super) fn has(&self, name: &str, word: &str) -> bool {
        self.lists(name)
            .any(|row| row.split(", ").any(|one| one == word))
    }

    /// What to be instead of `word`.
    pub(super) fn opposite(&self, word: &str) -> Option<&'static str> {
        let list = self.lists("opposite").next()?;
        let mut pairs = list.split(", ").filter_map(|pair| pair.split_once('>'));
        let found = pairs.find(|(known, _)| known.eq_ignore_ascii_case(word))?;
        Some(found.1)
    }

    /// The phrases of each list called `name`.
    pub(super) fn lists(&self, name: &str) -> impl Iterator<Item = &'static str> {
        let own = self.own.iter().filter(move |(known, _)| *known == name);
        own.map(|(_, phrases)| *phrases)
    }
}

/// Place among [`BEGINNINGS`] of the letter that `word` begins with.
fn beginning(word: &str) -> usize {
    word.bytes()
        .next()
        .map_or(0, |byte| usize::from(byte) % BEGINNINGS)
}

/// Nouns take the words before them; moods, looks, poses and shots stand for themselves.
const fn is_noun(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::Head(Slot::Pose | Slot::Expression | Slot::Shot | Slot::Mood)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Beyond [`PLACES`] and the numbers of lines, phrases would silently not be there.
    #[test]
    fn every_phrase_is_found() {
        let lexicon = Lexicon::english();
        assert!(lexicon.entries.len() <= PLACES / 2 && lexicon.lines.len() <= usize::from(NO_LINE));
        let mut line = 0;
        for row in ENGLISH.lines().filter(|row| !row.starts_with('#')) {
            let Some((head, body)) = row.split_once(": ") else {
                continue;
            };
            if kind(head.split(' ').next().unwrap_or_default()).is_none() {
                break;
            }
            for phrase in body.split(", ") {
                let phrase = phrase.split('>').next().unwrap_or_default();
                let entry = lexicon.find(phrase).expect(phrase);
                // Of a phrase that stands in two lines, the later one counts.
                assert!(
                    entry.phrase.eq_ignore_ascii_case(phrase) && entry.line >= line,
                    "{phrase}"
                );
            }
            line += 1;
        }
        assert_eq!(usize::from(line), lexicon.lines.len());
    }
}
