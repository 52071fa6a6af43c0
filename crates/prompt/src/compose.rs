//! Composes prompt, parameters and input schema into the provider's input.

use serde::{Deserialize, Serialize};

use crate::enhancement::{self, EnhancementChoice, EnhancementError, EnhancementReport};
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

/// What a person asks for, independent of a model.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(deny_unknown_fields)]
pub struct Composition {
    /// The person's own words. Together with the prose of the slots 1-4,000 characters.
    pub text: String,
    /// What the picture shows and how it is taken, beside or instead of `text`.
    #[serde(default, skip_serializing_if = "Slots::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Slots>"))]
    pub slots: Slots,
    /// The starting values.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<PresetId>"))]
    pub preset: PresetId,
    /// Explicit values that replace the preset's.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Overrides>"))]
    pub overrides: Overrides,
    /// Pictures, 1-4.
    #[serde(default = "one")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<u32>"))]
    pub pictures: u32,
    /// Where the trigger is placed.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Placement>"))]
    pub placement: Placement,
    /// The text that is appended.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<QualityId>"))]
    pub quality: QualityId,
    /// Enhancement LoRAs that act beside the person's own: at most
    /// [`most_enhancements`](crate::schema::InputSchema::most_enhancements) of the model's version.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(
        feature = "typescript",
        ts(optional, as = "Option<Vec<EnhancementChoice>>")
    )]
    pub enhancements: Vec<EnhancementChoice>,
}

const fn one() -> u32 {
    1
}

/// Exactly what is sent to the provider, and where each part comes from.
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
    /// The preset with the explicit values.
    pub parameters: Parameters,
    /// The parameter report: what becomes of each canonical parameter.
    pub effects: ParameterReport,
    /// What is sent of each enhancement.
    pub enhancements: EnhancementReport,
    /// The provider's `input` object, prompt included.
    #[cfg_attr(feature = "typescript", ts(type = "Record<string, InputValue>"))]
    pub input: ProviderInput,
}

/// A composition cannot be sent. Displays as a sentence for the person.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ComposeError {
    /// Nothing was written.
    #[error("Describe the picture you want first.")]
    EmptyPrompt,
    /// The prompt cannot be built.
    #[error(transparent)]
    Prompt(#[from] PromptError),
    /// The prompt has more tokens than T5 reads.
    #[error("{0}")]
    TooManyTokens(TokenOverflow),
    /// A value is outside its range, or not accepted by this model version.
    #[error(transparent)]
    Parameter(#[from] ParameterError),
    /// The model cannot make a picture with these enhancements.
    #[error(transparent)]
    Enhancement(#[from] EnhancementError),
    /// The model's LoRA reference does not match its version.
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
            Self::Enhancement(EnhancementError::OutOfRange { .. }) => ErrorCode::OutOfRange,
            Self::Enhancement(EnhancementError::TooMany { .. } | EnhancementError::OwnLora(_)) => {
                ErrorCode::ParameterUnsupported
            }
            Self::Enhancement(EnhancementError::Unknown(_) | EnhancementError::Twice(_)) => {
                ErrorCode::InvalidValue
            }
            Self::Weights(_) => ErrorCode::ModelUnusable,
        }
    }

    /// The request's field at fault, dotted: `text`, `overrides.steps`, `pictures`.
    #[must_use]
    pub const fn field(&self) -> Option<&'static str> {
        match self {
            Self::EmptyPrompt | Self::Prompt(_) | Self::TooManyTokens(_) => Some("text"),
            Self::Parameter(error) => Some(error.field()),
            Self::Enhancement(_) => Some("enhancements"),
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

/// Composes the input of `model` for `composition`, with estimated token counts and no limit on them.
///
/// The browser and the Worker get the same result; the Worker's is sent. A drawn seed is put into
/// `composition.overrides` beforehand, by [`InputSchema::seed_from`](crate::schema::InputSchema::seed_from).
pub fn compose(model: &ModelProfile, composition: &Composition) -> Result<Preview, ComposeError> {
    compose_counting(model, composition, &Estimating)
}

/// Like [`compose`], with tokens counted by `counting`. A prompt that T5 would truncate is refused if the counts are
/// exact.
pub fn compose_counting(
    model: &ModelProfile,
    composition: &Composition,
    counting: &dyn Counting,
) -> Result<Preview, ComposeError> {
    let prompter = prompter(model, composition.quality);
    compose_with(&prompter, model, composition, counting)
}

/// Composes for one model repeatedly; what does not depend on the composition is prepared once.
pub struct Composer {
    model: ModelProfile,
    reference: Prompter,
    lean: Prompter,
}

impl Composer {
    /// Prepares to compose for `model`.
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

    /// Like [`compose`].
    pub fn compose(&self, composition: &Composition) -> Result<Preview, ComposeError> {
        self.compose_counting(composition, &Estimating)
    }

    /// Like [`compose_counting`].
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
    let chosen = enhancement::resolve(&composition.enhancements, model)?;
    let phrases: Vec<&str> = chosen
        .iter()
        .filter_map(|chosen| Some(chosen.enhancement.phrase.as_ref()?.as_str()))
        .collect();
    let built = prompter.build(&prose.text, composition.placement, &phrases)?;
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
    let enhancements = model
        .schema
        .add_enhancements(&chosen, &parameters, &mut input)?;
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
        enhancements,
        input,
    })
}
