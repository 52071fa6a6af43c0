//! Units: the clauses and sentences of a text. Step 4 splits it into them; step 7 removes punctuation that is left over at
//! their ends.

use super::guard::guarded;
use super::trigger::Trigger;
use super::word::{Places, cut};

/// Characters that a unit neither begins nor ends with.
const LEFT_OVER: [char; 6] = [',', ';', ':', '…', ' ', '\n'];
/// Characters that the last unit does not end with.
pub(super) const END_MARKS: [char; 10] = [',', ';', ':', '…', ' ', '\n', '.', '!', '?', '\u{3002}'];

/// A clause or sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) text: String,
    pub(super) separator: Separator,
}

/// The separator behind a unit. Line breaks and the commas of other scripts become `,`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    Comma,
    Semicolon,
    Stop,
    Exclamation,
    Question,
    IdeographicStop,
}

impl Separator {
    pub(super) const fn ends_sentence(self) -> bool {
        !matches!(self, Self::Comma | Self::Semicolon)
    }

    /// The separator as it is written between two units.
    pub(super) const fn joint(self) -> &'static str {
        match self {
            Self::Comma => ", ",
            Self::Semicolon => "; ",
            Self::Stop => ". ",
            Self::Exclamation => "! ",
            Self::Question => "? ",
            Self::IdeographicStop => "\u{3002} ",
        }
    }

    /// The separator behind the mid phrase: its neighbour's, with a full stop for `?` and `!`.
    pub(super) const fn after_phrase(self) -> Self {
        match self {
            Self::Exclamation | Self::Question => Self::Stop,
            other => other,
        }
    }
}

/// The units of a text.
pub(super) struct Units {
    pub(super) units: Vec<Unit>,
    /// Whether the text mentions the trigger. If it does not, no unit does, because a separator makes no word longer.
    pub(super) mentioned: bool,
}

/// Splits at `,` `，` `、` `;` and line breaks, and at `.` `!` `?` `。` before white space or the end; not inside
/// [`guarded`] regions, not between two digits (1,000), not inside the trigger.
pub(super) fn split(text: &str, trigger: &Trigger) -> Units {
    let mentions = trigger.mentions(text);
    let marks: Vec<(usize, u8)> = Places::of(text)
        .filter(|&(_, byte)| is_mark(byte))
        .collect();
    let regions = guarded(&marks, &mentions);
    let mut units = Vec::new();
    let (mut start, mut mention, mut region) = (0, 0, 0);
    for &(at, byte) in &marks {
        let Some(c) = separator_at(text, at, byte) else {
            continue;
        };
        while mentions.get(mention).is_some_and(|range| range.end <= at) {
            mention += 1;
        }
        while regions.get(region).is_some_and(|range| range.end <= at) {
            region += 1;
        }
        let inside = [mentions.get(mention), regions.get(region)]
            .into_iter()
            .flatten()
            .any(|range| range.contains(&at));
        let next = at + c.len_utf8();
        let before_is_trigger = mention > 0 && mentions[mention - 1].end == at;
        if inside || (c == ',' && !before_is_trigger && is_digit_group(text, at)) {
            continue;
        }
        if let Some(separator) = separator(c, cut(text, next..)) {
            units.push(Unit {
                text: cut(text, start..at).trim().to_owned(),
                separator,
            });
            start = next;
        }
    }
    units.push(Unit {
        text: cut(text, start..).trim().to_owned(),
        separator: Separator::Comma,
    });
    Units {
        units,
        mentioned: !mentions.is_empty(),
    }
}

/// Whether a text may be split or held together at this byte. Few bytes are, so the others are examined only once.
const fn is_mark(byte: u8) -> bool {
    !byte.is_ascii_alphanumeric() && byte != b' '
}

/// The character at `at`, when it can separate units.
fn separator_at(text: &str, at: usize, byte: u8) -> Option<char> {
    match byte {
        b',' | b';' | b'\n' | b'.' | b'!' | b'?' => Some(char::from(byte)),
        // The first bytes of `，` and of `、` and `。` in UTF-8.
        0xef | 0xe3 => cut(text, at..)
            .chars()
            .next()
            .filter(|c| matches!(c, '，' | '、' | '。')),
        _ => None,
    }
}

fn separator(c: char, rest: &str) -> Option<Separator> {
    let sentence = match c {
        '.' => Separator::Stop,
        '!' => Separator::Exclamation,
        '?' => Separator::Question,
        '。' => Separator::IdeographicStop,
        ';' => return Some(Separator::Semicolon),
        _ => return Some(Separator::Comma),
    };
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then_some(sentence)
}

fn is_digit_group(text: &str, comma: usize) -> bool {
    cut(text, ..comma).ends_with(char::is_numeric)
        && cut(text, comma + 1..).starts_with(char::is_numeric)
}

/// Folds spaces and removes left-over punctuation at the ends.
pub(super) fn tidy(text: String) -> String {
    let trimmed = text.trim_matches(LEFT_OVER);
    if !has_blanks_to_fold(trimmed) {
        return if trimmed.len() == text.len() {
            text
        } else {
            trimmed.to_owned()
        };
    }
    let mut out = String::with_capacity(trimmed.len());
    for word in trimmed.split([' ', '\n']).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn has_blanks_to_fold(text: &str) -> bool {
    text.as_bytes()
        .windows(2)
        .any(|pair| pair == b"  " || pair[0] == b'\n')
}

/// Removes the end marks from the last unit's text; its separator keeps one of them.
pub(super) fn trim_last(units: &mut [Unit]) {
    if let Some(last) = units.last_mut() {
        last.text
            .truncate(last.text.trim_end_matches(END_MARKS).len());
    }
}

/// Joins the units into one text. A comma at the end is dropped.
pub(super) fn join(units: &[Unit]) -> String {
    let mut out = String::with_capacity(units.iter().map(|unit| unit.text.len() + 4).sum());
    for unit in units {
        out.push_str(&unit.text);
        out.push_str(unit.separator.joint());
    }
    out.truncate(out.trim_end_matches([' ', ',']).len());
    out
}
