//! What Maya answers: what changed in the picture, in a few short sentences.

use crate::text::fill;
use selfsame_prompt::compose::Composition;
use selfsame_prompt::placement::says_something;
use selfsame_prompt::slots::{Slot, named, prose};

use super::apply::{Applied, Note};
use super::changes::Change;
use super::direct::Parsed;
use super::lexicon::{Lexicon, Sentences};
use super::message::push_word;

/// Most suggestions.
const MAX_SUGGESTIONS: usize = 3;

/// Whether a picture can be made of it.
pub(super) fn is_something(composition: &Composition) -> bool {
    says_something(&prose(&composition.slots, &composition.text).text)
}

/// The sentences: first what changed, then the notes, then the words that were kept.
pub(super) fn reply(
    sentences: &Sentences,
    before: &Composition,
    parsed: &Parsed,
    applied: &Applied,
) -> String {
    let now = &applied.draft.composition;
    let notes = sentences_of_notes(sentences, parsed, applied);
    let kept = &parsed.not_understood;
    if applied.changes.contains(&Change::Undone) && notes.is_empty() && kept.is_empty() {
        return sentences.undone.to_owned();
    }
    if is_something(before) && !is_something(now) && !notes.is_empty() {
        return notes;
    }
    let mut out = String::new();
    let mut say = |sentence: &str, words: &[&str]| push_word(&mut out, &fill(sentence, words));
    let (mut added, mut removed) = (Vec::new(), Vec::new());
    for change in &applied.changes {
        match change {
            Change::Replaced { slot, old, new } => {
                say(
                    sentences.replaced,
                    &[&named(*slot, new), &named(*slot, old)],
                );
            }
            Change::Added(slot, phrase) => added.push(named(*slot, phrase)),
            Change::Removed(slot, phrase) => removed.push(named(*slot, phrase)),
            _ => {}
        }
    }
    if !added.is_empty() {
        if is_something(before) {
            say(sentences.added, &[&added.join(", ")]);
        } else {
            say(sentences.first, &[]);
            say(sentences.now, &[&prose(&now.slots, "").text]);
        }
    }
    if !removed.is_empty() {
        say(sentences.removed, &[&removed.join(", ")]);
    }
    for change in &applied.changes {
        match change {
            Change::AspectRatio(ratio) => say(sentences.ratio, &[ratio.as_str()]),
            Change::OutputFormat(format) => say(sentences.file, &[format.as_str()]),
            Change::Pictures(1) => say(sentences.one_picture, &[]),
            Change::Pictures(count) => say(sentences.pictures, &[&count.to_string()]),
            Change::SeedOf(picture) => say(sentences.seed_of_picture, &[&picture.to_string()]),
            Change::SameSeed => say(sentences.same_seed, &[]),
            Change::NewSeed => say(sentences.new_seed, &[]),
            _ => {}
        }
    }
    push_word(&mut out, &notes);
    if !kept.is_empty() {
        let kept = kept.join("”, “");
        push_word(&mut out, &fill(sentences.kept, &[&kept]));
    }
    if out.is_empty() {
        out = reply_without_changes(sentences, before, parsed, applied);
    }
    out
}

/// The sentence when nothing but the person's own words changed, or nothing at all.
fn reply_without_changes(
    sentences: &Sentences,
    before: &Composition,
    parsed: &Parsed,
    applied: &Applied,
) -> String {
    let texts = applied.changes.iter().find_map(|change| match change {
        Change::Text { added, removed } => Some((added.as_str(), removed.as_str())),
        _ => None,
    });
    let now = &applied.draft.composition;
    match texts {
        Some((added, "")) => fill(sentences.added, &[added]),
        Some(("", removed)) => fill(sentences.removed, &[removed]),
        Some((added, removed)) => fill(sentences.replaced, &[added, removed]),
        None if parsed.ready => sentences.go.to_owned(),
        None if !is_something(now) => sentences.hello.to_owned(),
        None if now == before => sentences.unchanged.to_owned(),
        None => sentences.done.to_owned(),
    }
}

/// The notes of the parser and of `apply` in the order in which they came up; each sentence once.
fn sentences_of_notes(sentences: &Sentences, parsed: &Parsed, applied: &Applied) -> String {
    // A note of `apply` is about the edit at its index, one of the parser stands between two edits.
    let applied = applied.notes.iter().map(|(edit, note)| (edit + 1, note));
    let parsed = parsed.notes.iter().map(|(edits, note)| (*edits, note));
    let mut notes: Vec<(usize, &Note)> = applied.chain(parsed).collect();
    notes.sort_by_key(|(place, _)| *place);
    let mut out = String::new();
    for (_, note) in notes {
        let sentence = sentence_of_note(sentences, note);
        if !out.contains(&sentence) {
            push_word(&mut out, &sentence);
        }
    }
    out
}

fn sentence_of_note(sentences: &Sentences, note: &Note) -> String {
    match note {
        Note::NotFound(words) => fill(sentences.not_found, &[words]),
        Note::TooManyPictures => sentences.too_many_pictures.to_owned(),
        Note::NoPicture(number) => fill(sentences.no_picture, &[&number.to_string()]),
        Note::NoSeed => sentences.no_seed.to_owned(),
        Note::NothingToUndo => sentences.nothing_to_undo.to_owned(),
        Note::StartedOver => sentences.started_over.to_owned(),
        Note::TooLong => sentences.too_long.to_owned(),
        Note::ReadAs { said, read } => fill(sentences.read_as, &[said, read]),
        Note::ByWhat(thing) => fill(sentences.by_what, &[thing]),
        Note::ShownInstead(better) => fill(sentences.shown_instead, &[better]),
        // The rules ask for neither.
        Note::Full(..) | Note::OutOfRange => String::new(),
    }
}

/// What to ask when nothing can be made yet.
pub(super) fn question(sentences: &Sentences, now: &Composition) -> Option<String> {
    (!is_something(now)).then(|| sentences.question.to_owned())
}

/// What could be said next, each in words that are understood.
pub(super) fn suggestions(lexicon: &Lexicon, now: &Composition) -> Vec<String> {
    if !is_something(now) {
        let first = lexicon.first_suggestions.iter().take(MAX_SUGGESTIONS);
        return first.map(|say| (*say).to_owned()).collect();
    }
    let is_open = |slot: Option<Slot>| slot.is_none_or(|slot| now.slots.get(slot).is_empty());
    let open = lexicon
        .next_suggestions
        .iter()
        .filter(|(slot, _)| is_open(*slot));
    open.take(MAX_SUGGESTIONS)
        .map(|(_, say)| (*say).to_owned())
        .collect()
}
