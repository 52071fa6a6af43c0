//! Midjourney: parameters such as `--ar 3:4`, `::2` weights, addresses of images.

use selfsame_primitives::text::strip_prefix_ignore_case;

use super::report::{Cleanup, DroppedCode};
use super::settings::setting;
use super::traced::Join;

const ZERO_WIDTH_SPACE: char = '\u{200b}';

/// How much of what follows a parameter belongs to it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    Nothing,
    /// The next word, if it has a digit.
    Number,
    Word,
    /// Words while they are addresses or have digits.
    References,
    /// Everything up to the next parameter or the end of the line.
    Rest,
}

/// The names of parameters, and what they take.
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

/// Two hyphens, and the dashes that phones make of them. Midjourney takes all three.
const DASHES: [&str; 3] = ["--", "—", "–"];

/// Finds parameters, weights and addresses.
pub(super) fn find(text: &str, cleanup: &mut Cleanup) {
    let (mut done, mut nested) = (0, 0_u32);
    let mut word = ScannedWord::default();
    let mut before = ' ';
    for (start, c) in text.char_indices() {
        let free = is_space(before) || matches!(before, '*' | ',' | '(' | '"');
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
            found = flag(text, start, &mut word, cleanup);
        } else if matches!(c, 'h' | 'H') && !last.is_alphanumeric() {
            found = address(rest, cleanup);
        } else if c == ':' && nested == 0 {
            found = weight(rest, cleanup);
        }
        if let Some((length, join)) = found {
            done = start + length;
            cleanup.cut(start, done, join);
        }
    }
}

/// The rest of the word that was scanned last. Without it, each of many parameters in one long word would scan the
/// rest of the word again.
#[derive(Default)]
struct ScannedWord {
    start: usize,
    end: usize,
    /// The byte after its last digit, or 0.
    digit: usize,
    /// The byte after the colon of its last `://`, or 0.
    address: usize,
}

impl ScannedWord {
    /// Scans the word of `text` that continues at `at`, unless it is scanned already.
    fn scan(&mut self, text: &str, at: usize) {
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
            if is_space(c) {
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

/// Moves or drops the parameter at `start`, and returns its length.
fn flag(
    text: &str,
    start: usize,
    word: &mut ScannedWord,
    cleanup: &mut Cleanup,
) -> Option<(usize, Join)> {
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
    let join = Join::Thing;
    if *takes == Takes::Rest {
        cleanup.drop(DroppedCode::NegativePrompt, value);
    } else if known("ar aspect seed sameseed steps cfg") {
        let value = value.trim_end_matches(',');
        let value = value.trim_start_matches([' ', '\t', ZERO_WIDTH_SPACE, '=']);
        setting(cleanup, name, value, source);
    } else {
        cleanup.drop(DroppedCode::MidjourneyParameter, source);
    }
    Some((source.len(), join))
}

/// The end of a parameter whose name ends at `from`.
fn taken(text: &str, from: usize, takes: Takes, word: &mut ScannedWord) -> usize {
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

/// The end of the next word of the line, if the parameter takes it.
fn value(text: &str, from: usize, takes: Takes, word: &mut ScannedWord) -> Option<usize> {
    let rest = text
        .get(from..)?
        .trim_start_matches([' ', '\t', ZERO_WIDTH_SPACE]);
    let start = text.len() - rest.len();
    word.scan(text, start);
    let fits = match takes {
        Takes::Word => word.end > start,
        Takes::Number => word.digit > start,
        _ => word.digit.max(word.address) > start,
    };
    (fits && !is_flag(rest)).then_some(word.end)
}

/// The length of `text` up to the end of the line or the next parameter.
fn end_of_rest(text: &str) -> usize {
    let mut spaces = text.match_indices(is_space);
    let end = spaces.find(|(at, space)| {
        *space == "\n" || is_flag(text.get(at + space.len()..).unwrap_or_default())
    });
    end.map_or(text.len(), |(at, _)| at)
}

/// A zero-width space separates words as a space does.
fn is_space(c: char) -> bool {
    c.is_whitespace() || c == ZERO_WIDTH_SPACE
}

fn is_flag(text: &str) -> bool {
    DASHES
        .iter()
        .filter_map(|dash| text.strip_prefix(dash))
        .any(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// Drops the address at the start of `text`, and returns its length.
fn address(text: &str, cleanup: &mut Cleanup) -> Option<(usize, Join)> {
    let is = |scheme: &&str| strip_prefix_ignore_case(text, scheme).is_some();
    ["http://", "https://"].iter().find(|scheme| is(scheme))?;
    let ends =
        |c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | ')' | ']' | '|' | '{' | '}');
    let address = text.get(..text.find(ends).unwrap_or(text.len()))?;
    let address = address.trim_end_matches([',', '.', ';']);
    cleanup.drop(DroppedCode::ImageAddress, address);
    Some((address.len(), Join::Thing))
}

/// Drops `::` and the number after it at the start of `text`, and returns their length. With a letter after it, it is
/// part of a word: `std::vector`.
fn weight(text: &str, cleanup: &mut Cleanup) -> Option<(usize, Join)> {
    let behind = text.strip_prefix("::")?;
    if behind.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return None;
    }
    let rest = behind.strip_prefix('-').unwrap_or(behind);
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let length = text.len() - rest.len();
    cleanup.drop(DroppedCode::PromptWeight, text.get(..length)?);
    Some((length, Join::Break))
}

#[cfg(test)]
mod tests {
    use super::*;
    use selfsame_prompt::parameters::AspectRatio;

    #[test]
    fn a_zero_width_space_separates_parameters_as_a_space_does() {
        let mut cleanup = Cleanup::default();
        find("hat\u{200b}--ar\u{200b}3:4\u{200b}coat", &mut cleanup);
        assert_eq!(cleanup.moved.aspect_ratio, Some(AspectRatio::Portrait3x4));
        assert!(cleanup.dropped.is_empty());
    }
}
