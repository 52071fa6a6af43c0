//! Counts of passed and failed tests, read from what a test runner prints.

use std::fmt;
use std::iter::Sum;

use crate::error::Error;
use crate::process::Program;

/// How many passed and how many failed. Its text form is the last line of a run, which [`parse`](Self::parse) reads.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// How many passed.
    pub(crate) passed: u64,
    /// How many failed.
    pub(crate) failed: u64,
}

impl Tally {
    /// Checks that all passed.
    pub(crate) const fn passed(passed: u64) -> Self {
        Self { passed, failed: 0 }
    }

    /// Checks that all failed.
    pub(crate) const fn failed(failed: u64) -> Self {
        Self { passed: 0, failed }
    }

    /// Reads `N passed, N failed`.
    pub(crate) fn parse(line: &str) -> Option<Self> {
        let (passed, failed) = line.split_once(" passed, ")?;
        Some(Self {
            passed: passed.parse().ok()?,
            failed: failed.strip_suffix(" failed")?.parse().ok()?,
        })
    }

    /// Adds what a line of a test runner's output reports: `test result:` of cargo, `pass` and `fail` of Node.
    fn read(&mut self, line: &str) {
        if let Some((_, counts)) = line.split_once("test result: ") {
            self.passed += number_before(counts, " passed");
            self.failed += number_before(counts, " failed");
        }
        // Node writes `# pass 3`, or `ℹ pass 3` in its other reporter; indented lines are about a single file.
        if let ["#" | "ℹ", kind, count] = line.split_whitespace().collect::<Vec<_>>()[..]
            && !line.starts_with(' ')
            && let Ok(count) = count.parse::<u64>()
        {
            match kind {
                "pass" => self.passed += count,
                "fail" | "cancelled" => self.failed += count,
                _ => {}
            }
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), |sum, tally| Self {
            passed: sum.passed + tally.passed,
            failed: sum.failed + tally.failed,
        })
    }
}

fn number_before(text: &str, word: &str) -> u64 {
    text.split_once(word)
        .and_then(|(before, _)| before.rsplit(' ').next())
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}

/// Runs a check that has one outcome.
pub(crate) fn check(program: &Program) -> Result<Tally, Error> {
    program.run().map(|()| Tally::passed(1))
}

/// Runs a test runner and counts. A runner that fails without naming a test counts as one failure; one that runs no
/// test is an error.
pub(crate) fn count(program: &Program) -> Result<Tally, Error> {
    let mut tally = Tally::default();
    let ended = program.run_reading(|line| tally.read(line));
    match ended {
        Ok(()) if tally == Tally::default() => {
            Err(Error::say(format!("`{}` ran no test", program.line())))
        }
        Err(Error::Interrupted) => Err(Error::Interrupted),
        Err(_) if tally.failed > 0 => Ok(tally),
        Err(error @ Error::Command { .. }) if tally.passed > 0 => {
            eprintln!("error: {error}");
            tally.failed = 1;
            Ok(tally)
        }
        Err(error) => Err(error),
        Ok(()) => Ok(tally),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> Tally {
        let mut tally = Tally::default();
        for line in lines {
            tally.read(line);
        }
        tally
    }

    #[test]
    fn cargo_reports_add_up() {
        let tally = read(&[
            "running 3 tests",
            "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "test result: FAILED. 10 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
        ]);
        assert_eq!(
            tally,
            Tally {
                passed: 13,
                failed: 2
            }
        );
    }

    #[test]
    fn node_reports_are_read_in_both_styles() {
        let counts = Tally {
            passed: 12,
            failed: 2,
        };
        assert_eq!(
            read(&["# tests 14", "# pass 12", "# fail 1", "# cancelled 1"]),
            counts
        );
        assert_eq!(
            read(&["ℹ pass 12", "ℹ fail 1", "ℹ cancelled 1", "ℹ skipped 0"]),
            counts
        );
        assert_eq!(
            read(&["# passing through 3", "    # pass 3"]),
            Tally::default()
        );
    }

    #[test]
    fn a_printed_tally_is_read_back() {
        let tally = Tally {
            passed: 12,
            failed: 2,
        };
        assert_eq!(Tally::parse(&tally.to_string()), Some(tally));
        assert_eq!(Tally::parse("test result: ok. 3 passed; 0 failed"), None);
    }

    #[test]
    fn a_runner_that_runs_nothing_has_not_passed() {
        assert!(count(&Program::new("true")).is_err());
        assert!(count(&Program::new("false")).is_err());
        let silent = Program::new("sh").args(["-c", "echo '# pass 2'; exit 1"]);
        assert_eq!(
            count(&silent).ok(),
            Some(Tally {
                passed: 2,
                failed: 1
            })
        );
    }
}
