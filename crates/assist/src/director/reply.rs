//! What Maya answers: what changed in the picture, in a few short sentences.

use crate::text;
use selfsame_prompt::compose::Composition;
use selfsame_prompt::placement::says_something;
use selfsame_prompt::slots::{Slot, named, prose};

use super::Parsed;
use super::apply::{Applied, Change, Note};
use super::lexicon::Lexicon;
use super::message::push_word;

/// Most suggestions.
const MAX_SUGGESTIONS: usize = 3;

/// Whether a picture can be made of it.
pub(super) fn is_something(composition: &Composition) -> bool {
    says_something(&prose(&composition.slots, &composition.text).text)
}

/// A sentence of the lexicon with `words` in it.
fn fill(lexicon: &Lexicon, name: &str, words: &[&str]) -> String {
    text::fill(lexicon.lists(name).next().unwrap_or_default(), words)
}

/// The sentences: first what changed, then the notes, then the words that were kept.
pub(super) fn reply(
    lexicon: &Lexicon,
    before: &Composition,
    parsed: &Parsed,
    applied: &Applied,
) -> String {
    let now = &applied.draft.composition;
    let notes = sentences_of_notes(lexicon, parsed, applied);
    let kept = &parsed.not_understood;
    if applied.changes.contains(&Change::Undone) && notes.is_empty() && kept.is_empty() {
        return fill(lexicon, "say-undone", &[]);
    }
    if is_something(before) && !is_something(now) && !notes.is_empty() {
        return notes;
    }
    let mut out = String::new();
    let mut say = |name: &str, words: &[&str]| push_word(&mut out, &fill(lexicon, name, words));
    let (mut added, mut removed) = (Vec::new(), Vec::new());
    for change in &applied.changes {
        match change {
            Change::Replaced { slot, old, new } => {
                say("say-swapped", &[&named(*slot, new), &named(*slot, old)]);
            }
            Change::Added(slot, phrase) => added.push(named(*slot, phrase)),
            Change::Removed(slot, phrase) => removed.push(named(*slot, phrase)),
            _ => {}
        }
    }
    if !added.is_empty() {
        if is_something(before) {
            say("say-added", &[&added.join(", ")]);
        } else {
            say("say-first", &[]);
            say("say-now", &[&prose(&now.slots, "").text]);
        }
    }
    if !removed.is_empty() {
        say("say-gone", &[&removed.join(", ")]);
    }
    for change in &applied.changes {
        match change {
            Change::AspectRatio(ratio) => say("say-format", &[ratio.as_str()]),
            Change::OutputFormat(format) => say("say-file", &[format.as_str()]),
            Change::Pictures(1) => say("say-picture", &[]),
            Change::Pictures(count) => say("say-pictures", &[&count.to_string()]),
            Change::SeedOf(picture) => say("say-likepicture", &[&picture.to_string()]),
            Change::SameSeed => say("say-sameseed", &[]),
            Change::NewSeed => say("say-newseed", &[]),
            _ => {}
        }
    }
    push_word(&mut out, &notes);
    if !kept.is_empty() {
        let kept = kept.join("”, “");
        push_word(&mut out, &fill(lexicon, "say-kept", &[&kept]));
    }
    if out.is_empty() {
        out = reply_without_changes(lexicon, before, parsed, applied);
    }
    out
}

/// The sentence when nothing but the person's own words changed, or nothing at all.
fn reply_without_changes(
    lexicon: &Lexicon,
    before: &Composition,
    parsed: &Parsed,
    applied: &Applied,
) -> String {
    let texts = applied.changes.iter().find_map(|change| match change {
        Change::Text { added, removed } => Some((added.as_str(), removed.as_str())),
        _ => None,
    });
    let now = &applied.draft.composition;
    let say = |name: &str| fill(lexicon, name, &[]);
    match texts {
        Some((added, "")) => fill(lexicon, "say-added", &[added]),
        Some(("", removed)) => fill(lexicon, "say-gone", &[removed]),
        Some((added, removed)) => fill(lexicon, "say-swapped", &[added, removed]),
        None if parsed.ready => say("say-go"),
        None if !is_something(now) => say("say-hello"),
        None if now == before => say("say-same"),
        None => say("say-done"),
    }
}

/// The notes of the parser and of `apply` in the order in which they came up; each sentence once.
fn sentences_of_notes(lexicon: &Lexicon, parsed: &Parsed, applied: &Applied) -> String {
    // A note of `apply` is about the edit at its index, one of the parser stands between two edits.
    let applied = applied.notes.iter().map(|(edit, note)| (edit + 1, note));
    let parsed = parsed.notes.iter().map(|(edits, note)| (*edits, note));
    let mut notes: Vec<(usize, &Note)> = applied.chain(parsed).collect();
    notes.sort_by_key(|(place, _)| *place);
    let mut out = String::new();
    for (_, note) in notes {
        let sentence = sentence_of_note(lexicon, note);
        if !out.contains(&sentence) {
            push_word(&mut out, &sentence);
        }
    }
    out
}

fn sentence_of_note(lexicon: &Lexicon, note: &Note) -> String {
    match note {
        Note::NotFound(words) => fill(lexicon, "say-notfound", &[words]),
        Note::TooManyPictures => fill(lexicon, "say-most", &[]),
        Note::NoPicture(number) => fill(lexicon, "say-nopicture", &[&number.to_string()]),
        Note::NoSeed => fill(lexicon, "say-noseed", &[]),
        Note::NothingToUndo => fill(lexicon, "say-nothingtoundo", &[]),
        Note::StartedOver => fill(lexicon, "say-reset", &[]),
        Note::TooLong => fill(lexicon, "say-toolong", &[]),
        Note::ReadAs { said, read } => fill(lexicon, "say-read", &[said, read]),
        Note::ByWhat(thing) => fill(lexicon, "say-towhat", &[thing]),
        Note::ShownInstead(better) => fill(lexicon, "say-positive", &[better]),
        // The rules ask for neither.
        Note::Full(..) | Note::OutOfRange => String::new(),
    }
}

/// What to ask when nothing can be made yet.
pub(super) fn question(lexicon: &Lexicon, now: &Composition) -> Option<String> {
    (!is_something(now)).then(|| fill(lexicon, "say-ask", &[]))
}

/// What could be said next, each in words that are understood.
pub(super) fn suggestions(lexicon: &Lexicon, now: &Composition) -> Vec<String> {
    let list = if is_something(now) {
        "next"
    } else {
        "askfirst"
    };
    let open = lexicon.lists(list).filter_map(|line| {
        let (slot, say) = line.split_once(": ").unwrap_or(("", line));
        let is_open = Slot::named(slot).is_none_or(|slot| now.slots.get(slot).is_empty());
        is_open.then(|| say.to_owned())
    });
    open.take(MAX_SUGGESTIONS).collect()
}
