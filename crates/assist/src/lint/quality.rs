//! What the quality specifications say, in the terms of the rules.

use super::hits::hits;
use super::lexicon::{Entry, Kind, Lexicon};
use super::words::Text;
use selfsame_primitives::text::strip_any_case;
use selfsame_prompt::placement::{QUALITY_SPECS, QualitySpec};

/// One specification.
pub(super) struct Appended {
    pub(super) spec: &'static QualitySpec,
    trigger: String,
    says: Vec<Said>,
}

/// A phrase of it that a rule is about.
pub(super) struct Said {
    pub(super) kind: Kind,
    pub(super) line: u16,
    pub(super) right: bool,
    pub(super) words: &'static str,
}

pub(super) fn all(trigger: &str, words: &Lexicon, objects: &Lexicon) -> Vec<Appended> {
    let mut all = Vec::new();
    for spec in &QUALITY_SPECS {
        let text = Text::new(spec.text, &[]);
        let mut says = Vec::new();
        for hit in hits(&text, words, objects) {
            says.push(Said {
                kind: hit.entry.kind,
                line: hit.entry.line,
                right: hit.entry.right,
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
            let rest = strip_any_case(unit, start).and_then(|rest| strip_any_case(rest, trigger));
            rest.is_some_and(|rest| rest.eq_ignore_ascii_case(end))
        })
    }

    /// What it says on one side of the line of `entry`.
    pub(super) fn says(&self, entry: &Entry, right: bool) -> Option<&Said> {
        self.says
            .iter()
            .find(|said| said.kind == entry.kind && said.line == entry.line && said.right == right)
    }

    /// Another of the same kind as `entry`, from another line: another camera.
    pub(super) fn says_another(&self, entry: &Entry) -> Option<&Said> {
        self.says
            .iter()
            .find(|said| said.kind == entry.kind && said.line != entry.line)
    }
}
