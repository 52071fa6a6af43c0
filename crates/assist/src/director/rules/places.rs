//! Where a thing belongs: into a slot, to the thing that was named last, or into the person's own words.

use selfsame_prompt::slots::Slot;

use super::descriptions::{MAX_PIECES, kept_as};
use crate::director::lexicon::{GroupId, Kind};
use crate::director::message::Message;
use crate::director::nouns::Noun;
use crate::director::phrase::{How, Phrase, described, rewrite};
use crate::director::reading::{Kept, Reading};

/// A thing with what stands around it.
pub(super) struct Place {
    pub(super) noun: Noun,
    /// The kind of the word that opens the phrase.
    pub(super) opener: Option<Kind>,
    /// The index of the opener; without one, of the noun.
    pub(super) start: usize,
    /// "in the background", "in my hand" and the like follow.
    pub(super) is_behind: bool,
    pub(super) how: How,
}

/// Where a thing belongs.
#[derive(Debug, PartialEq, Eq)]
enum Destination {
    Slot(Slot),
    /// To the garment, thing or place that was named last.
    It,
    OwnWords(Kept),
    Nowhere,
}

/// Puts a thing where it belongs.
pub(super) fn place(reading: &mut Reading, place: &Place) {
    let message = reading.message;
    let noun = place.noun;
    let bare = noun.from + usize::from(message.kind(noun.from) == Some(Kind::Article));
    if bare == noun.to || (says_how(message, place, bare) && describe_it(reading, bare, noun.to)) {
        return;
    }
    match destination(reading, place, bare) {
        Destination::Nowhere => {}
        Destination::It => {
            describe_it(reading, bare, noun.to);
        }
        Destination::OwnWords(kept) => reading.keep(place.start, noun.to, kept),
        Destination::Slot(_) if noun.to - place.start > MAX_PIECES => {
            reading.keep(place.start, noun.to, Kept::Unknown);
        }
        Destination::Slot(slot) => {
            let phrase = phrase(reading, place, bare, slot);
            if !reading.put(phrase, place.how) {
                reading.keep(place.start, noun.to, Kept::Own);
            }
        }
    }
}

/// "in yellow", "a black one": only says how the thing is that was named last.
fn says_how(message: &Message, place: &Place, bare: usize) -> bool {
    let to = place.noun.to;
    let is_worn = place.opener == Some(Kind::Wearing)
        || (place.opener == Some(Kind::Preposition) && is_in(message, place));
    (is_worn || message.kind(to - 1) == Some(Kind::Pronoun))
        && (bare..to).all(|at| matches!(message.kind(at), Some(Kind::Adjective | Kind::Pronoun)))
}

fn is_in(message: &Message, place: &Place) -> bool {
    message.word(place.start) == "in"
}

fn destination(reading: &Reading, place: &Place, bare: usize) -> Destination {
    let message = reading.message;
    let Place {
        noun,
        opener,
        is_behind,
        how,
        ..
    } = *place;
    let is_in = is_in(message, place);
    let group = message.group_at(noun.head);
    if noun.to == bare + 1 && message.word(bare) == "look" {
        return Destination::Nowhere;
    }
    Destination::Slot(match (opener, message.kind(noun.head)) {
        _ if is_behind && message.word(noun.to).contains("hand") => Slot::Props,
        _ if is_behind => Slot::Setting,
        (Some(Kind::Holding), _) => Slot::Props,
        (Some(Kind::As), _) => Slot::Subject,
        (Some(Kind::Style), _) => Slot::Mood,
        _ if message.has(Kind::OwnWords, noun.from..noun.to) => {
            return Destination::OwnWords(Kept::Own);
        }
        (Some(Kind::Wearing), _) => Slot::Wardrobe,
        (Some(Kind::Preposition), Some(Kind::Head(Slot::Wardrobe) | Kind::Adjective)) if is_in => {
            Slot::Wardrobe
        }
        (
            Some(Kind::Preposition),
            Some(
                Kind::Head(Slot::Wardrobe | Slot::Props | Slot::Subject)
                | Kind::Support
                | Kind::Word,
            ),
        ) => Slot::Setting,
        (_, Some(Kind::Head(Slot::Mood)))
            if noun.head > bare && message.head_slot(noun.head - 1) == Some(Slot::Expression) =>
        {
            Slot::Expression
        }
        (_, Some(Kind::Head(slot))) => slot,
        (Some(Kind::Add), Some(Kind::Word | Kind::Support)) => Slot::Props,
        (None, Some(Kind::Word)) if how == How::Add => Slot::Props,
        (_, Some(Kind::Support)) => Slot::Setting,
        // "a warrior pose"
        (_, Some(Kind::SlotName))
            if noun.head > bare && message.named_slot(noun.head..noun.to) == Some(Slot::Pose) =>
        {
            Slot::Pose
        }
        // "tweed": what is made of a cloth is worn.
        (None, Some(Kind::Adjective)) if group == message.lexicon.group_of("wool") => {
            Slot::Wardrobe
        }
        // "tie: burgundy"
        (None, Some(Kind::Adjective)) if is_colour_of_named(reading, group) => {
            return Destination::It;
        }
        (None, Some(Kind::Adjective)) => Slot::Mood,
        _ => return Destination::OwnWords(kept_as(message, noun.to)),
    })
}

/// A colour right behind a garment or a thing.
fn is_colour_of_named(reading: &Reading, group: Option<GroupId>) -> bool {
    let is_colour = group == reading.message.lexicon.group_of("red");
    let last = reading.named.last_slot();
    let is_it = || reading.scene().it().is_some_and(|it| Some(it.slot) == last);
    is_colour && matches!(last, Some(Slot::Wardrobe | Slot::Props)) && is_it()
}

fn phrase(reading: &Reading, place: &Place, bare: usize, slot: Slot) -> Phrase {
    let message = reading.message;
    let Place {
        noun,
        opener,
        start,
        is_behind,
        ..
    } = *place;
    // The words whose preposition or verb belongs to the phrase.
    let is_led = match slot {
        Slot::Setting | Slot::Time => opener == Some(Kind::Preposition),
        Slot::Lighting => opener == Some(Kind::Preposition) && !is_in(message, place),
        _ => matches!(opener, Some(Kind::Holding | Kind::As | Kind::Style)),
    };
    let from = if is_led { start } else { bare };
    let text = message.text(from..noun.to + usize::from(is_behind));
    let group = match message.kind(noun.head) {
        // What is behind somebody takes no place away.
        _ if is_behind => None,
        Some(Kind::Head(of)) if of == slot => message.group_at(noun.head),
        _ => reading.scene().group_of_unknown(&text, slot),
    };
    let is_described = !is_led
        && !is_behind
        && noun.head + 1 == noun.to
        && (bare..noun.head).all(|at| message.kind(at) == Some(Kind::Adjective));
    Phrase {
        slot,
        group,
        adjectives: is_described.then(|| message.text(bare..noun.head).len()),
        text,
    }
}

/// Gives the thing that was named last the adjectives of pieces `from..to`. Returns whether there is one.
fn describe_it(reading: &mut Reading, from: usize, to: usize) -> bool {
    let message = reading.message;
    let to = to - usize::from(message.kind(to - 1) == Some(Kind::Pronoun));
    let Some(it) = reading.scene().it().filter(|_| to > from) else {
        return false;
    };
    let text = described(&it.phrase, &message.text(from..to), message.lexicon);
    reading.take(rewrite(&it, text));
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::director::rules::clauses::parts;
    use crate::director::rules::testing::run;

    #[track_caller]
    fn check(before: &str, say: &str, expected: &[&str]) {
        let ((), edits) = run(before, say, |reading, end| parts(reading, 0, end, How::Set));
        assert_eq!(edits, expected, "{say}");
    }

    #[test]
    fn a_colour_is_that_of_what_was_named_last() {
        check(
            "me wearing a hat",
            "in yellow",
            &["replace wardrobe: hat > yellow hat"],
        );
        check(
            "",
            "tie: burgundy",
            &["add wardrobe: tie", "replace wardrobe: tie > burgundy tie"],
        );
        check("me wearing a hat", "yellow", &["add mood: yellow"]);
    }

    #[test]
    fn cloth_is_worn() {
        check("", "tweed", &["add wardrobe: tweed"]);
    }

    #[test]
    fn what_is_behind_somebody_takes_no_place_away() {
        check(
            "me in Rome",
            "Paris in the background",
            &["add setting: Paris in the background"],
        );
        check("me in Rome", "Paris", &["replace setting: in Rome > Paris"]);
    }

    #[test]
    fn prose_stays_in_the_persons_own_words() {
        let say = ["in", &" big red".repeat(8), " house"].concat();
        check("", &say, &[]);
    }
}
