//! The 224,711 replacements of T5's normaliser, reduced to the rules that generate them.

use std::collections::{BTreeMap, BTreeSet};

use super::write::Out;

/// Longest string that composes, in characters.
const LONGEST: usize = 4;
/// The symbol of every character that is in no piece.
const UNKNOWN: u8 = 0xff;
/// The number of the first composed string. Numbers below it are characters.
const COMPOSED: u32 = 0x11_0000;

/// The rules that generate the table.
pub(crate) struct Rules {
    /// One character that becomes one other.
    single: BTreeMap<char, char>,
    /// One character that becomes several or nothing.
    spelled: BTreeMap<char, String>,
    /// Several characters, after `single` has been applied to each, that become one.
    composed: BTreeMap<Vec<char>, char>,
}

impl Rules {
    /// Reduces the table to rules, and checks that they generate exactly the table.
    pub(crate) fn of(table: &BTreeMap<String, String>) -> Result<Self, String> {
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
            let value = only(value).ok_or("a string composes to several characters")?;
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

    /// Checks that the rules compose as many strings as the table has. By construction they compose each of those.
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

    /// Writes the rules for pieces made of `symbols`. Leaves out replacements between characters that are in no piece and
    /// in no composition, because they cannot change a count.
    pub(crate) fn write(&self, out: &mut Out, symbols: &BTreeMap<char, u8>) -> Result<(), String> {
        let composing: BTreeSet<char> = self.composed.keys().flatten().copied().collect();
        let matters = |c: &char| symbols.contains_key(c) || composing.contains(c);
        if let Some(plain) =
            (' '..='~').find(|c| self.replaced(*c) != *c || self.spelled.contains_key(c))
        {
            return Err(format!(
                "the table replaces {plain:?}, which the reader takes as unchanged"
            ));
        }
        let singles = self.single.iter();
        write_runs(
            out,
            singles.filter(|(key, value)| matters(key) || matters(value)),
        );
        let symbol = |c: &char| symbols.get(c).copied().unwrap_or(UNKNOWN);
        let spelled: Vec<_> = self.spelled.iter().collect();
        out.rows(
            &spelled,
            |row| u32::from(*row.0),
            |out, (_, value)| {
                out.count(value.chars().count());
                value.chars().for_each(|c| out.byte(symbol(&c)));
            },
        );
        self.write_composed(out, symbol)
    }

    /// Writes the compositions as steps: a character or an earlier composition, a mark, and the resulting symbol.
    fn write_composed(&self, out: &mut Out, symbol: impl Fn(&char) -> u8) -> Result<(), String> {
        let (syllables, mut composed): (Vec<_>, Vec<_>) = self
            .composed
            .iter()
            .partition(|(key, _)| matches!(key[0], '\u{1100}'..='\u{1112}'));
        // A consonant, a vowel and one of 27 finals or none. The reader derives them, because none is in a piece.
        if syllables.len() != 19 * 21 * 28 || syllables.iter().any(|(_, to)| symbol(to) != UNKNOWN)
        {
            return Err("the syllables of Hangul are not as expected".to_owned());
        }
        // Shorter ones first, so that a step only builds on earlier steps.
        composed.sort_by_key(|(key, _)| key.len());
        let mut numbers: BTreeMap<&[char], u32> = BTreeMap::new();
        let mut steps = Vec::new();
        for (number, (key, value)) in (COMPOSED..).zip(composed) {
            let (mark, before) = key.split_last().ok_or("nothing composes")?;
            let from = match before {
                [c] => u32::from(*c),
                _ => *numbers.get(before).ok_or("a step is missing")?,
            };
            numbers.insert(key, number);
            steps.push((from, *mark, symbol(value)));
        }
        if !steps.is_sorted() {
            return Err("the steps are not in order".to_owned());
        }
        out.rows(
            &steps,
            |step| step.0,
            |out, (_, mark, symbol)| {
                out.number(u32::from(*mark));
                out.byte(*symbol);
            },
        );
        Ok(())
    }
}

/// Writes the replacements as runs of consecutive characters that become consecutive characters.
fn write_runs<'a>(out: &mut Out, singles: impl Iterator<Item = (&'a char, &'a char)>) {
    let mut runs: Vec<(u32, u32, u32)> = Vec::new();
    for (key, value) in singles {
        let (key, value) = (u32::from(*key), u32::from(*value));
        match runs.last_mut() {
            Some((first, more, to))
                if *first + *more + 1 == key && *to + (key - *first) == value =>
            {
                *more += 1;
            }
            _ => runs.push((key, 0, value)),
        }
    }
    out.rows(
        &runs,
        |run| run.0,
        |out, (_, more, to)| {
            out.number(*more);
            out.number(*to);
        },
    );
}

fn only(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}
