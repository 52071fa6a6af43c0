//! Words about people: the person's own face, other people, and class words that are not the model's.

use super::finding::LintCode;
use super::findings::Findings;
use super::hits::Hit;
use super::phrases::{Meaning, WORDS};
use super::sentence::{determines, possesses, removal, removal_of_person};
use super::words::Text;

/// The class that the model was trained on.
pub(super) struct Class {
    /// The class word: `woman`, `young man`, `person`.
    pub(super) word: String,
    /// Its family, [`Meaning::Woman`] or [`Meaning::Man`]. `person` has none.
    family: Option<Meaning>,
}

impl Class {
    /// The class with this class word.
    pub(super) fn new(word: &str) -> Self {
        Self {
            word: word.into(),
            family: family(word),
        }
    }
}

/// The family of a class word, by its last word.
fn family(word: &str) -> Option<Meaning> {
    let text = Text::new(word, &[]);
    let (_, meanings) = WORDS.longest(&text, text.words.len().checked_sub(1)?)?;
    let is_family = |meaning: &Meaning| matches!(meaning, Meaning::Woman | Meaning::Man);
    meanings.into_iter().find(is_family)
}

/// Reports every hit that is about people.
pub(super) fn check(text: &Text<'_>, hits: &[Hit], class: &Class, findings: &mut Findings<'_>) {
    let is_named = hits.iter().any(|hit| Some(hit.meaning) == class.family);
    for hit in hits {
        if findings.is_full() {
            return;
        }
        let words = text.slice(hit.from, hit.to);
        match hit.meaning {
            Meaning::Face if !words.eq_ignore_ascii_case(&class.word) => face(text, hit, findings),
            Meaning::People { instead } => others(text, hit, instead, findings),
            Meaning::Relative if possesses(text.before(hit.from)) => {
                others(text, hit, None, findings);
            }
            Meaning::Woman | Meaning::Man
                if class.family.is_some_and(|family| family != hit.meaning) =>
            {
                other_family(text, hit, class, is_named, findings);
            }
            _ => {}
        }
    }
}

fn face(text: &Text<'_>, hit: &Hit, findings: &mut Findings<'_>) {
    findings.warn(
        LintCode::FaceDescription,
        text.range(hit.from, hit.to),
        (
            "“{}” describes you, and your LoRA knows that already. Such words pull the picture away from your own face.",
            &[text.slice(hit.from, hit.to)],
        ),
        removal(text, hit.from, hit.to),
    );
}

fn others(text: &Text<'_>, hit: &Hit, instead: Option<&str>, findings: &mut Findings<'_>) {
    let fix = match instead {
        None => removal_of_person(text, hit.from, hit.to),
        Some(words) => Some((text.range(hit.from, hit.to), words.into())),
    };
    findings.warn(
        LintCode::OtherPeople,
        text.range(hit.from, hit.to),
        (
            "“{}” brings other people into the picture, and your LoRA gives them your face too.",
            &[text.slice(hit.from, hit.to)],
        ),
        fix,
    );
}

/// Reports a word of the other family. It is another person when it comes along with somebody or the text also names
/// the person; otherwise it is the wrong word for the person.
fn other_family(
    text: &Text<'_>,
    hit: &Hit,
    class: &Class,
    is_named: bool,
    findings: &mut Findings<'_>,
) {
    let mut from = hit.from;
    while determines(text.before(from)) {
        from -= 1;
    }
    let range = text.range(hit.from, hit.to);
    let word = text.slice(hit.from, hit.to);
    if possesses(text.before(from)) || is_named {
        let message =
            "“{}” brings another person into the picture, and your LoRA gives them your face too.";
        let fix = removal_of_person(text, hit.from, hit.to);
        return findings.warn(LintCode::OtherPeople, range, (message, &[word]), fix);
    }
    // "male model" must not become "woman model".
    let is_adjective = word.to_ascii_lowercase().ends_with("male");
    let fix = (!is_adjective).then(|| (range.clone(), class.word.clone()));
    let message = "Your model was trained on a {}, and this says “{}”. Its own word works best.";
    let words = &[class.word.as_str(), word];
    findings.warn(LintCode::ClassMismatch, range, (message, words), fix);
}
