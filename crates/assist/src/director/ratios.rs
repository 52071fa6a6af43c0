//! Aspect ratios that a person writes as two numbers, and the times of day and fractions that look like them.

use super::lexicon::{GroupId, Kind, Lexicon};
use super::pieces::Piece;
use selfsame_prompt::parameters::AspectRatio;
use selfsame_prompt::slots::Slot;

/// The aspect ratio of `4:5`, `4x5` or `8/10`. A ratio that is not offered becomes the nearest one that differs by at
/// most 4 %.
pub(super) fn ratio(word: &str) -> Option<AspectRatio> {
    let (width, height) = word.split_once([':', 'x', 'X', '×', '/'])?;
    let shape = shape(width, height)?;
    let mut nearest = None;
    let mut least = shape / 25;
    for ratio in AspectRatio::ALL {
        let (width, height) = ratio.as_str().split_once(':')?;
        let distance = self::shape(width, height)?.abs_diff(shape);
        if distance <= least {
            (nearest, least) = (Some(*ratio), distance);
        }
    }
    nearest
}

/// Width to height in thousandths, of numbers below 100.
fn shape(width: &str, height: &str) -> Option<u32> {
    let side = |text: &str| {
        let number = text.parse().ok()?;
        (1..100_u32).contains(&number).then_some(number)
    };
    Some(1000 * side(width)? / side(height)?)
}

/// `7:30`; `16:9` has no minutes.
pub(super) fn is_time(word: &str) -> bool {
    word.split_once(':').is_some_and(|(hour, minute)| {
        let is_below = |text: &str, end: u32| text.parse().is_ok_and(|number: u32| number < end);
        minute.len() == 2 && is_below(hour, 24) && is_below(minute, 60)
    })
}

/// Two numbers are an aspect ratio if they are written as an offered one, or if the words beside them speak of the format.
/// Otherwise they are a time of day, of group `time`, or a word: "at 10:15", "a 4x4 truck", "50/50".
pub(super) fn disambiguate_ratios(pieces: &mut [Piece], lexicon: &Lexicon, time: Option<GroupId>) {
    for at in 0..pieces.len() {
        let is_format = is_format(pieces, at, lexicon);
        if let Some(piece) = pieces.get_mut(at)
            && piece.kind == Kind::Ratio
            && piece.group.is_none()
            && !is_format
        {
            (piece.kind, piece.group) = if is_time(&piece.text) {
                (Kind::Head(Slot::Time), time)
            } else {
                (Kind::Word, None)
            };
        }
    }
}

/// The two numbers at `at` are an aspect ratio.
fn is_format(pieces: &[Piece], at: usize, lexicon: &Lexicon) -> bool {
    let Some((before, [piece, after @ ..])) = pieces.split_at_checked(at) else {
        return false;
    };
    if AspectRatio::named(&piece.text).is_some() {
        return true;
    }
    let ends = |piece: &Piece| piece.breaks || piece.kind == Kind::But;
    let length = after.iter().position(ends).unwrap_or(after.len());
    let after = after.get(..length).unwrap_or_default();
    let start = pieces
        .get(..=at)
        .and_then(|pieces| pieces.iter().rposition(ends));
    let before = before.get(start.unwrap_or(0)..).unwrap_or_default();
    // "change the aspect ratio to 6:4", "8x10 format"
    let mut named = before.iter().rev().filter(|piece| piece.kind != Kind::To);
    let mut beside = named.next().into_iter().chain(after.first());
    beside.any(|piece| lexicon.words.format.contains(&piece.text.as_str()))
        || before.iter().chain(after).all(says_no_thing)
}

/// "make it", "in", "two of them": a clause of nothing else is only about the format.
fn says_no_thing(piece: &Piece) -> bool {
    match piece.kind {
        Kind::Preposition => piece.text == "in",
        Kind::Filler
        | Kind::But
        | Kind::Article
        | Kind::Pronoun
        | Kind::To
        | Kind::Change
        | Kind::Instead
        | Kind::Number
        | Kind::Pictures
        | Kind::Ratio
        | Kind::OtherFormat => true,
        _ => false,
    }
}
