//! `cargo xtask bench edge|page|prompt`: what the Worker, the page and the module cost.

use std::path::PathBuf;

use clap::{Subcommand, ValueHint};

use crate::build;
use crate::error::Error;
use crate::process::Program;
use crate::setup;
use crate::workspace::Workspace;

/// What the command takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Processor time per request of the Worker, beside a JavaScript Worker that does the same work.
    Edge {
        /// A folder with another build of the Worker, to compare releases.
        #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
        worker: Option<PathBuf>,
    },
    /// One keystroke in the page, in headless Chromium.
    Page,
    /// One preview of a 60-word prompt in Node, beside what a call into wasm costs at all.
    Prompt,
}

/// Runs the command.
pub(crate) fn run(workspace: &Workspace, args: &Args) -> Result<(), Error> {
    setup::for_building(workspace)?;
    match &args.what {
        What::Edge { worker } => edge(workspace, worker.clone()),
        What::Page => page(workspace),
        What::Prompt => {
            build::wasm::build(workspace)?;
            Program::new("node")
                .arg(workspace.path("crates/wasm/bench/prompt.mjs"))
                .folder(workspace.root())
                .run()
        }
    }
}

fn edge(workspace: &Workspace, worker: Option<PathBuf>) -> Result<(), Error> {
    setup::node::packages(workspace, "tests")?;
    let worker = if let Some(folder) = worker {
        std::path::absolute(&folder).map_err(Error::file("find", folder))?
    } else {
        build::worker(workspace)?;
        workspace.path("crates/worker/build")
    };
    Program::new("node")
        .arg("bench/edge/index.mjs")
        .arg(worker)
        .folder(workspace.path("tests"))
        .run()
}

fn page(workspace: &Workspace) -> Result<(), Error> {
    setup::node::packages(workspace, "tests")?;
    let browser = setup::browser::find_or_install(workspace)?;
    build::page(workspace)?;
    Program::new("node")
        .arg("bench/page.mjs")
        .folder(workspace.path("tests"))
        .env("CHROME", &browser.chrome)
        .run()
}
