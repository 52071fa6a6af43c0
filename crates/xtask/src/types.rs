//! `cargo xtask types [--check]`.

use crate::error::Error;
use crate::workspace::Workspace;

/// What the command takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Write nothing; fail when the file is not what would be written.
    #[arg(long)]
    pub check: bool,
}

/// Runs the command.
pub fn run(_workspace: &Workspace, args: &Args) -> Result<(), Error> {
    Err(Error::say(format!(
        "this command is being written (check: {})",
        args.check
    )))
}
