//! Running several suites at once, each in a process of its own whose output is collected.
//!
//! Cargo lets one command at a time use a build folder, so the checks of the sources run one after the other. Beside them
//! what is deployed is built, in other folders: its last steps link on a single core. The suites that talk to running
//! programs come last: most of their time they wait, and each has ports and folders of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;
use std::time::Duration;
use std::{env, iter};

use super::suites::{NATIVE, STAND_IN_IS_BUILT, Stage, Suite};
use super::tally::Tally;
use crate::clock::{Stopwatch, human};
use crate::error::Error;
use crate::interrupt;
use crate::process::{Program, say};
use crate::workspace::Workspace;

/// Suites of the last stage that run at once.
const AT_ONCE: usize = 3;

/// Runs the suites and prints a table of them; gives the sum.
pub(crate) fn run(workspace: &Workspace, suites: &[&Suite]) -> Result<Tally, Error> {
    let watch = Stopwatch::start();
    let runner = Runner {
        program: env::current_exe().map_err(Error::file("find", "this program"))?,
        logs: workspace.path("build/test"),
        stand_in_is_built: suites.iter().any(|suite| suite.name == NATIVE),
    };
    fs::create_dir_all(&runner.logs).map_err(Error::file("make", &runner.logs))?;

    let of = |stage| {
        suites
            .iter()
            .copied()
            .filter(move |suite| suite.stage == stage)
    };
    let mut outcomes = thread::scope(|scope| {
        let artefacts = scope.spawn(|| runner.one_by_one(of(Stage::Artefacts)));
        let sources = runner.one_by_one(of(Stage::Sources));
        // A thread that panicked has printed why; what it ran is missing from the table.
        [sources, artefacts.join().unwrap_or_default()].concat()
    });
    outcomes.extend(runner.at_once(of(Stage::Running)));
    if interrupt::is_requested() {
        return Err(Error::Interrupted);
    }

    println!("\n{:<14} {:>7} {:>7}   time", "suite", "passed", "failed");
    for suite in suites {
        for (_, tally, time) in outcomes.iter().filter(|(name, ..)| *name == suite.name) {
            let (name, Tally { passed, failed }) = (suite.name, tally);
            println!("{name:<14} {passed:>7} {failed:>7}   {}", human(*time));
        }
    }
    println!("in {}", human(watch.elapsed()));
    Ok(outcomes.iter().map(|(_, tally, _)| *tally).sum())
}

/// A suite's name, its counts and how long it took.
type Outcome = (&'static str, Tally, Duration);

struct Runner {
    /// This program.
    program: PathBuf,
    /// The folder that the suites' output is collected in.
    logs: PathBuf,
    /// Whether the native tests run, which build the stand-in.
    stand_in_is_built: bool,
}

impl Runner {
    /// Runs the suites in their order, until the command is interrupted.
    fn one_by_one<'s>(&self, suites: impl Iterator<Item = &'s Suite>) -> Vec<Outcome> {
        suites.map_while(|suite| self.run(suite)).collect()
    }

    fn at_once<'s>(&self, suites: impl Iterator<Item = &'s Suite> + Send) -> Vec<Outcome> {
        let queue = Mutex::new(suites);
        let next = || queue.lock().ok()?.next();
        thread::scope(|scope| {
            let start = || scope.spawn(|| self.one_by_one(iter::from_fn(next)));
            let threads: Vec<_> = (0..AT_ONCE).map(|_| start()).collect();
            threads
                .into_iter()
                .flat_map(|thread| thread.join().unwrap_or_default())
                .collect()
        })
    }

    /// Runs one suite. Its output is shown when it failed. Gives nothing when the command is interrupted.
    fn run(&self, suite: &Suite) -> Option<Outcome> {
        say(&format!("suite {}: {}", suite.name, suite.what));
        let watch = Stopwatch::start();
        let log = self.logs.join(format!("{}.log", suite.name));
        let tally = match self.collect(suite, &log) {
            Ok(tally) => tally,
            Err(Error::Interrupted) => return None,
            Err(error) => {
                eprintln!("error: {error}");
                Tally::failed(1)
            }
        };
        let time = watch.elapsed();
        if tally.failed > 0 {
            println!("\n{}\n{}", suite.name, read(&log));
        }
        say(&format!("suite {}: {tally} in {}", suite.name, human(time)));
        Some((suite.name, tally, time))
    }

    /// Runs one suite into `log`, whose last line has the counts.
    fn collect(&self, suite: &Suite, log: &Path) -> Result<Tally, Error> {
        let mut program = Program::new(&self.program).args(["test", suite.name]);
        if suite.stage == Stage::Running && self.stand_in_is_built {
            program = program.env(STAND_IN_IS_BUILT, "1");
        }
        program.run_into(log)?;
        let counts = read(log).lines().rev().find_map(Tally::parse);
        counts.ok_or_else(|| Error::say(format!("suite {} ended without its counts", suite.name)))
    }
}

/// What has been collected so far; nothing when the file cannot be read.
fn read(log: &Path) -> String {
    let bytes = fs::read(log).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}
