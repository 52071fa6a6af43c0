//! Prompt, parameters and dialect together: everything that will be sent, and why.

use serde::{Deserialize, Serialize};

use crate::model::ModelProfile;
use crate::parameters::{Overrides, ParameterError, ParameterErrorCode, Parameters, PresetId};
use crate::placement::{
    Counts, Placement, PromptConfig, PromptError, Prompter, QUALITY_SPECS, QualityId, Span,
    Warning, says_something,
};
use crate::schema::{InputValue, ParameterReport, ProviderInput, WeightsError, names};
use crate::slots::{Slots, label, prose};
use crate::tokens::{Counting, Estimating, TokenCounts, TokenOverflow};
use selfsame_primitives::error::ErrorCode;

/// What a person asks for, of any model.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(deny_unknown_fields)]
pub struct Composition {
    /// The person's own words. Together with the prose of the slots 1-4,000 characters.
    pub text: String,
    /// What the picture shows and how it is taken, beside or instead of `text`.
    #[serde(default, skip_serializing_if = "Slots::is_empty")]
    #[cfg_attr(
        feature = "typescript",
        ts(optional, as = "Option<crate::slots::typescript::Slots>")
    )]
    pub slots: Slots,
    /// Where to start from.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<PresetId>"))]
    pub preset: PresetId,
    /// Explicit values, instead of the preset's.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Overrides>"))]
    pub overrides: Overrides,
    /// Pictures, 1-4.
    #[serde(default = "one")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<u32>"))]
    pub pictures: u32,
    /// Where the trigger stands.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Placement>"))]
    pub placement: Placement,
    /// What is appended.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<QualityId>"))]
    pub quality: QualityId,
}

const fn one() -> u32 {
    1
}

/// Exactly what will be sent, and where each part comes from.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Preview {
    /// The final prompt.
    pub prompt: String,
    /// The final prompt in pieces by origin.
    pub spans: Vec<Span>,
    /// Sizes of the final prompt.
    pub counts: Counts,
    /// Tokens of the final prompt.
    pub tokens: TokenCounts,
    /// What the person should know before paying.
    pub warnings: Vec<Warning>,
    /// The preset with the explicit values, in bounds.
    pub parameters: Parameters,
    /// What becomes of each canonical parameter.
    pub effects: ParameterReport,
    /// The provider's `input` object, prompt included.
    #[cfg_attr(feature = "typescript", ts(type = "Record<string, InputValue>"))]
    pub input: ProviderInput,
}

/// Why a composition cannot be sent. [`code`](Self::code) is for programs, [`field`](Self::field) says where the
/// fault lies, and the display text is a sentence for the person.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ComposeError {
    /// Nothing was written.
    #[error("Describe the picture you want first.")]
    EmptyPrompt,
    /// The prompt cannot be built.
    #[error(transparent)]
    Prompt(#[from] PromptError),
    /// The prompt is longer than its encoder reads.
    #[error("{0}")]
    TooManyTokens(TokenOverflow),
    /// A value is outside its range, or outside what this model version can take.
    #[error(transparent)]
    Parameter(#[from] ParameterError),
    /// The model's LoRA reference does not go with its version.
    #[error(transparent)]
    Weights(#[from] WeightsError),
}

impl ComposeError {
    /// The API's stable code.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::EmptyPrompt => ErrorCode::EmptyPrompt,
            Self::Prompt(PromptError::TooLong { .. }) => ErrorCode::PromptTooLong,
            Self::TooManyTokens(_) => ErrorCode::PromptTooManyTokens,
            Self::Parameter(error) => match error.code {
                ParameterErrorCode::OutOfRange => ErrorCode::OutOfRange,
                ParameterErrorCode::Unsupported => ErrorCode::ParameterUnsupported,
            },
            Self::Weights(_) => ErrorCode::ModelUnusable,
        }
    }

    /// The request's field at fault, dotted: `text`, `overrides.steps`, `pictures`.
    #[must_use]
    pub const fn field(&self) -> Option<&'static str> {
        match self {
            Self::EmptyPrompt | Self::Prompt(_) | Self::TooManyTokens(_) => Some("text"),
            Self::Parameter(error) => Some(error.field()),
            Self::Weights(_) => None,
        }
    }
}

fn suffix(quality: QualityId) -> &'static str {
    QUALITY_SPECS
        .iter()
        .find(|spec| spec.id == quality)
        .map_or("", |spec| spec.text)
}

/// Composes what `model` would be sent for `composition`.
///
/// The same in the browser and at the edge; only the edge's answer counts. A seed that is drawn belongs into
/// `composition.overrides` before, made by [`InputSchema::seed_from`](crate::schema::InputSchema::seed_from).
/// Its tokens are an estimate, and not too many.
pub fn compose(model: &ModelProfile, composition: &Composition) -> Result<Preview, ComposeError> {
    compose_counting(model, composition, &Estimating)
}

/// The same, with its tokens counted by `counting`. A prompt that T5 would not read to its end is refused, when that is
/// known.
pub fn compose_counting(
    model: &ModelProfile,
    composition: &Composition,
    counting: &dyn Counting,
) -> Result<Preview, ComposeError> {
    let prompter = prompter(model, composition.quality);
    compose_with(&prompter, model, composition, counting)
}

/// Composes for one model again and again: what does not depend on the composition is worked out once.
pub struct Composer {
    model: ModelProfile,
    reference: Prompter,
    lean: Prompter,
}

impl Composer {
    /// Of `model`.
    #[must_use]
    pub fn new(model: ModelProfile) -> Self {
        Self {
            reference: prompter(&model, QualityId::Reference),
            lean: prompter(&model, QualityId::Lean),
            model,
        }
    }

    /// The model that it composes for.
    #[must_use]
    pub const fn model(&self) -> &ModelProfile {
        &self.model
    }

    /// What [`compose`] gives.
    pub fn compose(&self, composition: &Composition) -> Result<Preview, ComposeError> {
        self.compose_counting(composition, &Estimating)
    }

    /// What [`compose_counting`] gives.
    pub fn compose_counting(
        &self,
        composition: &Composition,
        counting: &dyn Counting,
    ) -> Result<Preview, ComposeError> {
        let prompter = match composition.quality {
            QualityId::Reference => &self.reference,
            QualityId::Lean => &self.lean,
        };
        compose_with(prompter, &self.model, composition, counting)
    }
}

fn prompter(model: &ModelProfile, quality: QualityId) -> Prompter {
    Prompter::new(&PromptConfig {
        trigger: model.trigger.as_str(),
        class_word: model.class_word.as_str(),
        placement: Placement::default(),
        suffix: suffix(quality),
    })
}

fn compose_with(
    prompter: &Prompter,
    model: &ModelProfile,
    composition: &Composition,
    counting: &dyn Counting,
) -> Result<Preview, ComposeError> {
    let prose = prose(&composition.slots, &composition.text);
    if !says_something(&prose.text) {
        return Err(ComposeError::EmptyPrompt);
    }
    let built = prompter.build(&prose.text, composition.placement)?;
    let tokens = counting
        .check(&built.text, &built.spans)
        .map_err(ComposeError::TooManyTokens)?;
    let parameters = Parameters::resolve(
        composition.preset,
        &composition.overrides,
        composition.pictures,
    )?;
    let (mut input, effects) = model.schema.map(&parameters, &composition.overrides)?;
    model
        .schema
        .add_weights(model.weights.as_deref(), &mut input)?;
    input.insert(
        names::PROMPT.to_owned(),
        InputValue::Text(built.text.clone()),
    );
    Ok(Preview {
        prompt: built.text,
        spans: label(built.spans, &prose.clauses),
        counts: built.counts,
        tokens,
        warnings: built.warnings,
        parameters,
        effects,
        input,
    })
}
