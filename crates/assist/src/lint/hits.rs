//! Finds the phrases of the tables in a text.

use super::phrases::{Instead, Meaning, OBJECTS, WORDS};
use super::words::Text;
use crate::text::is_one_of;

/// Words between a negator and its object.
const DETERMINERS: [&str; 11] = [
    "a", "an", "any", "the", "be", "wearing", "show", "too", "much", "visible", "have",
];

/// A phrase with a meaning in a text: the words `from..to`.
pub(super) struct Hit {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) meaning: Meaning,
    /// For a negator whose object is recognised and part of the hit: what to write instead of both.
    pub(super) instead: Option<Instead>,
}

/// All hits in reading order. Hits overlap only where one phrase has several meanings.
pub(super) fn hits(text: &Text<'_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut at = 0;
    while at < text.words.len() {
        let Some((end, meanings)) = WORDS.longest(text, at) else {
            at += 1;
            continue;
        };
        let mut to = end;
        for meaning in meanings {
            if meaning == Meaning::Harmless || is_number(text, meaning, end) {
                continue;
            }
            let object = match meaning {
                Meaning::Negator => object(text, end),
                _ => None,
            };
            to = object.map_or(to, |(_, after)| after);
            hits.push(Hit {
                from: at,
                to,
                meaning,
                instead: object.map(|(instead, _)| instead),
            });
        }
        // "studio lighting" is the side of a contradiction and names a light as well.
        if to == end && hits.last().is_some_and(|hit| hit.from == at) {
            for inner in at + 1..end {
                let Some((to, meanings)) = WORDS.longest(text, inner) else {
                    continue;
                };
                if meanings.contains(&Meaning::Light) {
                    hits.push(Hit {
                        from: inner,
                        to,
                        meaning: Meaning::Light,
                        instead: None,
                    });
                }
            }
        }
        at = to;
    }
    hits
}

/// Whether a number follows the negator: "No. 5" and "no 5" deny nothing.
fn is_number(text: &Text<'_>, meaning: Meaning, end: usize) -> bool {
    let after = end.checked_sub(1).and_then(|at| text.words.get(at));
    let after = after
        .and_then(|word| text.text.get(word.end..))
        .unwrap_or_default();
    let after = after.strip_prefix('.').unwrap_or(after).trim_start();
    meaning == Meaning::Negator && after.starts_with(|c: char| c.is_ascii_digit())
}

/// The object of a negator whose words end at `from`: what to write instead, and the index of the word after it.
fn object(text: &Text<'_>, from: usize) -> Option<(Instead, usize)> {
    let mut at = from;
    while text
        .next(at)
        .is_some_and(|word| is_one_of(word, &DETERMINERS))
    {
        at += 1;
    }
    text.next(at)?;
    if let Some((to, meanings)) = OBJECTS.longest(text, at) {
        let instead = match meanings.first() {
            Some(Meaning::Object(instead)) => *instead,
            _ => Instead::Nothing,
        };
        return Some((instead, to));
    }
    // Another known phrase is an object too, and so are one or two words before the end of the clause.
    let known = WORDS.longest(text, at).map(|(to, _)| to);
    let to = known.or_else(|| (at + 1..at + 3).find(|to| text.next(*to).is_none()))?;
    Some((Instead::Nothing, to))
}
