//! A finding, and how its fix is applied.

use serde::{Deserialize, Serialize};

use selfsame_primitives::string_enum;

/// Something in a request that will not work as the person may expect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Finding {
    /// The stable code.
    pub code: LintCode,
    /// How much it matters.
    pub severity: Severity,
    /// The request's field, as a dotted path: `text`, `slots`, `overrides.output_quality`, `pictures`.
    pub field: &'static str,
    /// The start in the person's text, in UTF-16 code units: `text.slice(start, end)` in JavaScript. 0 for another
    /// field than `text`.
    pub start: u32,
    /// The end in the person's text.
    pub end: u32,
    /// One or two sentences for the person.
    pub message: String,
    /// One edit that removes the finding, where there is one.
    pub fix: Option<Fix>,
}

/// One replacement in the person's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Fix {
    /// The start of the replaced words, in UTF-16 code units.
    pub start: u32,
    /// The end of the replaced words.
    pub end: u32,
    /// The replacement. Empty when the words are removed.
    pub text: String,
}

string_enum! {
    /// The stable codes of [`Finding`]s.
    LintCode {
        /// "no", "without", "avoid". FLUX draws what it reads.
        Negative = "negative",
        /// `(hat:1.3)`, `((hat))`. FLUX has no weights.
        Weight = "weight",
        /// `<lora:…>`. The tag loads nothing here.
        LoraTag = "lora_tag",
        /// The address or file name of weights, which the studio refuses.
        WeightsAddress = "weights_address",
        /// Sexual content, which the studio refuses.
        UnsafeContent = "unsafe_content",
        /// Words for the face, which compete with the LoRA.
        FaceDescription = "face_description",
        /// Two phrases exclude each other, or one excludes a part of the quality specification.
        Contradiction = "contradiction",
        /// More than one camera.
        SeveralCameras = "several_cameras",
        /// More than one film stock.
        SeveralFilmStocks = "several_film_stocks",
        /// More than [`MAX_WORDS`](super::MAX_WORDS) words.
        TooLong = "too_long",
        /// No word about the light.
        NoLight = "no_light",
        /// Other people, who get the same face.
        OtherPeople = "other_people",
        /// "man" for a model that was trained on a woman.
        ClassMismatch = "class_mismatch",
        /// An explicit output quality beside png.
        QualityWithoutEffect = "quality_without_effect",
        /// An explicit seed beside the fast path.
        FastNotRepeatable = "fast_not_repeatable",
        /// An explicit aspect ratio beside an input picture.
        RatioFromImage = "ratio_from_image",
        /// Several pictures of one seed.
        ReplayNeedsCount = "replay_needs_count",
        /// A LoRA strength of 0 or less.
        LoraOff = "lora_off",
    }
}

string_enum! {
    /// How much a finding matters.
    Severity {
        /// The picture will not serve its purpose.
        Error = "error",
        /// The picture will probably be worse.
        Warning = "warning",
        /// Good to know.
        Notice = "notice",
    }
}

/// Applies `fix` to `text`. A fix that was made for another text, and whose range does not fit this one, changes
/// nothing.
#[must_use]
pub fn apply_fix(text: &str, fix: &Fix) -> String {
    let parts = byte_at(text, fix.start).zip(byte_at(text, fix.end));
    let parts = parts.and_then(|(start, end)| text.get(..start).zip(text.get(end.max(start)..)));
    match parts {
        Some((before, after)) if fix.start <= fix.end => ([before, &fix.text, after]).concat(),
        _ => text.to_owned(),
    }
}

/// The byte at which the code unit `unit` begins. `None` inside a character and beyond the end.
fn byte_at(text: &str, unit: u32) -> Option<usize> {
    let mut units = 0_u32;
    for (byte, c) in text.char_indices() {
        if units >= unit {
            return (units == unit).then_some(byte);
        }
        units += if c.len_utf16() == 2 { 2 } else { 1 };
    }
    (units == unit).then_some(text.len())
}
