//! Labels, negative prompts and lines of settings, which A1111, its relatives and Civitai write around a prompt.

use selfsame_primitives::text::strip_prefix_ignore_case;

use super::report::{Cleanup, DroppedCode};
use super::settings::{is_number, setting};
use super::traced::Join;

/// Labels in front of a description.
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

/// Settings that a line can begin with, and whether the value must be a number.
const KEYS: [(&str, bool); 16] = [
    ("steps", true),
    ("seed", true),
    ("size", true),
    ("cfg scale", true),
    ("cfg", true),
    ("guidance scale", true),
    ("guidance", true),
    ("flux guidance", true),
    ("distilled cfg scale", true),
    ("clip skip", true),
    ("denoising strength", true),
    ("sampler", false),
    ("schedule type", false),
    ("scheduler", false),
    ("model hash", false),
    ("lora hashes", false),
];

/// Finds labels, negative prompts and settings.
pub(super) fn find(text: &str, cleanup: &mut Cleanup) {
    let mut rest = text.trim_start();
    while let Some(label) = LABELS.iter().find_map(|label| label_in(rest, label)) {
        cleanup.take(
            DroppedCode::Label,
            text.len() - rest.len(),
            label,
            Join::Thing,
        );
        rest = rest.get(label.len()..).unwrap_or_default().trim_start();
    }
    let mut negative = None;
    let mut at = 0;
    let mut all_settings = false;
    for line in text.split_inclusive('\n') {
        let (start, end) = (at, at + line.len());
        at = end;
        let lower = line.to_ascii_lowercase();
        let inline = negative_in(&lower);
        let trimmed = line.trim_start();
        let settings = if inline.is_none() && is_setting(trimmed) {
            Some(line.len() - trimmed.len())
        } else {
            settings_in(&lower)
        };
        if let Some((found, behind)) = inline {
            end_negative(text, &mut negative, start + found, cleanup);
            negative = Some((start + found, start + behind));
        }
        if let Some(found) = settings.or_else(|| all_settings.then_some(0)) {
            end_negative(text, &mut negative, start + found, cleanup);
            let block = line.get(found..).unwrap_or_default();
            all_settings |= pairs(block, cleanup) > 2;
            cleanup.cut(start + found, end, Join::Thing);
        }
    }
    end_negative(text, &mut negative, text.len(), cleanup);
}

/// Drops the open negative prompt, which ends at `end`.
fn end_negative(
    text: &str,
    negative: &mut Option<(usize, usize)>,
    end: usize,
    cleanup: &mut Cleanup,
) {
    if let Some((start, words)) = negative.take() {
        let said = text.get(words..end).unwrap_or_default();
        let said = said.trim_start_matches([':', ' ']);
        cleanup.drop(DroppedCode::NegativePrompt, said);
        cleanup.cut(start, end, Join::Thing);
    }
}

/// The start and end of `negative prompt:` in a lower-case line. Without the colon it must be the whole line.
fn negative_in(line: &str) -> Option<(usize, usize)> {
    if line.trim() == NEGATIVE {
        return Some((0, line.len()));
    }
    line.match_indices(NEGATIVE)
        .map(|(at, _)| at)
        .find_map(|at| {
            let behind = line.get(at + NEGATIVE.len()..)?;
            let rest = behind.trim_start().strip_prefix(':')?;
            begins_word(line, at).then_some((at, line.len() - rest.len()))
        })
}

/// The start of the settings at the end of a lower-case line: a `steps: 30,` with other settings after it.
fn settings_in(line: &str) -> Option<usize> {
    let mut last = 0;
    for key in ["sampler:", "cfg scale:", "seed:", "size:"] {
        last = last.max(line.rfind(key).unwrap_or_default());
    }
    line.match_indices("steps:").map(|(at, _)| at).find(|at| {
        *at < last && begins_word(line, *at) && is_setting(line.get(*at..).unwrap_or_default())
    })
}

/// Whether no letter or digit comes before `at`.
fn begins_word(line: &str, at: usize) -> bool {
    let before = line.get(..at).unwrap_or_default();
    !before.ends_with(char::is_alphanumeric)
}

/// Whether the text begins with a known key and a value that fits it.
fn is_setting(text: &str) -> bool {
    let Some((key, rest)) = text.split_once(':') else {
        return false;
    };
    // A number is shorter than 40 characters, and a text may have many colons.
    let mut ends = rest.char_indices().take(40);
    let end = ends.find(|(_, c)| matches!(c, ',' | '\n'));
    let end = end.map_or(rest.len(), |(at, _)| at);
    let value = rest.get(..end).unwrap_or_default();
    let numeric = || is_number(value) || are_sides(value);
    KEYS.iter().any(|(name, number)| {
        key.trim().eq_ignore_ascii_case(name) && !value.trim().is_empty() && (!number || numeric())
    })
}

/// Whether the text is numbers with `x` between them.
fn are_sides(mut text: &str) -> bool {
    while let Some((side, rest)) = text.split_once(['x', '×']) {
        if !is_number(side) {
            return false;
        }
        text = rest;
    }
    is_number(text)
}

/// Moves or drops each `Key: value` of a block, and returns their number.
fn pairs(block: &str, cleanup: &mut Cleanup) -> usize {
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
                    setting(cleanup, key.trim(), value, pair);
                    count += 1;
                }
            }
            _ => {}
        }
    }
    count
}

/// The start of `text`, if it is `label` as a whole word.
fn label_in<'a>(text: &'a str, label: &str) -> Option<&'a str> {
    let behind = strip_prefix_ignore_case(text, label)?;
    let whole =
        !label.ends_with(char::is_alphanumeric) || !behind.starts_with(char::is_alphanumeric);
    text.get(..label.len()).filter(|_| whole)
}
