//! Values as JSON text: what a recipe's id is made from, and what crosses into JavaScript.
//!
//! The text is the canonical one of RFC 8785 for values whose types declare their fields in sorted order, whose
//! maps have ASCII keys, and whose integers lie within ±(2^53 - 1), as those of a
//! [`Recipe`](crate::recipe::Recipe) do. Of others, fields stand in the order in which their type declares them,
//! keys in that of their UTF-8, and every digit of an integer is written.
//!
//! Of its own, because it is a tenth of a JSON library in the browser's module, and a text crosses at once where an
//! object would cross property by property.

pub(crate) mod number;
mod write;

use serde::Serialize;

/// `value` as JSON: no white space, and one form for every number and string. A number that JSON has no form for
/// (not a number, infinite) is `null`. `None` for what has a key that is no string.
#[must_use]
pub fn write(value: &(impl Serialize + ?Sized)) -> Option<String> {
    let mut out = String::new();
    let written = value.serialize(write::Writer::of(&mut out));
    written.is_ok().then_some(out)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    #[derive(Debug, Serialize)]
    enum Kind {
        Alone,
        One(Option<i64>),
        Two(u8, bool),
        Named { a: String, b: () },
    }

    #[derive(Debug, Serialize)]
    struct Everything {
        kinds: Vec<Kind>,
        map: BTreeMap<String, (i8, u64)>,
        letter: char,
        bytes: [u8; 2],
        empty: Vec<Kind>,
        none: Option<String>,
    }

    fn everything(text: &str, integer: i64, unsigned: u64) -> Everything {
        Everything {
            kinds: vec![
                Kind::Alone,
                Kind::One(Some(integer)),
                Kind::One(None),
                Kind::Two(255, true),
                Kind::Named {
                    a: text.to_owned(),
                    b: (),
                },
            ],
            map: [(text.to_owned(), (-1, unsigned)), (String::new(), (0, 0))].into(),
            letter: text.chars().next().unwrap_or('\u{1f}'),
            bytes: [0, 255],
            empty: Vec::new(),
            none: None,
        }
    }

    proptest! {
        #[test]
        fn as_a_json_library_writes_it(text in "(?s).{0,40}", integer: i64, unsigned: u64) {
            let value = everything(&text, integer, unsigned);
            prop_assert_eq!(write(&value), serde_json::to_string(&value).ok());
        }
    }

    #[test]
    fn every_character_below_the_space_and_the_longest_numbers() {
        let all: String = ('\0'..'\u{a0}').collect();
        for (text, integer, unsigned) in [
            (all.as_str(), i64::MIN, u64::MAX),
            ("\"\\/\u{7f}\u{2028}\u{fffd}", i64::MAX, 0),
            ("", 0, 10),
        ] {
            let value = everything(text, integer, unsigned);
            assert_eq!(write(&value), serde_json::to_string(&value).ok());
        }
    }

    #[test]
    fn a_number_that_has_no_json_is_null_and_a_key_that_has_none_is_no_text() {
        assert_eq!(
            write(&[1.5, f64::NAN, f64::INFINITY, -0.0]).as_deref(),
            Some("[1.5,null,null,0]")
        );
        assert_eq!(write(&BTreeMap::from([(1, 2)])), None);
        assert_eq!(write(&[BTreeMap::from([(true, 2)])]), None);
    }
}
