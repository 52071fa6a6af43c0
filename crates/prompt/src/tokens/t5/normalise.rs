//! From a text to the symbols that pieces are made of.

use super::rules::{Rules, SPACE};

/// A text in symbols.
#[derive(Default)]
pub(super) struct Normalised {
    pub(super) symbols: Vec<u8>,
    /// Of each symbol, where what it came from ends in the text, in bytes.
    pub(super) ends: Vec<usize>,
}

/// Follows the rules from left to right, always the longest that fits. Spaces stand once, none at either end; one
/// is put before everything.
pub(super) fn normalise(text: &str, rules: &Rules) -> Normalised {
    let mut out = Normalised::default();
    out.push(SPACE, 0);
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let c = u32::from(c);
        let single = rules.single(c);
        let mut all = single;
        // Only marks compose with what is before them, and no mark is ASCII.
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
