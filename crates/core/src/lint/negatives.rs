//! "no", "without", "avoid".

use alloc::string::String;
use core::ops::Range;

use super::clauses::{connects, needs_more};
use super::finding::{LintCode, Report};
use super::hits::Hit;
use super::lexicon::Kind;
use super::removal;
use super::words::Text;
use crate::text::concat;

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
    if rewrite.is_empty() {
        return removal::fix(text, hit.from, hit.to);
    }
    let before = text.before(hit.from);
    let (with, rewrite) = match rewrite.strip_prefix('=') {
        Some(rewrite) => ("", rewrite),
        None if before.is_none() || connects(before) || needs_more(before) => ("", rewrite),
        None => ("with ", rewrite),
    };
    Some((text.range(hit.from, hit.to), concat(&[with, rewrite])))
}
