//! What does not go together: contradictions, two cameras, two film stocks. What stands first counts most, so it is
//! the later one that is found, and the later one that a fix takes out.

use alloc::format;
use alloc::string::String;

use super::finding::{LintCode, Report, Severity};
use super::hits::Hit;
use super::lexicon::Kind;
use super::quality::{Appended, Said};
use super::removal;
use super::words::{Joint, Text};

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
            Some(first) if disagree(first, hit) => apart(text, first, hit, report),
            None => {
                if let Some(appended) = appended {
                    against(text, hit, appended, report);
                }
            }
            Some(_) => {}
        }
    }
}

fn disagree(a: &Hit<'_>, b: &Hit<'_>) -> bool {
    match a.entry.kind {
        Kind::Versus => a.entry.right != b.entry.right,
        _ => a.entry.line != b.entry.line,
    }
}

fn apart(text: &Text<'_>, first: &Hit<'_>, hit: &Hit<'_>, report: &mut Report<'_>) {
    let a = text.slice(first.from, first.to);
    let b = text.slice(hit.from, hit.to);
    let (code, message) = match hit.entry.kind {
        Kind::Versus => (
            LintCode::Contradiction,
            format!("“{a}” and “{b}” contradict each other. Keep the one you want."),
        ),
        kind => (
            several(kind),
            format!("“{a}” and “{b}”: one of them gives a clearer look than both."),
        ),
    };
    let (from, to) = whole(text, hit);
    let range = text.range(hit.from, hit.to);
    report.words(code, range, message, removal::fix(text, from, to));
}

/// With what the quality specification says.
fn against(text: &Text<'_>, hit: &Hit<'_>, appended: &Appended, report: &mut Report<'_>) {
    let words = text.slice(hit.from, hit.to);
    let title = appended.title;
    let (severity, code, message): (_, _, String) = if hit.entry.kind == Kind::Versus {
        let other = appended.says(hit.entry, !hit.entry.right);
        let own = appended.says(hit.entry, hit.entry.right);
        match (other, own) {
            (Some(Said { words: other, .. }), None) => (
                Severity::Warning,
                LintCode::Contradiction,
                format!(
                    "“{words}” contradicts “{other}”, which the quality text “{title}” appends."
                ),
            ),
            (Some(Said { words: other, .. }), Some(_)) => (
                Severity::Notice,
                LintCode::Contradiction,
                format!(
                    "The quality text “{title}” asks for “{other}” as well as for this. Choose the lean one if “{words}” should decide."
                ),
            ),
            _ => return,
        }
    } else if let Some(Said { words: other, .. }) = appended.says_another(hit.entry) {
        (
            Severity::Notice,
            several(hit.entry.kind),
            format!(
                "The quality text “{title}” names “{other}”. Choose the lean one if “{words}” should decide."
            ),
        )
    } else {
        return;
    };
    report.push(severity, code, text.range(hit.from, hit.to), message, None);
}

const fn several(kind: Kind) -> LintCode {
    match kind {
        Kind::Film => LintCode::SeveralFilmStocks,
        _ => LintCode::SeveralCameras,
    }
}

/// The words of a hit with those that belong to it: "shot on", the maker, the model.
fn whole(text: &Text<'_>, hit: &Hit<'_>) -> (usize, usize) {
    let (mut from, mut to) = (hit.from, hit.to);
    if hit.entry.kind == Kind::Versus {
        return (from, to);
    }
    let is_lead = |word: &str| {
        [
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
        ]
        .iter()
        .any(|lead| word.eq_ignore_ascii_case(lead))
    };
    while text.before(from).is_some_and(is_lead) {
        from -= 1;
    }
    let is_model = |word: &str| {
        ["film", "camera", "eos", "mark", "gold", "stock"]
            .iter()
            .any(|tail| word.eq_ignore_ascii_case(tail))
            || word.bytes().any(|byte| byte.is_ascii_digit())
    };
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
