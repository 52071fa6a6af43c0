//! `cargo xtask test`: every check of the project, and a summary of all of them.
//!
//! A suite that fails stops nothing but itself.

mod suites;
mod tally;

use std::time::Duration;

use crate::clock::{Stopwatch, human};
use crate::error::Error;
use crate::process::say;
use crate::setup::{self, browser::Browser};
use crate::workspace::Workspace;
use suites::{SUITES, Suite};
use tally::Tally;

/// What the command takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only these suites; all without any.
    #[arg(value_parser = SUITES.iter().map(|suite| suite.name).collect::<Vec<_>>())]
    suites: Vec<String>,
}

/// What every suite runs in.
struct Context<'a> {
    workspace: &'a Workspace,
    browser: Browser,
}

/// How a suite ended.
struct Outcome {
    name: &'static str,
    tally: Tally,
    time: Duration,
    problem: Option<String>,
}

/// Runs the suites and prints the summary; an error when anything failed.
pub fn run(workspace: &Workspace, args: &Args) -> Result<(), Error> {
    let watch = Stopwatch::start();
    let context = Context {
        workspace,
        browser: setup::for_testing(workspace)?,
    };
    let outcomes: Vec<Outcome> = SUITES
        .iter()
        .filter(|suite| args.suites.is_empty() || args.suites.iter().any(|name| name == suite.name))
        .map(|suite| run_one(suite, &context))
        .collect();

    println!("\n{:<14} {:>7} {:>7}   time", "suite", "passed", "failed");
    let mut total = Tally::default();
    for Outcome {
        name,
        tally,
        time,
        problem,
    } in &outcomes
    {
        total.passed += tally.passed;
        total.failed += tally.failed;
        let problem = problem
            .as_deref()
            .map(|text| format!("   {text}"))
            .unwrap_or_default();
        println!(
            "{name:<14} {:>7} {:>7}   {}{problem}",
            tally.passed,
            tally.failed,
            human(*time)
        );
    }
    println!("in {}", human(watch.elapsed()));
    println!("{} passed, {} failed", total.passed, total.failed);
    if total.failed == 0 {
        Ok(())
    } else {
        Err(Error::say("not everything passed"))
    }
}

fn run_one(suite: &Suite, context: &Context<'_>) -> Outcome {
    say(&format!("suite {}: {}", suite.name, suite.what));
    let watch = Stopwatch::start();
    let (tally, problem) = match (suite.run)(context) {
        Ok(tally) => (tally, None),
        Err(error) => {
            eprintln!("error: {error}");
            let one = Tally {
                passed: 0,
                failed: 1,
            };
            (one, Some(error.to_string()))
        }
    };
    Outcome {
        name: suite.name,
        tally,
        time: watch.elapsed(),
        problem,
    }
}
