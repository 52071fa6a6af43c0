//! Step 9: puts the trigger and the quality specification around the person's words.

use super::units::{Separator, Unit};
use super::vocabulary::Vocabulary;
use super::word::{cut, words};
use super::{Placement, Span, SpanSource};

/// Returns the finished prompt in pieces. Neighbouring pieces of one source are merged.
pub(super) fn place(
    units: &[Unit],
    placement: Placement,
    phrases: &[&str],
    vocabulary: &Vocabulary,
) -> Vec<Span> {
    let trigger = vocabulary.trigger.as_str();
    let mut spans = Spans::default();
    let is_mentioned = placement == Placement::Natural
        && units
            .iter()
            .any(|unit| !vocabulary.trigger.mentions(&unit.text).is_empty());
    let can_be_placed = !trigger.is_empty();
    if units.is_empty() || (is_mentioned && is_bare(units, vocabulary)) {
        spans.push(SpanSource::Trigger, &vocabulary.mid_phrase);
        for phrase in phrases {
            spans.push(SpanSource::Joint, Separator::Comma.joint());
            spans.push(SpanSource::Trigger, phrase);
        }
    } else {
        if can_be_placed && !is_mentioned {
            spans.push(SpanSource::Trigger, trigger);
            spans.push(SpanSource::Joint, Separator::Comma.joint());
        }
        for phrase in phrases {
            spans.push(SpanSource::Trigger, phrase);
            spans.push(SpanSource::Joint, Separator::Comma.joint());
        }
        let after =
            (can_be_placed && placement == Placement::BeginningAndMiddle).then(|| middle(units));
        let last = units.len() - 1;
        for (index, unit) in units.iter().enumerate() {
            if is_mentioned {
                spans.push_own(&unit.text, vocabulary);
            } else {
                spans.push(SpanSource::You, &unit.text);
            }
            if after == Some(index) {
                spans.push(SpanSource::Joint, unit.separator.joint());
                spans.push(SpanSource::Trigger, &vocabulary.mid_phrase);
                if index < last {
                    let joint = unit.separator.after_phrase().joint();
                    spans.push(SpanSource::Joint, joint);
                }
            } else if index < last {
                let of = if unit.text == trigger {
                    SpanSource::Joint
                } else {
                    SpanSource::You
                };
                spans.push(of, unit.separator.joint());
            }
        }
    }
    if !vocabulary.suffix.is_empty() {
        spans.push(SpanSource::Joint, Separator::Comma.joint());
        spans.push(SpanSource::Quality, &vocabulary.suffix);
    }
    spans.0
}

/// Whether the trigger or the mid phrase is the whole body, which then counts as empty.
fn is_bare(units: &[Unit], vocabulary: &Vocabulary) -> bool {
    matches!(units, [unit] if unit.text == vocabulary.trigger.as_str() || unit.text == vocabulary.mid_phrase)
}

/// The unit after which the word counts before and behind are closest; the first of equals.
fn middle(units: &[Unit]) -> usize {
    let total: usize = units.iter().map(|unit| words(&unit.text)).sum();
    let mut before = 0;
    let mut best = (usize::MAX, 0);
    for (index, unit) in units.iter().enumerate() {
        before += words(&unit.text);
        let difference = before.abs_diff(total - before);
        if difference < best.0 {
            best = (difference, index);
        }
    }
    best.1
}

#[derive(Default)]
struct Spans(Vec<Span>);

impl Spans {
    fn push(&mut self, source: SpanSource, text: &str) {
        match self.0.last_mut() {
            Some(last) if last.source == source => last.text.push_str(text),
            _ => self.0.push(Span {
                source,
                text: text.to_owned(),
            }),
        }
    }

    /// Pushes the person's words; a mention of the trigger that stayed among them is attributed to the trigger.
    fn push_own(&mut self, text: &str, vocabulary: &Vocabulary) {
        let mut done = 0;
        for mention in vocabulary.trigger.mentions(text) {
            if mention.start > done {
                self.push(SpanSource::You, cut(text, done..mention.start));
            }
            done = mention.end;
            self.push(SpanSource::Trigger, cut(text, mention));
        }
        if done < text.len() {
            self.push(SpanSource::You, cut(text, done..));
        }
    }
}
