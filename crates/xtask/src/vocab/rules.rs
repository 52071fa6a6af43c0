//! The 224,711 strings of T5's normaliser as the few rules that they follow from.

use std::collections::{BTreeMap, BTreeSet};

use super::write::{Out, common};

/// Longest string that composes, in characters.
const LONGEST: usize = 4;
/// What stands for characters that are in no piece.
const UNKNOWN: u8 = 0xff;
/// A character that is in no piece, where any would do.
const ANY: char = '\u{fffe}';

/// The table, taken apart.
pub struct Rules {
    /// One character that becomes one other.
    single: BTreeMap<char, char>,
    /// One character that becomes several or nothing.
    spelled: BTreeMap<char, String>,
    /// Several characters, each replaced by `single` already, and what they become together.
    composed: BTreeMap<Vec<char>, char>,
}

impl Rules {
    /// Takes the table apart, and puts it together again to be sure that nothing was lost.
    pub fn of(table: &BTreeMap<String, String>) -> Result<Self, String> {
        let mut rules = Self {
            single: BTreeMap::new(),
            spelled: BTreeMap::new(),
            composed: BTreeMap::new(),
        };
        for (key, value) in table {
            if let (Some(key), Some(value)) = (only(key), only(value)) {
                rules.single.insert(key, value);
            } else if let Some(key) = only(key) {
                rules.spelled.insert(key, value.clone());
            }
        }
        for (key, value) in table.iter().filter(|(key, _)| only(key).is_none()) {
            let replaced: Vec<char> = key.chars().map(|c| rules.replaced(c)).collect();
            let value = only(value).ok_or("a string that composes to several characters")?;
            let known = rules.composed.insert(replaced.clone(), value);
            if known.is_some_and(|known| known != value) {
                return Err(format!("{replaced:?} composes in two ways"));
            }
            if replaced.len() > LONGEST || replaced[1..].iter().any(|c| *c < '\u{300}') {
                return Err(format!(
                    "{replaced:?} is too long or composes without a mark"
                ));
            }
        }
        rules.check(table)?;
        Ok(rules)
    }

    fn replaced(&self, c: char) -> char {
        self.single.get(&c).copied().unwrap_or(c)
    }

    /// Every string that the rules can compose is in the table. Each string in the table follows from the rules
    /// by how they were made.
    fn check(&self, table: &BTreeMap<String, String>) -> Result<(), String> {
        let mut sources: BTreeMap<char, u64> = BTreeMap::new();
        for c in '\0'..=char::MAX {
            *sources.entry(self.replaced(c)).or_default() += 1;
        }
        let strings: u64 = self
            .composed
            .keys()
            .map(|key| -> u64 {
                key.iter()
                    .map(|c| sources.get(c).copied().unwrap_or_default())
                    .product()
            })
            .sum();
        let expected = table.keys().filter(|key| only(key).is_none()).count();
        if u64::try_from(expected) != Ok(strings) {
            return Err(format!(
                "the rules compose {strings} strings, the table {expected}"
            ));
        }
        Ok(())
    }

    /// Writes them for pieces that are made of `alphabet`. Which character something becomes that is in no piece
    /// makes no difference, as long as nothing composes with it.
    pub fn write(&self, out: &mut Out, alphabet: &BTreeSet<char>) -> Result<(), String> {
        let composing: BTreeSet<char> = self.composed.keys().flatten().copied().collect();
        let matters = |c: char| c == ' ' || alphabet.contains(&c) || composing.contains(&c);
        let singles = self
            .single
            .iter()
            .filter(|(key, value)| matters(**key) || matters(**value));
        write_runs(out, singles);
        out.count(self.spelled.len());
        let mut next = 0;
        for (key, value) in &self.spelled {
            out.number(u32::from(*key) - next);
            next = u32::from(*key) + 1;
            out.count(value.chars().count());
            for c in value.chars() {
                out.number(u32::from(if matters(c) { c } else { ANY }));
            }
        }
        self.write_composed(out, alphabet)
    }

    fn write_composed(&self, out: &mut Out, alphabet: &BTreeSet<char>) -> Result<(), String> {
        let (syllables, composed): (Vec<_>, Vec<_>) = self
            .composed
            .iter()
            .partition(|(key, _)| matches!(key[0], '\u{1100}'..='\u{1112}'));
        // Consonant, vowel, and 27 finals or none, of which none is in a piece: the reader knows that by itself.
        if syllables.len() != 19 * 21 * 28 || syllables.iter().any(|(_, to)| alphabet.contains(to))
        {
            return Err("the syllables of Hangul are not as expected".to_owned());
        }
        out.count(composed.len());
        let mut last: &[char] = &[];
        for (key, value) in composed {
            let keep = common(last, key);
            out.byte(u8::try_from(keep).unwrap_or_default());
            for c in &key[keep..] {
                out.number(u32::from(*c));
            }
            if key.len() < LONGEST {
                out.number(0);
            }
            let symbol = alphabet.iter().position(|c| c == value);
            out.byte(symbol.map_or(UNKNOWN, |at| u8::try_from(at).unwrap_or(UNKNOWN)));
            last = key;
        }
        Ok(())
    }
}

/// Neighbours that become neighbours are one run.
fn write_runs<'a>(out: &mut Out, singles: impl Iterator<Item = (&'a char, &'a char)>) {
    let mut runs: Vec<(u32, u32, u32)> = Vec::new();
    for (key, value) in singles {
        let (key, value) = (u32::from(*key), u32::from(*value));
        match runs.last_mut() {
            Some((first, last, to)) if *last + 1 == key && *to + (key - *first) == value => {
                *last = key;
            }
            _ => runs.push((key, key, value)),
        }
    }
    out.count(runs.len());
    let mut next = 0;
    for (first, last, to) in runs {
        out.number(first - next);
        out.number(last - first);
        out.number(to);
        next = last + 1;
    }
}

fn only(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}
