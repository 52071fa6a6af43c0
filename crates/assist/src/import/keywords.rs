//! Words that are commands to other tools: `BREAK`, `embedding:name`.

use super::draft::Mend;
use super::note::{DroppedCode, Report};
use selfsame_primitives::text::strip_prefix_ignore_case;

const COMMANDS: [&str; 5] = ["BREAK", "ADDCOMM", "ADDBASE", "ADDCOL", "ADDROW"];

const EMBEDDING: &str = "embedding:";

pub(super) fn find(text: &str, report: &mut Report) {
    let (mut inside, mut done) = (false, 0);
    for (start, c) in text.char_indices() {
        let begins = !std::mem::replace(&mut inside, c.is_alphanumeric() || c == '_');
        if !begins || start < done || !matches!(c, 'A' | 'B' | 'E' | 'e') {
            continue;
        }
        let rest = text.get(start..).unwrap_or_default();
        let (code, length, mend) = if let Some(length) = command(rest) {
            (DroppedCode::Keyword, length, Mend::Break)
        } else if let Some(length) = embedding(rest) {
            (DroppedCode::Embedding, length, Mend::Thing)
        } else {
            continue;
        };
        done = report.take(code, start, rest.get(..length).unwrap_or_default(), mend);
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

/// Every bracket, colon and doubled dash: for a text that hides one thing in another again and again.
pub(super) fn every_mark(text: &str, report: &mut Report) {
    report.drop(DroppedCode::Marks, text);
    for (start, c) in text.char_indices() {
        if !(c.is_alphanumeric() || c.is_whitespace() || c == ',') {
            report.cut(start, start + c.len_utf8(), Mend::Thing);
        }
    }
}
