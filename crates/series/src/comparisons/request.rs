//! A request for a comparison, and its cells.

use std::collections::BTreeMap;

use selfsame_primitives::ids::{ConversationId, ModelId};
use selfsame_prompt::compose::Composition;
use selfsame_prompt::parameters::InputValue;
use serde::{Deserialize, Serialize};

use super::{Axis, AxisParameter, ComparisonError};
use crate::plan::{
    Difference, Frame, MOST_FRAMES, MOST_TITLE_CHARACTERS, Place, Plan, PlanError, title,
};

/// `POST /api/comparisons`: one composition, varied along one or two axes. Goes with an `Idempotency-Key` header, unless
/// the address ends in `?dry_run=true`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(deny_unknown_fields)]
pub struct NewComparison {
    /// What the comparison is called, 1-120 characters. Absent: its axes name it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The model of every cell, unless an axis varies it.
    pub model: ModelId,
    /// What every cell shows.
    pub composition: Composition,
    /// One or two axes with at most 64 cells in all. The first gives the columns.
    pub axes: Vec<Axis>,
    /// The seed of every cell, unless an axis varies it. Absent: the composition's, or one that the studio draws.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub seed: Option<u64>,
    /// The conversation that it is asked for in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<ConversationId>,
}

impl NewComparison {
    /// The cells, row by row. `drawn` is the seed if the request names none. `labels` are what the person calls their models;
    /// one without a label is titled with its id.
    ///
    /// # Errors
    ///
    /// If the axes make no grid. Ranges are checked when a cell is composed.
    pub fn plan(&self, drawn: u32, labels: &BTreeMap<ModelId, String>) -> Result<Plan, PlanError> {
        let (columns, rows) = match self.axes.as_slice() {
            [columns] => (columns, None),
            [columns, rows] => (columns, Some(rows)),
            axes => return Err(ComparisonError::Axes(axes.len()).into()),
        };
        if rows.is_some_and(|rows| rows.parameter == columns.parameter) {
            return Err(ComparisonError::SameParameter.into());
        }
        self.check_values()?;
        let mut shared = self.composition.clone();
        let seed = self.seed.or(shared.overrides.seed);
        shared.overrides.seed = Some(seed.unwrap_or(drawn.into()));

        let mut frames = Vec::new();
        let row_values: Vec<Option<&InputValue>> =
            rows.map_or_else(|| vec![None], |rows| rows.values.iter().map(Some).collect());
        for (row, row_value) in (0_u32..).zip(row_values) {
            for (column, value) in (0_u32..).zip(&columns.values) {
                let first = Some((0, columns.parameter, value));
                let second = rows
                    .zip(row_value)
                    .map(|(rows, value)| (1, rows.parameter, value));
                let place = Place { row, column };
                let values = first.into_iter().chain(second);
                frames.push(self.cell(&shared, place, values, labels)?);
            }
        }
        let title = match &self.title {
            Some(text) => title(text)?,
            None => self.own_title(labels),
        };
        Ok(Plan { title, frames })
    }

    fn check_values(&self) -> Result<(), ComparisonError> {
        let mut cells = 1_usize;
        for (axis, Axis { values, .. }) in self.axes.iter().enumerate() {
            if values.len() < 2 {
                return Err(ComparisonError::TooFewValues { axis });
            }
            cells = cells.saturating_mul(values.len());
        }
        if cells > MOST_FRAMES {
            return Err(ComparisonError::TooManyCells(cells));
        }
        for (axis, Axis { values, .. }) in self.axes.iter().enumerate() {
            let repeated =
                (1..values.len()).find(|&index| values[..index].contains(&values[index]));
            if let Some(index) = repeated {
                return Err(ComparisonError::Repeated { axis, index });
            }
        }
        Ok(())
    }

    fn cell<'a>(
        &self,
        shared: &Composition,
        place: Place,
        values: impl Iterator<Item = (usize, AxisParameter, &'a InputValue)>,
        labels: &BTreeMap<ModelId, String>,
    ) -> Result<Frame, ComparisonError> {
        let (mut model, mut composition) = (self.model.clone(), shared.clone());
        let mut differs = Vec::new();
        let mut values: Vec<_> = values.collect();
        // A scale belongs to the enhancement that the other axis sets.
        values.sort_by_key(|(_, parameter, _)| *parameter == AxisParameter::EnhancementScale);
        for (axis, parameter, value) in values {
            let set = parameter.set(value, &mut model, &mut composition);
            set.ok_or_else(|| {
                let index = if axis == 0 { place.column } else { place.row };
                ComparisonError::Value {
                    axis,
                    index: usize::try_from(index).unwrap_or(usize::MAX),
                    parameter,
                }
            })?;
            differs.push(Difference {
                parameter,
                value: value.clone(),
            });
        }
        let titles = differs
            .iter()
            .map(|difference| shown(difference.parameter, &difference.value, labels));
        Ok(Frame {
            title: titles.collect::<Vec<_>>().join(", "),
            place: Some(place),
            differs,
            model,
            composition,
        })
    }

    /// `Preset: classic, likeness; Steps: 28, 50`.
    fn own_title(&self, labels: &BTreeMap<ModelId, String>) -> String {
        let named = |axis: &Axis| {
            let values = axis.values.iter();
            let values = values.map(|value| shown(axis.parameter, value, labels));
            let values: Vec<String> = values.collect();
            format!("{}: {}", axis.parameter.title(), values.join(", "))
        };
        let axes: Vec<String> = self.axes.iter().map(named).collect();
        axes.join("; ")
            .chars()
            .take(MOST_TITLE_CHARACTERS)
            .collect()
    }
}

/// A value as a title names it.
fn shown(
    parameter: AxisParameter,
    value: &InputValue,
    labels: &BTreeMap<ModelId, String>,
) -> String {
    let text = value.to_string();
    let label = || labels.get(&text.parse::<ModelId>().ok()?).cloned();
    match parameter {
        AxisParameter::Model => label().unwrap_or(text),
        _ => text,
    }
}
