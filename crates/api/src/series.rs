//! Series: shoots and comparisons, whose pictures are asked for together.

use serde::{Deserialize, Serialize};

use selfsame_primitives::ids::{ConversationId, ModelId, PictureId, SeriesId};
use selfsame_primitives::string_enum;
use selfsame_primitives::time::Timestamp;
use selfsame_prompt::compose::Composition;
use selfsame_prompt::enhancement::{EnhancementChoice, EnhancementReport};
use selfsame_prompt::parameters::{InputValue, Overrides, PresetId};
use selfsame_prompt::placement::{Placement, QualityId};
use selfsame_prompt::schema::ParameterReport;
use selfsame_prompt::slots::Slots;
use selfsame_series::comparisons::{Axis, AxisParameter};
use selfsame_series::shoots::ShootCost;
use selfsame_series::{Difference, Place};

use super::{GenerationSummary, PictureSummary, RawJson};

string_enum! {
    /// What a series is.
    SeriesKind {
        /// A collection's shots, or compositions of the person's own.
        Shoot = "shoot",
        /// One composition, varied along one or two axes.
        Comparison = "comparison",
    }
}

string_enum! {
    /// Where a series is. It follows from its frames.
    SeriesState {
        /// Frames are being made, or wait for their turn.
        Running = "running",
        /// The frames that are not made yet wait until the person resumes the series.
        Paused = "paused",
        /// Every frame has ended, and at least one has pictures. `counts` says whether others failed.
        Succeeded = "succeeded",
        /// Every frame has ended, none has pictures, and at least one failed.
        Failed = "failed",
        /// Every frame was canceled.
        Canceled = "canceled",
    }
}

/// The place of a generation in a series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SeriesPlace {
    /// The series.
    pub id: SeriesId,
    /// The frame, from 0.
    pub frame: u32,
}

/// How many frames of a series are where. A frame is where its newest generation is; one whose generations were all
/// deleted is only among `frames`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SeriesCounts {
    /// All frames.
    pub frames: u32,
    /// Not yet accepted by the provider.
    pub waiting: u32,
    /// At the provider, or being stored.
    pub under_way: u32,
    /// With pictures.
    pub succeeded: u32,
    /// Failed.
    pub failed: u32,
    /// Canceled.
    pub canceled: u32,
}

/// What a series takes from the allowance, in pictures, with every frame that was made again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SeriesCost {
    /// Asked for so far.
    pub pictures: u32,
    /// Reserved for what has not ended.
    pub reserved: u32,
    /// Used.
    pub used: u32,
}

/// A series, as a list shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Series {
    /// Its id.
    pub id: SeriesId,
    /// A shoot or a comparison.
    pub kind: SeriesKind,
    /// What it is called.
    pub title: String,
    /// Raised by one at every change; an older state never replaces a newer one.
    pub revision: u32,
    /// Where it is.
    pub state: SeriesState,
    /// Nothing of it is sent until the person resumes it.
    pub paused: bool,
    /// How many frames are where.
    pub counts: SeriesCounts,
    /// What it takes from the allowance.
    pub cost: SeriesCost,
    /// Its first pictures, at most four.
    pub cover: Vec<PictureSummary>,
    /// The conversation that its generations belong to, which may lie deleted for up to 30 days.
    pub session: Option<ConversationId>,
    /// When it was asked for.
    pub created_at: Timestamp,
}

/// `GET /api/series`: newest first.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SeriesPage {
    /// At most `limit` (default 20, at most 100).
    pub series: Vec<Series>,
    /// For `?cursor=`; absent on the last page.
    pub next_cursor: Option<String>,
}

/// `GET /api/series/{id}`: a series with its frames.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SeriesRecord {
    /// The series.
    #[serde(flatten)]
    pub series: Series,
    /// What a comparison varies; empty for a shoot.
    pub axes: Vec<Axis>,
    /// The frames in order.
    pub frames: Vec<Frame>,
    /// The person's votes, oldest first.
    pub votes: Vec<Vote>,
}

/// One frame of a series.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Frame {
    /// Its number, from 0.
    pub number: u32,
    /// The shot's title, or the cell's values.
    pub title: String,
    /// The place in the grid of a comparison.
    pub place: Option<Place>,
    /// What sets a comparison's cell apart.
    pub differs: Vec<Difference>,
    /// What became of it; absent when it was deleted.
    pub generation: Option<FrameGeneration>,
    /// Earlier attempts, newest first.
    pub earlier: Vec<GenerationSummary>,
}

/// A frame's generation, with what was sent.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FrameGeneration {
    /// The generation.
    #[serde(flatten)]
    pub summary: GenerationSummary,
    /// The final prompt.
    pub prompt: String,
    /// What became of each parameter.
    #[cfg_attr(feature = "typescript", ts(as = "ParameterReport"))]
    pub effects: RawJson<ParameterReport>,
    /// What was sent of each enhancement.
    #[cfg_attr(feature = "typescript", ts(as = "EnhancementReport"))]
    pub enhancements: RawJson<EnhancementReport>,
}

/// The answer to `?dry_run=true`: what a series would make. Nothing is stored, reserved or sent.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SeriesPlan {
    /// What it would be called.
    pub title: String,
    /// The frames in order.
    pub frames: Vec<PlannedFrame>,
    /// What it takes.
    pub cost: ShootCost,
    /// Pictures that the allowance still covers; absent without a limit.
    pub left: Option<u32>,
    /// The place of its first frame in the queue, from 1; absent if it would be sent at once.
    pub queue_position: Option<u32>,
}

/// A frame that would be made.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PlannedFrame {
    /// The shot's title, or the cell's values.
    pub title: String,
    /// The place in the grid of a comparison.
    pub place: Option<Place>,
    /// What sets a comparison's cell apart.
    pub differs: Vec<Difference>,
    /// The model.
    pub model: ModelId,
    /// What would be composed. Its seed is the one that is drawn now, if the request names none; creating the series draws
    /// another.
    pub composition: Composition,
    /// The final prompt.
    pub prompt: String,
    /// What would become of each parameter.
    pub effects: ParameterReport,
    /// What would be sent of each enhancement.
    pub enhancements: EnhancementReport,
}

/// `PATCH /api/series/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct RenameSeries {
    /// 1-120 characters.
    pub title: String,
}

/// `POST /api/series/{id}/frames/{n}/redo`: what changes in a shoot's frame. What is absent stays as it is. Goes with an
/// `Idempotency-Key` header.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(deny_unknown_fields, default)]
pub struct FrameChanges {
    /// The person's own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What the picture shows: all slots together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slots: Option<Slots>,
    /// The starting values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preset: Option<PresetId>,
    /// Explicit values: those that are named replace the frame's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overrides: Option<Overrides>,
    /// Where the trigger is placed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placement: Option<Placement>,
    /// The text that is appended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quality: Option<QualityId>,
    /// Enhancement LoRAs: all of them together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enhancements: Option<Vec<EnhancementChoice>>,
}

impl FrameChanges {
    /// Whether nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

string_enum! {
    /// What a vote prefers.
    Preferred {
        /// The first picture.
        First = "first",
        /// The second picture.
        Second = "second",
        /// Neither.
        Tie = "tie",
    }
}

/// `POST /api/series/{id}/votes`: which of two pictures of a comparison the person prefers. A second vote about the same two
/// replaces the first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(deny_unknown_fields)]
pub struct CastVote {
    /// One picture.
    pub first: PictureId,
    /// Another one, of another cell.
    pub second: PictureId,
    /// Which of them is preferred.
    pub preferred: Preferred,
    /// The person did not see which cell is which.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<bool>"))]
    pub blind: bool,
}

/// A vote that is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Vote {
    /// One picture.
    pub first: PictureId,
    /// The other one.
    pub second: PictureId,
    /// Which of them was preferred.
    pub preferred: Preferred,
    /// The person did not see which cell is which.
    pub blind: bool,
    /// When.
    pub at: Timestamp,
}

/// `GET /api/preferences`: what this person's votes say about this person. They say nothing about anybody else.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Preferences {
    /// All votes.
    pub votes: u32,
    /// Votes that were blind.
    pub blind: u32,
    /// Votes about two cells that differ in two parameters: nobody knows which of the two decided, so they count for neither.
    pub undecided: u32,
    /// The parameters that were voted on.
    pub parameters: Vec<ParameterPreference>,
    /// How the intervals are computed, and the source.
    pub source: &'static str,
}

/// What was preferred of one parameter.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ParameterPreference {
    /// The parameter.
    pub parameter: AxisParameter,
    /// Its values, the one with the most wins first.
    pub values: Vec<ValuePreference>,
}

/// How often one value was preferred to another.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ValuePreference {
    /// The value.
    pub value: InputValue,
    /// Votes for it.
    pub wins: u32,
    /// Votes for the other value.
    pub losses: u32,
    /// Votes for neither.
    pub ties: u32,
    /// The share of wins without the ties; absent before the first decided vote.
    pub share: Option<PreferenceShare>,
}

/// A share between 0 and 1, and the interval that holds it with 95 % confidence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PreferenceShare {
    /// The lower end.
    pub low: f64,
    /// The share.
    pub share: f64,
    /// The upper end.
    pub high: f64,
}
