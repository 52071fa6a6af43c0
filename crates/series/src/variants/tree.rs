//! A template that was read.

use std::rc::Rc;

/// Parts one after the other.
pub(super) type Sequence<'t> = Vec<Part<'t>>;

/// Options of a choice; a list that is named twice is read once.
pub(super) type Options<'t> = Rc<Vec<Branch<'t>>>;

#[derive(Debug, PartialEq)]
pub(super) enum Part<'t> {
    Text(&'t str),
    Choice(Choice<'t>),
}

/// `low` to `high` different options, with the separator between them.
#[derive(Debug, PartialEq)]
pub(super) struct Choice<'t> {
    pub(super) low: usize,
    pub(super) high: usize,
    pub(super) separator: &'t str,
    pub(super) options: Options<'t>,
    /// Written as `__name__`.
    pub(super) of_list: bool,
}

/// One option.
#[derive(Debug, PartialEq)]
pub(super) struct Branch<'t> {
    /// In millionths.
    pub(super) weight: u64,
    pub(super) parts: Sequence<'t>,
}

impl Branch<'_> {
    /// A weight of 1.
    pub(super) const ONE: u64 = 1_000_000;
}

impl<'t> Choice<'t> {
    /// A range that is upside down is turned, and one beyond the options ends with them.
    pub(super) fn new(range: Range<'t>, options: Options<'t>) -> Self {
        let most = options.len();
        Self {
            low: range.low.min(range.high).min(most),
            high: range.high.max(range.low).min(most),
            separator: range.separator,
            options,
            of_list: false,
        }
    }

    /// How many options and parts there are in it, at every depth.
    pub(super) fn size(&self) -> usize {
        let mut size = 1 + self.options.len();
        for option in self.options.iter() {
            for part in &option.parts {
                size += match part {
                    Part::Text(_) => 1,
                    Part::Choice(choice) => choice.size(),
                };
            }
        }
        size
    }

    /// No two options can come out as the same text.
    pub(super) fn is_plain(&self) -> bool {
        let plain = |branch: &Branch<'_>| matches!(branch.parts.as_slice(), [] | [Part::Text(_)]);
        self.options.iter().all(plain)
    }
}

/// Different options, in the order in which they were first written; one that was repeated has its weights' sum.
pub(super) fn merged(options: Vec<Branch<'_>>) -> Vec<Branch<'_>> {
    let mut different: Vec<Branch<'_>> = Vec::new();
    for option in options {
        match different
            .iter_mut()
            .find(|known| known.parts == option.parts)
        {
            Some(known) => known.weight = known.weight.saturating_add(option.weight),
            None => different.push(option),
        }
    }
    different
}

/// How many options are taken, and what stands between them.
#[derive(Clone, Copy)]
pub(super) struct Range<'t> {
    pub(super) low: usize,
    pub(super) high: usize,
    pub(super) separator: &'t str,
}

impl Range<'_> {
    /// Without a count.
    pub(super) const ONE: Self = Self {
        low: 1,
        high: 1,
        separator: ",",
    };
}
