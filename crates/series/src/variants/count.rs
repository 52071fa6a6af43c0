//! Counts combinations without making them.

use super::MOST;
use super::cursor::{Budget, Place, each};
use super::tree::{Choice, Part};

/// The most combinations of a choice that are compared one by one when some could have the same text.
const COMPARED: u64 = 4_096;

/// Counts combinations. `exact` becomes false when too many could have the same text to compare them.
pub(super) struct Counter {
    pub(super) exact: bool,
    budget: Budget,
}

impl Counter {
    pub(super) const fn new() -> Self {
        Self {
            exact: true,
            budget: Budget::WHOLE,
        }
    }

    /// The combinations of all choices together, at most [`MOST`].
    pub(super) fn product(&mut self, parts: &[Part<'_>]) -> u64 {
        let choices = parts.iter().filter_map(choice_of);
        choices.fold(1, |product, choice| times(product, self.choice(choice)))
    }

    /// The combinations of the choice that has the most.
    pub(super) fn longest(&mut self, parts: &[Part<'_>]) -> u64 {
        let choices = parts.iter().filter_map(choice_of);
        choices.fold(1, |most, choice| most.max(self.choice(choice)))
    }

    fn choice(&mut self, choice: &Choice<'_>) -> u64 {
        if choice.high == 0 {
            return 1;
        }
        let options = choice.options.iter();
        let written = selections(
            choice.low,
            choice.high,
            options.map(|option| self.product(&option.parts)),
        );
        if choice.is_plain() {
            return written;
        }
        if written <= COMPARED
            && let Some(different) = different(choice, &mut self.budget)
        {
            return different;
        }
        self.exact = false;
        written
    }
}

/// The number of different combinations, by enumerating them. `None` when that takes too long.
fn different(choice: &Choice<'_>, budget: &mut Budget) -> Option<u64> {
    let mut count = 0;
    each(Place::Choice(choice), usize::MAX, budget, &mut |_| {
        count += 1;
    });
    budget.take(0).then_some(count)
}

/// The number of ordered selections of `low` to `high` options, each of which has so many combinations: the elementary
/// symmetric polynomials of the numbers, each times the permutations of its size.
fn selections(low: usize, high: usize, ways: impl Iterator<Item = u64>) -> u64 {
    let mut sums: Vec<u64> = vec![0; high + 1];
    if let Some(none) = sums.first_mut() {
        *none = 1;
    }
    for ways in ways {
        for size in (1..=high).rev() {
            let smaller = sums.get(size - 1).copied().unwrap_or_default();
            if let Some(sum) = sums.get_mut(size) {
                *sum = plus(*sum, times(smaller, ways));
            }
        }
    }
    let mut orders = 1;
    let mut total = 0;
    for (size, sum) in (0_u64..).zip(sums) {
        orders = times(orders, size.max(1));
        if size >= low as u64 {
            total = plus(total, times(sum, orders));
        }
    }
    total
}

fn choice_of<'a, 't>(part: &'a Part<'t>) -> Option<&'a Choice<'t>> {
    match part {
        Part::Choice(choice) => Some(choice),
        Part::Text(_) => None,
    }
}

fn plus(a: u64, b: u64) -> u64 {
    a.saturating_add(b).min(MOST)
}

fn times(a: u64, b: u64) -> u64 {
    a.saturating_mul(b).min(MOST)
}
