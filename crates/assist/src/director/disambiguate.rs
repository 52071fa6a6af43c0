//! Words that mean something else beside others: before a thing, a step, a number of a picture and a format are only
//! words.

use selfsame_prompt::slots::Slot;

use super::lexicon::Kind;
use super::message::Message;
use super::nouns::only_thing;
use super::pieces::is_written_as_name;
use super::scene::Scene;

/// Gives pieces the kind that they have beside their neighbours, from left to right.
pub(super) fn disambiguate(message: &mut Message, scene: Scene) {
    for at in 0..message.len() {
        let Some(kind) = kind_in_context(message, at, scene) else {
            continue;
        };
        let written = message.written(at..at + 1);
        let is_word = match message.kind(at) {
            Some(Kind::Remove) => true,
            Some(Kind::Ratio) => written.chars().all(char::is_alphabetic),
            _ => written.chars().all(char::is_alphanumeric),
        };
        if let Some(piece) = message.pieces.get_mut(at).filter(|_| is_word) {
            piece.kind = kind;
            piece.group = None;
            written.clone_into(&mut piece.text);
        }
    }
}

/// The kind that the piece has beside its neighbours, if it is not its own.
fn kind_in_context(message: &Message, at: usize, scene: Scene) -> Option<Kind> {
    let lexicon = message.lexicon;
    let is_other = || lexicon.words.others.contains(&message.word(at));
    let names_thing = || only_thing(message, at + 1, message.clause_end(at), scene).is_some();
    match message.kind(at)? {
        // "cooler" alone is a step; "cooler light" and "more flowers" say how a thing is.
        Kind::Step(_) | Kind::More if is_before_thing(message, at) => Some(Kind::Adjective),
        // "the second floor" is not a picture.
        Kind::Ordinal
            if is_before_thing(message, at)
                || (is_beside(message, at + 1)
                    && message.kind(at + 1) == Some(Kind::Head(Slot::Time))) =>
        {
            Some(Kind::Adjective)
        }
        Kind::Ratio if is_of_thing(message, at) => Some(Kind::Word),
        // "in the Portrait Gallery", "in Times Square"
        Kind::Pictures
            if is_name(message, at)
                && (is_before_thing(message, at)
                    || (message.kind(at + 1) == Some(Kind::Ratio) && is_name(message, at + 1))) =>
        {
            Some(Kind::Word)
        }
        Kind::Filler
            if is_before_thing(message, at) && lexicon.words.praise.contains(&message.word(at)) =>
        {
            Some(Kind::Word)
        }
        // "too formal" is less of it; "me too" is not.
        Kind::Filler if is_too(message, at) && is_quality(message, at + 1) => Some(Kind::Fewer),
        Kind::Remove if !takes_away(message, at) => Some(Kind::Word),
        // "a different coat" is a change when that is all; "a different angle" is a word.
        Kind::Change if is_other() && !names_thing() => Some(Kind::Word),
        Kind::Word
            if (message.kind(at + 1) == Some(Kind::SlotName)
                || lexicon.words.whole_picture.contains(&message.word(at + 1)))
                && is_other()
                && names_thing() =>
        {
            Some(Kind::Change)
        }
        _ => None,
    }
}

/// "too": more of what follows than is wanted.
pub(super) fn is_too(message: &Message, at: usize) -> bool {
    let written = message.written(at..at + 1);
    let first = written.split(' ').next().unwrap_or_default();
    message
        .lexicon
        .words
        .excess
        .contains(&first.to_ascii_lowercase().as_str())
}

/// A thing, or a word of one, follows at once.
pub(super) fn is_before_thing(message: &Message, at: usize) -> bool {
    let is_noun = |kind| {
        matches!(
            kind,
            Kind::Word
                | Kind::Support
                | Kind::OwnWords
                | Kind::Head(
                    Slot::Lighting | Slot::Wardrobe | Slot::Setting | Slot::Props | Slot::Camera,
                )
        )
    };
    is_beside(message, at + 1) && message.kind(at + 1).is_some_and(is_noun)
}

/// Says how something is, and stands beside what is before it.
fn is_quality(message: &Message, at: usize) -> bool {
    is_beside(message, at)
        && match message.kind(at) {
            Some(Kind::Adjective | Kind::Head(Slot::Expression | Slot::Mood)) => true,
            Some(Kind::Word) => message.lexicon.opposite(message.word(at)).is_some(),
            _ => false,
        }
}

/// Nothing separates the piece from the one before it.
fn is_beside(message: &Message, at: usize) -> bool {
    at > 0 && at < message.len() && !message.breaks(at)
}

/// Written with a capital where no sentence begins.
fn is_name(message: &Message, at: usize) -> bool {
    is_beside(message, at) && is_written_as_name(message.written(at..at + 1))
}

/// "Times Square", "a vertical wall", "in a landscape": a format's word that does not ask for a format.
fn is_of_thing(message: &Message, at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|at| message.kind(at));
    let is_alone = !is_beside(message, at + 1)
        || !matches!(
            message.kind(at + 1),
            Some(Kind::Pictures | Kind::Filler | Kind::Step(_))
        );
    let written = message.written(at..at + 1).to_ascii_lowercase();
    let follows = is_beside(message, at)
        && match before(1) {
            Some(Kind::Word | Kind::Adjective) => true,
            Some(Kind::Head(Slot::Setting)) => written == "landscape",
            // "make it a square" is a format, "in a square" a place.
            Some(Kind::Article) => {
                at > 1 && matches!(before(2), Some(Kind::Preposition | Kind::Add))
            }
            _ => false,
        };
    let is_shape = || message.lexicon.words.shapes.contains(&written.as_str());
    (follows && is_alone && is_shape())
        || is_before_thing(message, at)
        || (is_alone && is_name(message, at))
}

/// "stop" and "don't" take away what somebody does; anywhere else they are words.
fn takes_away(message: &Message, at: usize) -> bool {
    let is_doing = matches!(
        message.kind(at + 1),
        Some(Kind::Head(Slot::Pose | Slot::Expression))
    );
    is_doing || !message.lexicon.words.stops.contains(&message.word(at))
}
