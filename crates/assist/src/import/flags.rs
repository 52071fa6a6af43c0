//! Midjourney: `--ar 3:4` and its like, `::2` weights, addresses of images.

use super::draft::Mend;
use super::note::{DroppedCode, Report};
use super::settings::setting;
use selfsame_primitives::text::strip_prefix_ignore_case;

/// How much of what follows belongs to a parameter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    Nothing,
    /// The next word, when it has a digit.
    Number,
    Word,
    /// Words while they are addresses or have digits.
    References,
    /// Everything up to the next parameter or the end of the line.
    Rest,
}

const FLAGS: [(&str, Takes); 9] = [
    ("ar aspect seed sameseed", Takes::Word),
    ("style profile personalize mode", Takes::Word),
    ("no", Takes::Rest),
    ("sref cref oref dref image p", Takes::References),
    (
        "v version s stylize c chaos w weird q quality iw cw sw ow dw",
        Takes::Number,
    ),
    (
        "stop exp niji sv r repeat bs motion creativity upscale fps",
        Takes::Number,
    ),
    (
        "raw tile turbo fast relax video hd uplight upbeta upanime",
        Takes::Nothing,
    ),
    (
        "test testp creative stealth public loop draft beta vibe",
        Takes::Nothing,
    ),
    ("steps cfg", Takes::Number),
];

/// Midjourney itself takes the dashes that phones make of two hyphens.
const DASHES: [&str; 3] = ["--", "—", "–"];

pub(super) fn find(text: &str, report: &mut Report) {
    let (mut done, mut nested) = (0, 0_u32);
    let mut word = Word::default();
    let mut before = ' ';
    for (start, c) in text.char_indices() {
        let free = before.is_whitespace() || matches!(before, '*' | ',' | '(' | '"');
        let last = std::mem::replace(&mut before, c);
        let rest = text.get(start..).unwrap_or_default();
        match c {
            _ if start < done => continue,
            '{' | '[' => nested += 1,
            '}' | ']' => nested = nested.saturating_sub(1),
            _ => {}
        }
        let mut found = None;
        if matches!(c, '-' | '—' | '–') && free {
            found = flag(text, start, &mut word, report);
        } else if matches!(c, 'h' | 'H') && !last.is_alphanumeric() {
            found = address(rest, report);
        } else if c == ':' && nested == 0 {
            found = weight(rest, report);
        }
        if let Some((length, mend)) = found {
            done = start + length;
            report.cut(start, done, mend);
        }
    }
}

/// The rest of a word, as it was looked at last. Parameters that stand in one word would each look through it again.
#[derive(Default)]
struct Word {
    start: usize,
    end: usize,
    /// Behind its last digit; 0: it has none.
    digit: usize,
    /// Behind the first byte of its last `://`; 0: it has none.
    address: usize,
}

impl Word {
    /// Looks at the word of `text` that goes on at `at`.
    fn look(&mut self, text: &str, at: usize) {
        if (self.start..self.end).contains(&at) {
            return;
        }
        *self = Self {
            start: at,
            end: at,
            ..Self::default()
        };
        let rest = text.get(at..).unwrap_or_default();
        for (place, c) in rest.char_indices() {
            if c.is_whitespace() {
                break;
            }
            self.end = at + place + c.len_utf8();
            if c.is_ascii_digit() {
                self.digit = self.end;
            } else if c == ':' && rest.get(place..place + 3) == Some("://") {
                self.address = self.end;
            }
        }
    }
}

/// A parameter of Midjourney at `start`: how long it is.
fn flag(text: &str, start: usize, word: &mut Word, report: &mut Report) -> Option<(usize, Mend)> {
    let whole = text.get(start..)?;
    let dash = DASHES.iter().find(|dash| whole.starts_with(**dash))?;
    let rest = whole.get(dash.len()..)?;
    let name = rest.split(|c: char| !c.is_ascii_alphabetic()).next()?;
    let known = |names: &str| {
        names
            .split(' ')
            .any(|known| known.eq_ignore_ascii_case(name))
    };
    let (_, takes) = FLAGS.iter().find(|(names, _)| known(names))?;
    let behind = rest.get(name.len()..)?;
    if behind.starts_with(|c: char| c.is_alphanumeric() || c == '-') && *takes != Takes::Number {
        return None;
    }
    let from = text.len() - behind.len();
    let end = taken(text, from, *takes, word);
    let (source, value) = (text.get(start..end)?, text.get(from..end)?);
    let mend = Mend::Thing;
    if *takes == Takes::Rest {
        report.drop(DroppedCode::NegativePrompt, value);
    } else if known("ar aspect seed sameseed steps cfg") {
        let value = value.trim_end_matches(',');
        let value = value.trim_start_matches([' ', '\t', '=']);
        setting(report, name, value, source);
    } else {
        report.drop(DroppedCode::MidjourneyParameter, source);
    }
    Some((source.len(), mend))
}

/// Where what belongs to a parameter ends, whose name ends at `from`.
fn taken(text: &str, from: usize, takes: Takes, word: &mut Word) -> usize {
    match takes {
        Takes::Nothing => from,
        Takes::Rest => from + end_of_rest(text.get(from..).unwrap_or_default()),
        Takes::Word | Takes::Number => value(text, from, takes, word).unwrap_or(from),
        Takes::References => {
            let mut end = from;
            while let Some(next) = value(text, end, takes, word) {
                end = next;
            }
            end
        }
    }
}

/// Where the next word of the line ends, when it is a value that the parameter takes.
fn value(text: &str, from: usize, takes: Takes, word: &mut Word) -> Option<usize> {
    let rest = text.get(from..)?.trim_start_matches([' ', '\t']);
    let start = text.len() - rest.len();
    word.look(text, start);
    let fits = match takes {
        Takes::Word => word.end > start,
        Takes::Number => word.digit > start,
        _ => word.digit.max(word.address) > start,
    };
    (fits && !is_flag(rest)).then_some(word.end)
}

/// Where the line or the next parameter is.
fn end_of_rest(text: &str) -> usize {
    let mut spaces = text.match_indices(char::is_whitespace);
    let end = spaces.find(|(at, space)| {
        *space == "\n" || is_flag(text.get(at + space.len()..).unwrap_or_default())
    });
    end.map_or(text.len(), |(at, _)| at)
}

fn is_flag(text: &str) -> bool {
    DASHES
        .iter()
        .filter_map(|dash| text.strip_prefix(dash))
        .any(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// An address at the start of `text`: how long it is.
fn address(text: &str, report: &mut Report) -> Option<(usize, Mend)> {
    let is = |scheme: &&str| strip_prefix_ignore_case(text, scheme).is_some();
    ["http://", "https://"].iter().find(|scheme| is(scheme))?;
    let ends =
        |c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | ')' | ']' | '|' | '{' | '}');
    let address = text.get(..text.find(ends).unwrap_or(text.len()))?;
    let address = address.trim_end_matches([',', '.', ';']);
    report.drop(DroppedCode::ImageAddress, address);
    Some((address.len(), Mend::Thing))
}

/// `::` and the number behind it, at the start of `text`: how long they are. A letter behind it makes it one word with
/// what stands before: `std::vector`.
fn weight(text: &str, report: &mut Report) -> Option<(usize, Mend)> {
    let behind = text.strip_prefix("::")?;
    if behind.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return None;
    }
    let rest = behind.strip_prefix('-').unwrap_or(behind);
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let length = text.len() - rest.len();
    report.drop(DroppedCode::PromptWeight, text.get(..length)?);
    Some((length, Mend::Break))
}
