//! Counting what a test runner reports.

use crate::error::Error;
use crate::process::Program;

/// Passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many passed.
    pub passed: u64,
    /// How many failed.
    pub failed: u64,
}

impl Tally {
    /// So many checks of our own, all passed.
    pub const fn passed(passed: u64) -> Self {
        Self { passed, failed: 0 }
    }

    /// Takes in a line of a runner's output: cargo's and wasm-pack's `test result:`, Node's `pass` and `fail`.
    fn read(&mut self, line: &str) {
        if let Some((_, counts)) = line.split_once("test result: ") {
            self.passed += number_before(counts, " passed");
            self.failed += number_before(counts, " failed");
        }
        // Node 20 writes `# pass 3`, or `ℹ pass 3` in its other reporter; an indented one is of a single file.
        let mut words = line.trim_end().split(' ');
        if matches!(words.next(), Some("#" | "ℹ")) {
            let (kind, count) = (
                words.next(),
                words.next().and_then(|n| n.parse::<u64>().ok()),
            );
            match (kind, count) {
                (Some("pass"), Some(count)) => self.passed += count,
                (Some("fail" | "cancelled"), Some(count)) => self.failed += count,
                _ => {}
            }
        }
    }
}

fn number_before(text: &str, word: &str) -> u64 {
    text.split_once(word)
        .and_then(|(before, _)| before.rsplit(' ').next())
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}

/// Runs a check that has one outcome.
pub fn check(program: &Program) -> Result<Tally, Error> {
    program.run().map(|()| Tally::passed(1))
}

/// Runs a test runner and counts. A runner that fails without naming a test counts as one failure, and one that
/// ran no test at all has not passed.
pub fn count(program: &Program) -> Result<Tally, Error> {
    let mut tally = Tally::default();
    let ended = program.run_reading(|line| tally.read(line));
    match ended {
        Ok(()) if tally == Tally::default() => {
            Err(Error::say(format!("`{}` ran no test", program.line())))
        }
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
    fn node_reports_in_both_styles() {
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
