//! The normaliser of `spiece.model`: turns a text into the symbols that pieces consist of.
//!
//! It is `SentencePiece`'s `nmt_nfkc`: NFKC of an older Unicode version, without reordering, plus rules for controls and
//! spaces. The model holds it as 224,711 strings and their replacements. All of them follow from the packed rules:
//! characters that become one other character, characters that become several or none, the compositions of a character
//! with the marks after it once each of them is replaced, and the arithmetic of Hangul.

use std::ops::Range;

use crate::tokens::packed::Bytes;

/// The symbol of a character that no piece contains.
pub(super) const UNKNOWN: u8 = 0xff;
/// The symbol of a space.
pub(super) const SPACE: u8 = 0;

/// The first number of a composition, after all characters.
const COMPOSED: u32 = 0x11_0000;
/// A Hangul syllable of a consonant and a vowel.
const SYLLABLE: u32 = u32::MAX - 1;
/// A Hangul syllable with a final consonant.
const CLOSED_SYLLABLE: u32 = u32::MAX;

/// The rules. Each list is sorted by its first column.
pub(super) struct Rules {
    /// Runs of characters that become a run of others: the first, how many follow it, and what the first becomes.
    runs: Vec<(u32, u32, u32)>,
    /// A character, and the part of `spellings` that it becomes.
    spelled: Vec<(u32, Range<usize>)>,
    spellings: Vec<u8>,
    /// A pair that composes, and the symbol of the composition.
    composed: Vec<((u32, u32), u8)>,
    /// The characters that pieces consist of, and their symbols.
    alphabet: Vec<(u32, u8)>,
}

impl Rules {
    pub(super) fn read(bytes: &mut Bytes<'_>) -> Self {
        let mut spellings = Vec::new();
        Self {
            alphabet: rows(bytes, |c, bytes| (c, bytes.byte())),
            runs: rows(bytes, |c, bytes| (c, bytes.number(), bytes.number())),
            spelled: rows(bytes, |c, bytes| {
                let start = spellings.len();
                let count = bytes.count();
                spellings.extend_from_slice(bytes.take(count));
                (c, start..spellings.len())
            }),
            composed: rows(bytes, |c, bytes| ((c, bytes.number()), bytes.byte())),
            spellings,
        }
    }

    /// The symbol of a character or of a composition.
    pub(super) fn symbol(&self, c: u32) -> u8 {
        let found = if c < COMPOSED {
            let at = self.alphabet.binary_search_by_key(&c, |(c, _)| *c);
            at.ok()
                .and_then(|at| self.alphabet.get(at))
                .map(|row| row.1)
        } else {
            let row = self.composed.get((c - COMPOSED) as usize);
            row.map(|row| row.1)
        };
        found.unwrap_or(UNKNOWN)
    }

    /// The one character that `c` becomes; `c` itself if there is no such rule.
    pub(super) fn single(&self, c: u32) -> u32 {
        if is_plain(c) {
            return c;
        }
        let behind = self.runs.partition_point(|run| run.0 <= c);
        match self.runs.get(behind.wrapping_sub(1)) {
            Some((first, more, to)) if c - first <= *more => to.saturating_add(c - first),
            _ => c,
        }
    }

    /// The symbols that `c` becomes, when they are several or none.
    pub(super) fn spelled(&self, c: u32) -> Option<&[u8]> {
        if is_plain(c) {
            return None;
        }
        let at = self.spelled.binary_search_by_key(&c, |(c, _)| *c).ok()?;
        self.spellings.get(self.spelled.get(at)?.1.clone())
    }

    /// The composition of `c` with the mark after it.
    pub(super) fn composed(&self, c: u32, mark: u32) -> Option<u32> {
        match (c, mark) {
            (0x1100..0x1113, 0x1161..0x1176) => Some(SYLLABLE),
            (SYLLABLE, 0x11a8..0x11c3) => Some(CLOSED_SYLLABLE),
            _ => {
                let at = self
                    .composed
                    .binary_search_by_key(&(c, mark), |(pair, _)| *pair);
                Some(COMPOSED + u32::try_from(at.ok()?).ok()?)
            }
        }
    }
}

/// Whether `c` is printable ASCII, which no rule changes. Most of a text is.
fn is_plain(c: u32) -> bool {
    (0x20..0x7f).contains(&c)
}

/// Reads a count, then for each row its key as the distance from the last, and what `row` reads.
fn rows<T>(bytes: &mut Bytes<'_>, mut row: impl FnMut(u32, &mut Bytes<'_>) -> T) -> Vec<T> {
    let mut first = 0_u32;
    let count = bytes.count();
    let mut rows = Vec::with_capacity(count);
    for _ in 0..count {
        first = first.saturating_add(bytes.number());
        rows.push(row(first, bytes));
    }
    rows
}

/// A text as symbols.
#[derive(Default)]
pub(super) struct Normalised {
    pub(super) symbols: Vec<u8>,
    /// For each symbol, the byte offset at which its source ends in the text.
    pub(super) ends: Vec<usize>,
}

/// Applies the rules from left to right, the longest match first. Spaces are folded and trimmed, and one is put before the
/// text.
pub(super) fn normalise(text: &str, rules: &Rules) -> Normalised {
    let mut out = Normalised::default();
    out.push(SPACE, 0);
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let c = u32::from(c);
        let single = rules.single(c);
        let mut all = single;
        // Only marks compose with the character before them, and no mark is ASCII.
        while let Some(next) = rest.clone().next().filter(|next| !next.is_ascii()) {
            let Some(composed) = rules.composed(all, rules.single(next.into())) else {
                break;
            };
            all = composed;
            rest.next();
        }
        let end = text.len() - rest.as_str().len();
        match rules.spelled(c).filter(|_| all == single) {
            Some(symbols) => symbols.iter().for_each(|symbol| out.push(*symbol, end)),
            None => out.push(rules.symbol(all), end),
        }
    }
    if out.symbols.last() == Some(&SPACE) {
        out.symbols.pop();
    }
    out
}

impl Normalised {
    fn push(&mut self, symbol: u8, end: usize) {
        if symbol != SPACE || self.symbols.last() != Some(&SPACE) {
            self.symbols.push(symbol);
            self.ends.push(end);
        }
    }
}
