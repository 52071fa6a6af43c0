//! Tags and keywords that are commands to other tools: `<lora:name:0.8>`, `<sd_cpp_extra_args>…</…>`, `BREAK`,
//! `embedding:name`. Tags are found in any case and spelling, closed or not.

use selfsame_primitives::text::strip_prefix_ignore_case;

use super::report::{Cleanup, DroppedCode};
use super::traced::Join;

/// Names of tags that load something, without `_` and `-`.
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

/// Names of tags with arguments.
const ARGUMENTS: [&str; 3] = ["sdcpp", "extraargs", "sdextra"];

/// Words that divide a prompt in other tools.
const COMMANDS: [&str; 5] = ["BREAK", "ADDCOMM", "ADDBASE", "ADDCOL", "ADDROW"];

const EMBEDDING: &str = "embedding:";

/// Finds tags.
pub(super) fn find_tags(text: &str, cleanup: &mut Cleanup) {
    let mut done = 0;
    // The byte from which on there is no closing tag.
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
        done = cleanup.take(code, start, tag, Join::Thing);
    }
}

fn opens(c: char) -> bool {
    matches!(c, '<' | '＜' | '﹤' | '‹' | '〈' | '⟨' | '«')
}

fn closes(c: char) -> bool {
    matches!(c, '>' | '＞' | '﹥' | '›' | '〉' | '⟩' | '»')
}

/// The letters and digits at the start of `text`, in lower case, and the rest. Silent characters between them are
/// skipped, so that no spelling hides a name.
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

/// The ASCII character that a full-width character is read as.
fn plain(c: char) -> char {
    let ascii = u32::from(c).checked_sub(0xfee0).and_then(char::from_u32);
    ascii.filter(|_| matches!(c, '！'..='～')).unwrap_or(c)
}

/// Whether the character can be between the letters of a name: invisible characters, spaces, `_`, `-`, other marks.
fn is_silent(c: char) -> bool {
    let ends = matches!(
        plain(c),
        ':' | ';' | ',' | '|' | '(' | ')' | '{' | '}' | '[' | ']'
    );
    !(ends || c.is_alphanumeric() || opens(c) || closes(c))
}

/// The byte after the bracket that closes a tag, if one does on this line and before another tag opens.
fn end_of_tag(rest: &str) -> Option<usize> {
    let at = rest.find(|c| c == '\n' || opens(c) || closes(c))?;
    let c = rest.get(at..)?.chars().next()?;
    closes(c).then_some(at + c.len_utf8())
}

/// The end of a tag that is not closed, after what looks like its values.
fn loose_end(text: &str, from: usize) -> usize {
    from + until(text, from, |c| c.is_whitespace() || c == ',' || opens(c))
}

/// The number of bytes from `from` to the first character that matches.
fn until(text: &str, from: usize, is: fn(char) -> bool) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    rest.find(is).unwrap_or(rest.len())
}

/// The byte after the next `</…>`. `last` caches a search that found nothing.
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

/// Finds commands and embeddings.
pub(super) fn find_keywords(text: &str, cleanup: &mut Cleanup) {
    let (mut inside, mut done) = (false, 0);
    for (start, c) in text.char_indices() {
        let begins = !std::mem::replace(&mut inside, c.is_alphanumeric() || c == '_');
        if !begins || start < done || !matches!(c, 'A' | 'B' | 'E' | 'e') {
            continue;
        }
        let rest = text.get(start..).unwrap_or_default();
        let (code, length, join) = if let Some(length) = command(rest) {
            (DroppedCode::Keyword, length, Join::Break)
        } else if let Some(length) = embedding(rest) {
            (DroppedCode::Embedding, length, Join::Thing)
        } else {
            continue;
        };
        done = cleanup.take(code, start, rest.get(..length).unwrap_or_default(), join);
    }
}

fn command(text: &str) -> Option<usize> {
    let word = COMMANDS.iter().find(|word| text.starts_with(**word))?;
    let behind = text.get(word.len()..)?;
    let ends = !behind.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '\''));
    ends.then_some(word.len())
}

fn embedding(text: &str) -> Option<usize> {
    let name = strip_prefix_ignore_case(text, EMBEDDING)?;
    let named = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '\\' | ':');
    let rest = name.trim_start_matches(named);
    (rest.len() < name.len()).then_some(text.len() - rest.len())
}

/// Drops every mark of a text that hides one thing in another again and again.
pub(super) fn drop_marks(text: &str, cleanup: &mut Cleanup) {
    cleanup.drop(DroppedCode::Marks, text);
    for (start, c) in text.char_indices() {
        if !(c.is_alphanumeric() || c.is_whitespace() || c == ',') {
            cleanup.cut(start, start + c.len_utf8(), Join::Thing);
        }
    }
}
