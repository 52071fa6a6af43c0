//! Collects findings while the rules run.

use std::ops::Range;

use super::MAX_FINDINGS;
use super::finding::{Finding, Fix, LintCode, Severity};
use crate::text::fill;

/// Collects the findings about one prose. Rules give ranges in bytes of the prose; findings have code units of the
/// person's own text.
pub(super) struct Findings<'a> {
    own: &'a str,
    /// The range of the person's own text in the prose.
    place: Range<usize>,
    list: Vec<Finding>,
}

impl<'a> Findings<'a> {
    /// No findings about `prose`, in which the person's text `own` begins at the byte `start`.
    pub(super) fn new(own: &'a str, prose: &str, start: usize) -> Self {
        // Where slots follow the text, the separators at its end are gone. A text without a word is left out altogether.
        let rest = prose.get(start..).unwrap_or_default();
        let written = own.trim_end_matches(is_separator);
        let (own, length) = match rest.strip_prefix(written) {
            Some(_) if rest == own => (own, own.len()),
            Some(_) => (own, written.len()),
            None => ("", 0),
        };
        Self {
            own,
            place: start..start + length,
            list: Vec::new(),
        }
    }

    /// The findings in the order in which they were added.
    pub(super) fn into_list(self) -> Vec<Finding> {
        self.list
    }

    /// Whether no further finding is taken.
    pub(super) fn is_full(&self) -> bool {
        self.list.len() >= MAX_FINDINGS
    }

    /// The separators at the end of the person's text, which added words replace.
    pub(super) fn end(&self) -> Range<usize> {
        let written = self.own.trim_end_matches(is_separator).len();
        self.place.start + written..self.place.end
    }

    /// Adds an error about `range`: what the studio refuses. It has no fix.
    pub(super) fn refuse(&mut self, code: LintCode, range: Range<usize>, message: &str) {
        self.push(Severity::Error, code, range, (message, &[]), None);
    }

    /// Adds a warning about `range`. The message is a pattern and the words for its gaps.
    pub(super) fn warn(
        &mut self,
        code: LintCode,
        range: Range<usize>,
        message: (&str, &[&str]),
        fix: Option<(Range<usize>, String)>,
    ) {
        self.push(Severity::Warning, code, range, message, fix);
    }

    /// Adds a notice about `range`.
    pub(super) fn notice(
        &mut self,
        code: LintCode,
        range: Range<usize>,
        message: (&str, &[&str]),
        fix: Option<(Range<usize>, String)>,
    ) {
        self.push(Severity::Notice, code, range, message, fix);
    }

    fn push(
        &mut self,
        severity: Severity,
        code: LintCode,
        range: Range<usize>,
        (pattern, words): (&str, &[&str]),
        fix: Option<(Range<usize>, String)>,
    ) {
        if self.is_full() {
            return;
        }
        let is_own = !self.place.is_empty()
            && self.place.start <= range.start
            && range.start <= self.place.end;
        let fix = fix.filter(|_| is_own).map(|(range, text)| Fix {
            start: self.unit_at(range.start),
            end: self.unit_at(range.end),
            text,
        });
        let (start, end) = if is_own {
            (self.unit_at(range.start), self.unit_at(range.end))
        } else {
            (0, 0)
        };
        self.list.push(Finding {
            code,
            severity,
            field: if is_own { "text" } else { "slots" },
            start,
            end,
            message: fill(pattern, words),
            fix,
        });
    }

    /// The code unit of the person's text at a byte of the prose. A byte outside the text gives the nearer end.
    fn unit_at(&self, byte: usize) -> u32 {
        let byte = byte.clamp(self.place.start, self.place.end) - self.place.start;
        let before = self.own.get(..byte).unwrap_or_default();
        let units = if before.is_ascii() {
            before.len()
        } else {
            before.chars().map(char::len_utf16).sum()
        };
        u32::try_from(units).unwrap_or(u32::MAX)
    }
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | '.')
}
