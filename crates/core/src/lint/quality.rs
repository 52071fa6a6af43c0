//! What the quality specifications say, in the terms of the rules.

use alloc::string::String;
use alloc::vec::Vec;

use super::hits::hits;
use super::lexicon::{Entry, Kind, Lexicon};
use super::words::Text;
use crate::prompt::{QUALITY_SPECS, QualityId};
use crate::text;

/// One specification.
pub(super) struct Appended {
    pub(super) id: QualityId,
    pub(super) title: &'static str,
    /// Its units, with the trigger in them.
    units: Vec<String>,
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
    let read = |text: &'static str| {
        let text = Text::new(text, &[]);
        let said = |hit: &super::Hit<'_>| Said {
            kind: hit.entry.kind,
            line: hit.entry.line,
            right: hit.entry.right,
            words: text.slice(hit.from, hit.to),
        };
        hits(&text, words, objects).iter().map(said).collect()
    };
    QUALITY_SPECS
        .iter()
        .map(|spec| Appended {
            id: spec.id,
            title: spec.title,
            units: units(spec.text, trigger),
            says: read(spec.text),
        })
        .collect()
}

fn units(units: &str, trigger: &str) -> Vec<String> {
    units
        .split(',')
        .map(|unit| text::replace(unit.trim(), "{trigger}", trigger))
        .collect()
}

impl Appended {
    /// `unit` stands in it as a whole unit: the builder drops it from the person's text.
    pub(super) fn has_unit(&self, unit: &str) -> bool {
        self.units.iter().any(|own| own.eq_ignore_ascii_case(unit))
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
