//! Labels, negative prompts and lines of settings: the blocks that A1111, its kin and Civitai write below a prompt.

use alloc::vec::Vec;

use super::draft::{Edit, Mend};
use super::note::{DroppedCode, Report};
use super::settings::{is_number, setting};
use crate::text;

/// In front of a description.
const LABELS: [&str; 7] = [
    "/imagine prompt:",
    "/imagine",
    "positive prompt:",
    "positive:",
    "prompt:",
    "parameters:",
    "parameters\n",
];

const NEGATIVE: &str = "negative prompt";

/// Settings that a line can begin with, and whether only a number makes it one.
const KEYS: [(&str, bool); 14] = [
    ("steps", true),
    ("seed", true),
    ("size", true),
    ("cfg scale", true),
    ("cfg", true),
    ("guidance scale", true),
    ("distilled cfg scale", true),
    ("clip skip", true),
    ("denoising strength", true),
    ("sampler", false),
    ("schedule type", false),
    ("scheduler", false),
    ("model hash", false),
    ("lora hashes", false),
];

pub(super) fn find(text: &str, report: &mut Report) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut remove = |start, end| {
        edits.push(Edit {
            start,
            end,
            mend: Mend::Thing,
        });
    };
    let mut rest = text.trim_start();
    while let Some(label) = LABELS.iter().find(|label| starts_with(rest, label)) {
        let begin = text.len() - rest.len();
        let end = begin + label.len();
        report.drop(DroppedCode::Label, text.get(begin..end).unwrap_or_default());
        remove(begin, end);
        rest = rest.get(label.len()..).unwrap_or_default().trim_start();
    }
    let mut negative = None;
    let mut at = 0;
    let mut all_settings = false;
    for line in text.split_inclusive('\n') {
        let (start, end) = (at, at + line.len());
        at = end;
        let inline = negative_in(line);
        let settings = settings_in(line, inline.map_or(0, |(_, behind)| behind));
        if let Some((found, behind)) = inline {
            end_negative(text, &mut negative, start + found, report, &mut remove);
            negative = Some((start + found, start + behind));
        }
        if let Some(found) = settings.or_else(|| all_settings.then_some(0)) {
            end_negative(text, &mut negative, start + found, report, &mut remove);
            let block = line.get(found..).unwrap_or_default();
            all_settings |= pairs(block, report) > 2;
            remove(start + found, end);
        }
    }
    end_negative(text, &mut negative, text.len(), report, &mut remove);
    edits
}

/// Drops the negative prompt that is open and ends at `end`.
fn end_negative(
    text: &str,
    negative: &mut Option<(usize, usize)>,
    end: usize,
    report: &mut Report,
    remove: &mut impl FnMut(usize, usize),
) {
    if let Some((start, words)) = negative.take() {
        let said = text.get(words..end).unwrap_or_default();
        report.drop(
            DroppedCode::NegativePrompt,
            said.trim_start_matches([':', ' ']),
        );
        remove(start, end);
    }
}

/// Where `Negative prompt:` stands in a line, and where it ends; without the colon only as a line of its own.
fn negative_in(line: &str) -> Option<(usize, usize)> {
    let lower = line.to_ascii_lowercase();
    if lower.trim() == NEGATIVE {
        return Some((0, line.len()));
    }
    text::places(&lower, NEGATIVE).find_map(|at| {
        let behind = lower.get(at + NEGATIVE.len()..)?;
        let rest = behind.trim_start().strip_prefix(':')?;
        let before = lower.get(..at)?;
        (!before.ends_with(char::is_alphanumeric)).then_some((at, line.len() - rest.len()))
    })
}

/// Where the settings begin that end a line: at its start, or at a `Steps: 30,` with others behind it.
fn settings_in(line: &str, from: usize) -> Option<usize> {
    let trimmed = line.len() - line.trim_start().len();
    if from == 0 && line.get(trimmed..).is_some_and(is_setting) {
        return Some(trimmed);
    }
    let lower = line.to_ascii_lowercase();
    let many = ["sampler:", "cfg scale:", "seed:", "size:"];
    let last = many
        .iter()
        .filter_map(|key| text::rfind(&lower, key))
        .max()?;
    text::places(&lower, "steps:").find(|at| {
        let (before, block) = lower.split_at_checked(*at).unwrap_or_default();
        *at < last && !before.ends_with(char::is_alphanumeric) && is_setting(block)
    })
}

/// Begins with a key that is known and a value that fits it.
fn is_setting(text: &str) -> bool {
    let Some((key, rest)) = text.split_once(':') else {
        return false;
    };
    // A number is shorter, and a text may have many colons.
    let mut ends = rest.char_indices().take(40);
    let end = ends.find(|(_, c)| matches!(c, ',' | '\n'));
    let value = rest
        .get(..end.map_or(rest.len(), |(at, _)| at))
        .unwrap_or_default();
    let numeric = is_number(value) || value.split(['x', '×']).all(is_number);
    KEYS.iter().any(|(name, number)| {
        key.trim().eq_ignore_ascii_case(name) && (numeric || !number) && !value.trim().is_empty()
    })
}

/// Puts each `Key: value` of a block where it belongs; how many there were.
fn pairs(block: &str, report: &mut Report) -> usize {
    let (mut start, mut count) = (0, 0);
    let (mut depth, mut quoted) = (0_u32, false);
    for (at, byte) in block.bytes().chain([b',']).enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => depth += 1,
            b'}' | b']' if !quoted => depth = depth.saturating_sub(1),
            b',' | b'\n' if (!quoted && depth == 0) || at == block.len() => {
                let pair = block.get(start..at).unwrap_or_default();
                start = at + 1;
                let (key, value) = pair.split_once(':').unwrap_or((pair, ""));
                if !pair.trim().is_empty() {
                    setting(report, key.trim(), value, pair);
                    count += 1;
                }
            }
            _ => {}
        }
    }
    count
}

fn starts_with(text: &str, label: &str) -> bool {
    text::strip_any_case(text, label).is_some_and(|behind| {
        !label.ends_with(char::is_alphanumeric) || !behind.starts_with(char::is_alphanumeric)
    })
}
