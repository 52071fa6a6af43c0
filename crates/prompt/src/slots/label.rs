//! Marks which words of a prompt came from slots.

use crate::placement::{Span, SpanSource};

/// Splits the spans that hold the person's words at the `clauses` that came from slots.
///
/// The builder keeps the order of words, so each clause is searched for after the one before it. A clause in which the
/// builder repaired a mention of the trigger is not found, and stays with the person's own words.
pub(crate) fn label(spans: Vec<Span>, clauses: &[String]) -> Vec<Span> {
    if clauses.is_empty() {
        return spans;
    }
    let mut out = Vec::with_capacity(spans.len() + clauses.len());
    let mut next = 0;
    for span in spans {
        if span.source != SpanSource::You {
            out.push(span);
            continue;
        }
        let mut rest = span.text.as_str();
        for (index, clause) in clauses.iter().enumerate().skip(next) {
            if let Some((before, after)) = rest.split_once(clause) {
                push(&mut out, SpanSource::You, before);
                push(&mut out, SpanSource::Slots, clause);
                rest = after;
                next = index + 1;
            }
        }
        push(&mut out, SpanSource::You, rest);
    }
    out
}

/// Appends a piece, with the joints before it as a span of their own.
fn push(out: &mut Vec<Span>, source: SpanSource, text: &str) {
    let words = text.trim_start_matches([' ', ',', ';', '.']);
    let joint = text.strip_suffix(words).unwrap_or_default();
    for (source, text) in [(SpanSource::Joint, joint), (source, words)] {
        match out.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.source == source => last.text.push_str(text),
            _ => out.push(Span {
                source,
                text: text.into(),
            }),
        }
    }
}
