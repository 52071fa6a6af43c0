//! `cargo xtask deploy`: builds everything, checks the sizes and runs wrangler.

use crate::build;
use crate::error::Error;
use crate::setup::{self, node};
use crate::workspace::Workspace;

/// What the command takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Bundle with the real configuration and print the sizes, without using the network.
    #[arg(long)]
    dry_run: bool,
}

/// Builds, checks the sizes, applies the directory's migrations and deploys.
pub(crate) fn run(workspace: &Workspace, args: &Args) -> Result<(), Error> {
    setup::for_building(workspace)?;
    build::all(workspace)?;
    build::size::run(workspace)?;
    if args.dry_run {
        return node::wrangler(workspace)?
            .args(["deploy", "--dry-run", "--outdir", "build/deploy"])
            .run();
    }
    node::wrangler(workspace)?
        .args(["d1", "migrations", "apply", "DIRECTORY", "--remote"])
        .run_asking()?;
    node::wrangler(workspace)?.arg("deploy").run_asking()
}
