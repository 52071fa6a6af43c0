//! Turns one slot's phrases into a clause.

use super::article::{article, indefinite, is_one_of};
use super::{Slot, Slots};
use crate::placement::says_something;

/// First words of a place, a time or a light to which no preposition is added.
const PREPOSITIONS: &str = "in at on by near under inside outside beside behind before between among along above across \
    against around below beneath beyond down from into next of over past through to towards up \
    with after during out off onto indoors outdoors";
/// Places with "on" instead of "in".
const SURFACES: &str = "beach rooftop terrace stage bridge mountain carpet balcony pier street boat ship train lawn steps stairs";
/// Places with "at" instead of "in".
const OCCASIONS: &str =
    "home desk party wedding gala festival premiere concert prom reception picnic carnival";
/// Places with "against" instead of "in".
const BACKDROPS: &str = "background backdrop wall";
/// Times with "at": "at dusk".
const MOMENTS: &str = "dawn daybreak dusk midday midnight night noon sunrise sunset twilight";

/// Returns the clause of `slot`; empty if the slot has no words.
pub(super) fn clause(slots: &Slots, slot: Slot) -> String {
    let mut out = String::new();
    let mut joint = "";
    for phrase in slots.get(slot).iter().map(|phrase| phrase.trim()) {
        if !says_something(phrase) {
            continue;
        }
        out.push_str(joint);
        let (lead, article) = lead(slot, phrase, joint.is_empty());
        out.push_str(lead);
        out.push_str(article);
        out.push_str(phrase);
        out.push_str(tail(slot, phrase));
        // "a coat with a scarf and a hat": the trigger's second mention may be placed at any comma, and clothes should
        // stay together.
        joint = match slot {
            Slot::Setting => " ",
            Slot::Wardrobe if joint.is_empty() && slots.get(Slot::Wardrobe).len() > 2 => " with ",
            Slot::Wardrobe => " and ",
            _ => ", ",
        };
    }
    out
}

/// The words and the article before a phrase.
fn lead(slot: Slot, phrase: &str, is_first: bool) -> (&'static str, &'static str) {
    let word = phrase.split(' ').next().unwrap_or_default();
    let is_led = is_led(phrase);
    let is_name = word.starts_with(|c: char| c.is_ascii_uppercase());
    let is_doing = is_one_of("holding carrying wearing dressed barefoot", word);
    let has = |ends: &[&str]| ends.iter().any(|end| phrase.ends_with(end));
    match slot {
        Slot::Wardrobe | Slot::Props if is_led || is_doing => ("", ""),
        Slot::Wardrobe if is_first => ("wearing ", article(phrase)),
        Slot::Wardrobe => ("", article(phrase)),
        Slot::Expression if article(phrase).is_empty() && !is_led && phrase.contains(' ') => {
            ("with ", "")
        }
        Slot::Expression if has(&["smile", "expression", "look", "gaze", "grin", "face"]) => {
            ("with ", article(phrase))
        }
        Slot::Setting if is_led => ("", ""),
        // "the sea behind me"
        Slot::Setting
            if phrase.contains(" behind")
                || phrase.contains(" around ")
                || phrase.contains(" in the ") =>
        {
            ("with ", "")
        }
        Slot::Setting => {
            let last = phrase.split(' ').next_back().unwrap_or_default();
            let lead = if is_one_of(SURFACES, last) {
                "on "
            } else if is_one_of(OCCASIONS, last) {
                "at "
            } else if is_one_of(BACKDROPS, last) {
                "against "
            } else {
                "in "
            };
            (lead, if is_name { "" } else { article(phrase) })
        }
        Slot::Time if is_one_of(MOMENTS, phrase) || has(&[" hour"]) => ("at ", ""),
        Slot::Lighting if is_led || has(&["lit"]) || word == "lit" => ("", ""),
        Slot::Lighting if has(&["lighting"]) => ("with ", ""),
        Slot::Lighting => ("lit by ", ""),
        Slot::Camera if is_name && is_first => ("shot on ", ""),
        Slot::Camera if word.starts_with(|c: char| c.is_ascii_digit()) => {
            if phrase.contains("lens") {
                ("shot with ", indefinite(word))
            } else {
                ("shot at ", "")
            }
        }
        Slot::Film if is_name => ("on ", ""),
        Slot::Props => ("with ", article(phrase)),
        _ => ("", ""),
    }
}

/// Whether `phrase` begins with a preposition or needs none.
pub(super) fn is_led(phrase: &str) -> bool {
    is_one_of(PREPOSITIONS, phrase.split(' ').next().unwrap_or_default())
}

/// Adds "film" to a film stock that is only a name.
fn tail(slot: Slot, phrase: &str) -> &'static str {
    let is_name = phrase.starts_with(|c: char| c.is_ascii_uppercase());
    if slot == Slot::Film && is_name && !phrase.contains("film") && !phrase.contains("Film") {
        " film"
    } else {
        ""
    }
}
