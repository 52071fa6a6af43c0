//! `<lora:name:0.8>` and its kin, `<sd_cpp_extra_args>…</…>`: in any case and spelling, closed or not.

use super::draft::Mend;
use super::note::{DroppedCode, Report};

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

pub(super) fn find(text: &str, report: &mut Report) {
    let mut done = 0;
    // No tag that closes another one stands from here on.
    let mut last_closing = text.len();
    for (start, c) in text.char_indices() {
        if start < done || !opens(c) {
            continue;
        }
        let (name, rest) = name(text.get(start + c.len_utf8()..).unwrap_or_default());
        let begins = |names: &[&str]| names.iter().any(|known| name.starts_with(known));
        let behind = text.len() - rest.len();
        let tag_end = end_of_tag(rest).map(|end| behind + end);
        let next = rest.trim_start().chars().next();
        let (code, end) = if begins(&ARGUMENTS) {
            let open_end = tag_end.unwrap_or(behind);
            let end = closing(text, open_end, &mut last_closing);
            (
                DroppedCode::ExtraArgs,
                end.unwrap_or_else(|| open_end + until(text, open_end, |c| c == '\n')),
            )
        } else if begins(&LOADERS) {
            (
                DroppedCode::LoraTag,
                tag_end.unwrap_or_else(|| loose_end(text, behind)),
            )
        } else if let (Some(end), Some(':' | '：')) = (tag_end, next)
            && !name.is_empty()
        {
            let address = next == Some(':') && begins(&["http"]);
            let code = if address {
                DroppedCode::ImageAddress
            } else {
                DroppedCode::Tag
            };
            (code, end)
        } else {
            continue;
        };
        let tag = text.get(start..end).unwrap_or_default();
        done = report.take(code, start, tag, Mend::Thing);
    }
}

fn opens(c: char) -> bool {
    matches!(c, '<' | '＜' | '﹤' | '‹' | '〈' | '⟨' | '«')
}

fn closes(c: char) -> bool {
    matches!(c, '>' | '＞' | '﹥' | '›' | '〉' | '⟩' | '»')
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
    !(ends || c.is_alphanumeric() || opens(c) || closes(c))
}

/// Behind the bracket that closes a tag, when one does on this line and before another one opens.
fn end_of_tag(rest: &str) -> Option<usize> {
    let at = rest.find(|c| c == '\n' || opens(c) || closes(c))?;
    let c = rest.get(at..)?.chars().next()?;
    closes(c).then_some(at + c.len_utf8())
}

/// The end of a tag that nobody closed: what looks like its values.
fn loose_end(text: &str, from: usize) -> usize {
    from + until(text, from, |c| c.is_whitespace() || c == ',' || opens(c))
}

/// How many bytes of `text` there are from `from` on before a character that is so.
fn until(text: &str, from: usize, is: fn(char) -> bool) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    rest.find(is).unwrap_or(rest.len())
}

/// Behind the next `</…>`.
fn closing(text: &str, from: usize, last: &mut usize) -> Option<usize> {
    if from >= *last {
        return None;
    }
    let mut chars = text.get(from..)?.chars();
    while let Some(c) = chars.next() {
        let rest = chars.as_str();
        if opens(c) && plain(rest.chars().next().unwrap_or(' ')) == '/' {
            let inner = text.len() - rest.len();
            let end = end_of_tag(rest).map(|end| inner + end);
            return Some(end.unwrap_or_else(|| loose_end(text, inner)));
        }
    }
    *last = from;
    None
}
