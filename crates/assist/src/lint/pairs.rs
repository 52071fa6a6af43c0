//! What does not go together: contradictions, two cameras, two film stocks. What stands first counts most, so it is
//! the later one that is found, and the later one that a fix takes out.

use super::finding::{LintCode, Report, Severity};
use super::hits::Hit;
use super::lexicon::Kind;
use super::quality::{Appended, Said};
use super::removal;
use super::words::{Joint, Text, Word};
use selfsame_primitives::text::is_one_of;

pub(super) fn check(
    text: &Text<'_>,
    hits: &[Hit<'_>],
    appended: Option<&Appended>,
    report: &mut Report<'_>,
) {
    for (index, hit) in hits.iter().enumerate() {
        if report.is_full() {
            return;
        }
        let kind = hit.entry.kind;
        let earlier = hits.iter().take(index);
        let first = match kind {
            Kind::Versus => earlier
                .clone()
                .find(|other| other.entry.kind == kind && other.entry.line == hit.entry.line),
            Kind::Camera | Kind::Film => earlier.clone().find(|other| other.entry.kind == kind),
            _ => continue,
        };
        match first {
            Some(first) if disagree(text, first, hit) => apart(text, first, hit, report),
            None => {
                if let Some(appended) = appended {
                    against(text, hit, appended, report);
                }
            }
            Some(_) => {}
        }
    }
}

fn disagree(text: &Text<'_>, a: &Hit<'_>, b: &Hit<'_>) -> bool {
    match a.entry.kind {
        Kind::Versus => a.entry.right != b.entry.right,
        Kind::Camera => a.entry.line != b.entry.line,
        // "Portra 400" and "Portra 800" are two, "Portra 400" and "Portra" are one.
        _ => {
            let (a_speed, b_speed) = (speed(text, a), speed(text, b));
            a.entry.line != b.entry.line
                || (a_speed != b_speed && !a_speed.is_empty() && !b_speed.is_empty())
        }
    }
}

/// The word after a hit, with the number behind a film's name.
fn end(text: &Text<'_>, hit: &Hit<'_>) -> usize {
    let is_speed = |word: &Word| word.joint != Joint::Break && is_number(text.of(word));
    let is_film = hit.entry.kind == Kind::Film;
    hit.to + usize::from(is_film && text.words.get(hit.to).is_some_and(is_speed))
}

/// The number at the end of a film's name; empty where there is none.
fn speed<'t>(text: &Text<'t>, hit: &Hit<'_>) -> &'t str {
    let last = text.words.get(end(text, hit).saturating_sub(1));
    let last = last.map(|word| text.of(word));
    last.filter(|word| is_number(word)).unwrap_or_default()
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

fn apart(text: &Text<'_>, first: &Hit<'_>, hit: &Hit<'_>, report: &mut Report<'_>) {
    let a = text.slice(first.from, end(text, first));
    let b = text.slice(hit.from, end(text, hit));
    let (code, message) = match hit.entry.kind {
        Kind::Versus => (
            LintCode::Contradiction,
            "“{}” and “{}” contradict each other. Keep the one you want.",
        ),
        kind => (
            several(kind),
            "“{}” and “{}”: one of them gives a clearer look than both.",
        ),
    };
    let (from, to) = whole(text, hit);
    let range = text.range(hit.from, hit.to);
    let fix = removal::fix(text, from, to);
    report.words(code, range, (message, &[a, b]), fix);
}

/// With what the quality specification says.
fn against(text: &Text<'_>, hit: &Hit<'_>, appended: &Appended, report: &mut Report<'_>) {
    let words = text.slice(hit.from, hit.to);
    let title = appended.spec.title;
    let range = text.range(hit.from, hit.to);
    if hit.entry.kind != Kind::Versus {
        if let Some(Said { words: other, .. }) = appended.says_another(hit.entry) {
            let message =
                "The quality text “{}” names “{}”. Choose the lean one if “{}” should decide.";
            let said = &[title, other, words];
            report.push(
                Severity::Notice,
                several(hit.entry.kind),
                range,
                (message, said),
                None,
            );
        }
        return;
    }
    let Some(Said { words: other, .. }) = appended.says(hit.entry, !hit.entry.right) else {
        return;
    };
    let (severity, message, said) = if appended.says(hit.entry, hit.entry.right).is_some() {
        (
            Severity::Notice,
            "The quality text “{}” asks for “{}” as well as for this. Choose the lean one if “{}” should decide.",
            [title, other, words],
        )
    } else {
        (
            Severity::Warning,
            "“{}” contradicts “{}”, which the quality text “{}” appends.",
            [words, other, title],
        )
    };
    let code = LintCode::Contradiction;
    report.push(severity, code, range, (message, &said), None);
}

const fn several(kind: Kind) -> LintCode {
    match kind {
        Kind::Film => LintCode::SeveralFilmStocks,
        _ => LintCode::SeveralCameras,
    }
}

/// Before the name of a camera or a film.
const LEADS: [&str; 12] = [
    "shot",
    "taken",
    "captured",
    "photographed",
    "on",
    "a",
    "kodak",
    "fuji",
    "fujifilm",
    "ilford",
    "and",
    "with",
];

/// Behind it.
const TAILS: [&str; 6] = ["film", "camera", "eos", "mark", "gold", "stock"];

/// The words of a hit with those that belong to it: "shot on", the maker, the model.
fn whole(text: &Text<'_>, hit: &Hit<'_>) -> (usize, usize) {
    let (mut from, mut to) = (hit.from, hit.to);
    if hit.entry.kind == Kind::Versus {
        return (from, to);
    }
    let is_lead = |word: &str| is_one_of(word, &LEADS);
    while text.before(from).is_some_and(is_lead) {
        from -= 1;
    }
    let is_model =
        |word: &str| is_one_of(word, &TAILS) || word.bytes().any(|byte| byte.is_ascii_digit());
    let glued = |at: usize| {
        text.words
            .get(at)
            .is_some_and(|word| word.joint == Joint::Glue)
    };
    while glued(to) || text.next(to).is_some_and(is_model) {
        to += 1;
    }
    (from, to)
}
