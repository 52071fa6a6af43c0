//! Where a text says something that a rule is about.

use super::lexicon::{Entry, Kind, Lexicon};
use super::words::Text;
use selfsame_primitives::text::is_one_of;

/// A phrase of the lexicon in a text: the words `from..to`.
pub(super) struct Hit<'a> {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) entry: &'a Entry,
    /// Of a negator whose object is known and lies within: what to say instead; empty: nothing.
    pub(super) instead: Option<&'static str>,
}

/// Every hit, in reading order. Hits do not overlap, but for one phrase with several meanings.
pub(super) fn hits<'a>(text: &Text<'_>, words: &'a Lexicon, objects: &'a Lexicon) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    let mut at = 0;
    while at < text.words.len() {
        let Some((end, entries)) = words.longest(text, at) else {
            at += 1;
            continue;
        };
        let mut to = end;
        for entry in entries {
            if entry.kind == Kind::Harmless || is_number(text, entry, end) {
                continue;
            }
            let object = match entry.kind {
                Kind::Not => object(text, end, words, objects),
                _ => None,
            };
            to = object.map_or(to, |(_, after)| after);
            hits.push(Hit {
                from: at,
                to,
                entry,
                instead: object.map(|(instead, _)| instead),
            });
        }
        // "studio lighting" is a contradiction's side, and names a light as well.
        if to == end && hits.last().is_some_and(|hit| hit.from == at) {
            for inner in at + 1..end {
                let Some((to, entries)) = words.longest(text, inner) else {
                    continue;
                };
                for entry in entries {
                    if entry.kind == Kind::Light {
                        hits.push(Hit {
                            from: inner,
                            to,
                            entry,
                            instead: None,
                        });
                    }
                }
            }
        }
        at = to;
    }
    hits
}

/// "No. 5" and "no 5" deny nothing.
fn is_number(text: &Text<'_>, entry: &Entry, end: usize) -> bool {
    let after = end.checked_sub(1).and_then(|at| text.words.get(at));
    let after = after
        .and_then(|word| text.text.get(word.end..))
        .unwrap_or_default();
    let after = after.strip_prefix('.').unwrap_or(after).trim_start();
    entry.kind == Kind::Not && after.starts_with(|c: char| c.is_ascii_digit())
}

/// What follows a negator whose words end at `from`, and where it ends.
fn object(
    text: &Text<'_>,
    from: usize,
    words: &Lexicon,
    objects: &Lexicon,
) -> Option<(&'static str, usize)> {
    let mut at = from;
    while text.next(at).is_some_and(is_determiner) {
        at += 1;
    }
    text.next(at)?;
    if let Some((to, entries)) = objects.longest(text, at) {
        let rewrite = entries.first().map_or("", |entry| entry.rewrite);
        return Some((rewrite, to));
    }
    // Another known phrase is a thing with an end; so are a few words before the end of the clause.
    let known = words.longest(text, at).map(|(to, _)| to);
    let to = known.or_else(|| (at + 1..at + 3).find(|to| text.next(*to).is_none()))?;
    Some(("", to))
}

/// Between a negator and what it denies.
const DETERMINERS: [&str; 11] = [
    "a", "an", "any", "the", "be", "wearing", "show", "too", "much", "visible", "have",
];

fn is_determiner(word: &str) -> bool {
    is_one_of(word, &DETERMINERS)
}
