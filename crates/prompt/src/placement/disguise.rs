//! Finds other people's triggers in disguise: with look-alikes, invisible characters, or separators inside.

use super::trigger::{SCHEME_DIGITS, Trigger};
use super::word::cut;
use crate::fold::{Folded, fold};

/// What a trigger of the product's own scheme begins with.
const NAME: &[u8] = b"user";
/// What separates two characters of a trigger in disguise. Other punctuation ends a clause, and the trigger with it.
const SEPARATORS: [char; 11] = [' ', '-', '_', '.', '·', '/', '|', '*', '+', '\'', '’'];

/// A trigger that is being read.
#[derive(Default)]
struct Candidate {
    start: usize,
    /// Letters of [`NAME`] that were read.
    letters: usize,
    digits: String,
    /// The end of the last character that belongs to it.
    end: usize,
}

/// The first trigger of the product's own scheme in `text`, however it is written, other than the person's own.
pub(super) fn disguised<'a>(text: &'a str, own: &Trigger) -> Option<&'a str> {
    if text.chars().filter(|c| c.is_numeric()).count() < SCHEME_DIGITS {
        return None;
    }
    let mut candidate = Candidate::default();
    // Whether something stands before the character that is no letter or digit.
    let mut gap = true;
    let is_foreign = |candidate: &Candidate| {
        candidate.digits.len() >= SCHEME_DIGITS && !is_own(&candidate.digits, own)
    };
    let mut own_end = 0;
    for (at, c) in text.char_indices() {
        if gap
            && at >= own_end
            && let Some(end) = own.at(text, at)
        {
            // What follows the person's own trigger is no part of it.
            own_end = end;
            candidate = Candidate::default();
        }
        if at < own_end {
            gap = true;
            continue;
        }
        let letter = match fold(c) {
            Folded::Nothing => continue,
            Folded::Gap => {
                gap = true;
                // A number may follow a complete trigger.
                let complete = candidate.digits.len() >= SCHEME_DIGITS;
                if complete && is_foreign(&candidate) {
                    return Some(cut(text, candidate.start..candidate.end));
                }
                if complete || !(c.is_whitespace() || SEPARATORS.contains(&c)) {
                    candidate = Candidate::default();
                }
                continue;
            }
            Folded::Letter(letter) => letter,
        };
        let is_next = NAME.get(candidate.letters).map(|next| char::from(*next)) == Some(letter);
        if is_next && (candidate.letters > 0 || gap) {
            if candidate.letters == 0 {
                candidate.start = at;
            }
            candidate.letters += 1;
        } else if candidate.letters == NAME.len() && letter.is_ascii_digit() {
            candidate.digits.push(letter);
        } else {
            let begins = letter == 'u' && gap;
            candidate = Candidate {
                start: at,
                letters: usize::from(begins),
                ..Candidate::default()
            };
        }
        candidate.end = at + c.len_utf8();
        gap = false;
    }
    is_foreign(&candidate).then(|| cut(text, candidate.start..candidate.end))
}

/// Whether `user` and these digits are the person's own trigger.
fn is_own(digits: &str, own: &Trigger) -> bool {
    let letters = own.as_str().chars().filter_map(|c| match fold(c) {
        Folded::Letter(letter) => Some(letter),
        Folded::Nothing | Folded::Gap => None,
    });
    letters.eq(NAME.iter().copied().map(char::from).chain(digits.chars()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<&str> {
        disguised(text, &Trigger::new("user83461".to_owned()))
    }

    #[test]
    fn a_foreign_trigger_is_found_in_any_disguise() {
        for (text, expected) in [
            ("a hat, user12345, by the sea", "user12345"),
            ("uѕеr12345", "uѕеr12345"),
            ("ｕｓｅｒ１２３４５ in rain", "ｕｓｅｒ１２３４５"),
            ("us\u{200d}er12\u{2060}345", "us\u{200d}er12\u{2060}345"),
            ("USER-12345 and a dog", "USER-12345"),
            ("u s e r 1 2 3 4 5", "u s e r 1 2 3 4 5"),
            ("user_12345", "user_12345"),
            ("(u.s.e.r..12345)", "u.s.e.r..12345"),
            ("uuser 12345", ""),
            ("u user12345", "user12345"),
            ("user83461 and user12345", "user12345"),
            ("user834610", "user834610"),
        ] {
            assert_eq!(found(text).unwrap_or_default(), expected, "{text}");
        }
    }

    #[test]
    fn a_number_behind_a_short_trigger_of_ones_own_is_no_part_of_it() {
        let own = Trigger::new("user1234".to_owned());
        assert_eq!(disguised("user1234, 5 cats, user1234 67", &own), None);
        assert_eq!(disguised("user12345", &own), Some("user12345"));
    }

    #[test]
    fn the_persons_own_trigger_and_ordinary_words_are_not_foreign() {
        for text in [
            "",
            "user83461",
            "user83461, 25 years old, 2024",
            "u-s-e-r-8-3-4-6-1",
            "a user of 12345 machines",
            "user1234 x5",
            "users 12345",
            "computer users in 1984 and 1999",
            "user1234, 5",
            "user1234 (5)",
            "user12345x",
            "superuser12345",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
