//! All combinations, one after the other, in order: like the digits of a number, the last changes first.

use super::budget::Budget;
use super::tree::{Choice, Part};

/// What a cursor goes through.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    /// The combinations of its choices.
    Sequence(&'a [Part<'a>]),
    /// Which options are taken, and the combinations of each.
    Choice(&'a Choice<'a>),
}

/// One combination.
pub(super) struct Cursor<'a> {
    place: Place<'a>,
    /// One for each choice of a sequence, or for each option that is taken.
    inner: Vec<Cursor<'a>>,
    /// Which options are taken, and how many are to be.
    picks: Vec<usize>,
    size: usize,
    /// The combinations so far, sorted; empty where none can read like another.
    seen: Vec<Vec<String>>,
    /// What one look at a combination costs besides its text; 0 where none can read like another.
    cost: usize,
}

/// Goes to at most `limit` combinations of `place`.
pub(super) fn each<'a>(
    place: Place<'a>,
    limit: usize,
    budget: &mut Budget,
    visit: &mut dyn FnMut(&Cursor<'a>),
) {
    let mut visited = 0;
    let mut cursor = Cursor::first(place, budget);
    while let Some(at) = &mut cursor {
        visit(at);
        visited += 1;
        if visited >= limit || !at.next(budget) {
            return;
        }
    }
}

impl<'a> Cursor<'a> {
    /// The first combination; `None` when there is none.
    fn first(place: Place<'a>, budget: &mut Budget) -> Option<Self> {
        let mut cursor = Self {
            place,
            inner: Vec::new(),
            picks: Vec::new(),
            size: 0,
            seen: Vec::new(),
            cost: 0,
        };
        match place {
            Place::Sequence(parts) => {
                for part in parts {
                    if let Part::Choice(choice) = part {
                        let inner = Self::first(Place::Choice(choice), budget)?;
                        cursor.inner.push(inner);
                    }
                }
                Some(cursor)
            }
            Place::Choice(choice) => {
                cursor.pick_first(choice.low);
                if !choice.is_plain() {
                    cursor.cost = choice.size() * 16;
                }
                let found = (cursor.enter(choice, budget) || cursor.advance(choice, budget))
                    && cursor.settle(choice, budget);
                found.then_some(cursor)
            }
        }
    }

    /// Moves on; false after the last.
    fn next(&mut self, budget: &mut Budget) -> bool {
        match self.place {
            Place::Sequence(_) => self.turn(budget),
            Place::Choice(choice) => self.advance(choice, budget) && self.settle(choice, budget),
        }
    }

    /// What is chosen, in order: of a sequence for each of its choices, of a choice each option.
    pub(super) fn texts(&self) -> Vec<String> {
        let mut texts = Vec::new();
        for inner in &self.inner {
            texts.push(inner.text());
        }
        texts
    }

    /// What it reads.
    pub(super) fn text(&self) -> String {
        match self.place {
            Place::Sequence(parts) => text_with(parts, &self.texts()),
            Place::Choice(choice) => joined(&self.texts(), choice.separator),
        }
    }

    /// Moves the last inner one on that can be, and all behind it back to their first.
    fn turn(&mut self, budget: &mut Budget) -> bool {
        for inner in self.inner.iter_mut().rev() {
            if inner.next(budget) {
                return true;
            }
            // It was there before, so it is there again.
            match Self::first(inner.place, budget) {
                Some(first) => *inner = first,
                None => return false,
            }
        }
        false
    }

    /// Moves on to a combination that is new and takes no text twice.
    fn settle(&mut self, choice: &'a Choice<'a>, budget: &mut Budget) -> bool {
        while self.cost > 0 {
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
            if !self.advance(choice, budget) {
                return false;
            }
        }
        budget.take(1)
    }

    fn advance(&mut self, choice: &'a Choice<'a>, budget: &mut Budget) -> bool {
        if self.turn(budget) {
            return true;
        }
        while self.repick(choice) && budget.take(1 + self.size) {
            if self.enter(choice, budget) {
                return true;
            }
        }
        false
    }

    /// The first combination of each option that is taken; false when one of them has none.
    fn enter(&mut self, choice: &'a Choice<'a>, budget: &mut Budget) -> bool {
        let mut first = Vec::new();
        for pick in &self.picks {
            let Some(option) = choice.options.get(*pick) else {
                continue;
            };
            match Self::first(Place::Sequence(&option.parts), budget) {
                Some(cursor) => first.push(cursor),
                None => return false,
            }
        }
        self.inner = first;
        true
    }

    /// The next selection in order, and after the last of one size the first of the next size.
    fn repick(&mut self, choice: &Choice<'_>) -> bool {
        while let Some(last) = self.picks.pop() {
            let mut from = last + 1;
            while let Some(free) = self.free(choice, from) {
                self.picks.push(free);
                if self.picks.len() == self.size {
                    return true;
                }
                from = 0;
            }
        }
        self.pick_first(self.size + 1);
        self.size <= choice.high
    }

    fn pick_first(&mut self, size: usize) {
        self.size = size;
        self.picks = (0..size).collect();
    }

    /// The first option from `start` on that is not taken.
    fn free(&self, choice: &Choice<'_>, start: usize) -> Option<usize> {
        (start..choice.options.len()).find(|option| !self.picks.contains(option))
    }
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
    let mut all = String::new();
    for (index, text) in texts.iter().enumerate() {
        if index > 0 {
            all.push_str(separator);
        }
        all.push_str(text);
    }
    if texts.len() < 2 || separator.is_empty() {
        return all;
    }
    let rest = all.strip_prefix(separator).unwrap_or(&all);
    rest.strip_suffix(separator).unwrap_or(rest).into()
}
