//! Generations and their pictures.

use serde::{Deserialize, Serialize};

use selfsame_primitives::ids::{AlbumId, ConversationId, GenerationId, ModelId, PictureId};
use selfsame_primitives::string_enum;
use selfsame_primitives::time::Timestamp;
use selfsame_prompt::compose::Composition;
use selfsame_prompt::enhancement::{EnhancementChoice, EnhancementReport};
use selfsame_prompt::parameters::{AspectRatio, OutputFormat, Overrides, PresetId};
use selfsame_prompt::placement::{Placement, QualityId, Span};
use selfsame_prompt::schema::ParameterReport;
use selfsame_prompt::slots::Slots;
use selfsame_recipe::{Recipe, RecipeId};

use super::{RawJson, SeriesPlace};

/// `POST /api/generations`. Goes with an `Idempotency-Key` header (1-255 visible ASCII characters).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(deny_unknown_fields)]
pub struct GenerationRequest {
    /// One of the person's own models.
    pub model: ModelId,
    /// The person's own words. Together with the prose of the slots 1-4,000 characters.
    pub text: String,
    /// What the picture shows and how it is taken, beside or instead of `text`.
    #[serde(default, skip_serializing_if = "Slots::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Slots>"))]
    pub slots: Slots,
    /// The starting values.
    #[serde(default)]
    pub preset: PresetId,
    /// Explicit values, instead of the preset's.
    #[serde(default)]
    pub overrides: Overrides,
    /// Pictures, 1-4.
    #[serde(default = "one")]
    pub pictures: u32,
    /// Where the trigger is placed.
    #[serde(default)]
    pub placement: Placement,
    /// The text that is appended.
    #[serde(default)]
    pub quality: QualityId,
    /// Enhancement LoRAs that act beside the person's own, from `GET /api/enhancements`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(
        feature = "typescript",
        ts(optional, as = "Option<Vec<EnhancementChoice>>")
    )]
    pub enhancements: Vec<EnhancementChoice>,
    /// The conversation that it is asked for in. Never in `request` of a generation, whose `session` it becomes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<ConversationId>,
}

const fn one() -> u32 {
    1
}

impl GenerationRequest {
    /// A request to make what `composition` describes.
    #[must_use]
    pub fn of(model: ModelId, composition: Composition) -> Self {
        Self {
            model,
            text: composition.text,
            slots: composition.slots,
            preset: composition.preset,
            overrides: composition.overrides,
            pictures: composition.pictures,
            placement: composition.placement,
            quality: composition.quality,
            enhancements: composition.enhancements,
            session: None,
        }
    }

    /// The request without the model and the conversation: what both the browser and the Worker compose.
    #[must_use]
    pub fn composition(&self) -> Composition {
        Composition {
            text: self.text.clone(),
            slots: self.slots.clone(),
            preset: self.preset,
            overrides: self.overrides.clone(),
            pictures: self.pictures,
            placement: self.placement,
            quality: self.quality,
            enhancements: self.enhancements.clone(),
        }
    }
}

string_enum! {
    /// Where a generation is. The first four are phases on the way, the last three are ends.
    GenerationStatus {
        /// Written down, not yet accepted by the provider: it is queued, or on its way there.
        Waiting = "waiting",
        /// Accepted; the provider is starting the model.
        Booting = "booting",
        /// The provider is at work.
        Generating = "generating",
        /// The provider is done; the pictures are being stored.
        Saving = "saving",
        /// At least one picture is stored.
        Succeeded = "succeeded",
        /// No picture came of it. With the failures `outcome_unknown`, `request_lost`, `provider_unreachable` and
        /// `timed_out` it can be under way once more, if the provider is heard later.
        Failed = "failed",
        /// Ended by the person. If the provider was not heard before the end, it can be under way once more.
        Canceled = "canceled",
    }
}

impl GenerationStatus {
    /// Whether the status is an end.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed | Self::Canceled)
    }
}

/// The provider's own progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Progress {
    /// 0-100.
    pub percent: u32,
    /// Steps done.
    pub step: u32,
    /// Steps in all.
    pub steps: u32,
}

/// Why a generation failed, in words for the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Failure {
    /// Stable code.
    pub code: FailureCode,
    /// What happened and what to do.
    pub message: String,
    /// The request's field at fault, when the provider refused one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

string_enum! {
    /// Stable codes of failures.
    FailureCode {
        /// The provider's safety filter kept every picture back.
        FilteredBySafety = "filtered_by_safety",
        /// The provider refused an input.
        InputRefused = "input_refused",
        /// The model or its version is gone, or may not be used.
        ModelUnavailable = "model_unavailable",
        /// The provider ran into an error of its own.
        ProviderFailed = "provider_failed",
        /// The provider's account or service needs the operator's attention.
        ProviderUnavailable = "provider_unavailable",
        /// The provider could not take the request within ten minutes, so it was not made.
        NotAccepted = "not_accepted",
        /// The provider dropped the request before it started.
        NotStarted = "not_started",
        /// The provider took longer than half an hour.
        TimedOut = "timed_out",
        /// The request was stopped at the provider before its time was up, and not by the person.
        Stopped = "stopped",
        /// The provider made pictures, but they could not be fetched or were not pictures.
        PicturesLost = "pictures_lost",
        /// The provider accepted the request and then no longer knew it. The generation is revived if it reports later.
        RequestLost = "request_lost",
        /// The provider accepted the request and could not be reached for as long as there could be pictures. The
        /// generation is revived if it reports later.
        ProviderUnreachable = "provider_unreachable",
        /// It never became certain that the provider accepted the request; nothing was charged to the allowance. The
        /// generation is revived if the provider reports that it did.
        OutcomeUnknown = "outcome_unknown",
    }
}

/// One stored picture.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Picture {
    /// Its id; the bytes are at `/api/images/{id}`.
    pub id: PictureId,
    /// Which of the request's pictures it is, from 0.
    pub index: u32,
    /// File format, by its bytes.
    pub format: OutputFormat,
    /// Size in bytes.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub bytes: u64,
    /// When it was stored.
    pub created_at: Timestamp,
    /// How it was made: canonical JSON.
    #[cfg_attr(feature = "typescript", ts(as = "Recipe"))]
    pub recipe: RawJson<Recipe>,
    /// The SHA-256 of the recipe's canonical JSON.
    pub recipe_id: RecipeId,
}

/// One request for pictures, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Generation {
    /// Its id.
    pub id: GenerationId,
    /// Raised by one at every change; an older event never replaces a newer state.
    pub revision: u32,
    /// Where it is.
    pub status: GenerationStatus,
    /// The person asked to cancel, and the provider has not confirmed it yet.
    pub cancel_requested: bool,
    /// Pictures that a cancel would take from the allowance now, as far as the studio knows: 0 until the provider has
    /// begun, and once a cancel is too late. The provider's answer to the cancel decides. Of a canceled generation: the
    /// pictures that its cancel took.
    pub cancel_costs: u32,
    /// Its place in the person's queue, from 1, while others of theirs have to end first. It changes without a new
    /// revision, by `Event::Queue`.
    pub queue_position: Option<u32>,
    /// The provider's own progress, once it reports any.
    pub progress: Option<Progress>,
    /// What was asked, to fill the composer again. The seed is always the one used.
    pub request: GenerationRequest,
    /// The final prompt.
    pub prompt: String,
    /// The final prompt in pieces by origin.
    #[cfg_attr(feature = "typescript", ts(as = "Vec<Span>"))]
    pub spans: RawJson<Vec<Span>>,
    /// What became of each parameter.
    #[cfg_attr(feature = "typescript", ts(as = "ParameterReport"))]
    pub effects: RawJson<ParameterReport>,
    /// What was sent of each enhancement.
    #[cfg_attr(feature = "typescript", ts(as = "EnhancementReport"))]
    pub enhancements: RawJson<EnhancementReport>,
    /// Stored pictures, by index. Fewer than asked when the provider's safety filter kept some back.
    pub pictures: Vec<Picture>,
    /// Why it failed, when it did.
    pub failure: Option<Failure>,
    /// The series that it belongs to, if it was asked for as a part of one.
    pub series: Option<SeriesPlace>,
    /// The conversation that it belongs to, which may lie deleted for up to 30 days.
    pub session: Option<ConversationId>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
}

/// A stored picture, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PictureSummary {
    /// Its id; the bytes are at `/api/images/{id}`, and its record is at `/api/pictures/{id}`.
    pub id: PictureId,
    /// Which of the request's pictures it is, from 0.
    pub index: u32,
    /// File format, by its bytes.
    pub format: OutputFormat,
    /// Size in bytes.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub bytes: u64,
}

/// `GET /api/pictures/{id}`: everything that is stored of a picture, but for its bytes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PictureRecord {
    /// The generation that made it.
    pub generation: GenerationId,
    /// The picture.
    #[serde(flatten)]
    pub picture: Picture,
    /// Whether it is a favourite.
    pub favourite: bool,
    /// The albums that it is in.
    pub albums: Vec<AlbumId>,
}

/// What was asked for, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RequestSummary {
    /// The model.
    pub model: ModelId,
    /// The first 280 characters of the person's words; of a request with slots, of the words that they became.
    pub text: String,
    /// Whether the words go on after `text`. `GET /api/generations/{id}` has all of them.
    pub text_truncated: bool,
    /// The preset.
    pub preset: PresetId,
    /// Pictures asked for.
    pub pictures: u32,
}

/// One request for pictures, as a list shows it. `GET /api/generations/{id}` has the rest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct GenerationSummary {
    /// Its id.
    pub id: GenerationId,
    /// Raised by one at every change; an older state never replaces a newer one.
    pub revision: u32,
    /// Where it is.
    pub status: GenerationStatus,
    /// The person asked to cancel, and the provider has not confirmed it yet.
    pub cancel_requested: bool,
    /// Pictures that a cancel would take from the allowance now, as far as the studio knows: 0 until the provider has
    /// begun, and once a cancel is too late. The provider's answer to the cancel decides. Of a canceled generation: the
    /// pictures that its cancel took.
    pub cancel_costs: u32,
    /// Its place in the person's queue, from 1, while others of theirs have to end first. It changes without a new
    /// revision, by `Event::Queue`.
    pub queue_position: Option<u32>,
    /// The provider's own progress, once it reports any.
    pub progress: Option<Progress>,
    /// What was asked for.
    pub request: RequestSummary,
    /// The aspect ratio that was sent, to hold the pictures' places; absent if the model takes none.
    pub aspect_ratio: Option<AspectRatio>,
    /// The seed that was used.
    pub seed: Option<u32>,
    /// Stored pictures, by index. Fewer than asked when the provider's safety filter kept some back.
    pub pictures: Vec<PictureSummary>,
    /// Why it failed, when it did.
    pub failure: Option<Failure>,
    /// The series that it belongs to, if it was asked for as a part of one.
    pub series: Option<SeriesPlace>,
    /// The conversation that it belongs to, which may lie deleted for up to 30 days.
    pub session: Option<ConversationId>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
}

/// `GET /api/generations`: newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct GenerationPage {
    /// At most `limit` (default 20, at most 100).
    pub generations: Vec<GenerationSummary>,
    /// For `?cursor=`; absent on the last page.
    pub next_cursor: Option<String>,
}
