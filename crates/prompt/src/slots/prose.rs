//! Joins slots and free text into one text, in the order of the slots.

use super::clause::{clause, is_led};
use super::{Slot, Slots};
use crate::placement::says_something;

/// The text of slots and free text together, before the trigger is placed.
pub struct Prose {
    /// The text.
    pub text: String,
    /// Its units that came from slots, in order.
    pub clauses: Vec<String>,
    /// The byte offset at which the free text begins.
    pub free: usize,
}

/// Writes the subject first, then the person's own sentences, then the other slots, because what comes first has the most
/// weight. A time joins its place: "in Lisbon at dusk".
pub fn prose(slots: &Slots, free: &str) -> Prose {
    let mut text = String::new();
    let mut clauses = Vec::new();
    let mut start = 0;
    for slot in Slot::ALL.iter().copied() {
        let words = clause(slots, slot);
        if !words.is_empty() {
            let follows_place =
                slot == Slot::Time && !slots.get(Slot::Setting).is_empty() && is_led(&words);
            push(&mut text, &words, if follows_place { " " } else { ", " });
            clauses.extend(words.split(", ").map(String::from));
        }
        if slot == Slot::Subject && (says_something(free) || slots.is_empty()) {
            push(&mut text, free, ", ");
            start = text.len() - free.len();
        }
    }
    Prose {
        text,
        clauses,
        free: start,
    }
}

/// Appends a clause. A sentence before it keeps its end mark; a trailing comma or semicolon is replaced by the joint.
fn push(text: &mut String, words: &str, joint: &str) {
    if !text.is_empty() {
        text.truncate(text.trim_end_matches([' ', ',', ';', '\n']).len());
        text.push_str(if text.ends_with(['.', '!', '?']) {
            " "
        } else {
            joint
        });
    }
    text.push_str(words);
}
