//! CLIP's merges: a line with the version, then one pair per line in order of rank.

use std::collections::HashMap;

use selfsame_prompt::tokens::ClipVocabulary;
use unicode_general_category::{GeneralCategory as Category, get_general_category};

use super::write::Out;

const END: &str = "</w>";
/// The first token of a merged pair. The tokens below it are the 256 bytes, and the 256 bytes at the end of a word.
const MERGED: u16 = 512;

/// Packs the file of merges into the format of [`ClipVocabulary`].
pub(crate) fn pack(merges: &[u8]) -> Result<Vec<u8>, String> {
    let text = str::from_utf8(merges).map_err(|error| error.to_string())?;
    let mut tokens = bytes_as_written();
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for (line, merged) in text.lines().skip(1).zip(MERGED..) {
        let (a, b) = line
            .split_once(' ')
            .ok_or_else(|| format!("{line:?} is not a pair of tokens"))?;
        for (part, column) in [(a, &mut left), (b, &mut right)] {
            let token = tokens
                .get(part)
                .ok_or_else(|| format!("{part:?} is merged before a line defines it"))?;
            column.push(*token);
        }
        if tokens.insert(format!("{a}{b}"), merged).is_some() {
            return Err(format!("{line:?} is defined twice"));
        }
    }
    let mut out = Out(ClipVocabulary::MAGIC.to_vec());
    ranges(&mut out, |category| {
        matches!(
            category,
            Category::UppercaseLetter
                | Category::LowercaseLetter
                | Category::TitlecaseLetter
                | Category::ModifierLetter
                | Category::OtherLetter
        )
    });
    ranges(&mut out, |category| {
        matches!(
            category,
            Category::DecimalNumber | Category::LetterNumber | Category::OtherNumber
        )
    });
    out.count(left.len());
    out.column(&left);
    out.column(&right);
    ClipVocabulary::parse(&out.0).map_err(|error| error.to_string())?;
    Ok(out.0)
}

/// Tokens of the single bytes, by their spelling in the file: printable Latin-1 as itself, the others from U+0100 on.
fn bytes_as_written() -> HashMap<String, u16> {
    let mut tokens = HashMap::new();
    let mut next = 0x100;
    for byte in 0..=u8::MAX {
        let c = if matches!(byte, 0x21..=0x7e | 0xa1..=0xac | 0xae..=0xff) {
            char::from(byte)
        } else {
            next += 1;
            char::from_u32(next - 1).unwrap_or_default()
        };
        tokens.insert(c.to_string(), u16::from(byte));
        tokens.insert(format!("{c}{END}"), 256 + u16::from(byte));
    }
    tokens
}

/// Writes the ranges of non-ASCII characters in the matching categories, as alternating starts and ends.
fn ranges(out: &mut Out, is_in: impl Fn(Category) -> bool) {
    let mut places: Vec<u32> = Vec::new();
    for c in ('\u{80}'..=char::MAX).filter(|c| is_in(get_general_category(*c))) {
        let c = u32::from(c);
        match places.last_mut() {
            Some(end) if *end == c => *end = c + 1,
            _ => places.extend([c, c + 1]),
        }
    }
    out.count(places.len());
    let mut last = 0x80;
    for place in places {
        out.number(place - last);
        last = place;
    }
}
