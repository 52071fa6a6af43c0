//! Clauses: which rule reads them.

use super::commands::command;
use super::descriptions::description;
use super::{changes, excess, removals, replacements};
use crate::director::lexicon::Kind;
use crate::director::phrase::How;
use crate::director::reading::Reading;

/// A rule for pieces `at..end`. It gives the index behind what it read, which may lie beyond `end`; what it leaves of
/// the clause is read as commands and descriptions.
type Rule = fn(&mut Reading, usize, usize) -> Option<usize>;

/// In this order; the first that matches counts.
const RULES: [Rule; 6] = [
    replacements::instead_of,
    removals::take_off,
    removals::put_back,
    changes::should_be,
    changes::bare_quality,
    excess::thing_in_excess,
];

/// Reads the whole message, clause by clause.
pub(in crate::director) fn read(reading: &mut Reading) {
    let mut at = 0;
    while at < reading.message.len() {
        let end = reading.message.clause_end(at);
        at = clause(reading, at, end);
    }
}

fn clause(reading: &mut Reading, at: usize, end: usize) -> usize {
    let at = reading.message.skip_fillers(at, end);
    if at >= end {
        return end;
    }
    let read = RULES.iter().find_map(|rule| rule(reading, at, end));
    let rest = read.unwrap_or(at);
    parts(reading, rest, end, How::Set);
    rest.max(end)
}

/// Reads commands and descriptions, one after the other.
pub(super) fn parts(reading: &mut Reading, mut at: usize, end: usize, mut how: How) {
    let message = reading.message;
    while at < end {
        at = match message.kind(at) {
            Some(Kind::Add) => {
                how = How::Add;
                description(reading, at, end, how).max(at + 1)
            }
            Some(Kind::Change) => {
                // The next verb begins another change.
                let stop = message.first(Kind::Change, at + 1..end).unwrap_or(end);
                changes::changes(reading, at, stop);
                stop
            }
            Some(Kind::Remove) => removals::removals(reading, at + 1, end),
            Some(_) => command(reading, at, end)
                .unwrap_or_else(|| description(reading, at, end, how).max(at + 1)),
            None => end,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::director::rules::testing::run;

    #[test]
    fn each_clause_is_read_by_the_first_rule_that_matches() {
        for (before, say, expected) in [
            (
                "me in Rome wearing a hat",
                "Paris instead of Rome, hat off, closer",
                &[
                    "replace setting: in Rome > in Paris",
                    "remove wardrobe: hat",
                    "add shot: close-up",
                ][..],
            ),
            (
                "me wearing a hat",
                "please make it green, add a red scarf",
                &[
                    "replace wardrobe: hat > green hat",
                    "add wardrobe: red scarf",
                ],
            ),
            (
                "",
                "me in Rome, two pictures",
                &["add setting: in Rome", "pictures: 2"],
            ),
        ] {
            let ((), edits) = run(before, say, |reading, _| read(reading));
            assert_eq!(edits, expected, "{say}");
        }
    }
}
