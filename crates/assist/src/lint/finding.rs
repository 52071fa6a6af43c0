//! A finding, and how its fix is applied.
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::MAX_FINDINGS;
use crate::text::fill;
use selfsame_primitives::string_enum;

/// Something that will not work as the person may expect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Finding {
    /// Stable code.
    pub code: LintCode,
    /// How much it matters.
    pub severity: Severity,
    /// The request's field that it is about, dotted: `text`, `slots`, `overrides.output_quality`, `pictures`.
    pub field: &'static str,
    /// Where it begins in the person's text, in UTF-16 code units: `text.slice(start, end)` in JavaScript.
    /// 0 for another field.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// One or two sentences for the person.
    pub message: String,
    /// What would mend it, where one edit can.
    pub fix: Option<Fix>,
}

/// One replacement in the person's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Fix {
    /// Where the replaced words begin, in UTF-16 code units.
    pub start: u32,
    /// Where they end.
    pub end: u32,
    /// What stands there instead; empty: nothing.
    pub text: String,
}

string_enum! {
    /// The stable codes of [`Finding`]s.
    LintCode {
        /// "no", "without", "avoid": FLUX draws what it reads.
        Negative = "negative",
        /// `(hat:1.3)`, `((hat))`: FLUX has no weights.
        Weight = "weight",
        /// `<lora:…>`: it loads nothing here.
        LoraTag = "lora_tag",
        /// Words for the face compete with the LoRA.
        FaceDescription = "face_description",
        /// Two phrases exclude each other, or one excludes a part of the quality specification.
        Contradiction = "contradiction",
        /// More than one camera.
        SeveralCameras = "several_cameras",
        /// More than one film stock.
        SeveralFilmStocks = "several_film_stocks",
        /// Over [`MAX_WORDS`](super::MAX_WORDS).
        TooLong = "too_long",
        /// No word about the light.
        NoLight = "no_light",
        /// Other people get the same face.
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
        /// The picture will not be what it is for.
        Error = "error",
        /// The picture will probably be worse for it.
        Warning = "warning",
        /// Good to know.
        Notice = "notice",
    }
}

/// `text` with `fix` in it. A fix whose place is not one of `text`, for it was made for another, changes nothing.
#[must_use]
pub fn apply_fix(text: &str, fix: &Fix) -> String {
    let parts = byte_at(text, fix.start).zip(byte_at(text, fix.end));
    let parts = parts.and_then(|(start, end)| text.get(..start).zip(text.get(end.max(start)..)));
    match parts {
        Some((before, after)) if fix.start <= fix.end => ([before, &fix.text, after]).concat(),
        _ => text.to_owned(),
    }
}

/// The byte at which the code unit `unit` begins; `None` within a character and beyond the end.
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

/// Findings about one text, as they are made. Places come in as bytes of the whole prose.
pub(super) struct Report<'a> {
    own: &'a str,
    /// Where the person's own text stands in the prose.
    place: Range<usize>,
    pub(super) findings: Vec<Finding>,
}

impl<'a> Report<'a> {
    /// About `prose`, in which the person's text `own` begins at `start`.
    pub(super) fn new(own: &'a str, prose: &str, start: usize) -> Self {
        // Behind it slots may follow, and the separators at its end are gone then. A text without a word is left out.
        let rest = prose.get(start..).unwrap_or_default();
        let written = own.trim_end_matches(is_separator);
        let (own, length) = match rest.strip_prefix(written) {
            Some(_) if rest == own => (own, own.len()),
            Some(_) => (own, written.len()),
            None => ("", 0),
        };
        Self {
            own,
            place: start..start + length,
            findings: Vec::new(),
        }
    }

    /// There is no room for another finding.
    pub(super) fn is_full(&self) -> bool {
        self.findings.len() >= MAX_FINDINGS
    }

    /// Where words can be added to the person's text: instead of the separators at its end.
    pub(super) fn end(&self) -> Range<usize> {
        let written = self.own.trim_end_matches(is_separator).len();
        self.place.start + written..self.place.end
    }

    /// A finding at a range of bytes of the prose; `said` are the words in its message.
    pub(super) fn words(
        &mut self,
        code: LintCode,
        range: Range<usize>,
        (message, said): (&str, &[&str]),
        fix: Option<(Range<usize>, String)>,
    ) {
        let severity = match code {
            LintCode::TooLong | LintCode::NoLight => Severity::Notice,
            _ => Severity::Warning,
        };
        self.push(severity, code, range, (message, said), fix);
    }

    pub(super) fn push(
        &mut self,
        severity: Severity,
        code: LintCode,
        range: Range<usize>,
        (message, said): (&str, &[&str]),
        fix: Option<(Range<usize>, String)>,
    ) {
        if self.is_full() {
            return;
        }
        let is_own = !self.place.is_empty()
            && self.place.start <= range.start
            && range.start <= self.place.end;
        let fix = fix.filter(|_| is_own).map(|(range, text)| Fix {
            start: self.unit_at(range.start),
            end: self.unit_at(range.end),
            text,
        });
        let (start, end) = if is_own {
            (self.unit_at(range.start), self.unit_at(range.end))
        } else {
            (0, 0)
        };
        self.findings.push(Finding {
            code,
            severity,
            field: if is_own { "text" } else { "slots" },
            start,
            end,
            message: fill(message, said),
            fix,
        });
    }

    /// The code unit of the person's text at a byte of the prose; the nearer end for a byte outside.
    fn unit_at(&self, byte: usize) -> u32 {
        let byte = byte.clamp(self.place.start, self.place.end) - self.place.start;
        let before = self.own.get(..byte).unwrap_or_default();
        let units = if before.is_ascii() {
            before.len()
        } else {
            before.chars().map(char::len_utf16).sum()
        };
        u32::try_from(units).unwrap_or(u32::MAX)
    }
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | '.')
}
