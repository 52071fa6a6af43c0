//! `<lora:name:0.8>` and its kin, `<sd_cpp_extra_args>…</…>`: in any case and spelling, closed or not.

use alloc::string::String;
use alloc::vec::Vec;

use super::draft::{Edit, Mend};
use super::note::{DroppedCode, Report};

const OPEN: [char; 7] = ['<', '＜', '﹤', '‹', '〈', '⟨', '«'];
const CLOSE: [char; 7] = ['>', '＞', '﹥', '›', '〉', '⟩', '»'];

/// What a tag that loads something is called, without `_` and `-`.
const LOADERS: [&str; 10] = [
    "lora",
    "lyco",
    "locon",
    "loha",
    "lokr",
    "dora",
    "hypernet",
    "embedding",
    "modelweights",
    "extranet",
];

/// What a tag with arguments is called.
const ARGUMENTS: [&str; 3] = ["sdcpp", "extraargs", "sdextra"];

pub(super) fn find(text: &str, report: &mut Report) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut done = 0;
    // No tag that closes another one stands from here on.
    let mut last_closing = text.len();
    for (start, open) in text.char_indices() {
        if start < done || !OPEN.contains(&open) {
            continue;
        }
        let inner = text.get(start + open.len_utf8()..).unwrap_or_default();
        let (name, rest) = name(inner);
        let begins = |names: &[&str]| names.iter().any(|known| name.starts_with(known));
        let tag_end = end_of_tag(rest);
        let behind = text.len() - rest.len();
        let (code, end) = if begins(&ARGUMENTS) {
            let open_end = behind + tag_end.unwrap_or_default();
            let end = closing(text, open_end, &mut last_closing);
            (
                DroppedCode::ExtraArgs,
                end.unwrap_or_else(|| line_end(text, open_end)),
            )
        } else if begins(&LOADERS) {
            let end = tag_end.unwrap_or_else(|| loose_end(rest));
            (DroppedCode::LoraTag, behind + end)
        } else if begins(&["http"]) && rest.trim_start().starts_with(':') && tag_end.is_some() {
            (
                DroppedCode::ImageAddress,
                behind + tag_end.unwrap_or_default(),
            )
        } else if !name.is_empty()
            && rest.trim_start().starts_with([':', '：'])
            && tag_end.is_some()
        {
            (DroppedCode::Tag, behind + tag_end.unwrap_or_default())
        } else {
            continue;
        };
        report.drop(code, text.get(start..end).unwrap_or_default());
        edits.push(Edit {
            start,
            end,
            mend: Mend::Thing,
        });
        done = end;
    }
    edits
}

/// The letters and digits at the start, in lower case, whatever stands between them that cannot be seen or heard;
/// and what follows.
fn name(text: &str) -> (String, &str) {
    let mut name = String::new();
    for (at, c) in text.char_indices() {
        let letter = plain(c);
        if letter.is_ascii_alphanumeric() && name.len() < 32 {
            name.push(letter.to_ascii_lowercase());
        } else if !is_silent(c) {
            return (name, text.get(at..).unwrap_or_default());
        }
    }
    (name, "")
}

/// A full-width character as the ASCII character that it is read as.
fn plain(c: char) -> char {
    let ascii = u32::from(c).checked_sub(0xfee0).and_then(char::from_u32);
    ascii.filter(|_| matches!(c, '！'..='～')).unwrap_or(c)
}

/// Stands between the letters of a name without being one: what cannot be seen, spaces, `_`, `-` and other marks.
fn is_silent(c: char) -> bool {
    let ends = matches!(
        plain(c),
        ':' | ';' | ',' | '|' | '(' | ')' | '{' | '}' | '[' | ']'
    );
    !ends && !c.is_alphanumeric() && !OPEN.contains(&c) && !CLOSE.contains(&c)
}

/// Behind the bracket that closes a tag, when one does on this line and before another one opens.
fn end_of_tag(rest: &str) -> Option<usize> {
    let at = rest.find(|c| c == '\n' || OPEN.contains(&c) || CLOSE.contains(&c))?;
    let c = rest.get(at..)?.chars().next()?;
    CLOSE.contains(&c).then_some(at + c.len_utf8())
}

/// The end of a tag that nobody closed: what looks like its values.
fn loose_end(rest: &str) -> usize {
    let ends = |c: char| c.is_whitespace() || c == ',' || OPEN.contains(&c);
    rest.find(ends).unwrap_or(rest.len())
}

/// Behind the next `</…>`.
fn closing(text: &str, from: usize, last: &mut usize) -> Option<usize> {
    if from >= *last {
        return None;
    }
    let rest = text.get(from..)?;
    let found = rest.match_indices(OPEN).find(|(at, open)| {
        let behind = rest.get(at + open.len()..).unwrap_or_default();
        plain(behind.chars().next().unwrap_or(' ')) == '/'
    });
    let Some((at, open)) = found else {
        *last = from;
        return None;
    };
    let inner = from + at + open.len();
    let behind = text.get(inner..)?;
    Some(inner + end_of_tag(behind).unwrap_or_else(|| loose_end(behind)))
}

fn line_end(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    from + rest.find('\n').unwrap_or(rest.len())
}
