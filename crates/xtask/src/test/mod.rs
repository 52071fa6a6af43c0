//! `cargo xtask test`: every check of the project, and a summary of all of them.
//!
//! One suite runs in this process and shows what it prints. Several run in a process each ([`overlap`]), so that those
//! that wait overlap with those that compute; a suite that fails stops nothing but itself.

mod overlap;
mod suites;
mod tally;

use crate::error::Error;
use crate::setup;
use crate::workspace::Workspace;
use suites::{SUITES, Suite};
use tally::Tally;

/// What the command takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The suites to run; all when none is named.
    #[arg(value_parser = SUITES.iter().map(|suite| suite.name).collect::<Vec<_>>())]
    suites: Vec<String>,
}

/// Runs the suites, ends with the counts, and fails when anything failed.
pub(crate) fn run(workspace: &Workspace, args: &Args) -> Result<(), Error> {
    let is_chosen = |suite: &&Suite| {
        args.suites.is_empty() || args.suites.iter().any(|name| name == suite.name)
    };
    let chosen: Vec<&Suite> = SUITES.iter().filter(is_chosen).collect();
    setup::for_testing(workspace)?;
    let total = if let [suite] = chosen.as_slice() {
        run_here(suite, workspace)?
    } else {
        // Before the first suite, because it may say what has to be installed.
        if chosen.iter().any(|suite| suite.drives_browser) {
            setup::browser::find_or_install(workspace)?;
        }
        overlap::run(workspace, &chosen)?
    };
    println!("{total}");
    if total.failed == 0 {
        Ok(())
    } else {
        Err(Error::say("not everything passed"))
    }
}

fn run_here(suite: &Suite, workspace: &Workspace) -> Result<Tally, Error> {
    (suite.run)(workspace).or_else(|error| match error {
        Error::Interrupted => Err(error),
        error => {
            eprintln!("error: {error}");
            Ok(Tally::failed(1))
        }
    })
}
