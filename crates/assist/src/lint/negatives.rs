//! "no", "without", "avoid".
use std::ops::Range;

use super::clauses::{connects, is_verb, needs_more};
use super::finding::{LintCode, Report};
use super::hits::Hit;
use super::lexicon::Kind;
use super::removal;
use super::words::Text;
use selfsame_primitives::text::is_one_of;

pub(super) fn check(text: &Text<'_>, hits: &[Hit<'_>], report: &mut Report<'_>) {
    for hit in hits.iter().filter(|hit| hit.entry.kind == Kind::Not) {
        if report.is_full() {
            return;
        }
        let to = if text.next(hit.to).is_some() && hit.instead.is_none() {
            hit.to + 1
        } else {
            hit.to
        };
        report.words(
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

fn fix(text: &Text<'_>, hit: &Hit<'_>) -> Option<(Range<usize>, String)> {
    let rewrite = hit.instead?;
    // "she isn't smiling", "feet cannot be seen": without its verb it is no sentence.
    if text.before(hit.from).is_some() && has_verb(text.slice(hit.from, hit.from + 1)) {
        return None;
    }
    if rewrite.is_empty() {
        return removal::fix(text, hit.from, hit.to);
    }
    // "wearing no shoes" becomes "with bare feet".
    let is_worn = text.before(hit.from) == Some("wearing") && !rewrite.starts_with('=');
    let from = hit.from - usize::from(is_worn);
    let before = text.before(from);
    let (with, rewrite) = match rewrite.strip_prefix('=') {
        Some(rewrite) => ("", rewrite),
        None if is_verb(before) => return None,
        None if before.is_none() || connects(before) || needs_more(before) => ("", rewrite),
        None => ("with ", rewrite),
    };
    Some((text.range(from, hit.to), ([with, rewrite]).concat()))
}

/// A negator that begins with `word` is its sentence's verb.
fn has_verb(word: &str) -> bool {
    let verbs = ["do", "don", "dont", "doesn", "isn", "aren", "can", "cannot"];
    is_one_of(word, &verbs)
}
