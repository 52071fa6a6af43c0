//! Taking something out of the picture, and putting it back.

use selfsame_prompt::slots::Slot;

use super::replacements::substitute;
use crate::director::apply::{Note, split_words};
use crate::director::edit::Edit;
use crate::director::lexicon::Kind;
use crate::director::message::{Message, last_word};
use crate::director::nouns::end_of_thing;
use crate::director::phrase::rewrite;
use crate::director::reading::{Kept, Outcome, Reading};
use crate::director::scene::{Found, Scene, has_word};
use crate::director::spelling::same;
use crate::import::rewrite as show_instead;

/// Removes what is named from `at` on, behind a verb or negation; gives the index behind it. "No hat and no gloves",
/// "remove the tie and the jacket".
pub(super) fn removals(reading: &mut Reading, at: usize, end: usize) -> usize {
    let message = reading.message;
    let verb = at - 1;
    let start = message.skip_articles(at, end);
    let stop = end_of_thing(message, start, end);
    if stop == start {
        let is_pronoun = ["it", "that"]
            .iter()
            .any(|word| has_word(message.word(verb), word));
        if is_pronoun && let Some(it) = reading.scene().it() {
            reading.take(rewrite(&it, String::new()));
            return at;
        }
        return start.max(at);
    }
    remove_or_keep(reading, verb, start, stop);
    let mut at = stop;
    loop {
        let start = message.skip_articles(at, end);
        let stop = end_of_thing(message, start, end);
        let is_meant = || {
            going(message, reading.scene(), start, stop).is_some()
                || goes_too(message, at, start, stop)
        };
        if stop == start || !is_meant() {
            return at;
        }
        remove_or_keep(reading, verb, start, stop);
        at = stop;
    }
}

/// Removes one thing. When nothing is in the picture yet, "no makeup" says how it should be and stays.
fn remove_or_keep(reading: &mut Reading, verb: usize, from: usize, to: usize) {
    let (message, scene) = (reading.message, reading.scene());
    let negation = message.word(verb);
    let is_wish = reading.is_first
        && message.lexicon.words.negations.contains(&negation)
        && going(message, scene, from, to).is_none();
    if !is_wish {
        reading.take(removal(reading, from, to));
        return;
    }
    // Garments and things are absent unless they are asked for, so "no tie" needs no words.
    let head = message.head_slot(to - 1);
    if negation != "no" || !matches!(head, Some(Slot::Wardrobe | Slot::Props)) {
        reading.keep(verb, to, Kept::Own);
    }
}

/// Rule: "take the hat off", "coat off".
pub(super) fn take_off(reading: &mut Reading, at: usize, end: usize) -> Option<usize> {
    let message = reading.message;
    let is_verb = message.word(at).eq_ignore_ascii_case("take");
    let from = message.skip_articles(at + usize::from(is_verb), end);
    let is_off = |at: &usize| message.lexicon.words.off.contains(&message.word(*at));
    let to = (from..end).find(is_off)?;
    let is_worn = to > from
        && matches!(
            message.head_slot(to - 1),
            Some(Slot::Wardrobe | Slot::Props)
        );
    if !is_worn || end_of_thing(message, from, to) != to || reading.is_first {
        return None;
    }
    reading.take(removal(reading, from, to));
    Some(to + 1)
}

/// Rule: "put the hat back": as it was before it was taken out.
pub(super) fn put_back(reading: &mut Reading, at: usize, end: usize) -> Option<usize> {
    if !reading.message.has(Kind::Back, at..end) {
        return None;
    }
    let words = reading.message.content(at..end);
    let last = last_word(&words);
    if last.is_empty() {
        return None;
    }
    let before = reading.draft().past.iter().rev();
    let mut known = before.flat_map(|before| {
        let slots = &before.slots;
        Slot::ALL
            .iter()
            .copied()
            .flat_map(|slot| slots.get(slot).iter().map(move |item| (slot, item)))
    });
    let (slot, phrase) = known.find(|(_, item)| same(last_word(item), last))?;
    let phrase = phrase.clone();
    reading.edit(Edit::Add { slot, phrase });
    Some(end)
}

/// What removes pieces `from..to` from the picture.
pub(super) fn removal(reading: &Reading, from: usize, to: usize) -> Outcome {
    let (message, scene) = (reading.message, reading.scene());
    if let Some(slot) = message.named_slot(from..to) {
        let phrases = Vec::new();
        return Outcome::of([Edit::Set { slot, phrases }]);
    }
    // "the tie" is not the one of a black tie gala.
    let is_worn = message.head_slot(to - 1) == Some(Slot::Wardrobe);
    let is_going = |found: &Found| found.is_whole || found.slot != Slot::Setting || !is_worn;
    if let Some(found) = going(message, scene, from, to).filter(is_going) {
        let rest = rest_of(&found, &message.content(from..to));
        return rewrite(&found, rest);
    }
    let words = message.written(from..to);
    match split_words(&scene.composition.text, words) {
        // It is there as "no makeup".
        Some((before, _)) if is_negated(message, before) => Outcome::default(),
        None => instead(words, scene, !reading.context.shown.is_empty()),
        Some(_) => Outcome::of([Edit::RemoveText {
            text: words.to_owned(),
        }]),
    }
}

/// What is left of a phrase without `words`.
fn rest_of(found: &Found, words: &str) -> String {
    if found.is_whole {
        return String::new();
    }
    let rest = substitute(&found.phrase, words, "");
    // "dramatic lighting" that is not dramatic says nothing.
    let says_nothing =
        !rest.contains(' ') && matches!(found.slot, Slot::Lighting | Slot::Expression | Slot::Mood);
    if says_nothing { String::new() } else { rest }
}

fn is_negated(message: &Message, before: &str) -> bool {
    let before = before.trim_end_matches([' ', ',']);
    message.lexicon.words.negations.contains(&last_word(before))
}

/// What was never asked for and should go is seen in a picture, if there are any: what to show instead.
fn instead(unwanted: &str, scene: Scene, is_seen: bool) -> Outcome {
    let text = &scene.composition.text;
    match show_instead(unwanted).filter(|better| is_seen && !text.contains(better)) {
        Some(better) => Outcome {
            edits: vec![Edit::AddText {
                text: better.to_owned(),
            }],
            named: None,
            note: Some(Note::ShownInstead(better)),
        },
        None => Outcome::noting(Note::NotFound(unwanted.to_owned())),
    }
}

/// The phrase that is to go, also by another form of what somebody does: "smile" for "smiling".
fn going(message: &Message, scene: Scene, from: usize, to: usize) -> Option<Found> {
    scene
        .target(message, from, to)
        .or_else(|| doing(message, scene, from, to))
}

fn doing(message: &Message, scene: Scene, from: usize, to: usize) -> Option<Found> {
    const ROOT: usize = 4;
    let slot = message.head_slot(to.checked_sub(1)?)?;
    if !matches!(slot, Slot::Pose | Slot::Expression) {
        return None;
    }
    let word = message.content(from..to);
    let root = word.get(..ROOT)?;
    let is_form = |other: &str| {
        other.get(..ROOT) == Some(root) && (word.ends_with("ing") || other.ends_with("ing"))
    };
    let mut items = scene.phrases(slot).into_iter();
    let phrase = items.find(|item| item.split(' ').any(is_form))?.to_owned();
    Some(Found {
        slot,
        phrase,
        is_whole: true,
    })
}

/// "the tie and the jacket", "the tie and glasses": both should go, but "no hat and red shoes" asks for shoes.
fn goes_too(message: &Message, at: usize, start: usize, stop: usize) -> bool {
    let has_article = message.kind(start - 1) == Some(Kind::Article);
    let is_new = has_article
        && message
            .lexicon
            .words
            .new_things
            .contains(&message.word(start - 1));
    message.kind(at) == Some(Kind::Filler)
        && message.lexicon.words.joints.contains(&message.word(at))
        && start - at == 1 + usize::from(has_article)
        && !is_new
        && (has_article || stop == start + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::director::rules::testing::{edits, run};

    const BEFORE: &str =
        "me smiling in Rome wearing a red coat and a blue hat, dramatic window light, glitter";

    #[track_caller]
    fn check(before: &str, say: &str, expected: &[&str]) {
        let (_, edits) = run(before, say, |reading, end| removals(reading, 1, end));
        assert_eq!(edits, expected);
    }

    #[test]
    fn what_is_named_goes() {
        check(BEFORE, "remove the hat", &["remove wardrobe: blue hat"]);
        check(
            BEFORE,
            "remove the hat and the coat",
            &["remove wardrobe: blue hat", "remove wardrobe: red coat"],
        );
        check(BEFORE, "remove it", &["remove wardrobe: blue hat"]);
        check(BEFORE, "no smile", &["remove expression: smiling"]);
        check(BEFORE, "remove the glitter", &["remove text: glitter"]);
        check(BEFORE, "remove the location", &["set setting: "]);
    }

    #[test]
    fn a_describing_word_goes_alone() {
        let rest = "replace lighting: dramatic window light > window light";
        check(BEFORE, "less dramatic", &[rest]);
    }

    #[test]
    fn another_thing_behind_and_stays_if_it_is_new() {
        check(
            BEFORE,
            "no hat and red shoes",
            &["remove wardrobe: blue hat"],
        );
        let before = "me in Rome wearing a red coat";
        check(before, "no coat & a hat", &["remove wardrobe: red coat"]);
        check(
            before,
            "no coat and hat",
            &["remove wardrobe: red coat", "add text: hair uncovered"],
        );
    }

    #[test]
    fn what_is_unwanted_and_not_there_is_turned_around() {
        let expected = ["add text: hair uncovered"];
        check("me in Rome", "no hat", &expected);
    }

    #[test]
    fn in_an_empty_picture_a_negation_is_a_wish() {
        let (kept, edits) = run("", "no makeup", |reading, end| {
            removals(reading, 1, end);
            (reading.kept(0), reading.kept(1))
        });
        assert_eq!(kept, (Kept::Own, Kept::Own));
        assert_eq!(edits, [""; 0]);
    }

    #[test]
    fn clothes_are_taken_off() {
        let expected = ["remove wardrobe: blue hat"].map(str::to_owned);
        for say in ["take the hat off", "hat off"] {
            assert_eq!(
                edits(take_off, BEFORE, say).as_deref(),
                Some(&expected[..]),
                "{say}"
            );
        }
        assert_eq!(edits(take_off, BEFORE, "take Rome off"), None);
        assert_eq!(edits(take_off, "", "take the hat off"), None);
    }

    #[test]
    fn what_was_there_is_put_back() {
        let director = crate::director::Director::english();
        let context = crate::director::Context::default();
        let mut draft = crate::director::PictureDraft::default();
        for say in [BEFORE, "remove the hat", "put the hat back"] {
            draft = director.direct(&draft, say, &context).draft;
        }
        let wardrobe = draft.composition.slots.get(Slot::Wardrobe);
        assert_eq!(wardrobe, ["red coat", "blue hat"]);
        assert_eq!(edits(put_back, BEFORE, "put the scarf back"), None);
    }
}
