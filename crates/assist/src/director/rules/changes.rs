//! Verbs that change something: "make", "change", "swap", "turn", and what they are said of.

use selfsame_prompt::slots::Slot;

use super::clauses::parts;
use super::grading::{describe_named, grade};
use super::replacements::{LONGEST, replace};
use crate::director::apply::Note;
use crate::director::lexicon::Kind;
use crate::director::message::{Message, push_word};
use crate::director::nouns::{is_one_noun, only_thing};
use crate::director::phrase::{How, Phrase, described, rewrite};
use crate::director::reading::{Kept, Reading};
use crate::director::scene::Scene;

/// The verb at `at` and all that follows up to `end`: "make the hat green and the coat black" is two changes.
pub(super) fn changes(reading: &mut Reading, at: usize, end: usize) {
    let message = reading.message;
    let verb = message.word(at).to_ascii_lowercase();
    let words = &message.lexicon.words;
    let wants_other = [words.swaps, words.others]
        .iter()
        .any(|list| list.contains(&verb.as_str()));
    if wants_other && let Some(thing) = only_thing(message, at + 1, end, reading.scene()) {
        return reading.note(Note::ByWhat(thing.to_owned()));
    }
    if verb.ends_with("er") {
        if !grade(reading, &verb, at + 1, end) {
            reading.keep(at, end, Kept::Unknown);
        }
        return;
    }
    let is_making = verb.starts_with("make");
    if is_making && make_both(reading, at + 1, end) {
        return;
    }
    let mut start = at + 1;
    while start < end {
        let scene = reading.scene();
        let and =
            (start + 1..end).find(|and| joins_changes(message, scene, start, *and, end, is_making));
        let stop = and.unwrap_or(end);
        change(reading, start, stop, is_making);
        start = stop + 1;
    }
}

/// Rule: "the coat should be red", "can the coat be red".
pub(super) fn should_be(reading: &mut Reading, at: usize, end: usize) -> Option<usize> {
    let message = reading.message;
    let is_be = |at: &usize| {
        matches!(message.kind(*at), Some(Kind::Change | Kind::Filler))
            && message.word(*at).rsplit(' ').next() == Some("be")
    };
    let verb = (at + 1..end).find(is_be)?;
    replace(reading, at..verb, verb + 1..end).then_some(end)
}

/// Rule: "hat white", "the dress in gold": a thing that is there, and nothing but how it should be.
pub(super) fn bare_quality(reading: &mut Reading, at: usize, end: usize) -> Option<usize> {
    let (message, scene) = (reading.message, reading.scene());
    let is_quality = |at: usize| {
        matches!(
            message.kind(at),
            Some(Kind::Adjective | Kind::Step(_) | Kind::More | Kind::Much | Kind::Filler)
        )
    };
    let says = |at: usize| matches!(message.kind(at), Some(Kind::Adjective | Kind::Step(_)));
    let (stop, quality) = (at + 1..end.min(at + LONGEST)).find_map(|stop| {
        let quality = stop + usize::from(message.word(stop) == "in");
        let is_said = (quality..end).all(is_quality)
            && (quality..end).any(says)
            && message.head_slot(stop - 1).is_some()
            && names_whole(message, scene, at, stop);
        is_said.then_some((stop, quality))
    })?;
    replace(reading, at..stop, quality..end).then_some(end)
}

/// "the hat and the coat black": both of them.
fn make_both(reading: &mut Reading, start: usize, end: usize) -> bool {
    let (message, scene) = (reading.message, reading.scene());
    let is_joint = |and: &usize| {
        message.lexicon.words.joints.contains(&message.word(*and))
            && message.kind(*and + 1) == Some(Kind::Article)
    };
    let both = (start + 1..end.min(start + LONGEST))
        .find(is_joint)
        .and_then(|and| {
            let is_second = |stop: &usize| names_whole(message, scene, and + 1, *stop);
            let stop = (and + 3..end.min(and + LONGEST)).find(is_second)?;
            (names_whole(message, scene, start, and) && is_state(message, stop, end))
                .then_some((and, stop))
        });
    let Some((and, stop)) = both else {
        return false;
    };
    replace(reading, start..and, stop..end) && replace(reading, and + 1..stop, stop..end)
}

/// At `and` one change ends and another begins.
fn joins_changes(
    message: &Message,
    scene: Scene,
    start: usize,
    and: usize,
    end: usize,
    is_making: bool,
) -> bool {
    if message.kind(and + 1) != Some(Kind::Article) || message.word(and) != "and" {
        return false;
    }
    let joints = [joint(message, start, and), joint(message, and + 1, end)];
    if let [Some(_), Some(joint)] = joints
        && !is_making
    {
        return scene.target(message, and + 1, joint).is_some();
    }
    // "the hat and the coat black" is said of both.
    let is_first =
        says_how(message, scene, start, and) || scene.target(message, start, and).is_none();
    is_first && says_how(message, scene, and + 1, end)
}

/// Begins with a thing, and all that follows says how it is.
fn says_how(message: &Message, scene: Scene, from: usize, to: usize) -> bool {
    (from + 1..to.min(from + LONGEST)).any(|stop| {
        let is_thing =
            || message.head_slot(stop - 1).is_some() || names_whole(message, scene, from, stop);
        is_state(message, stop, to) && is_thing()
    })
}

/// The words name a whole phrase of the picture.
fn names_whole(message: &Message, scene: Scene, from: usize, to: usize) -> bool {
    let found = scene.target(message, from, to);
    found.is_some_and(|found| found.is_whole)
}

/// The "to" or "with" between a thing and what takes its place.
fn joint(message: &Message, from: usize, to: usize) -> Option<usize> {
    (from..to).find(|at| match message.kind(*at) {
        Some(Kind::To) => true,
        Some(Kind::Add) => message.word(*at).starts_with('w'),
        _ => false,
    })
}

/// One change.
fn change(reading: &mut Reading, start: usize, end: usize, is_making: bool) {
    let message = reading.message;
    if let Some(joint) = joint(message, start, end).filter(|_| !is_making)
        && replace(reading, start..joint, joint + 1..end)
    {
        return;
    }
    if let Some(outcome) = message
        .first(Kind::SlotName, start..end)
        .filter(|name| message.skip_articles(start, end) == *name)
        .and_then(|name| {
            let slot = message.named_slot(start..name + 1)?;
            describe_named(message, reading.scene(), slot, name + 1, end)
        })
    {
        return reading.take(outcome);
    }
    if message.has(Kind::Adjective, start..end)
        && is_plain(message, start, end)
        && let Some(it) = reading.scene().it()
    {
        let quality = message.description(start..end);
        let text = described(&it.phrase, &quality, message.lexicon);
        return reading.take(rewrite(&it, text));
    }
    let scene = reading.scene();
    let old = (start + 1..end.min(start + LONGEST))
        .rfind(|stop| names_whole(message, scene, start, *stop));
    if let Some(stop) = old {
        replace(reading, start..stop, stop..end);
        return;
    }
    let known = (start + 1..end).find(|stop| message.head_slot(*stop - 1).is_some());
    if !known.is_some_and(|stop| put_with_quality(reading, start, stop, end)) {
        parts(reading, start, end, How::Set);
    }
}

/// Only says how something is.
fn is_plain(message: &Message, from: usize, to: usize) -> bool {
    (from..to).all(|at| {
        matches!(
            message.kind(at),
            Some(Kind::Adjective | Kind::Word | Kind::Step(_) | Kind::Filler)
        )
    })
}

/// Says how something is, or what the weather is.
fn is_state(message: &Message, from: usize, to: usize) -> bool {
    (from..to).all(|at| {
        is_plain(message, at, at + 1)
            || matches!(message.kind(at), Some(Kind::Head(Slot::Time | Slot::Mood)))
    })
}

/// "make the sky stormy": a stormy sky. False: `start..stop` is not one thing, or `stop..end` says more than how it is.
fn put_with_quality(reading: &mut Reading, start: usize, stop: usize, end: usize) -> bool {
    let message = reading.message;
    let bare = start + 1;
    let is_one = message.kind(start) == Some(Kind::Article) && is_one_noun(message, bare, stop);
    let Some(slot) = message.head_slot(stop - 1).filter(|_| is_one) else {
        return false;
    };
    if !is_state(message, stop, end) || end - start > LONGEST {
        return false;
    }
    let is_adjective = |at| matches!(message.kind(at), Some(Kind::Adjective | Kind::Step(_)));
    let are_adjectives = (bare..stop - 1).chain(stop..end).all(is_adjective);
    let thing = message.word(stop - 1);
    let mut text = message.description(stop..end);
    push_word(&mut text, &message.text(bare..stop - 1));
    push_word(&mut text, thing);
    let adjectives = are_adjectives.then(|| text.len() - thing.len());
    let phrase = Phrase {
        slot,
        text,
        group: message.group_at(stop - 1),
        adjectives,
    };
    if !reading.put(phrase, How::Set) {
        reading.keep(start, end, Kept::Unknown);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::director::rules::testing::{edits, run};

    const BEFORE: &str = "me wearing a red coat and a blue hat";

    #[track_caller]
    fn check(say: &str, expected: &[&str]) {
        let ((), edits) = run(BEFORE, say, |reading, end| changes(reading, 0, end));
        assert_eq!(edits, expected);
    }

    #[test]
    fn a_verb_changes_what_it_is_said_of() {
        check(
            "make the hat green",
            &["replace wardrobe: blue hat > green hat"],
        );
        check(
            "change the coat to a jacket",
            &["replace wardrobe: red coat > a jacket"],
        );
        check(
            "make it longer",
            &["replace wardrobe: blue hat > longer blue hat"],
        );
    }

    #[test]
    fn one_verb_can_change_two_things() {
        check(
            "make the hat green and the coat black",
            &[
                "replace wardrobe: blue hat > green hat",
                "replace wardrobe: red coat > black coat",
            ],
        );
        check(
            "make the hat and the coat black",
            &[
                "replace wardrobe: blue hat > black hat",
                "replace wardrobe: red coat > black coat",
            ],
        );
    }

    #[test]
    fn a_quality_of_what_is_not_there_adds_the_thing() {
        check("make the sky stormy", &["add time: stormy sky"]);
    }

    #[test]
    fn a_thing_without_a_new_value_is_asked_about() {
        let (notes, edits) = run(BEFORE, "change the coat", |reading, end| {
            changes(reading, 0, end);
            std::mem::take(&mut reading.notes)
        });
        assert_eq!(notes, [(0, Note::ByWhat("the coat".to_owned()))]);
        assert_eq!(edits, [""; 0]);
    }

    #[test]
    fn should_be_needs_a_thing_that_is_there() {
        let expected = ["replace wardrobe: red coat > black coat"].map(str::to_owned);
        let say = "the coat should be black";
        assert_eq!(
            edits(should_be, BEFORE, say).as_deref(),
            Some(&expected[..])
        );
        assert_eq!(edits(should_be, BEFORE, "in Rome"), None);
    }

    #[test]
    fn a_bare_quality_stands_right_behind_its_thing() {
        let expected = ["replace wardrobe: blue hat > white hat"].map(str::to_owned);
        assert_eq!(
            edits(bare_quality, BEFORE, "hat white").as_deref(),
            Some(&expected[..])
        );
        assert_eq!(
            edits(bare_quality, BEFORE, "the hat in white").as_deref(),
            Some(&expected[..])
        );
        assert_eq!(edits(bare_quality, BEFORE, "hat in Rome"), None);
        assert_eq!(edits(bare_quality, "me in Rome", "hat white"), None);
    }
}
