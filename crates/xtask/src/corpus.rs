//! `cargo xtask corpus FILE.jsonl`.

use crate::error::Error;
use crate::workspace::Workspace;

/// What the command takes.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs the command.
pub fn run(_workspace: &Workspace, _args: &Args) -> Result<(), Error> {
    Err(Error::say("this command is being written"))
}
