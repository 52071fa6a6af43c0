//! What the quality specifications say, in the terms of the rules.

use selfsame_primitives::text::strip_prefix_ignore_case;
use selfsame_prompt::placement::{QUALITY_SPECS, QualitySpec};

use super::contradictions::is_comparable;
use super::hits::hits;
use super::phrases::Meaning;
use super::words::Text;

/// The phrases of one quality specification that the rules know.
pub(super) struct QualityPhrases {
    pub(super) spec: &'static QualitySpec,
    trigger: String,
    phrases: Vec<QualityPhrase>,
}

/// A phrase of a quality specification.
pub(super) struct QualityPhrase {
    meaning: Meaning,
    pub(super) words: &'static str,
}

impl QualityPhrases {
    /// The phrases of every specification, for a model with this trigger.
    pub(super) fn all(trigger: &str) -> Vec<Self> {
        let of_spec = |spec: &'static QualitySpec| {
            let text = Text::new(spec.text, &[]);
            let phrase = |hit: super::hits::Hit| QualityPhrase {
                meaning: hit.meaning,
                words: text.slice(hit.from, hit.to),
            };
            Self {
                spec,
                trigger: trigger.into(),
                phrases: hits(&text).into_iter().map(phrase).collect(),
            }
        };
        QUALITY_SPECS.iter().map(of_spec).collect()
    }

    /// Whether `unit` is a whole unit of the specification. The builder removes it from the person's text.
    pub(super) fn has_unit(&self, unit: &str) -> bool {
        self.spec.text.split(',').any(|own| {
            let own = own.trim();
            let (start, trigger, end) = match own.split_once("{trigger}") {
                Some((start, end)) => (start, self.trigger.as_str(), end),
                None => (own, "", ""),
            };
            strip_prefix_ignore_case(unit, start)
                .and_then(|rest| strip_prefix_ignore_case(rest, trigger))
                .is_some_and(|rest| rest.eq_ignore_ascii_case(end))
        })
    }

    /// The first phrase with this meaning.
    pub(super) fn find(&self, meaning: Meaning) -> Option<&QualityPhrase> {
        self.phrases.iter().find(|phrase| phrase.meaning == meaning)
    }

    /// The first phrase that is comparable and differs, such as another camera.
    pub(super) fn find_other(&self, meaning: Meaning) -> Option<&QualityPhrase> {
        let mut phrases = self.phrases.iter();
        phrases.find(|phrase| is_comparable(phrase.meaning, meaning) && phrase.meaning != meaning)
    }
}
