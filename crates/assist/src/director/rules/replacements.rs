//! One thing in the place of another, or with other words for it.

use std::ops::Range;

use selfsame_prompt::slots::Slot;

use super::clauses::parts;
use super::grading::describe_named;
use super::removals::removals;
use crate::director::apply::{Note, split_words};
use crate::director::edit::Edit;
use crate::director::lexicon::Kind;
use crate::director::message::{Message, last_word, push_word};
use crate::director::phrase::{How, described, rewrite, with_lead};
use crate::director::reading::{Outcome, Reading};
use crate::director::scene::{Found, Scene, has_word};

/// Longest description of what is to be changed, or of what takes its place, in pieces.
pub(super) const LONGEST: usize = 9;

/// Rule: "Lisbon instead of Paris", "instead of Paris, Lisbon", "not Paris".
pub(super) fn instead_of(reading: &mut Reading, at: usize, end: usize) -> Option<usize> {
    let message = reading.message;
    let joint = message.first(Kind::InsteadOf, at..end)?;
    let old = joint + 1;
    if joint > at {
        replace_or_read(reading, old..end, at..joint);
        return Some(end);
    }
    if let Some(stop) = end_of_old(message, reading.scene(), old, end) {
        replace_or_read(reading, old..stop, stop..end);
        return Some(end);
    }
    let is_last = end == message.len();
    let is_doing = matches!(
        message.kind(old),
        Some(Kind::OwnWords | Kind::Head(Slot::Pose | Slot::Expression))
    );
    if message.word(joint) == "not" && (is_doing || is_last) {
        // "Prague, not Vienna" says everything with Prague.
        let is_new = reading.named.is_empty();
        if is_doing || is_new || reading.scene().target(message, old, end).is_some() {
            return Some(removals(reading, old, end));
        }
        return Some(end);
    }
    let next = if is_last {
        end
    } else {
        message.clause_end(end)
    };
    replace_or_read(reading, old..end, end..next);
    Some(next)
}

/// Without a comma, the first noun is what goes: its end.
fn end_of_old(message: &Message, scene: Scene, old: usize, end: usize) -> Option<usize> {
    let opens = |stop: &usize| {
        matches!(
            message.kind(*stop),
            Some(Kind::Article | Kind::Preposition | Kind::Filler)
        )
    };
    let is_whole = |stop: &usize| {
        let found = scene.target(message, old, *stop);
        found.is_some_and(|found| found.is_whole)
    };
    let known = (old + 1..end.min(old - 1 + LONGEST))
        .take_while(|stop| !opens(stop))
        .filter(is_whole)
        .last();
    let next_noun = || (old + 1..end).find(|stop| message.kind(*stop) == Some(Kind::Article));
    known.or_else(next_noun)
}

fn replace_or_read(reading: &mut Reading, old: Range<usize>, new: Range<usize>) {
    let (from, to) = (new.start, new.end);
    if !replace(reading, old, new) {
        parts(reading, from, to, How::Set);
    }
}

/// Puts pieces `new` in the place of what pieces `old` name. False: they name nothing.
pub(super) fn replace(reading: &mut Reading, old: Range<usize>, new: Range<usize>) -> bool {
    let Some((outcome, rest)) = replacement(reading.message, reading.scene(), old, new) else {
        return false;
    };
    reading.take(outcome);
    parts(reading, rest.start, rest.end, How::Set);
    true
}

/// What puts `new` in the place of `old`, and the pieces that are to be read as a description of their own.
fn replacement(
    message: &Message,
    scene: Scene,
    old: Range<usize>,
    new: Range<usize>,
) -> Option<(Outcome, Range<usize>)> {
    let Range { start, end } = new;
    let nothing = end..end;
    if let Some(slot) = message.named_slot(old.clone()) {
        if let Some(outcome) = describe_named(message, scene, slot, start, end) {
            return Some((outcome, nothing));
        }
        let clear = Edit::Set {
            slot,
            phrases: Vec::new(),
        };
        return Some((Outcome::of([clear]), start..end));
    }
    let words = message.content(old.clone());
    if words.is_empty() && !message.has(Kind::Pronoun, old.clone()) {
        return None;
    }
    let start = message.skip_fillers(start, end);
    let Some(found) = scene.target(message, old.start, old.end) else {
        return Some(text_replacement(message, scene, old, start..end));
    };
    if end - start > LONGEST {
        return Some((Outcome::default(), start..end));
    }
    let mut text = message.description(start..end);
    // "a hawaiian one"
    if let Some(kind) = text.strip_suffix(" one") {
        text = [kind, " ", last_word(&found.phrase)].concat();
    }
    if text.is_empty() {
        return None;
    }
    if !found.is_whole {
        let text = substitute(&found.phrase, &words, &text);
        return Some((rewrite(&found, text), nothing));
    }
    if is_quality(message, &found, start, end) {
        let text = described(&found.phrase, &text, message.lexicon);
        return Some((rewrite(&found, text), nothing));
    }
    let opens = matches!(
        message.kind(start),
        Some(Kind::Preposition | Kind::Wearing | Kind::Holding)
    );
    let mut heads = (start..end).filter_map(|at| message.head_slot(at));
    let is_known = heads.clone().all(|slot| slot == found.slot);
    if opens || heads.next_back().is_some_and(|slot| slot != found.slot) {
        return Some((rewrite(&found, String::new()), start..end));
    }
    if is_known {
        if message.kind(start) == Some(Kind::Article) {
            text = [message.word(start), " ", &text].concat();
        }
        let text = with_lead(&found.phrase, &text, message.lexicon);
        return Some((rewrite(&found, text), nothing));
    }
    Some((Outcome::default(), start..end))
}

/// Pieces `start..end` say how the thing is that was found: adjectives, and for a garment unknown words beside them.
fn is_quality(message: &Message, found: &Found, start: usize, end: usize) -> bool {
    let is_thing =
        message.has(Kind::Article, start..end) && !message.has(Kind::Pronoun, start..end);
    let takes_words = !is_thing && found.slot == Slot::Wardrobe;
    let is_word = |at| message.kind(at) == Some(Kind::Word);
    let is_adjective = |at| {
        matches!(
            message.kind(at),
            Some(
                Kind::Adjective
                    | Kind::Step(_)
                    | Kind::Pronoun
                    | Kind::Filler
                    | Kind::Article
                    | Kind::More
                    | Kind::Much
            )
        )
    };
    (start..end).all(|at| is_adjective(at) || (takes_words && is_word(at)))
        && !(start..end).all(is_word)
}

/// The same in the person's own words. What is not there is noted, and the new words are read on their own.
fn text_replacement(
    message: &Message,
    scene: Scene,
    old: Range<usize>,
    new: Range<usize>,
) -> (Outcome, Range<usize>) {
    let was = message.written(message.skip_articles(old.start, old.end)..old.end);
    let is_there = split_words(&scene.composition.text, was).is_some();
    if is_there && new.is_empty() {
        return (Outcome::noting(Note::ByWhat(was.to_owned())), new);
    }
    let words = message.written(message.skip_articles(new.start, new.end)..new.end);
    let edit = Edit::ReplaceText {
        old: was.to_owned(),
        new: words.to_owned(),
    };
    let rest = if is_there { new.end..new.end } else { new };
    (Outcome::of([edit]), rest)
}

/// `item` with `new` where the first of the words `old` stands, and without the others.
pub(super) fn substitute(item: &str, old: &str, mut new: &str) -> String {
    let mut out = String::new();
    for word in item.split(' ') {
        if has_word(old, word) {
            push_word(&mut out, std::mem::take(&mut new));
        } else {
            push_word(&mut out, word);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::director::rules::testing::{edits, run};

    const BEFORE: &str = "me in Paris wearing a red coat, zorb";

    #[track_caller]
    fn check_instead(say: &str, expected: &[&str]) {
        let edits = edits(instead_of, BEFORE, say).unwrap_or_default();
        assert_eq!(edits, expected);
    }

    #[test]
    fn instead_of_replaces_what_it_names() {
        check_instead(
            "Lisbon instead of Paris",
            &["replace setting: in Paris > in Lisbon"],
        );
        check_instead(
            "a jacket instead of the coat",
            &["replace wardrobe: red coat > a jacket"],
        );
        check_instead(
            "instead of the coat a jacket",
            &["replace wardrobe: red coat > a jacket"],
        );
        assert_eq!(edits(instead_of, BEFORE, "in Rome"), None);
    }

    #[test]
    fn not_removes_what_is_there() {
        check_instead("not Paris", &["remove setting: in Paris"]);
    }

    #[track_caller]
    fn check(old: &str, new: &str, expected: &[&str]) {
        let say = [old, " to ", new].concat();
        let ((), edits) = run(BEFORE, &say, |reading, end| {
            let joint = reading.message.first(Kind::To, 0..end).unwrap_or(end);
            replace(reading, 0..joint, joint + 1..end);
        });
        assert_eq!(edits, expected);
    }

    #[test]
    fn a_thing_is_replaced_in_its_slot_or_by_one_of_another() {
        check(
            "the coat",
            "a parka",
            &["replace wardrobe: red coat > a parka"],
        );
        check(
            "the coat",
            "black",
            &["replace wardrobe: red coat > black coat"],
        );
        check("red", "green", &["replace wardrobe: red coat > green coat"]);
        check(
            "the coat",
            "an umbrella",
            &["remove wardrobe: red coat", "add props: umbrella"],
        );
    }

    #[test]
    fn a_slot_is_named() {
        check(
            "the location",
            "Rome",
            &["set setting: ", "add setting: Rome"],
        );
    }

    #[test]
    fn own_words_are_replaced_where_they_stand() {
        check("zorb", "quix", &["replace text: zorb > quix"]);
        check("vlem", "quix", &["replace text: vlem > quix"]);
    }

    #[test]
    fn substitution_keeps_the_other_words() {
        assert_eq!(
            substitute("soft window light", "window", "morning"),
            "soft morning light"
        );
        assert_eq!(
            substitute("soft window light", "soft window", "hard"),
            "hard light"
        );
        assert_eq!(substitute("dramatic lighting", "dramatic", ""), "lighting");
    }
}
