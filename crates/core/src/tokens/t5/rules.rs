//! What the normaliser of `spiece.model` does with each character, as packed rules.
//!
//! It is `SentencePiece`'s `nmt_nfkc`: NFKC of the Unicode of its time, without reordering, plus rules for controls and
//! spaces. The model holds it as 224,711 strings and what they become. All of them follow from what is kept here:
//! single characters that become one other, single characters that become several or nothing, what a character and
//! the marks behind it compose to once each of them is replaced, and the arithmetic of Hangul.

use alloc::vec::Vec;
use core::ops::Range;

use crate::tokens::VocabularyError;
use crate::tokens::bytes::Bytes;

/// A character that is in none of the pieces. There are fewer symbols than this.
pub(super) const UNKNOWN: u8 = 0xff;
/// Bytes from here on say in a list of pieces how much of the last one stays.
pub(super) const KEEP: u8 = 0xf0;
/// Longest string that composes, in characters.
pub(super) const LONGEST: usize = 4;

const SPACE: char = ' ';

/// Characters that become others, in a row: the first, the last, and what the first becomes.
struct Run {
    first: u32,
    last: u32,
    to: u32,
}

/// The rules.
pub(super) struct Rules {
    /// The characters that pieces are made of, ascending: a symbol is a place in this list.
    alphabet: Vec<u32>,
    /// The same for ASCII, at once.
    ascii: [u8; 128],
    space: u8,
    runs: Vec<Run>,
    /// One character, and where in `letters` stands what it becomes.
    spelled: Vec<(u32, Range<usize>)>,
    letters: Vec<u32>,
    composed: Vec<([u32; LONGEST], u8)>,
}

impl Rules {
    pub(super) fn read(bytes: &mut Bytes<'_>) -> Result<Self, VocabularyError> {
        let mut alphabet = Vec::new();
        let mut last = 0_u32;
        for _ in 0..bytes.count()? {
            last = last.saturating_add(bytes.number()?);
            alphabet.push(last);
        }
        if alphabet.len() > usize::from(KEEP) {
            return Err(VocabularyError::Malformed);
        }
        let mut rules = Self {
            alphabet,
            ascii: [UNKNOWN; 128],
            space: UNKNOWN,
            runs: Vec::new(),
            spelled: Vec::new(),
            letters: Vec::new(),
            composed: Vec::new(),
        };
        for c in 0..128_u8 {
            rules.ascii[usize::from(c)] = rules.symbol(u32::from(c));
        }
        rules.space = rules.symbol(0x2581);
        rules.read_runs(bytes)?;
        rules.read_spelled(bytes)?;
        rules.read_composed(bytes)?;
        Ok(rules)
    }

    /// Of each: how far behind the last one it begins, its length - 1, and where it goes.
    fn read_runs(&mut self, bytes: &mut Bytes<'_>) -> Result<(), VocabularyError> {
        let mut next = 0_u32;
        for _ in 0..bytes.count()? {
            let first = next.saturating_add(bytes.number()?);
            let last = first.saturating_add(bytes.number()?);
            let to = bytes.number()?;
            self.runs.push(Run { first, last, to });
            next = last.saturating_add(1);
        }
        Ok(())
    }

    /// Of each: how far behind the last one it stands, and what it becomes.
    fn read_spelled(&mut self, bytes: &mut Bytes<'_>) -> Result<(), VocabularyError> {
        let mut next = 0_u32;
        for _ in 0..bytes.count()? {
            let c = next.saturating_add(bytes.number()?);
            let start = self.letters.len();
            for _ in 0..bytes.count()? {
                self.letters.push(bytes.number()?);
            }
            self.spelled.push((c, start..self.letters.len()));
            next = c.saturating_add(1);
        }
        Ok(())
    }

    /// Of each: how much of the last one stays, the characters behind that, 0, and the symbol that they become.
    fn read_composed(&mut self, bytes: &mut Bytes<'_>) -> Result<(), VocabularyError> {
        let mut key = [0; LONGEST];
        for _ in 0..bytes.count()? {
            let keep = usize::from(bytes.byte()?);
            for place in key.iter_mut().skip(keep) {
                *place = 0;
            }
            for place in key.iter_mut().skip(keep) {
                *place = bytes.number()?;
                if *place == 0 {
                    break;
                }
            }
            self.composed.push((key, bytes.byte()?));
        }
        Ok(())
    }

    /// How many symbols there are.
    pub(super) fn symbols(&self) -> u8 {
        u8::try_from(self.alphabet.len()).unwrap_or(KEEP)
    }

    /// The symbol of a space.
    pub(super) fn space(&self) -> u8 {
        self.space
    }

    /// The symbol of a character.
    pub(super) fn symbol(&self, c: u32) -> u8 {
        let ascii = usize::try_from(c).ok().and_then(|at| self.ascii.get(at));
        match (ascii, self.alphabet.binary_search(&c)) {
            (Some(symbol), _) if *symbol != UNKNOWN => *symbol,
            (_, Ok(at)) => u8::try_from(at).unwrap_or(UNKNOWN),
            _ => UNKNOWN,
        }
    }

    /// What one character becomes, when that is one character; else itself.
    pub(super) fn single(&self, c: u32) -> u32 {
        if (u32::from(SPACE)..0x7f).contains(&c) {
            return c;
        }
        let behind = self.runs.partition_point(|run| run.first <= c);
        match behind.checked_sub(1).and_then(|at| self.runs.get(at)) {
            Some(run) if c <= run.last => run.to.saturating_add(c - run.first),
            _ => c,
        }
    }

    /// What one character becomes, when that is several or nothing.
    pub(super) fn spelled(&self, c: u32) -> Option<&[u32]> {
        if (u32::from(SPACE)..0x7f).contains(&c) {
            return None;
        }
        let at = self.spelled.binary_search_by_key(&c, |(c, _)| *c).ok()?;
        let (_, range) = self.spelled.get(at)?;
        self.letters.get(range.clone())
    }

    /// What the longest beginning of `text` composes to, and how many characters that beginning has.
    pub(super) fn composed(&self, text: &[u32]) -> Option<(u8, usize)> {
        // Only marks compose with what is before them.
        if *text.get(1)? < 0x300 {
            return None;
        }
        if let Some(count) = hangul(text) {
            return Some((UNKNOWN, count));
        }
        (2..=LONGEST.min(text.len())).rev().find_map(|count| {
            let mut key = [0; LONGEST];
            for (place, c) in key.iter_mut().zip(text.iter().take(count)) {
                *place = *c;
            }
            let at = self.composed.binary_search_by_key(&key, |(key, _)| *key);
            let (_, symbol) = self.composed.get(at.ok()?)?;
            Some((*symbol, count))
        })
    }
}

/// How many letters make the syllable that `text` begins with: a consonant and a vowel, with or without a final one.
fn hangul(text: &[u32]) -> Option<usize> {
    let is = |at: usize, range: Range<u32>| text.get(at).is_some_and(|c| range.contains(c));
    if !is(0, 0x1100..0x1113) || !is(1, 0x1161..0x1176) {
        return None;
    }
    Some(if is(2, 0x11a8..0x11c3) { 3 } else { 2 })
}
