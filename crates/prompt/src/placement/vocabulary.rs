//! The words of one builder: the trigger, the class word where it can be used, and the phrases that are dropped from the
//! text because the builder adds them by itself.

use std::mem;

use super::PromptConfig;
use super::clean::{clean, flatten_line};
use super::trigger::{Trigger, mentions_scheme};
use super::units::{END_MARKS, join, split, tidy, trim_last};
use super::word::{is_word, same_words, says_something};

pub(super) struct Vocabulary {
    pub(super) trigger: Trigger,
    /// `None` when no sentence can be repaired with it: it is empty, has punctuation, or is itself a trigger.
    pub(super) class: Option<String>,
    /// Trigger and class word.
    with_class: Option<String>,
    /// Trigger and `portrait`.
    pub(super) mid_phrase: String,
    /// The quality specification as it is appended; empty for none.
    pub(super) suffix: String,
    /// `, ` and the suffix, with which a text that was built before ends.
    pub(super) tail: String,
    suffix_units: Vec<String>,
}

/// What the builder adds by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Own {
    /// The trigger alone, or with the class word.
    Trigger,
    /// The mid phrase.
    MidPhrase,
    /// A unit of the quality specification.
    Quality,
}

impl Vocabulary {
    pub(super) fn new(config: &PromptConfig<'_>) -> Self {
        let trigger = Trigger::new(flatten_line(config.trigger));
        let class = usable_class(config.class_word, &trigger);
        let with_class = class
            .as_ref()
            .map(|class| format!("{} {class}", trigger.as_str()));
        // The trigger "portrait" would be twice in its own mid phrase.
        let mid_phrase = if same_words(trigger.as_str(), "portrait") {
            trigger.as_str().into()
        } else if trigger.as_str().is_empty() {
            "portrait".into()
        } else {
            format!("{} portrait", trigger.as_str())
        };
        let (suffix, suffix_units) = suffix(config.suffix, &trigger);
        Self {
            tail: format!(", {suffix}"),
            trigger,
            class,
            with_class,
            mid_phrase,
            suffix,
            suffix_units,
        }
    }

    /// Classifies `text` if the builder adds it by itself (step 5).
    pub(super) fn own(&self, text: &str) -> Option<Own> {
        let is = |phrase: &String| same_words(text, phrase);
        if self.suffix_units.iter().any(is) {
            Some(Own::Quality)
        } else if same_words(text, self.trigger.as_str())
            || self.with_class.as_ref().is_some_and(is)
        {
            Some(Own::Trigger)
        } else if is(&self.mid_phrase) {
            Some(Own::MidPhrase)
        } else {
            None
        }
    }
}

fn usable_class(text: &str, trigger: &Trigger) -> Option<String> {
    let class = flatten_line(text);
    let phrase = format!("the {class}");
    let plain = says_something(&class)
        && class
            .chars()
            .all(|c| is_word(c) || matches!(c, ' ' | '-' | '\'' | '’'));
    (plain && trigger.mentions(&phrase).is_empty() && !mentions_scheme(&phrase)).then_some(class)
}

/// The quality specification with the trigger in it, as one line without an end mark, and its units.
fn suffix(text: &str, trigger: &Trigger) -> (String, Vec<String>) {
    let mut units = split(&clean(text, trigger).text, trigger).units;
    for unit in &mut units {
        unit.text = tidy(mem::take(&mut unit.text));
    }
    units.retain(|unit| says_something(&unit.text));
    trim_last(&mut units);
    let mut text = join(&units);
    text.truncate(text.trim_end_matches(END_MARKS).len());
    (text, units.into_iter().map(|unit| unit.text).collect())
}
