//! How many pictures, and whose seed.

use crate::director::disambiguate::is_before_thing;
use crate::director::edit::Edit;
use crate::director::lexicon::Kind;
use crate::director::message::Message;
use crate::director::reading::Reading;

/// A number at `at`: of pictures, or of one of them. Gives the index behind it; None: it counts something else.
pub(super) fn number(reading: &mut Reading, at: usize, end: usize) -> Option<usize> {
    let message = reading.message;
    let text = message.word(at);
    let entry = message.lexicon.find(text);
    let count = entry.map_or(text, |entry| entry.text).parse().ok()?;
    let next = message.kind(at + 1).filter(|_| at + 1 < end);
    if next == Some(Kind::More) {
        reading.edit(Edit::NewSeed {});
        reading.edit(Edit::Pictures { count });
        reading.ready = true;
        return Some(at + 2);
    }
    if names_one(message, at) {
        like_picture(reading, text);
    } else if next == Some(Kind::Pictures) || is_alone(message, at, end) {
        reading.edit(Edit::Pictures { count });
    } else {
        return None;
    }
    Some(at + 1)
}

/// "picture 2".
fn names_one(message: &Message, at: usize) -> bool {
    at > 0
        && message.kind(at - 1) == Some(Kind::Pictures)
        && !message.breaks(at)
        && !message.word(at - 1).ends_with('s')
        && !is_before_thing(message, at)
}

/// Nothing but fillers and a verb stands beside the number.
fn is_alone(message: &Message, at: usize, end: usize) -> bool {
    let is_last =
        (at + 1..end).all(|at| matches!(message.kind(at), Some(Kind::Filler | Kind::Pronoun)));
    let begins = || {
        at == 0
            || message.breaks(at)
            || matches!(message.kind(at - 1), Some(Kind::Filler | Kind::Change))
    };
    is_last && begins()
}

/// Takes the seed of a picture that is shown; 0 is the last.
pub(super) fn like_picture(reading: &mut Reading, number: &str) {
    let picture = match number.parse() {
        Ok(0) => u32::try_from(reading.context.shown.len()).unwrap_or(0),
        Ok(number) => number,
        Err(_) => 0,
    };
    reading.edit(Edit::LikePicture { picture });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::director::rules::testing::run;

    #[track_caller]
    fn check(say: &str, at: usize, read: Option<usize>, expected: &[&str]) {
        let (got, edits) = run("me in Rome", say, |reading, end| number(reading, at, end));
        assert_eq!(
            (got, edits.as_slice()),
            (
                read,
                &expected
                    .iter()
                    .map(|edit| (*edit).to_owned())
                    .collect::<Vec<_>>()[..]
            ),
            "{say}"
        );
    }

    #[test]
    fn a_number_counts_pictures() {
        check("two pictures", 0, Some(1), &["pictures: 2"]);
        check("3", 0, Some(1), &["pictures: 3"]);
        check("2 more", 0, Some(2), &["new seed", "pictures: 2"]);
        check("a dozen pictures", 0, Some(1), &["pictures: 12"]);
    }

    #[test]
    fn a_number_behind_picture_names_one() {
        check("picture 2", 1, Some(2), &["like picture: 2"]);
    }

    #[test]
    fn a_number_of_things_is_not_read() {
        check("two dogs", 0, None, &[]);
    }

    #[test]
    fn the_last_picture_is_named_by_zero() {
        let ((), edits) = run("me in Rome", "", |reading, _| like_picture(reading, "0"));
        assert_eq!(edits, ["like picture: 3"]);
    }
}
