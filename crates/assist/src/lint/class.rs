//! The class word: what the model was trained on, and who else is called what.

use super::clauses::{determines, possesses};
use super::finding::{LintCode, Report};
use super::hits::Hit;
use super::phrases::{Meaning, WORDS};
use super::removal;
use super::words::Text;

/// Who the model was trained on.
pub(super) struct Me<'a> {
    pub(super) class: &'a str,
    pub(super) family: Option<Meaning>,
    /// The text names the person with a word of the family.
    pub(super) is_named: bool,
}

/// The family of a class word: `young woman` is a woman, `person` has none.
pub(super) fn family(class: &str) -> Option<Meaning> {
    let text = Text::new(class, &[]);
    let (_, meanings) = WORDS.longest(&text, text.words.len().checked_sub(1)?)?;
    let is_family = |meaning: &Meaning| matches!(meaning, Meaning::Woman | Meaning::Man);
    meanings.into_iter().find(is_family)
}

/// The word at `at` is somebody's, or comes along: `my wife`, `with family`.
pub(super) fn is_possessed(text: &Text<'_>, at: usize) -> bool {
    possesses(text.before(at))
}

/// A word of the other family is another person when the first one is named too or it comes along; else it is a
/// word for somebody whom the model does not know.
pub(super) fn check(text: &Text<'_>, hit: &Hit, me: &Me<'_>, report: &mut Report<'_>) {
    let Me { class, .. } = me;
    if me.family.is_none_or(|family| family == hit.meaning) {
        return;
    }
    let mut from = hit.from;
    while determines(text.before(from)) {
        from -= 1;
    }
    let range = text.range(hit.from, hit.to);
    let word = text.slice(hit.from, hit.to);
    if possesses(text.before(from)) || me.is_named {
        let fix = removal::fix_person(text, hit.from, hit.to);
        let message =
            "“{}” brings another person into the picture, and your LoRA gives them your face too.";
        return report.words(LintCode::OtherPeople, range, (message, &[word]), fix);
    }
    // "male model" would become "woman model".
    let is_adjective = word.to_ascii_lowercase().ends_with("male");
    let fix = (!is_adjective).then(|| (range.clone(), String::from(*class)));
    let message = "Your model was trained on a {}, and this says “{}”. Its own word works best.";
    report.words(
        LintCode::ClassMismatch,
        range,
        (message, &[class, word]),
        fix,
    );
}
