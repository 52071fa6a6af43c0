//! How a thing should be: "darken the background", "make the light warmer".

use selfsame_prompt::slots::Slot;

use super::steps::step;
use crate::director::edit::Edit;
use crate::director::lexicon::Kind;
use crate::director::message::Message;
use crate::director::nouns::nouns;
use crate::director::phrase::{How, Phrase, described};
use crate::director::reading::{Outcome, Reading};
use crate::director::scene::Scene;

/// "darken the background": a darker background; "darken it": the picture. False: something else is meant.
pub(super) fn grade(reading: &mut Reading, quality: &str, from: usize, to: usize) -> bool {
    let (message, scene) = (reading.message, reading.scene());
    let from = message.skip_articles(from, to);
    let to = message.trim_fillers(from, to);
    if (from..to).all(|at| matches!(message.kind(at), Some(Kind::Pronoun | Kind::Pictures))) {
        let entry = message.lexicon.find(quality);
        let Some(Kind::Step(direction)) = entry.map(|entry| message.lexicon.kind(entry)) else {
            return false;
        };
        reading.take(step(scene, direction, 1));
        return true;
    }
    if let Some(slot) = message.named_slot(from..to) {
        let outcome = describe_slot(scene, slot, quality);
        return outcome.map(|outcome| reading.take(outcome)).is_some();
    }
    let Some(slot) = message
        .head_slot(to - 1)
        .filter(|_| nouns(message, from, to).len() == 1)
    else {
        return false;
    };
    let phrase = Phrase {
        slot,
        text: [quality, " ", &message.text(from..to)].concat(),
        group: message.group_at(to - 1),
        adjectives: (from + 1 == to).then_some(quality.len()),
    };
    reading.put(phrase, How::Set)
}

/// "make the light warmer": what stands in `slot` with these adjectives. `None` if the slot holds more than that.
pub(super) fn describe_named(
    message: &Message,
    scene: Scene,
    slot: Slot,
    from: usize,
    to: usize,
) -> Option<Outcome> {
    let is_adjective = |at| {
        matches!(
            message.kind(at),
            Some(Kind::Adjective | Kind::Step(_) | Kind::Filler | Kind::More | Kind::Much)
        )
    };
    let text = message.description(from..to);
    if text.is_empty() || !(from..to).all(is_adjective) {
        return None;
    }
    describe_slot(scene, slot, &text)
}

/// What stands in `slot`, with `quality` before it.
fn describe_slot(scene: Scene, slot: Slot, quality: &str) -> Option<Outcome> {
    let edit = match (slot, scene.phrases(slot).pop()) {
        (Slot::Lighting | Slot::Wardrobe, Some(item)) => Edit::Replace {
            slot,
            old: item.to_owned(),
            new: described(item, quality, scene.lexicon),
        },
        (Slot::Lighting, None) => Edit::Add {
            slot,
            phrase: [quality, " light"].concat(),
        },
        _ => return None,
    };
    Some(Outcome::of([edit]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::director::rules::testing::run;

    #[track_caller]
    fn check(quality: &str, thing: &str, expected: Option<&[&str]>) {
        let before = "me smiling, soft window light";
        let (is_graded, edits) = run(before, thing, |reading, end| {
            grade(reading, quality, 0, end)
        });
        assert_eq!(is_graded, expected.is_some(), "{thing}");
        assert_eq!(edits, expected.unwrap_or_default(), "{thing}");
    }

    #[test]
    fn a_quality_is_given_to_a_thing_a_slot_or_the_picture() {
        check(
            "darker",
            "the background",
            Some(&["add setting: darker background"]),
        );
        check(
            "darker",
            "the light",
            Some(&["replace lighting: soft window light > darker soft window light"]),
        );
        check("darker", "it", Some(&["add mood: dark and low-key"]));
    }

    #[test]
    fn a_quality_of_nothing_known_is_not_read() {
        check("softer", "it", None);
        check("darker", "zorb", None);
        check("darker", "the location", None);
    }
}
