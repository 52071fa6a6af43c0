//! What can be asked of a template, and what comes of it.

use serde::{Deserialize, Serialize};

use super::budget::Budget;
use super::count::Counter;
use super::cursor::{Place, each, text_with};
use super::draw::{SplitMix64, draw};
use super::error::{VariantError, VariantErrorCode};
use super::lists::{Lists, OwnLists};
use super::parse::parse;
use super::tree::{Part, Sequence};
use super::{MAX_VARIANTS, MOST};

/// Which combinations are made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Every combination, in order: the last choice changes first.
    #[default]
    All,
    /// Drawn with the seed, by weight, each independent of the others: one can come twice. A longer batch begins
    /// with the shorter one.
    Random,
    /// All choices move on together: the first option of each, then the second of each. A shorter one starts again;
    /// there are as many variants as the longest has options.
    Zip,
}

/// A template and what is wanted of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(deny_unknown_fields)]
pub struct VariantRequest {
    /// The text, at most 4,000 characters.
    pub template: String,
    /// Which combinations.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Mode>"))]
    pub mode: Mode,
    /// At most so many, 1-24. Absent: every one, which more than 24 are refused for; with `random`, one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// For `random`: the same seed draws the same variants everywhere.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<u32>"))]
    pub seed: u32,
    /// The person's own lists for `__name__`, at most 64 options each. They come before the built-in ones.
    #[serde(default, skip_serializing_if = "OwnLists::is_empty")]
    #[cfg_attr(
        feature = "typescript",
        ts(
            optional,
            as = "Option<std::collections::BTreeMap<String, Vec<String>>>"
        )
    )]
    pub lists: OwnLists,
}

/// Prompts that a template made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Variants {
    /// How many there are altogether.
    pub total: VariantCount,
    /// Those that were asked for.
    pub variants: Vec<Variant>,
}

/// How many variants a template has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct VariantCount {
    /// As many; 9007199254740991 stands for itself and everything above.
    pub count: u64,
    /// False for more than can be told apart: there are at most as many.
    pub exact: bool,
}

/// One prompt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Variant {
    /// What goes to the prompt builder.
    pub text: String,
    /// What was chosen in the template's outermost braces and lists, in order: enough for a caption.
    pub choices: Vec<String>,
}

impl VariantRequest {
    /// How many variants there are altogether, whatever the limit; with [`Mode::Random`], how many could be drawn.
    pub fn count(&self) -> Result<VariantCount, VariantError> {
        let parts = parse(&self.template, &mut Lists::new(&self.lists))?;
        Ok(self.count_of(&parts))
    }

    /// Makes the variants.
    pub fn expand(&self) -> Result<Variants, VariantError> {
        let parts = parse(&self.template, &mut Lists::new(&self.lists))?;
        let total = self.count_of(&parts);
        let limit = self.wanted(total.count)?;
        let mut budget = Budget::WHOLE;
        let chosen = match self.mode {
            Mode::All => all(&parts, limit, &mut budget),
            Mode::Random => random(&parts, limit, self.seed, &mut budget),
            Mode::Zip => zip(&parts, limit, total.count, &mut budget),
        };
        budget.check(&self.template)?;
        if chosen.is_empty() {
            return Err(self.fault(VariantErrorCode::TooMuchAlike));
        }
        let mut variants = Vec::new();
        for choices in chosen {
            variants.push(Variant {
                text: text_with(&parts, &choices),
                choices,
            });
        }
        Ok(Variants { total, variants })
    }

    fn count_of(&self, parts: &Sequence<'_>) -> VariantCount {
        let mut counter = Counter::new();
        let count = match self.mode {
            Mode::Zip => counter.longest(parts),
            Mode::All | Mode::Random => counter.product(parts),
        };
        VariantCount {
            count,
            exact: counter.exact || count == MOST,
        }
    }

    /// How many are made.
    fn wanted(&self, count: u64) -> Result<usize, VariantError> {
        let wanted = match (self.limit, self.mode) {
            (Some(limit), _) => u64::from(limit),
            (None, Mode::Random) => 1,
            (None, _) => count.max(1),
        };
        let wanted = usize::try_from(wanted).unwrap_or(usize::MAX);
        if (1..=MAX_VARIANTS as usize).contains(&wanted) {
            Ok(wanted)
        } else {
            Err(self.fault(VariantErrorCode::TooManyPictures))
        }
    }

    fn fault(&self, code: VariantErrorCode) -> VariantError {
        VariantError::of(&self.template, code)
    }
}

fn all(parts: &Sequence<'_>, limit: usize, budget: &mut Budget) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    each(Place::Sequence(parts), limit, budget, &mut |cursor| {
        found.push(cursor.texts());
    });
    found
}

fn random(parts: &Sequence<'_>, limit: usize, seed: u32, budget: &mut Budget) -> Vec<Vec<String>> {
    let mut random = SplitMix64::new(seed.into());
    let mut found = Vec::new();
    // What cannot be drawn is drawn again, which options that are written to read alike can make hopeless.
    while found.len() < limit && budget.take(1_000) {
        if let Some(chosen) = draw(parts, &mut random) {
            found.push(chosen);
        }
    }
    found
}

fn zip(parts: &Sequence<'_>, limit: usize, count: u64, budget: &mut Budget) -> Vec<Vec<String>> {
    let mut columns = Vec::new();
    for part in parts {
        if let Part::Choice(choice) = part {
            let mut column = Vec::new();
            each(Place::Choice(choice), limit, budget, &mut |cursor| {
                column.push(cursor.text());
            });
            columns.push(column);
        }
    }
    let rows = usize::try_from(count).unwrap_or(limit).min(limit);
    let mut found = Vec::new();
    for row in 0..rows {
        let mut cells = Vec::new();
        for column in &columns {
            let place = row.checked_rem(column.len());
            let Some(cell) = place.and_then(|place| column.get(place)) else {
                return Vec::new();
            };
            cells.push(cell.clone());
        }
        found.push(cells);
    }
    found
}
