//! Noun phrases: which words belong to which thing.
//!
//! The last word says what a thing is ("summer dress" is a dress), and the words before it belong to it as far as they
//! can.

use selfsame_prompt::slots::Slot;

use super::lexicon::Kind;
use super::message::Message;
use super::scene::Scene;

/// For each slot, in order: the slots whose words a thing of it takes before it, as in "wool coat" and "summer street".
const TAKEN: [&[Slot]; 12] = {
    use Slot::{Camera, Expression, Film, Lighting, Mood, Props, Setting, Subject, Time, Wardrobe};
    [
        &[Subject, Mood, Expression],
        &[Wardrobe, Subject, Mood, Time, Props],
        &[],
        &[Expression, Mood],
        &[Setting, Time, Props, Subject, Mood],
        &[Time],
        &[Lighting, Time, Setting, Mood, Camera, Props, Film],
        &[],
        &[Camera],
        &[],
        &[Mood, Subject, Setting, Time, Wardrobe, Film, Expression],
        &[Props, Mood],
    ]
};

/// Pieces `from..to`, and the piece that says what they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Noun {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) head: usize,
}

/// The end of the words from `start` on that make up nouns.
pub(super) fn end_of_nouns(message: &Message, start: usize, end: usize) -> usize {
    let mut stop = start;
    while stop < end && (stop == start || !message.breaks(stop)) {
        let is_nominal = match message.kind(stop) {
            Some(Kind::Head(slot)) => slot != Slot::Pose,
            Some(
                Kind::Word
                | Kind::Adjective
                | Kind::Article
                | Kind::Number
                | Kind::OwnWords
                | Kind::Support
                | Kind::Of
                | Kind::SlotName,
            ) => true,
            Some(Kind::Pronoun) => stop > start && message.kind(stop - 1) == Some(Kind::Adjective),
            _ => false,
        };
        if !is_nominal {
            break;
        }
        stop += 1;
    }
    stop
}

/// The end of the thing that begins at `start`: it ends before the next article, preposition or "and".
pub(super) fn end_of_thing(message: &Message, start: usize, end: usize) -> usize {
    let mut stop = start;
    while stop < end && (stop == start || !message.breaks(stop)) {
        match message.kind(stop) {
            Some(
                Kind::Head(_)
                | Kind::Word
                | Kind::Adjective
                | Kind::OwnWords
                | Kind::Support
                | Kind::Of
                | Kind::SlotName,
            ) => {}
            Some(Kind::Pronoun | Kind::Number) if stop == start => {}
            _ => break,
        }
        stop += 1;
    }
    stop
}

/// Pieces `from..to` as nouns, from left to right.
pub(super) fn nouns(message: &Message, from: usize, to: usize) -> Vec<Noun> {
    let mut nouns = Vec::new();
    let mut end = to;
    while end > from {
        let mut head = end - 1;
        let mut start = head;
        while start > from {
            match message.kind(start - 1) {
                Some(Kind::Of) if start >= from + 2 => {
                    start -= 2;
                    if matches!(message.kind(start), Some(Kind::Head(_) | Kind::Support)) {
                        head = start;
                    }
                }
                Some(Kind::Article) => {
                    start -= 1;
                    let after_of = start > from && message.kind(start - 1) == Some(Kind::Of);
                    if !after_of {
                        break;
                    }
                }
                _ if takes(message, head, start - 1) => start -= 1,
                _ => break,
            }
        }
        nouns.push(Noun {
            from: start,
            to: end,
            head,
        });
        end = start;
    }
    nouns.reverse();
    nouns
}

/// All pieces `from..to` are one noun.
pub(super) fn is_one_noun(message: &Message, from: usize, to: usize) -> bool {
    end_of_nouns(message, from, to) == to && nouns(message, from, to).len() == 1
}

/// Pieces `from..to` as they are written, if they name one thing and do not say what it should become: "the outfit".
pub(super) fn only_thing<'a>(
    message: &Message<'a>,
    from: usize,
    to: usize,
    scene: Scene,
) -> Option<&'a str> {
    let bare = message.skip_articles(from, to);
    let to = message.trim_fillers(bare, to);
    if bare == to {
        return None;
    }
    let is_named = bare + 1 == to && message.kind(bare) == Some(Kind::SlotName);
    let is_known =
        || scene.target(message, bare, to).is_some() || message.head_slot(to - 1).is_some();
    let is_thing = is_named || (is_one_noun(message, bare, to) && is_known());
    is_thing.then(|| message.written(from..to))
}

/// Whether the noun at `head` takes the word at `at` before it.
fn takes(message: &Message, head: usize, at: usize) -> bool {
    let lexicon = message.lexicon;
    let (kind, head_kind) = (message.kind(at), message.kind(head));
    let is_noun = lexicon
        .group(message.group_at(head))
        .is_none_or(|group| group.is_noun);
    let taken: &[Slot] = match head_kind {
        Some(Kind::Head(Slot::Wardrobe)) if is_unnamed_place(message, at) => &[Slot::Setting],
        Some(Kind::Head(Slot::Mood | Slot::Expression)) if !is_noun => &[],
        Some(Kind::Head(slot)) => TAKEN.get(slot as usize).copied().unwrap_or_default(),
        Some(Kind::Support) => &[Slot::Props, Slot::Mood, Slot::Setting],
        // A thing with an unknown name: "rain drops".
        Some(Kind::Word) => &[
            Slot::Time,
            Slot::Lighting,
            Slot::Mood,
            Slot::Setting,
            Slot::Props,
        ],
        Some(Kind::OwnWords) => &[Slot::Props, Slot::Mood],
        Some(Kind::SlotName) => &[Slot::Subject, Slot::Expression, Slot::Mood],
        _ => &[],
    };
    match kind {
        Some(Kind::Word) => {
            let first = message.word(at).bytes().next();
            is_noun || first.is_some_and(|byte| byte.is_ascii_digit())
        }
        Some(Kind::Support) => is_noun && head_kind != Some(Kind::Head(Slot::Time)),
        Some(Kind::Adjective | Kind::Number | Kind::OwnWords) => is_noun,
        Some(Kind::Head(slot)) => {
            let group = message.group_at(at);
            let is_other_camera = slot == Slot::Camera
                && if head_kind == kind {
                    message.group_at(head) != group
                } else {
                    ["lens", "wide open"]
                        .iter()
                        .any(|part| lexicon.group_of(part) == group)
                };
            taken.contains(&slot) && !is_other_camera
        }
        _ => false,
    }
}

/// A place without a name of its own.
fn is_unnamed_place(message: &Message, at: usize) -> bool {
    message.group_at(at) == message.lexicon.group_of("street")
}
