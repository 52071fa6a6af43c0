//! All combinations, one after the other, in order: like the digits of a number, the last changes first.

use alloc::string::String;
use alloc::vec::Vec;

use super::budget::Budget;
use super::tree::{Choice, Part};

/// One combination of a sequence's choices.
pub(super) struct SequenceCursor<'a> {
    parts: &'a [Part<'a>],
    choices: Vec<ChoiceCursor<'a>>,
}

impl<'a> SequenceCursor<'a> {
    /// The first combination; `None` when there is none.
    pub(super) fn first(parts: &'a [Part<'a>], budget: &mut Budget) -> Option<Self> {
        let mut choices = Vec::new();
        for part in parts {
            if let Part::Choice(choice) = part {
                choices.push(ChoiceCursor::first(choice, budget)?);
            }
        }
        Some(Self { parts, choices })
    }

    /// Moves on; false after the last.
    pub(super) fn next(&mut self, budget: &mut Budget) -> bool {
        for cursor in self.choices.iter_mut().rev() {
            if cursor.next(budget) {
                return true;
            }
            // It was there before, so it is there again.
            match ChoiceCursor::first(cursor.choice, budget) {
                Some(first) => *cursor = first,
                None => return false,
            }
        }
        false
    }

    /// What each choice reads, in order.
    pub(super) fn choices(&self) -> Vec<String> {
        self.choices.iter().map(ChoiceCursor::text).collect()
    }

    /// The text with `chosen` in the places of the choices.
    pub(super) fn text_with(parts: &[Part<'_>], chosen: &[String]) -> String {
        let mut chosen = chosen.iter();
        let mut out = String::new();
        for part in parts {
            out.push_str(match part {
                Part::Text(text) => text,
                Part::Choice(_) => chosen.next().map_or("", String::as_str),
            });
        }
        out
    }

    fn text(&self) -> String {
        Self::text_with(self.parts, &self.choices())
    }
}

/// One combination of a choice: which options are taken, and one combination of each.
pub(super) struct ChoiceCursor<'a> {
    choice: &'a Choice<'a>,
    /// How many options are taken.
    size: usize,
    picks: Vec<usize>,
    inner: Vec<SequenceCursor<'a>>,
    /// The combinations so far, sorted; empty where none can read like another.
    seen: Vec<Vec<String>>,
    plain: bool,
    /// What one look at a combination costs besides its text.
    cost: usize,
}

impl<'a> ChoiceCursor<'a> {
    /// The first combination; `None` when there is none.
    pub(super) fn first(choice: &'a Choice<'a>, budget: &mut Budget) -> Option<Self> {
        let mut cursor = Self {
            choice,
            size: choice.low,
            picks: (0..choice.low).collect(),
            inner: Vec::new(),
            seen: Vec::new(),
            plain: choice.is_plain(),
            cost: choice.size() * 16,
        };
        let found = (cursor.enter(budget) || cursor.advance(budget)) && cursor.settle(budget);
        found.then_some(cursor)
    }

    /// Moves on; false after the last.
    pub(super) fn next(&mut self, budget: &mut Budget) -> bool {
        self.advance(budget) && self.settle(budget)
    }

    /// What is taken, joined.
    pub(super) fn text(&self) -> String {
        joined(&self.texts(), self.choice.separator)
    }

    fn texts(&self) -> Vec<String> {
        self.inner.iter().map(SequenceCursor::text).collect()
    }

    /// Moves on to a combination that is new and takes no text twice.
    fn settle(&mut self, budget: &mut Budget) -> bool {
        while !self.plain {
            let texts = self.texts();
            let bytes: usize = texts.iter().map(String::len).sum();
            if !budget.take(bytes + self.cost) {
                return false;
            }
            if all_differ(&texts)
                && let Err(place) = self.seen.binary_search(&texts)
            {
                self.seen.insert(place, texts);
                return true;
            }
            if !self.advance(budget) {
                return false;
            }
        }
        budget.take(1)
    }

    fn advance(&mut self, budget: &mut Budget) -> bool {
        for at in (0..self.inner.len()).rev() {
            let Some(cursor) = self.inner.get_mut(at) else {
                return false;
            };
            if cursor.next(budget) {
                return true;
            }
            match SequenceCursor::first(cursor.parts, budget) {
                Some(first) => *cursor = first,
                None => return false,
            }
        }
        while self.repick() && budget.take(1 + self.size) {
            if self.enter(budget) {
                return true;
            }
        }
        false
    }

    /// The first combination of each option that is taken; false when one of them has none.
    fn enter(&mut self, budget: &mut Budget) -> bool {
        let options = &self.choice.options;
        let picked = self.picks.iter().filter_map(|pick| options.get(*pick));
        let first = picked.map(|option| SequenceCursor::first(&option.parts, budget));
        match first.collect() {
            Some(inner) => {
                self.inner = inner;
                true
            }
            None => false,
        }
    }

    /// The next selection in order, and after the last of one size the first of the next size.
    fn repick(&mut self) -> bool {
        while let Some(last) = self.picks.pop() {
            let Some(free) = self.free(last + 1) else {
                continue;
            };
            self.picks.push(free);
            while self.picks.len() < self.size {
                let free = self.free(0).unwrap_or_default();
                self.picks.push(free);
            }
            return true;
        }
        self.size += 1;
        self.picks = (0..self.size).collect();
        self.size <= self.choice.high
    }

    /// The first option from `start` on that is not taken.
    fn free(&self, start: usize) -> Option<usize> {
        (start..self.choice.options.len()).find(|option| !self.picks.contains(option))
    }
}

/// No text is there twice. There are at most [`MAX_OPTIONS`](super::MAX_OPTIONS).
pub(super) fn all_differ(texts: &[String]) -> bool {
    let mut rest = texts;
    while let Some((first, others)) = rest.split_first() {
        if others.contains(first) {
            return false;
        }
        rest = others;
    }
    true
}

/// Options with the separator between them. Where the first or last reads empty, its separator goes, too.
pub(super) fn joined(texts: &[String], separator: &str) -> String {
    let all = texts.join(separator);
    if texts.len() < 2 || separator.is_empty() {
        return all;
    }
    let all = all.strip_prefix(separator).unwrap_or(&all);
    all.strip_suffix(separator).unwrap_or(all).into()
}
