//! What will and will not work, said before anybody pays: findings with a place, a sentence and often a fix.
//!
//! Two halves. [`Linter`] reads what the person wrote, and knows what will be appended to it; [`settings()`] looks at
//! the parameters that will be sent. What counts as what (negators, light, cameras, contradictions …) is data,
//! in `data/lint`. Both are pure and total, and take time in proportion to the text.
//!
//! The reference quality specification asks for unretouched skin *and* for a light retouch. That is the product's own
//! text, so nobody is greeted with it; it is said, as a notice, to a person whose own words take one of the sides.

mod class;
mod clauses;
mod finding;
mod hits;
mod masks;
mod negatives;
mod pairs;
mod phrases;
mod quality;
mod removal;
mod settings;
mod weights;
mod words;

pub use finding::{Finding, Fix, LintCode, Severity, apply_fix};
pub use settings::settings;

use finding::Report;
use hits::{Hit, hits};
use phrases::Meaning;
use quality::Appended;
use selfsame_prompt::compose::{Composition, Preview};
use selfsame_prompt::model::ModelProfile;
use selfsame_prompt::placement::QualityId;
use selfsame_prompt::slots::prose;
use words::{Text, Word};

/// Findings for one text at most: whoever has mended these sees the next ones.
pub const MAX_FINDINGS: usize = 24;

/// Words after which a text is too long (source: BFL's prompting guide, 30 to 80).
pub const MAX_WORDS: usize = 80;

/// A text with fewer words is still being written: nobody asks it for light.
const MIN_WORDS: usize = 4;

/// The rules for one model.
pub struct Linter {
    class: String,
    family: Option<Meaning>,
    appended: Vec<Appended>,
}

impl Linter {
    /// For `model`.
    #[must_use]
    pub fn new(model: &ModelProfile) -> Self {
        Self {
            appended: quality::all(model.trigger.as_str()),
            class: model.class_word.as_str().into(),
            family: class::family(model.class_word.as_str()),
        }
    }

    /// What there is to say of `text`, to which the specification `quality` will be appended.
    ///
    /// At most [`MAX_FINDINGS`], by rule and then in reading order.
    #[must_use]
    pub fn lint(&self, text: &str, quality: QualityId) -> Vec<Finding> {
        self.lint_prose(text, text, 0, quality)
    }

    /// What there is to say of a composition: of its text and slots, and of its settings as `preview` shows them.
    #[must_use]
    pub fn inspect(&self, composition: &Composition, preview: &Preview) -> Vec<Finding> {
        let prose = prose(&composition.slots, &composition.text);
        let mut findings = self.lint_prose(
            &composition.text,
            &prose.text,
            prose.free,
            composition.quality,
        );
        findings.extend(settings(
            &preview.parameters,
            &composition.overrides,
            &preview.input,
        ));
        findings
    }

    /// The same of `prose`, in which the person's own text `own` begins at the byte `at` and the rest came from slots.
    /// What concerns the slots alone has their field, and no fix.
    fn lint_prose(&self, own: &str, text: &str, at: usize, quality: QualityId) -> Vec<Finding> {
        let appended = self
            .appended
            .iter()
            .find(|appended| appended.spec.id == quality);
        let mut report = Report::new(own, text, at);
        weights::check(text, &mut report);
        let text = Text::new(text, &masks::masks(text, appended));
        let hits = hits(&text);
        negatives::check(&text, &hits, &mut report);
        let me = class::Me {
            class: &self.class,
            family: self.family,
            is_named: hits.iter().any(|hit| Some(hit.meaning) == self.family),
        };
        for hit in &hits {
            if report.is_full() {
                break;
            }
            match hit.meaning {
                Meaning::Face
                    if !text
                        .slice(hit.from, hit.to)
                        .eq_ignore_ascii_case(&self.class) =>
                {
                    face(&text, hit, &mut report);
                }
                Meaning::People { instead } => people(&text, hit, instead, &mut report),
                Meaning::Relative if class::is_possessed(&text, hit.from) => {
                    people(&text, hit, None, &mut report);
                }
                Meaning::Woman | Meaning::Man => {
                    class::check(&text, hit, &me, &mut report);
                }
                _ => {}
            }
        }
        pairs::check(&text, &hits, appended, &mut report);
        too_long(&text, &mut report);
        no_light(&text, &hits, &mut report);
        report.findings
    }
}

fn face(text: &Text<'_>, hit: &Hit, report: &mut Report<'_>) {
    report.words(
        LintCode::FaceDescription,
        text.range(hit.from, hit.to),
        (
            "“{}” describes you, and your LoRA knows that already. Such words pull the picture away from your own face.",
            &[text.slice(hit.from, hit.to)],
        ),
        removal::fix(text, hit.from, hit.to),
    );
}

fn people(text: &Text<'_>, hit: &Hit, instead: Option<&str>, report: &mut Report<'_>) {
    let fix = match instead {
        None => removal::fix_person(text, hit.from, hit.to),
        Some(words) => Some((text.range(hit.from, hit.to), words.into())),
    };
    report.words(
        LintCode::OtherPeople,
        text.range(hit.from, hit.to),
        (
            "“{}” brings other people into the picture, and your LoRA gives them your face too.",
            &[text.slice(hit.from, hit.to)],
        ),
        fix,
    );
}

fn too_long(text: &Text<'_>, report: &mut Report<'_>) {
    let mut whole = text.words.iter().filter(|word| word.begins());
    let Some(first_over) = whole.by_ref().nth(MAX_WORDS) else {
        return;
    };
    let count = MAX_WORDS + 1 + whole.count();
    report.words(
        LintCode::TooLong,
        first_over.start..text.text.len(),
        (
            "That is {} words. Beyond about {} FLUX follows each of them less: say what matters most first, and less of the rest.",
            &[&count.to_string(), &MAX_WORDS.to_string()],
        ),
        None,
    );
}

fn no_light(text: &Text<'_>, hits: &[Hit], report: &mut Report<'_>) {
    let written = text
        .words
        .iter()
        .filter(|word| word.begins() && text.of(word).is_ascii());
    if written.count() < MIN_WORDS || hits.iter().any(|hit| hit.meaning == Meaning::Light) {
        return;
    }
    let end = report.end();
    report.words(
        LintCode::NoLight,
        end.clone(),
        (
            "Nothing says what the light is like, and few words change a picture more.",
            &[],
        ),
        Some((end, ", soft natural light".into())),
    );
}

impl Word {
    /// Begins a word that counts.
    fn begins(&self) -> bool {
        !self.blank && self.joint != words::Joint::Glue
    }
}
