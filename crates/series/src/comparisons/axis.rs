//! An axis: a parameter, and the values that it takes in the cells.

use selfsame_primitives::ids::ModelId;
use selfsame_primitives::string_enum;
use selfsame_prompt::compose::Composition;
use selfsame_prompt::enhancement::EnhancementChoice;
use selfsame_prompt::parameters::{InputValue, PresetId};
use selfsame_prompt::placement::{Placement, QualityId};
use serde::{Deserialize, Serialize};

string_enum! {
    /// What a comparison can vary.
    AxisParameter {
        /// The starting values. Explicit values of the composition stay in every cell.
        Preset = "preset",
        /// Guidance, 0-10.
        Guidance = "guidance",
        /// Steps, 1-50.
        Steps = "steps",
        /// The strength of the person's LoRA, -1 to 3.
        LoraScale = "lora_scale",
        /// Where the trigger is placed.
        Placement = "placement",
        /// The text that is appended.
        Quality = "quality",
        /// An enhancement by its id, or `none`, instead of the composition's.
        Enhancement = "enhancement",
        /// The scale of every enhancement in the cell.
        EnhancementScale = "enhancement_scale",
        /// One of the person's models.
        Model = "model",
        /// The seed, 1 to 4294967295.
        Seed = "seed",
    }
}

impl AxisParameter {
    /// What a person calls it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Preset => "Preset",
            Self::Guidance => "Guidance",
            Self::Steps => "Steps",
            Self::LoraScale => "LoRA scale",
            Self::Placement => "Placement",
            Self::Quality => "Quality",
            Self::Enhancement => "Enhancement",
            Self::EnhancementScale => "Enhancement scale",
            Self::Model => "Model",
            Self::Seed => "Seed",
        }
    }

    /// What a value of it must be. Completes "takes …".
    pub(super) const fn expected(self) -> &'static str {
        match self {
            Self::Preset => "a preset's id",
            Self::Guidance | Self::LoraScale | Self::EnhancementScale => "a number",
            Self::Steps | Self::Seed => "a whole number",
            Self::Placement => "`beginning_and_middle`, `beginning` or `natural`",
            Self::Quality => "`reference` or `lean`",
            Self::Enhancement => "an enhancement's id or `none`",
            Self::Model => "a model's id",
        }
    }

    /// Sets the parameter to `value`. `None` if it does not take such a value; its range is checked when the cell is
    /// composed.
    pub(super) fn set(
        self,
        value: &InputValue,
        model: &mut ModelId,
        composition: &mut Composition,
    ) -> Option<()> {
        let overrides = &mut composition.overrides;
        match self {
            Self::Preset => composition.preset = PresetId::named(text(value)?)?,
            Self::Guidance => overrides.guidance = Some(number(value)?),
            Self::Steps => overrides.steps = Some(whole(value)?),
            Self::LoraScale => overrides.lora_scale = Some(number(value)?),
            Self::Placement => composition.placement = Placement::named(text(value)?)?,
            Self::Quality => composition.quality = QualityId::named(text(value)?)?,
            Self::Enhancement => composition.enhancements = enhancement(value)?,
            Self::EnhancementScale => {
                let scale = number(value)?;
                for choice in &mut composition.enhancements {
                    choice.scale = Some(scale);
                }
            }
            Self::Model => *model = text(value)?.parse().ok()?,
            Self::Seed => overrides.seed = Some(whole(value)?),
        }
        Some(())
    }
}

/// A parameter and its values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Axis {
    /// What varies.
    pub parameter: AxisParameter,
    /// At least two different values, in the order of the grid.
    pub values: Vec<InputValue>,
}

/// What a cell uses to say that it has no enhancement.
const NO_ENHANCEMENT: &str = "none";

fn enhancement(value: &InputValue) -> Option<Vec<EnhancementChoice>> {
    match text(value)? {
        NO_ENHANCEMENT => Some(Vec::new()),
        id => Some(vec![EnhancementChoice {
            id: id.parse().ok()?,
            scale: None,
        }]),
    }
}

fn text(value: &InputValue) -> Option<&str> {
    match value {
        InputValue::Text(text) => Some(text),
        _ => None,
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a number that is large enough to lose precision is out of every range"
)]
const fn number(value: &InputValue) -> Option<f64> {
    match value {
        InputValue::Integer(integer) => Some(*integer as f64),
        InputValue::Number(number) => Some(*number),
        InputValue::Bool(_) | InputValue::Text(_) => None,
    }
}

fn whole<N: TryFrom<i64>>(value: &InputValue) -> Option<N> {
    match value {
        InputValue::Integer(integer) => N::try_from(*integer).ok(),
        _ => None,
    }
}
