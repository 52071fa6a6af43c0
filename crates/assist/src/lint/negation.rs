//! Negations: "no", "without", "avoid".

use std::ops::Range;

use super::finding::LintCode;
use super::findings::Findings;
use super::hits::Hit;
use super::phrases::{Instead, Meaning};
use super::sentence::{connects, is_verb, needs_more, removal};
use super::words::Text;
use crate::text::is_one_of;

/// Reports every negator with what it denies.
pub(super) fn check(text: &Text<'_>, hits: &[Hit], findings: &mut Findings<'_>) {
    for hit in hits.iter().filter(|hit| hit.meaning == Meaning::Negator) {
        if findings.is_full() {
            return;
        }
        let to = if text.next(hit.to).is_some() && hit.instead.is_none() {
            hit.to + 1
        } else {
            hit.to
        };
        findings.warn(
            LintCode::Negative,
            text.range(hit.from, to),
            (
                "FLUX draws what it reads, also behind a “no”. Say what should be there instead.",
                &[],
            ),
            fix(text, hit),
        );
    }
}

fn fix(text: &Text<'_>, hit: &Hit) -> Option<(Range<usize>, String)> {
    let instead = hit.instead?;
    // "she isn't smiling" and "feet cannot be seen" are no sentences without their verbs.
    if text.before(hit.from).is_some() && has_verb(text.slice(hit.from, hit.from + 1)) {
        return None;
    }
    let noun = match instead {
        Instead::Nothing => return removal(text, hit.from, hit.to),
        Instead::Alone(words) => return Some((text.range(hit.from, hit.to), words.to_owned())),
        Instead::Noun(noun) => noun,
    };
    // "wearing no shoes" becomes "with bare feet".
    let is_worn = text.before(hit.from) == Some("wearing");
    let from = hit.from - usize::from(is_worn);
    let before = text.before(from);
    if is_verb(before) {
        return None;
    }
    let stands = before.is_none() || connects(before) || needs_more(before);
    let with = if stands { "" } else { "with " };
    Some((text.range(from, hit.to), [with, noun].concat()))
}

/// Whether a negator that begins with `word` is the verb of its sentence.
fn has_verb(word: &str) -> bool {
    let verbs = ["do", "don", "dont", "doesn", "isn", "aren", "can", "cannot"];
    is_one_of(word, &verbs)
}
