//! From a text to the symbols that pieces are made of.

use alloc::vec::Vec;

use super::rules::{LONGEST, Rules};

/// A text in symbols.
pub(super) struct Normalised {
    pub(super) symbols: Vec<u8>,
    /// Of each symbol, where what it came from ends in the text, in bytes.
    pub(super) ends: Vec<usize>,
}

/// Follows the rules from left to right, always the longest that fits. Spaces stand once, none at either end; one
/// is put before everything.
pub(super) fn normalise(text: &str, rules: &Rules) -> Normalised {
    let mut out = Normalised {
        symbols: Vec::with_capacity(text.len() + 1),
        ends: Vec::with_capacity(text.len() + 1),
    };
    out.push(rules.space(), 0);
    let mut rest = text.char_indices();
    while let Some((start, c)) = rest.next() {
        let c = u32::from(c);
        // The commonest case, at once: nothing composes with an ASCII character but marks.
        let mut window = [rules.single(c), 0, 0, 0];
        let mut count = 1;
        for (place, next) in window.iter_mut().skip(1).zip(rest.clone().map(|(_, c)| c)) {
            *place = rules.single(u32::from(next));
            if *place < 0x300 {
                break;
            }
            count += 1;
        }
        debug_assert!(count <= LONGEST);
        if let Some((symbol, length)) = rules.composed(window.get(..count).unwrap_or_default()) {
            for _ in 1..length {
                rest.next();
            }
            out.push(symbol, rest.offset());
        } else if let Some(letters) = rules.spelled(c) {
            for letter in letters {
                out.push_character(*letter, rest.offset(), rules);
            }
        } else {
            out.push_character(window[0], rest.offset(), rules);
        }
        debug_assert!(rest.offset() > start);
    }
    while out.symbols.last() == Some(&rules.space()) {
        out.symbols.pop();
        out.ends.pop();
    }
    out
}

impl Normalised {
    fn push(&mut self, symbol: u8, end: usize) {
        self.symbols.push(symbol);
        self.ends.push(end);
    }

    fn push_character(&mut self, c: u32, end: usize, rules: &Rules) {
        if c != u32::from(' ') {
            self.push(rules.symbol(c), end);
        } else if self.symbols.last() != Some(&rules.space()) {
            self.push(rules.space(), end);
        }
    }
}
