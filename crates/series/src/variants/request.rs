//! Requests for variants, and their results.

use serde::{Deserialize, Serialize};

use super::count::Counter;
use super::cursor::{Budget, Place, each, text_with};
use super::draw::{SplitMix64, draw};
use super::error::{VariantError, VariantErrorCode};
use super::lists::{Lists, OwnLists};
use super::parse::parse;
use super::tree::{Part, Sequence};
use super::{MAX_VARIANTS, MOST};

/// Which combinations of the choices become variants.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Every combination in order. The last choice changes first.
    #[default]
    All,
    /// Combinations drawn with the seed, by weight and independently, so that one can come twice. A longer batch begins
    /// with the shorter one.
    Random,
    /// The first option of each choice, then the second of each. A shorter choice starts again; there are as many
    /// variants as the longest has options.
    Zip,
}

/// A template and which of its variants are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(deny_unknown_fields)]
pub struct VariantRequest {
    /// The template, at most 4,000 characters.
    pub template: String,
    /// Which combinations.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Mode>"))]
    pub mode: Mode,
    /// The most variants, 1-24. Absent: all of them, which is refused above 24; with `random`, one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// The seed of `random`. The same seed draws the same variants everywhere.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<u32>"))]
    pub seed: u32,
    /// The person's own lists for `__name__`, at most 64 options each. They take precedence over built-in ones.
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

/// The variants of a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Variants {
    /// The number of all variants.
    pub total: VariantCount,
    /// The variants that were asked for.
    pub variants: Vec<Variant>,
}

/// The number of variants of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct VariantCount {
    /// The number. 9007199254740991 stands for itself and every larger one.
    pub count: u64,
    /// False when the number is only an upper bound, because too many options are alike to compare them.
    pub exact: bool,
}

/// One variant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Variant {
    /// The text for the prompt builder.
    pub text: String,
    /// The texts chosen in the outermost braces and lists, in order. Enough for a caption.
    pub choices: Vec<String>,
}

impl VariantRequest {
    /// Counts all variants, whatever the limit. With [`Mode::Random`], those that could be drawn.
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

    /// The number of variants to make.
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
    // A draw with equal texts is repeated. Options that are all alike would repeat it for ever without the budget.
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
