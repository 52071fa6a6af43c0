//! A language's words: a data file, read once.

use alloc::vec::Vec;

use super::spelling::{is_slip, singular};
use crate::slots::Slot;
use crate::text::{split, split_once};

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

        const KINDS: &[(&str, Kind)] = &[
            ("subject", Kind::Head(Slot::Subject)),
            ("wardrobe", Kind::Head(Slot::Wardrobe)),
            ("pose", Kind::Head(Slot::Pose)),
            ("expression", Kind::Head(Slot::Expression)),
            ("setting", Kind::Head(Slot::Setting)),
            ("time", Kind::Head(Slot::Time)),
            ("lighting", Kind::Head(Slot::Lighting)),
            ("shot", Kind::Head(Slot::Shot)),
            ("camera", Kind::Head(Slot::Camera)),
            ("film", Kind::Head(Slot::Film)),
            ("mood", Kind::Head(Slot::Mood)),
            ("props", Kind::Head(Slot::Props)),
            $(($name, Kind::$kind),)+
        ];
    };
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
#[derive(Clone, Copy)]
pub(super) struct Entry {
    /// As it is said, in lower case.
    phrase: &'static str,
    /// As it is written.
    pub(super) text: &'static str,
    /// Index of its line.
    pub(super) line: u8,
}

/// The words of one language.
pub(super) struct Lexicon {
    entries: Vec<Entry>,
    /// Words of at least [`SLIP`] letters, for spelling.
    words: Vec<&'static str>,
    lines: Vec<Line>,
    lists: Vec<(&'static str, &'static str)>,
}

/// Shorter words are too much like each other for a slip of the pen to be told from another word.
const SLIP: usize = 6;

impl Lexicon {
    pub(super) fn english() -> Self {
        Self::parse(ENGLISH)
    }

    /// Reads lines `kind [one|noun]: phrase, phrase>text, …`. Names that are no kind are lists of the director's own
    /// words.
    fn parse(file: &'static str) -> Self {
        let mut lexicon = Self {
            entries: Vec::new(),
            words: Vec::new(),
            lines: Vec::new(),
            lists: Vec::new(),
        };
        for (head, body) in file.lines().filter_map(|line| split_once(line, ": ")) {
            let (name, flag) = head.split_once(' ').unwrap_or((head, ""));
            let Some((_, kind)) = KINDS.iter().find(|(known, _)| *known == name) else {
                lexicon.lists.push((head, body));
                continue;
            };
            let Ok(line) = u8::try_from(lexicon.lines.len()) else {
                continue;
            };
            lexicon.lines.push(Line {
                kind: *kind,
                is_one: flag == "one",
                is_noun: flag == "noun" || is_noun(*kind),
            });
            for entry in split(body, ", ") {
                let (phrase, text) = entry.split_once('>').unwrap_or((entry, entry));
                lexicon.entries.push(Entry { phrase, text, line });
                let words = phrase.split(' ');
                lexicon
                    .words
                    .extend(words.filter(|word| word.len() >= SLIP));
            }
        }
        lexicon.entries.sort_by(|a, b| compare(a.phrase, b.phrase));
        lexicon.words.sort_unstable();
        lexicon
    }

    pub(super) fn line(&self, line: u8) -> Option<&Line> {
        self.lines.get(usize::from(line))
    }

    pub(super) fn kind(&self, entry: &Entry) -> Kind {
        self.line(entry.line).map_or(Kind::Word, |line| line.kind)
    }

    /// The entry of `phrase`, single spaces between its words.
    pub(super) fn find(&self, phrase: &str) -> Option<Entry> {
        let at = self
            .entries
            .binary_search_by(|entry| compare(entry.phrase, phrase))
            .ok()?;
        self.entries.get(at).copied()
    }

    /// The word that `word` is, but for a slip of the pen.
    pub(super) fn correct<'a>(&self, word: &'a str) -> &'a str {
        let is_known = |word| self.words.binary_search(&word).is_ok();
        if word.len() < SLIP || is_known(word) || is_known(singular(word)) {
            return word;
        }
        let first = word.get(..1).unwrap_or_default();
        let from = self.words.partition_point(|known| *known < first);
        let near = self.words.get(from..).unwrap_or_default().iter();
        near.take_while(|known| known.starts_with(first))
            .find(|known| is_slip(known, word))
            .map_or(word, |known| *known)
    }

    /// The entry of a thing whose plural `word` is.
    pub(super) fn find_plural(&self, word: &str) -> Option<Entry> {
        let stem = singular(word);
        let entry = (stem.len() < word.len())
            .then(|| self.find(stem))
            .flatten()?;
        let is_thing = matches!(self.kind(&entry), Kind::Head(_) | Kind::Own | Kind::Support);
        is_thing.then_some(entry)
    }

    /// The phrases of each list called `name`.
    pub(super) fn lists(&self, name: &str) -> impl Iterator<Item = &'static str> {
        self.lists
            .iter()
            .filter(move |(known, _)| *known == name)
            .map(|(_, body)| *body)
    }
}

/// Nouns take the words before them; moods, looks, poses and shots stand for themselves.
const fn is_noun(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::Head(Slot::Pose | Slot::Expression | Slot::Shot | Slot::Mood)
    )
}

/// Order of phrases without regard to case.
fn compare(a: &str, b: &str) -> core::cmp::Ordering {
    a.bytes()
        .map(|byte| byte.to_ascii_lowercase())
        .cmp(b.bytes().map(|byte| byte.to_ascii_lowercase()))
}
