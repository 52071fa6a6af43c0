//! Poses: a verb with what it is done to and where, as in "leaning against a wall". Places are settings of their own.

use selfsame_prompt::slots::Slot;

use super::descriptions::MAX_PIECES;
use super::places::{Place, place};
use crate::director::lexicon::Kind;
use crate::director::message::Message;
use crate::director::nouns::{end_of_nouns, nouns};
use crate::director::phrase::{How, Phrase};
use crate::director::reading::{Kept, Reading};

/// Prepositions that lead to a place rather than to what the verb is done to.
const PLACES: [&str; 7] = ["in", "at", "near", "through", "around", "across", "by"];

/// Reads the verb at `at`; gives the index behind it and what belongs to it.
pub(super) fn pose(reading: &mut Reading, at: usize, end: usize, how: How) -> usize {
    let message = reading.message;
    let mut stop = at + 1;
    let mut rest = Vec::new();
    while stop < end && !message.breaks(stop) && rest.is_empty() {
        let is_led = message.kind(stop) == Some(Kind::Preposition);
        let start = stop + usize::from(is_led);
        let mut nouns = nouns(message, start, end_of_nouns(message, start, end)).into_iter();
        let first = nouns.next();
        let Some(first) = first.filter(|first| belongs(message, first.head, stop, is_led)) else {
            break;
        };
        stop = first.to;
        rest.extend(nouns);
    }
    if stop - at > MAX_PIECES {
        reading.keep(at, stop, Kept::Unknown);
    } else {
        let phrase = Phrase {
            slot: Slot::Pose,
            text: message.text(at..stop),
            group: message.group_at(at),
            adjectives: None,
        };
        reading.put(phrase, how);
    }
    for noun in rest {
        stop = noun.to;
        let placed = Place {
            noun,
            opener: None,
            start: noun.from,
            is_behind: false,
            how,
        };
        place(reading, &placed);
    }
    stop
}

/// Whether the noun at `head` belongs to the verb before it.
fn belongs(message: &Message, head: usize, preposition: usize, is_led: bool) -> bool {
    let preposition = message.word(preposition);
    let is_in = preposition == "in";
    let names_place = PLACES.contains(&preposition);
    match message.kind(head) {
        Some(Kind::Support | Kind::OwnWords) => is_in || !names_place,
        Some(Kind::Head(Slot::Setting | Slot::Subject)) => !is_led,
        Some(Kind::Word | Kind::Head(Slot::Props)) => !names_place,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::director::rules::testing::run;

    #[track_caller]
    fn check(say: &str, expected: &[&str]) {
        let (_, edits) = run("", say, |reading, end| pose(reading, 0, end, How::Set));
        assert_eq!(edits, expected, "{say}");
    }

    #[test]
    fn a_verb_takes_its_object_and_leaves_its_place() {
        check(
            "leaning against a wall",
            &["add pose: leaning against a wall"],
        );
        check("sitting at a desk", &["add pose: sitting"]);
        check("sitting in a chair", &["add pose: sitting in a chair"]);
        check("riding a horse", &["add pose: riding a horse"]);
        check("walking in the park", &["add pose: walking"]);
        check("drinking coffee at a bar", &["add pose: drinking coffee"]);
    }
}
