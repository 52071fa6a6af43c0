//! Folds characters for comparison, so that a word is found in any spelling: compatibility forms, accents, look-alikes of
//! other scripts and invisible characters. Only for comparison: no text is sent folded.

use selfsame_primitives::text::is_invisible;

use crate::placement::is_mark;

include!(concat!(env!("OUT_DIR"), "/look-alikes.rs"));

/// The first character, how many follow in order, and the ASCII letter or digit that the first looks like.
type Run = (u32, u8, u8);

/// What a character is in a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Folded {
    /// A letter or digit: in lower case if it is or looks like one of ASCII, itself otherwise.
    Letter(char),
    /// Not seen: a combining mark, a joiner, a direction mark.
    Nothing,
    /// Between words: white space, punctuation, a symbol.
    Gap,
}

/// Folds one character.
#[must_use]
pub fn fold(c: char) -> Folded {
    if c.is_ascii() {
        return if c.is_ascii_alphanumeric() {
            Folded::Letter(c.to_ascii_lowercase())
        } else {
            Folded::Gap
        };
    }
    if let Some(letter) = look_alike(c) {
        Folded::Letter(letter)
    } else if is_invisible(c) {
        // First, because Unicode calls the fillers of Hangul letters.
        Folded::Nothing
    } else if c.is_alphanumeric() {
        Folded::Letter(c)
    } else if is_mark(c) {
        Folded::Nothing
    } else {
        Folded::Gap
    }
}

fn look_alike(c: char) -> Option<char> {
    let code = u32::from(c);
    let after = LOOK_ALIKES.partition_point(|(first, ..)| *first <= code);
    let (first, count, letter) = LOOK_ALIKES.get(after.checked_sub(1)?)?;
    let offset = u8::try_from(code - first).ok()?;
    (offset < *count).then(|| char::from(letter + offset))
}

#[cfg(test)]
mod tests {
    use unicode_general_category::{GeneralCategory as Category, get_general_category};
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    #[test]
    fn compatibility_forms_and_accents_fold_to_their_letter() {
        let mut missing = Vec::new();
        for c in '\u{80}'..=char::MAX {
            let is_base = |c: &char| {
                let category = get_general_category(*c);
                category != Category::NonspacingMark && category != Category::EnclosingMark
            };
            let base: Vec<char> = c.nfkd().filter(is_base).collect();
            if let &[letter] = base.as_slice()
                && letter.is_ascii_alphanumeric()
            {
                let expected = Folded::Letter(letter.to_ascii_lowercase());
                if fold(c) != expected {
                    missing.push((c, letter));
                }
            }
        }
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn look_alikes_fold_and_other_letters_stay() {
        let folded = |text: &str| {
            let letters = text.chars().filter_map(|c| match fold(c) {
                Folded::Letter(letter) => Some(letter),
                Folded::Nothing => None,
                Folded::Gap => Some(' '),
            });
            letters.collect::<String>()
        };
        for (text, expected) in [
            ("Usеr", "user"),
            ("υѕεꓣ", "user"),
            ("ｕｓｅｒ１２", "user12"),
            ("𝓾𝕤𝐞𝗿𝟗", "user9"),
            ("ⓤⓢⓔⓡ 🅤🇺", "user uu"),
            ("u\u{200d}s\u{ad}e\u{301}r\u{202e}\u{3164}", "user"),
            ("u_s-e", "u s e"),
            ("裙٣", "裙3"),
        ] {
            assert_eq!(folded(text), expected, "{text}");
        }
    }
}
