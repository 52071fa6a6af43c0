//! Too much of something, or less of it: what it should be instead.

use super::grading::grade;
use super::removals::removal;
use crate::director::apply::split_words;
use crate::director::disambiguate::is_too;
use crate::director::lexicon::{Kind, Lexicon};
use crate::director::nouns::end_of_thing;
use crate::director::phrase::{How, Phrase, rewrite};
use crate::director::pieces::pieces;
use crate::director::reading::{Kept, Reading};

/// Rule: "the blazer is too dark": a lighter blazer.
pub(super) fn thing_in_excess(reading: &mut Reading, at: usize, end: usize) -> Option<usize> {
    let message = reading.message;
    let too = (at + 1..end).find(|too| is_too(message, *too))?;
    let thing = message.trim_fillers(at, too);
    if message.skip_articles(at, thing) == thing
        || !reading.scene().target(message, at, thing)?.is_whole
    {
        return None;
    }
    // "too dark" is one piece, "too formal" are two.
    let behind = too + 1 + usize::from(message.kind(too) == Some(Kind::Fewer));
    let (_, quality) = message.written(too..behind).split_once(' ')?;
    let opposite = message.lexicon.opposite(quality)?;
    grade(reading, opposite, at, thing).then_some(behind)
}

/// "less moody": not moody. Of what is not there: its opposite, or the words stay. Gives the index behind it.
pub(super) fn less(reading: &mut Reading, at: usize, end: usize) -> usize {
    let message = reading.message;
    let thing = at + 1;
    let stop = end_of_thing(message, thing, end);
    let found = reading.scene().target(message, thing, stop);
    let is_in_text = || {
        let text = &reading.scene().composition.text;
        split_words(text, message.written(thing..stop)).is_some()
    };
    let is_there = found.is_some() || is_in_text();
    if is_there {
        // "fewer lights": a few.
        let few = message.lexicon.opposite(message.word(at));
        let outcome = match (few, found) {
            (Some(few), Some(found)) => {
                let text = [few, " ", &found.phrase].concat();
                rewrite(&found, text)
            }
            _ => removal(reading, thing, stop),
        };
        reading.take(outcome);
    }
    let opposite = opposite_of(&message.content(thing..stop), message.lexicon);
    let is_asked = is_too(message, at) || !is_there;
    let is_put = opposite.is_some_and(|text| is_asked && put_known(reading, &text));
    if !is_there && !is_put {
        reading.keep(at, stop, Kept::Unknown);
    }
    stop
}

/// "formal": casual; "harsh light": softer light.
fn opposite_of(words: &str, lexicon: &Lexicon) -> Option<String> {
    if let Some(opposite) = lexicon.opposite(words) {
        return Some(opposite.to_owned());
    }
    let (quality, thing) = words.split_once(' ')?;
    Some([lexicon.opposite(quality)?, " ", thing].concat())
}

/// Puts a phrase of the lexicon where it belongs. False: it belongs nowhere, or there is no room.
fn put_known(reading: &mut Reading, text: &str) -> bool {
    let read = pieces(text, reading.message.lexicon);
    let Some((Kind::Head(slot), group)) = read.last().map(|piece| (piece.kind, piece.group)) else {
        return false;
    };
    let phrase = Phrase {
        slot,
        text: text.to_owned(),
        group,
        adjectives: None,
    };
    reading.put(phrase, How::Set)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::director::rules::testing::{edits, run};

    #[test]
    fn a_thing_in_excess_gets_the_opposite_quality() {
        let before = "me wearing a dark blazer";
        let expected = ["replace wardrobe: dark blazer > lighter blazer"].map(str::to_owned);
        let got = edits(thing_in_excess, before, "the blazer is too dark");
        assert_eq!(got.as_deref(), Some(&expected[..]));
        assert_eq!(edits(thing_in_excess, before, "the blazer is dark"), None);
        assert_eq!(edits(thing_in_excess, before, "the hat is too zorb"), None);
    }

    #[track_caller]
    fn check_less(before: &str, say: &str, expected: &[&str]) {
        let (_, edits) = run(before, say, |reading, end| less(reading, 0, end));
        assert_eq!(edits, expected);
    }

    #[test]
    fn less_of_what_is_there_removes_it() {
        check_less("me in Rome, moody", "less moody", &["remove mood: moody"]);
    }

    #[test]
    fn less_of_what_is_not_there_is_its_opposite() {
        check_less("me in Rome", "less formal", &["add mood: casual"]);
        check_less("me in Rome", "less zorb", &[]);
    }

    #[test]
    fn fewer_things_are_a_few() {
        let few = "replace props: balloons > a few balloons";
        check_less("me with balloons", "fewer balloons", &[few]);
    }
}
