//! Enumerates combinations in order, like the digits of a number: the last one changes first.

use super::error::{VariantError, VariantErrorCode};
use super::tree::{Choice, Part};

/// The steps that an enumeration may still take, about one for each byte that is compared. It bounds the work that
/// options with equal texts can cause.
pub(super) struct Budget(u32);

impl Budget {
    /// A few milliseconds. 24 variants without equal options take a hundredth of it.
    pub(super) const WHOLE: Self = Self(400_000);

    /// Takes `steps`. False when none are left.
    pub(super) fn take(&mut self, steps: usize) -> bool {
        let steps = u32::try_from(steps).unwrap_or(u32::MAX);
        self.0 = self.0.saturating_sub(steps);
        self.0 > 0
    }

    /// An error when no steps are left.
    pub(super) fn check(&self, template: &str) -> Result<(), VariantError> {
        if self.0 > 0 {
            Ok(())
        } else {
            Err(VariantError::of(template, VariantErrorCode::TooMuchAlike))
        }
    }
}

/// What a cursor enumerates.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    /// The combinations of its choices.
    Sequence(&'a [Part<'a>]),
    /// The selections of its options, and the combinations of each selected option.
    Choice(&'a Choice<'a>),
}

/// One combination.
pub(super) struct Cursor<'a> {
    place: Place<'a>,
    /// One for each choice of a sequence, or for each selected option.
    inner: Vec<Cursor<'a>>,
    /// The selected options.
    picks: Vec<usize>,
    /// The number of options to select.
    size: usize,
    /// The combinations so far, sorted. Empty when no two can have the same text.
    seen: Vec<Vec<String>>,
    /// The steps that comparing a combination takes besides its text. 0 when no two can have the same text.
    cost: usize,
}

/// Visits at most `limit` combinations of `place`.
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
    /// A cursor at the first combination. `None` without any combination.
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

    /// Moves to the next combination. False after the last.
    fn next(&mut self, budget: &mut Budget) -> bool {
        match self.place {
            Place::Sequence(_) => self.turn(budget),
            Place::Choice(choice) => self.advance(choice, budget) && self.settle(choice, budget),
        }
    }

    /// The chosen texts in order: one for each choice of a sequence, or for each selected option.
    pub(super) fn texts(&self) -> Vec<String> {
        let mut texts = Vec::new();
        for inner in &self.inner {
            texts.push(inner.text());
        }
        texts
    }

    /// The text of the combination.
    pub(super) fn text(&self) -> String {
        match self.place {
            Place::Sequence(parts) => text_with(parts, &self.texts()),
            Place::Choice(choice) => joined(&self.texts(), choice.separator),
        }
    }

    /// Moves the last inner cursor that can move, and those after it back to their first.
    fn turn(&mut self, budget: &mut Budget) -> bool {
        for inner in self.inner.iter_mut().rev() {
            if inner.next(budget) {
                return true;
            }
            // There was a first combination before, so there is one now, unless the budget ran out.
            match Self::first(inner.place, budget) {
                Some(first) => *inner = first,
                None => return false,
            }
        }
        false
    }

    /// Moves to a combination that is new and has no text twice.
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

    /// Moves to the next combination, whether or not its texts are new.
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

    /// Goes to the first combination of each selected option. False when one of them has none.
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

    /// Goes to the next selection in order. After the last of one size comes the first of the next.
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

    /// The first option from `start` on that is not selected.
    fn free(&self, choice: &Choice<'_>, start: usize) -> Option<usize> {
        (start..choice.options.len()).find(|option| !self.picks.contains(option))
    }
}

/// The text of `parts` with `chosen` in place of the choices.
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

/// Whether all texts differ. There are at most [`MAX_OPTIONS`](super::MAX_OPTIONS).
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

/// Joins options with the separator. When the first or last is empty, its separator is left out too.
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
