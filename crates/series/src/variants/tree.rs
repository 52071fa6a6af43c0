//! A parsed template.

use std::rc::Rc;

/// The parts of a template or an option, in order.
pub(super) type Sequence<'t> = Vec<Part<'t>>;

/// The options of a choice. A list that is named twice is shared.
pub(super) type Options<'t> = Rc<Vec<Branch<'t>>>;

#[derive(Debug, PartialEq)]
pub(super) enum Part<'t> {
    Text(&'t str),
    Choice(Choice<'t>),
}

/// A choice of `low` to `high` different options, joined by the separator.
#[derive(Debug, PartialEq)]
pub(super) struct Choice<'t> {
    pub(super) low: usize,
    pub(super) high: usize,
    pub(super) separator: &'t str,
    pub(super) options: Options<'t>,
    /// Whether it is written as `__name__`.
    pub(super) of_list: bool,
}

/// An option of a choice.
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
    /// A choice of `options`. A reversed range is turned round, and one beyond the number of options is cut off.
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

    /// The number of options and parts at every depth.
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

    /// Whether no two options can have the same text.
    pub(super) fn is_plain(&self) -> bool {
        let plain = |branch: &Branch<'_>| matches!(branch.parts.as_slice(), [] | [Part::Text(_)]);
        self.options.iter().all(plain)
    }
}

/// The different options in the order of their first occurrence. Repeated options add their weights up.
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

/// How many options a choice takes, and the separator between them.
#[derive(Clone, Copy)]
pub(super) struct Range<'t> {
    pub(super) low: usize,
    pub(super) high: usize,
    pub(super) separator: &'t str,
}

impl Range<'_> {
    /// The range of a choice without a count.
    pub(super) const ONE: Self = Self {
        low: 1,
        high: 1,
        separator: ",",
    };
}
