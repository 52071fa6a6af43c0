//! Steps 1 to 3: invisible characters, aliases and other people's triggers.

use super::trigger::{Trigger, scheme_at};
use super::word::{Places, cut, is_word, strip_word};

/// A text with one kind of space, one kind of line break, and one spelling of the trigger.
pub(super) struct Cleaned {
    pub(super) text: String,
    /// The first foreign trigger, as the person wrote it.
    pub(super) foreign: Option<String>,
}

/// Names that mean the trigger between `[` and `]` or `{` and `}`.
const ALIASES: [&str; 3] = ["triggerword", "trigger_word", "trigger"];

/// Turns white space and control characters into single spaces and line ends into `\n`, and drops invisible
/// characters.
///
/// A zero-width space (U+200B) separates words as a space does: Unicode has it for word boundaries in scripts without
/// spaces, and pasted text often has it where a line may break. The word joiner (U+2060), the byte-order mark (U+FEFF,
/// once a zero-width no-break space) and the soft hyphen (U+00AD) stand inside a word, so they are dropped. Joiners
/// (U+200C, U+200D) and direction marks stay, because scripts and emoji are written with them.
pub(super) fn flatten(text: &str) -> String {
    if is_flat(text.as_bytes()) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{2060}' | '\u{feff}' | '\u{ad}' => {}
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                if out.ends_with(' ') {
                    out.pop();
                }
                if !out.is_empty() && !out.ends_with('\n') {
                    out.push('\n');
                }
            }
            c if c == '\u{200b}' || c.is_whitespace() || c.is_control() => {
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

/// Whether the text is printable ASCII with single spaces inside, as most texts are.
fn is_flat(text: &[u8]) -> bool {
    let mut before = b' ';
    for &byte in text {
        if !matches!(byte, b' '..=b'~') || (byte == b' ' && before == b' ') {
            return false;
        }
        before = byte;
    }
    before != b' '
}

/// Flattens `text` into one line.
pub(super) fn flatten_line(text: &str) -> String {
    let same_line = |c| if c == '\n' { ' ' } else { c };
    flatten(text).chars().map(same_line).collect()
}

/// Steps 1 to 3. An alias becomes the trigger, with a space between it and a neighbouring word character or `-`;
/// `{trigger}'s` stays a possessive.
pub(super) fn clean(text: &str, trigger: &Trigger) -> Cleaned {
    let flat = flatten(text);
    let mut out = String::with_capacity(flat.len() + flat.len() / 4);
    let mut foreign = None;
    let (mut done, mut after_alias) = (0, false);
    for (start, byte) in Places::of(&flat) {
        let possible = matches!(byte, b'[' | b'{' | b'u' | b'U') || trigger.may_begin_with(byte);
        if !possible || start < done {
            continue;
        }
        let Some((kind, end)) = mention_at(&flat, start, byte, trigger) else {
            continue;
        };
        push(&mut out, cut(&flat, done..start), &mut after_alias);
        if kind == Mention::Alias && out.ends_with(joins) {
            out.push(' ');
        }
        push(&mut out, trigger.as_str(), &mut after_alias);
        if kind == Mention::Foreign {
            foreign.get_or_insert_with(|| cut(&flat, start..end).to_owned());
        }
        after_alias = kind == Mention::Alias;
        done = end;
    }
    push(&mut out, cut(&flat, done..), &mut after_alias);
    Cleaned { text: out, foreign }
}

/// Appends `piece`, with a space after an alias that it would join.
fn push(out: &mut String, piece: &str, after_alias: &mut bool) {
    if piece.is_empty() {
        return;
    }
    if *after_alias && piece.starts_with(joins) {
        out.push(' ');
    }
    *after_alias = false;
    out.push_str(piece);
}

fn joins(c: char) -> bool {
    is_word(c) || c == '-'
}

/// The kinds of words that become the trigger.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mention {
    Own,
    Alias,
    Foreign,
}

/// The mention that begins at `start`, and its end.
fn mention_at(text: &str, start: usize, byte: u8, trigger: &Trigger) -> Option<(Mention, usize)> {
    if let Some(end) = trigger.at(text, start) {
        return Some((Mention::Own, end));
    }
    match byte {
        b'[' => Some((Mention::Alias, alias_end(text, start, ']')?)),
        b'{' => Some((Mention::Alias, alias_end(text, start, '}')?)),
        b'u' | b'U' => Some((Mention::Foreign, scheme_at(text, start)?)),
        _ => None,
    }
}

fn alias_end(text: &str, start: usize, close: char) -> Option<usize> {
    let inner = cut(text, start + 1..);
    let rest = ALIASES
        .iter()
        .find_map(|name| strip_word(inner, name)?.strip_prefix(close))?;
    Some(text.len() - rest.len())
}
