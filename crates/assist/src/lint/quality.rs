//! What the quality specifications say, in the terms of the rules.

use super::hits::hits;
use super::pairs::is_comparable;
use super::phrases::Meaning;
use super::words::Text;
use selfsame_primitives::text::strip_prefix_ignore_case;
use selfsame_prompt::placement::{QUALITY_SPECS, QualitySpec};

/// One specification.
pub(super) struct Appended {
    pub(super) spec: &'static QualitySpec,
    trigger: String,
    says: Vec<Said>,
}

/// A phrase of it that a rule is about.
pub(super) struct Said {
    pub(super) meaning: Meaning,
    pub(super) words: &'static str,
}

pub(super) fn all(trigger: &str) -> Vec<Appended> {
    let mut all = Vec::new();
    for spec in &QUALITY_SPECS {
        let text = Text::new(spec.text, &[]);
        let mut says = Vec::new();
        for hit in hits(&text) {
            says.push(Said {
                meaning: hit.meaning,
                words: text.slice(hit.from, hit.to),
            });
        }
        all.push(Appended {
            spec,
            trigger: trigger.into(),
            says,
        });
    }
    all
}

impl Appended {
    /// `unit` stands in it as a whole unit: the builder drops it from the person's text.
    pub(super) fn has_unit(&self, unit: &str) -> bool {
        self.spec.text.split(',').any(|own| {
            let own = own.trim();
            let (start, end) = own.split_once("{trigger}").unwrap_or((own, ""));
            let trigger = if start.len() < own.len() {
                self.trigger.as_str()
            } else {
                ""
            };
            let rest = strip_prefix_ignore_case(unit, start)
                .and_then(|rest| strip_prefix_ignore_case(rest, trigger));
            rest.is_some_and(|rest| rest.eq_ignore_ascii_case(end))
        })
    }

    /// Its first phrase with this meaning.
    pub(super) fn says(&self, meaning: Meaning) -> Option<&Said> {
        self.says.iter().find(|said| said.meaning == meaning)
    }

    /// Its first phrase of the same kind with another meaning: another camera.
    pub(super) fn says_another(&self, meaning: Meaning) -> Option<&Said> {
        let mut says = self.says.iter();
        says.find(|said| is_comparable(said.meaning, meaning) && said.meaning != meaning)
    }
}
