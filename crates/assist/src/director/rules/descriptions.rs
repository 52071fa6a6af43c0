//! Descriptions: a preposition or verb, and the things behind it.

use selfsame_prompt::slots::Slot;

use super::places::{Place, place};
use super::poses::pose;
use crate::director::lexicon::Kind;
use crate::director::message::Message;
use crate::director::nouns::{Noun, end_of_nouns, nouns};
use crate::director::phrase::How;
use crate::director::reading::{Kept, Reading};

/// Longest phrase that goes into a slot, in pieces; what is longer is prose, and stays in the person's own words.
pub(super) const MAX_PIECES: usize = 12;

/// Reads one phrase at `at` and puts it where it belongs; gives the index behind it.
pub(super) fn description(reading: &mut Reading, at: usize, end: usize, how: How) -> usize {
    let message = reading.message;
    let opener = message.kind(at).filter(|kind| {
        matches!(
            kind,
            Kind::Preposition
                | Kind::Wearing
                | Kind::Holding
                | Kind::As
                | Kind::Style
                | Kind::Add
                | Kind::To
        )
    });
    if opener.is_none() && message.head_slot(at) == Some(Slot::Pose) {
        return pose(reading, at, end, how);
    }
    let start = at + usize::from(opener.is_some());
    let mut stop = end_of_nouns(message, start, end);
    if stop == start {
        // A preposition before a verb or a command says nothing.
        return at + 1;
    }
    if opener == Some(Kind::To) {
        reading.keep(at, stop, kept_as(message, stop));
        return stop;
    }
    let is_behind = stop < end && message.kind(stop) == Some(Kind::Behind) && !message.breaks(stop);
    let mut nouns = if is_behind {
        vec![Noun {
            from: start,
            to: stop,
            head: stop - 1,
        }]
    } else {
        nouns(message, start, stop)
    };
    if let Some(last) = nouns.last_mut()
        && let Some(to) = end_of_support(message, last, opener.map(|_| at), end)
    {
        last.to = to;
        stop = to;
    }
    for (index, noun) in nouns.into_iter().enumerate() {
        let opener = opener.filter(|_| index == 0);
        let start = if opener.is_some() { at } else { noun.from };
        let placed = Place {
            noun,
            opener,
            start,
            is_behind,
            how,
        };
        place(reading, &placed);
    }
    let stop = stop + usize::from(is_behind);
    keep_with(reading, stop, end)
}

/// "a helmet under my arm", "add a cup on the table": the end of what the thing is on. "With a dog on a bench" says
/// where somebody is.
fn end_of_support(
    message: &Message,
    thing: &Noun,
    opener: Option<usize>,
    end: usize,
) -> Option<usize> {
    let is_thing = matches!(
        message.kind(thing.head),
        Some(Kind::Head(Slot::Props | Slot::Wardrobe) | Kind::Word)
    );
    let is_led = thing.to < end
        && message.kind(thing.to) == Some(Kind::Preposition)
        && !message.breaks(thing.to);
    if !is_thing || !is_led {
        return None;
    }
    let start = thing.to + 1;
    let below = nouns(message, start, end_of_nouns(message, start, end));
    let below = below.first()?;
    let is_added = opener.is_some_and(|at| {
        message.kind(at) == Some(Kind::Add) && !message.word(at).starts_with('w')
    });
    match message.kind(below.head) {
        Some(Kind::OwnWords) => Some(below.to),
        Some(Kind::Support) if is_added => Some(below.to),
        _ => None,
    }
}

/// "rain drops on glass": a place that belongs to words which stay as they are stays with them. Gives the index behind
/// it.
fn keep_with(reading: &mut Reading, at: usize, end: usize) -> usize {
    let message = reading.message;
    let kept = reading.kept(at.wrapping_sub(1));
    if kept == Kept::No
        || at >= end
        || message.breaks(at)
        || message.kind(at) != Some(Kind::Preposition)
    {
        return at;
    }
    let nouns = nouns(message, at + 1, end_of_nouns(message, at + 1, end));
    let Some(noun) = nouns.first() else {
        return at;
    };
    let preposition = message.word(at);
    let belongs = match message.kind(noun.head) {
        Some(Kind::Head(Slot::Props) | Kind::OwnWords | Kind::Support) => true,
        Some(Kind::Head(Slot::Wardrobe)) => preposition == "on",
        _ => preposition == "from",
    };
    if !belongs {
        return at;
    }
    reading.keep(at, noun.to, kept);
    noun.to
}

/// Words that end with a clear one are understood even though they stay.
pub(super) fn kept_as(message: &Message, to: usize) -> Kept {
    let last = message.written(to - 1..to).to_ascii_lowercase();
    if message.lexicon.words.clear.contains(&last.as_str()) {
        Kept::Own
    } else {
        Kept::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::director::rules::testing::run;

    #[track_caller]
    fn check(say: &str, expected: &[&str]) {
        let (_, edits) = run("", say, |reading, end| {
            description(reading, 0, end, How::Set)
        });
        assert_eq!(edits, expected, "{say}");
    }

    #[test]
    fn the_last_word_decides_the_slot() {
        check("summer dress", &["add wardrobe: summer dress"]);
        check("soft window light", &["set lighting: soft window light"]);
        check("Kodak Portra", &["set film: Kodak Portra"]);
    }

    #[test]
    fn a_preposition_or_verb_decides_what_no_word_does() {
        check("in a zorb", &["add setting: in a zorb"]);
        check("wearing a zorb", &["add wardrobe: zorb"]);
        check("holding a zorb", &["add props: holding a zorb"]);
        check("as a zorb", &["set subject: as a zorb"]);
        check("zorb in my hand", &["add props: zorb in my hand"]);
    }

    #[test]
    fn unknown_words_stay() {
        let (kept, edits) = run("", "zorb", |reading, end| {
            description(reading, 0, end, How::Set);
            reading.kept(0)
        });
        assert_eq!((kept, edits.len()), (Kept::Unknown, 0));
    }

    #[test]
    fn what_a_thing_is_on_belongs_to_it() {
        check("add a cup on the table", &["add props: cup on the table"]);
    }
}
