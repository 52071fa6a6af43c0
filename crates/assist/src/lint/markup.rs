//! Markup of other tools: A1111's weights, and tags that load a LoRA there.

use std::ops::Range;

use super::finding::LintCode;
use super::findings::Findings;
use selfsame_primitives::text::strip_prefix_ignore_case;

/// Starts of tags that load something.
const TAGS: [&str; 4] = ["lora:", "lyco:", "hypernet:", "sd_cpp_extra_args"];

/// A pair of brackets, as a range of bytes with both of them.
struct Group {
    start: usize,
    end: usize,
    /// The byte at which the words end: that of the weight's colon, or of the closing bracket.
    tail: usize,
}

/// The outermost `()` and `[]` that are meant as weights, in order, and for each byte whether it is part of the markup.
fn weighted(text: &str) -> (Vec<Range<usize>>, Vec<bool>) {
    let bytes = text.as_bytes();
    let mut cut = vec![false; bytes.len()];
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut last: Option<Group> = None;
    let mut colon = None;
    for (at, byte) in bytes.iter().enumerate() {
        let opening = match byte {
            b'(' | b'[' => {
                open.push(at);
                continue;
            }
            b':' => {
                colon = Some(at);
                continue;
            }
            b')' => b'(',
            b']' => b'[',
            _ => continue,
        };
        let matches = |start: &mut usize| bytes.get(*start) == Some(&opening);
        let Some(start) = open.pop_if(matches) else {
            continue;
        };
        let weight = colon.filter(|colon| is_weight(text, start + 1, *colon, at));
        let group = Group {
            start,
            end: at + 1,
            tail: weight.unwrap_or(at),
        };
        // `((hat))`: both brackets are meant as a weight.
        let doubled = last.filter(|last| last.start == start + 1 && last.end == at);
        if weight.is_some() || doubled.is_some() {
            for group in doubled.iter().chain([&group]) {
                for range in [group.start..group.start + 1, group.tail..group.end] {
                    cut.get_mut(range).unwrap_or_default().fill(true);
                }
            }
            while found.pop_if(|inner| inner.start > start).is_some() {}
            found.push(start..at + 1);
        }
        last = Some(group);
    }
    (found, cut)
}

/// The most bytes of a weight with its colon and spaces.
const LONGEST: usize = 16;

/// Whether the text from `colon` to `end` is a weight, such as `:1.3`, of the words from `start`. `16:9` and `7:30` are
/// not weights.
fn is_weight(text: &str, start: usize, colon: usize, end: usize) -> bool {
    if end - colon > LONGEST {
        return false;
    }
    let (Some(words), Some(number)) = (text.get(start..colon), text.get(colon + 1..end)) else {
        return false;
    };
    let number = number.trim();
    let numeric = number
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let named = !words.trim().is_empty() && !words.ends_with(|c: char| c.is_ascii_digit());
    numeric && named && !number.is_empty()
}

/// Reports weights, then tags.
pub(super) fn check(text: &str, findings: &mut Findings<'_>) {
    let (found, cut) = weighted(text);
    for range in found {
        let mut plain = String::new();
        let words = text.get(range.clone()).unwrap_or_default();
        for (at, c) in words.char_indices() {
            if cut.get(range.start + at) == Some(&false) {
                plain.push(c);
            }
        }
        findings.warn(
            LintCode::Weight,
            range.clone(),
            (
                "FLUX knows no weights and reads the brackets as text. What matters most works best when it comes first.",
                &[],
            ),
            Some((range, plain)),
        );
        if findings.is_full() {
            return;
        }
    }
    // A tag needs a `>` after it. Before the last one the search ends when the findings are full.
    let tagged = text
        .get(..text.rfind('>').map_or(0, |last| last + 1))
        .unwrap_or_default();
    for start in tagged.match_indices('<').map(|(at, _)| at) {
        if let Some(tag) = tag(tagged, start) {
            findings.warn(
                LintCode::LoraTag,
                tag.clone(),
                (
                    "A tag like this loads nothing here: your pictures are made with your own model.",
                    &[],
                ),
                Some((tag, String::new())),
            );
        }
        if findings.is_full() {
            return;
        }
    }
}

/// The range of a tag at `start` that loads something.
fn tag(text: &str, start: usize) -> Option<Range<usize>> {
    let rest = text.get(start + 1..)?;
    TAGS.iter()
        .find_map(|tag| strip_prefix_ignore_case(rest, tag))?;
    Some(start..start + 1 + rest.find('>')? + 1)
}
