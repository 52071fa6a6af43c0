//! Finds the phrases of the topics in a text's words.

use std::ops::Range;

use super::words::Word;
use super::{PHRASES, TOPICS, Topic};

/// Words after and before a phrase that can make it harmless.
const AFTER: usize = 2;
const BEFORE: usize = 4;

/// The bytes of the first phrase that is not harmless.
pub(super) fn find(words: &[Word]) -> Option<Range<usize>> {
    let mut at = 0;
    while at < words.len() {
        let Some((end, topic)) = longest(words, at) else {
            at += 1;
            continue;
        };
        let harmless = topic.is_none_or(|topic| is_harmless(words, at..end, topic));
        if let (false, Some(first), Some(last)) = (harmless, words.get(at), words.get(end - 1)) {
            return Some(first.start..last.end);
        }
        at = end;
    }
    None
}

/// The longest phrase that begins at `at`: the index of the word after it, and its topic; `None` for a harmless one.
fn longest(words: &[Word], at: usize) -> Option<(usize, Option<&'static Topic>)> {
    let phrases = PHRASES.find(&words.get(at)?.text)?.skip(1);
    let ends = phrases.filter_map(|phrase| {
        let (topic, rest) = phrase.split_once(' ').unwrap_or((phrase, ""));
        let mut end = at + 1;
        for alternatives in rest.split_terminator(' ') {
            let word = words.get(end).filter(|word| !word.opens)?;
            alternatives.split('/').find(|part| *part == word.text)?;
            end += 1;
        }
        Some((
            end,
            topic
                .parse::<usize>()
                .ok()
                .and_then(|topic| TOPICS.get(topic)),
        ))
    });
    ends.max_by_key(|(end, _)| *end)
}

fn is_harmless(words: &[Word], phrase: Range<usize>, topic: &Topic) -> bool {
    let after = words.get(phrase.end..).unwrap_or_default().iter();
    let mut after = after.take_while(|word| !word.opens).take(AFTER);
    if after.any(|word| topic.after.contains(&word.text.as_str())) {
        return true;
    }
    // A word is in the clause of the one behind it when that one opens none.
    let mut at = phrase.start;
    for _ in 0..BEFORE {
        if words.get(at).is_none_or(|word| word.opens) || at == 0 {
            return false;
        }
        at -= 1;
        let word = words.get(at).map(|word| word.text.as_str());
        if word.is_some_and(|word| topic.before.contains(&word)) {
            return true;
        }
    }
    false
}
