//! Lint.

use std::sync::LazyLock;

use selfsame_assist::lint::{Finding, Linter, MAX_FINDINGS, apply_fix};
use selfsame_prompt::placement::QualityId;

use super::{Target, holds, model, pieces, texts};

/// The target.
pub const TARGET: Target = Target {
    name: "lint",
    fragments,
    known,
    check,
};

static LINTER: LazyLock<Linter> = LazyLock::new(|| Linter::new(&model()));

/// So many fixes, one after the other, are enough for any text.
const FIXES: usize = 200;

fn fragments() -> Vec<Vec<u8>> {
    let pieces = pieces(include_str!("../../corpus/fragments/lint.json"));
    let spaced = pieces.iter().map(|piece| [piece, &b" "[..]].concat());
    let spaced: Vec<_> = spaced.collect();
    [pieces, spaced].concat()
}

fn known() -> Vec<Vec<u8>> {
    let mut known = texts(include_str!("../../corpus/lint.jsonl"), "input");
    known.extend(texts(include_str!("../../corpus/hostile.jsonl"), "input"));
    known
}

/// Whether the code units from `start` to `end` are whole characters of the text.
fn is_place(text: &str, start: u32, end: u32) -> bool {
    let units: Vec<u16> = text.encode_utf16().collect();
    let place = units.get(start as usize..end as usize);
    place.is_some_and(|place| String::from_utf16(place).is_ok())
}

fn is_sound(text: &str, finding: &Finding) -> bool {
    is_place(text, finding.start, finding.end)
        && finding.message.ends_with('.')
        && finding
            .fix
            .as_ref()
            .is_none_or(|fix| is_place(text, fix.start, fix.end) && apply_fix(text, fix) != text)
}

fn check(input: &[u8]) -> Result<(), String> {
    let mut text = String::from_utf8_lossy(input).into_owned();
    let mut findings = LINTER.lint(&text, QualityId::Lean);
    holds("too many findings", findings.len() <= MAX_FINDINGS)?;
    for finding in &findings {
        holds(&format!("unsound: {finding:?}"), is_sound(&text, finding))?;
    }
    // Mending a long text again and again is no one call.
    if text.len() > 400 {
        return Ok(());
    }
    for _ in 0..FIXES {
        let Some(fix) = findings.into_iter().find_map(|finding| finding.fix) else {
            return Ok(());
        };
        text = apply_fix(&text, &fix);
        findings = LINTER.lint(&text, QualityId::Lean);
    }
    Err(format!("mending does not end: {text:?}"))
}
