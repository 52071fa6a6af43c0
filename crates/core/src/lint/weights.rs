//! A1111 weights, and tags that load a LoRA there.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use super::finding::{LintCode, Report};
use crate::text::strip_any_case;

/// What such tags begin with.
const TAGS: [&str; 4] = ["lora:", "lyco:", "hypernet:", "sd_cpp_extra_args"];

/// A bracketed region.
struct Group {
    start: usize,
    /// Behind the closing bracket.
    end: usize,
    /// Where what is not the person's words begins: the colon, or the closing bracket.
    tail: usize,
    weighted: bool,
}

/// Every balanced `()` and `[]`, inner ones first.
fn groups(text: &str) -> Vec<Group> {
    let mut open: Vec<(usize, u8)> = Vec::new();
    let mut groups: Vec<Group> = Vec::new();
    for (at, byte) in text.bytes().enumerate() {
        let opening = match byte {
            b'(' | b'[' => {
                open.push((at, byte));
                continue;
            }
            b')' => b'(',
            b']' => b'[',
            _ => continue,
        };
        if open.last().is_none_or(|(_, bracket)| *bracket != opening) {
            continue;
        }
        let Some((start, _)) = open.pop() else {
            continue;
        };
        let inner = text.get(start + 1..at).unwrap_or_default();
        let weight = weight(inner).map(|colon| start + 1 + colon);
        // `((hat))`: both brackets are meant as a weight.
        let doubled = match groups.last_mut() {
            Some(last) if last.start == start + 1 && last.end == at => {
                last.weighted = true;
                true
            }
            _ => false,
        };
        groups.push(Group {
            start,
            end: at + 1,
            tail: weight.unwrap_or(at),
            weighted: doubled || weight.is_some(),
        });
    }
    groups
}

/// Where `:1.3` begins at the end of `inner`. `16:9` and `7:30` are no weights.
fn weight(inner: &str) -> Option<usize> {
    let (words, number) = inner.rsplit_once(':')?;
    let number = number.trim();
    let numeric = number
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let named = !words.trim().is_empty() && !words.ends_with(|c: char| c.is_ascii_digit());
    (numeric && named && !number.is_empty()).then_some(words.len())
}

pub(super) fn check(text: &str, report: &mut Report<'_>) {
    let mut groups = groups(text);
    groups.retain(|group| group.weighted);
    let mut cut = vec![false; text.len()];
    for group in &groups {
        for range in [group.start..group.start + 1, group.tail..group.end] {
            if let Some(bytes) = cut.get_mut(range) {
                bytes.fill(true);
            }
        }
    }
    // Inner ones close first, so from the end the outer ones come first.
    let mut outermost: Vec<&Group> = Vec::new();
    for group in groups.iter().rev() {
        if outermost
            .last()
            .is_none_or(|outer| group.end <= outer.start)
        {
            outermost.push(group);
        }
    }
    for group in outermost.iter().rev() {
        let plain = text.char_indices().take_while(|(at, _)| *at < group.end);
        let plain = plain.skip_while(|(at, _)| *at < group.start);
        let plain = plain
            .filter(|(at, _)| cut.get(*at) == Some(&false))
            .map(|(_, c)| c);
        report.words(
            LintCode::Weight,
            group.start..group.end,
            "FLUX knows no weights and reads the brackets as text. What matters most works best when it comes first.".into(),
            Some((group.start..group.end, plain.collect())),
        );
        if report.is_full() {
            return;
        }
    }
    for tag in tags(text) {
        report.words(
            LintCode::LoraTag,
            tag.clone(),
            "A tag like this loads nothing here: your pictures are made with your own model."
                .into(),
            Some((tag, String::new())),
        );
    }
}

/// `<lora:…>` and its like.
fn tags(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices('<').filter_map(move |(start, _)| {
        let rest = text.get(start + 1..)?;
        TAGS.iter().find_map(|tag| strip_any_case(rest, tag))?;
        Some(start..start + 1 + rest.find('>')? + 1)
    })
}
