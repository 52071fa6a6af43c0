//! Runs the rules over a text or a composition.

use selfsame_prompt::compose::{Composition, Preview};
use selfsame_prompt::model::ModelProfile;
use selfsame_prompt::placement::QualityId;
use selfsame_prompt::slots::prose;

use super::MAX_WORDS;
use super::finding::{Finding, LintCode};
use super::findings::Findings;
use super::hits::{Hit, hits};
use super::people::Class;
use super::phrases::Meaning;
use super::quality::QualityPhrases;
use super::words::{Text, masks};
use super::{contradictions, markup, negation, people, settings};
use crate::content::{ContentRule, objection};

/// A text with fewer words is still being written, and is not asked for light.
const MIN_WORDS_FOR_LIGHT: usize = 4;

/// The rules for one model.
pub struct Linter {
    class: Class,
    qualities: Vec<QualityPhrases>,
}

impl Linter {
    /// A linter for `model`.
    #[must_use]
    pub fn new(model: &ModelProfile) -> Self {
        Self {
            class: Class::new(model.class_word.as_str()),
            qualities: QualityPhrases::all(model.trigger.as_str()),
        }
    }

    /// The findings about `text`, to which the builder appends the specification `quality`.
    ///
    /// At most [`MAX_FINDINGS`](super::MAX_FINDINGS), by rule and then in reading order.
    #[must_use]
    pub fn lint(&self, text: &str, quality: QualityId) -> Vec<Finding> {
        self.lint_prose(text, text, 0, quality)
    }

    /// The findings about a composition: about its text and slots, then about its settings as `preview` shows them.
    #[must_use]
    pub fn inspect(&self, composition: &Composition, preview: &Preview) -> Vec<Finding> {
        let prose = prose(&composition.slots, &composition.text);
        let mut findings = self.lint_prose(
            &composition.text,
            &prose.text,
            prose.free,
            composition.quality,
        );
        findings.extend(settings::check(
            &preview.parameters,
            &composition.overrides,
            &preview.input,
        ));
        findings
    }

    /// The findings about `prose`, in which the person's own text `own` begins at the byte `start` and the rest comes
    /// from slots. A finding about slots alone has their field, and no fix.
    fn lint_prose(&self, own: &str, prose: &str, start: usize, quality: QualityId) -> Vec<Finding> {
        let mut qualities = self.qualities.iter();
        let quality = qualities.find(|phrases| phrases.spec.id == quality);
        let mut findings = Findings::new(own, prose, start);
        refused(prose, &mut findings);
        markup::check(prose, &mut findings);
        let text = Text::new(prose, &masks(prose, quality));
        let hits = hits(&text);
        negation::check(&text, &hits, &mut findings);
        people::check(&text, &hits, &self.class, &mut findings);
        contradictions::check(&text, &hits, quality, &mut findings);
        too_long(&text, &mut findings);
        no_light(&text, &hits, &mut findings);
        findings.into_list()
    }
}

/// What the studio refuses. A tag of weights has a finding of its own, with a fix.
fn refused(prose: &str, findings: &mut Findings<'_>) {
    let Some((rule, range)) = objection(prose) else {
        return;
    };
    let code = match rule {
        ContentRule::Sexual => LintCode::UnsafeContent,
        ContentRule::WeightsAddress => LintCode::WeightsAddress,
        ContentRule::WeightsTag => return,
    };
    findings.refuse(code, range, &rule.to_string());
}

fn too_long(text: &Text<'_>, findings: &mut Findings<'_>) {
    let mut counted = text.words.iter().filter(|word| word.counts());
    let Some(first_over) = counted.by_ref().nth(MAX_WORDS) else {
        return;
    };
    let count = MAX_WORDS + 1 + counted.count();
    findings.notice(
        LintCode::TooLong,
        first_over.start..text.text.len(),
        (
            "That is {} words. Beyond about {} FLUX follows each of them less: say what matters most first, and less of the rest.",
            &[&count.to_string(), &MAX_WORDS.to_string()],
        ),
        None,
    );
}

fn no_light(text: &Text<'_>, hits: &[Hit], findings: &mut Findings<'_>) {
    // The table knows light in English alone, so other scripts are not asked for it.
    let words = text.words.iter();
    let written = words.filter(|word| word.counts() && text.of(word).is_ascii());
    if written.count() < MIN_WORDS_FOR_LIGHT || hits.iter().any(|hit| hit.meaning == Meaning::Light)
    {
        return;
    }
    let end = findings.end();
    findings.notice(
        LintCode::NoLight,
        end.clone(),
        (
            "Nothing says what the light is like, and few words change a picture more.",
            &[],
        ),
        Some((end, ", soft natural light".into())),
    );
}
