//! `cargo xtask test`: every check of the project, and a summary of all of them.
//!
//! One suite runs in this process and shows what it prints. Several run in a process each ([`overlap`]), so that those
//! that wait overlap with those that compute; a suite that fails stops nothing but itself.

mod overlap;
mod suites;
mod tally;

use crate::error::Error;
use crate::setup::{self, browser::Browser};
use crate::workspace::Workspace;
use suites::{SUITES, Suite};
use tally::Tally;

/// What the command takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The suites to run; all when none is named.
    #[arg(value_parser = SUITES.iter().map(|suite| suite.name).collect::<Vec<_>>())]
    suites: Vec<String>,
}

/// What every suite runs in.
struct Context<'a> {
    workspace: &'a Workspace,
    browser: Browser,
}

/// Runs the suites, ends with the counts, and fails when anything failed.
pub fn run(workspace: &Workspace, args: &Args) -> Result<(), Error> {
    let is_chosen = |suite: &&Suite| {
        args.suites.is_empty() || args.suites.iter().any(|name| name == suite.name)
    };
    let chosen: Vec<&Suite> = SUITES.iter().filter(is_chosen).collect();
    let browser = setup::for_testing(workspace)?;
    let total = match chosen.as_slice() {
        [suite] => run_here(suite, &Context { workspace, browser }),
        _ => overlap::run(workspace, &chosen)?,
    };
    println!("{total}");
    if total.failed == 0 {
        Ok(())
    } else {
        Err(Error::say("not everything passed"))
    }
}

fn run_here(suite: &Suite, context: &Context<'_>) -> Tally {
    (suite.run)(context).unwrap_or_else(|error| {
        eprintln!("error: {error}");
        Tally::failed(1)
    })
}
