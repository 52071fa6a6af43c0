//! Steps 1 to 3: invisible characters, aliases and other people's triggers.

use alloc::borrow::ToOwned;
use alloc::string::String;

use super::trigger::{Trigger, scheme_at};
use super::word::{is_word, strip_word};

/// A text with one kind of space, one kind of line break, and one spelling of the trigger.
pub(super) struct Cleaned {
    pub(super) text: String,
    /// The first foreign trigger, as the person wrote it.
    pub(super) foreign: Option<String>,
}

/// Names that stand for the trigger between `[` and `]` or `{` and `}`.
const ALIASES: [&str; 3] = ["triggerword", "trigger_word", "trigger"];

/// Drops what cannot be seen, turns white space and controls into single spaces, line ends into `\n`.
///
/// Joiners (U+200C, U+200D) and direction marks stay: scripts and emoji are written with them.
pub(super) fn flatten(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => {}
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                if out.ends_with(' ') {
                    out.pop();
                }
                if !out.is_empty() && !out.ends_with('\n') {
                    out.push('\n');
                }
            }
            c if c.is_whitespace() || c.is_control() => {
                if !out.is_empty() && !out.ends_with([' ', '\n']) {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// One line of [`flatten`]ed text.
pub(super) fn flatten_line(text: &str) -> String {
    flatten(text).replace('\n', " ")
}

/// Steps 1 to 3. An alias becomes the trigger, apart from its neighbours by a space where they are word
/// characters or `-`; `{trigger}'s` stays a possessive.
pub(super) fn clean(text: &str, trigger: &Trigger) -> Cleaned {
    let flat = flatten(text);
    let mut out = String::with_capacity(flat.len() + flat.len() / 4);
    let mut foreign = None;
    let mut resume = 0;
    let mut parted = true;
    for (start, c) in flat.char_indices() {
        if start < resume {
            continue;
        }
        if let Some(end) = trigger.at(&flat, start) {
            part(&mut out, parted);
            out.push_str(trigger.as_str());
            (resume, parted) = (end, true);
        } else if let Some(end) = alias_at(&flat, start) {
            let touches = out.ends_with(joins);
            part(&mut out, !touches);
            out.push_str(trigger.as_str());
            (resume, parted) = (end, false);
        } else if let Some(end) = scheme_at(&flat, start) {
            part(&mut out, parted);
            out.push_str(trigger.as_str());
            foreign.get_or_insert_with(|| flat[start..end].to_owned());
            (resume, parted) = (end, true);
        } else {
            part(&mut out, parted || !joins(c));
            out.push(c);
            parted = true;
        }
    }
    Cleaned { text: out, foreign }
}

/// Keeps an alias's trigger from growing together with its neighbour.
fn part(out: &mut String, parted: bool) {
    if !parted {
        out.push(' ');
    }
}

fn joins(c: char) -> bool {
    is_word(c) || c == '-'
}

fn alias_at(text: &str, start: usize) -> Option<usize> {
    let (close, inner) = match text.as_bytes()[start] {
        b'[' => (']', &text[start + 1..]),
        b'{' => ('}', &text[start + 1..]),
        _ => return None,
    };
    let rest = ALIASES
        .iter()
        .find_map(|name| strip_word(inner, name)?.strip_prefix(close))?;
    Some(text.len() - rest.len())
}
