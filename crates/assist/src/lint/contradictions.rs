//! Phrases that exclude each other: contradictions, two cameras, two film stocks. What comes first in a prompt counts
//! most, so the later phrase is reported, and a fix removes the later one.

use super::finding::LintCode;
use super::findings::Findings;
use super::hits::Hit;
use super::phrases::Meaning;
use super::quality::QualityPhrases;
use super::sentence::removal;
use super::words::{Joint, Text, Word};
use crate::text::is_one_of;

/// Reports the second of two phrases that exclude each other, and phrases that exclude the quality specification.
pub(super) fn check(
    text: &Text<'_>,
    hits: &[Hit],
    quality: Option<&QualityPhrases>,
    findings: &mut Findings<'_>,
) {
    for (index, hit) in hits.iter().enumerate() {
        if findings.is_full() {
            return;
        }
        if !matches!(
            hit.meaning,
            Meaning::Side { .. } | Meaning::Camera(_) | Meaning::Film(_)
        ) {
            continue;
        }
        let mut earlier = hits.iter().take(index);
        let first = earlier.find(|other| is_comparable(other.meaning, hit.meaning));
        match first {
            Some(first) if disagree(text, first, hit) => report_pair(text, first, hit, findings),
            None => {
                if let Some(quality) = quality {
                    check_quality(text, hit, quality, findings);
                }
            }
            Some(_) => {}
        }
    }
}

/// Whether both are cameras, both films, or both sides of the same contradiction.
pub(super) const fn is_comparable(a: Meaning, b: Meaning) -> bool {
    match (a, b) {
        (Meaning::Camera(_), Meaning::Camera(_)) | (Meaning::Film(_), Meaning::Film(_)) => true,
        (Meaning::Side { pair: a, .. }, Meaning::Side { pair: b, .. }) => a == b,
        _ => false,
    }
}

/// Whether two comparable hits exclude each other.
fn disagree(text: &Text<'_>, a: &Hit, b: &Hit) -> bool {
    if let (Meaning::Film(x), Meaning::Film(y)) = (a.meaning, b.meaning)
        && x == y
    {
        // "Portra 400" and "Portra 800" are two stocks, "Portra 400" and "Portra" are one.
        let (a, b) = (speed(text, a), speed(text, b));
        return a != b && !a.is_empty() && !b.is_empty();
    }
    a.meaning != b.meaning
}

/// The index of the word after a hit. The number after a film's name belongs to the hit.
fn end(text: &Text<'_>, hit: &Hit) -> usize {
    let is_speed = |word: &Word| word.joint != Joint::Break && is_number(text.of(word));
    let is_film = matches!(hit.meaning, Meaning::Film(_));
    hit.to + usize::from(is_film && text.words.get(hit.to).is_some_and(is_speed))
}

/// The number at the end of a film's name, or an empty string.
fn speed<'t>(text: &Text<'t>, hit: &Hit) -> &'t str {
    let last = text.words.get(end(text, hit).saturating_sub(1));
    let last = last.map(|word| text.of(word));
    last.filter(|word| is_number(word)).unwrap_or_default()
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

fn report_pair(text: &Text<'_>, first: &Hit, hit: &Hit, findings: &mut Findings<'_>) {
    let a = text.slice(first.from, end(text, first));
    let b = text.slice(hit.from, end(text, hit));
    let (code, message) = match hit.meaning {
        Meaning::Side { .. } => (
            LintCode::Contradiction,
            "“{}” and “{}” contradict each other. Keep the one you want.",
        ),
        meaning => (
            several(meaning),
            "“{}” and “{}”: one of them gives a clearer look than both.",
        ),
    };
    let (from, to) = whole(text, hit);
    let range = text.range(hit.from, hit.to);
    let fix = removal(text, from, to);
    findings.warn(code, range, (message, &[a, b]), fix);
}

/// Reports a hit that excludes what the quality specification says.
fn check_quality(
    text: &Text<'_>,
    hit: &Hit,
    quality: &QualityPhrases,
    findings: &mut Findings<'_>,
) {
    let words = text.slice(hit.from, hit.to);
    let title = quality.spec.title;
    let range = text.range(hit.from, hit.to);
    let Meaning::Side { pair, right } = hit.meaning else {
        if let Some(other) = quality.find_other(hit.meaning) {
            let message =
                "The quality text “{}” names “{}”. Choose the lean one if “{}” should decide.";
            let message = (message, &[title, other.words, words][..]);
            findings.notice(several(hit.meaning), range, message, None);
        }
        return;
    };
    let other_side = Meaning::Side {
        pair,
        right: !right,
    };
    let Some(other) = quality.find(other_side) else {
        return;
    };
    if quality.find(hit.meaning).is_some() {
        let message = "The quality text “{}” asks for “{}” as well as for this. Choose the lean one if “{}” should decide.";
        let message = (message, &[title, other.words, words][..]);
        findings.notice(LintCode::Contradiction, range, message, None);
    } else {
        let message = "“{}” contradicts “{}”, which the quality text “{}” appends.";
        let message = (message, &[words, other.words, title][..]);
        findings.warn(LintCode::Contradiction, range, message, None);
    }
}

const fn several(meaning: Meaning) -> LintCode {
    match meaning {
        Meaning::Film(_) => LintCode::SeveralFilmStocks,
        _ => LintCode::SeveralCameras,
    }
}

/// Words before the name of a camera or a film that belong to it.
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

/// Words after the name that belong to it.
const TAILS: [&str; 6] = ["film", "camera", "eos", "mark", "gold", "stock"];

/// The words of a hit together with those that belong to it: "shot on", the maker, the model.
fn whole(text: &Text<'_>, hit: &Hit) -> (usize, usize) {
    let (mut from, mut to) = (hit.from, hit.to);
    if matches!(hit.meaning, Meaning::Side { .. }) {
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
