//! `cargo xtask bench prompt`: what a preview costs in Node, beside what crossing into wasm costs at all.
//! `cargo xtask bench page`: what a keystroke costs in Chromium.

use clap::ValueEnum;

use crate::build;
use crate::error::Error;
use crate::process::Program;
use crate::setup;
use crate::workspace::Workspace;

/// What the command takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to measure.
    what: What,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum What {
    /// One keystroke in the page, in headless Chromium.
    Page,
    /// One preview of a 60-word prompt.
    Prompt,
}

/// Runs the command.
pub fn run(workspace: &Workspace, args: &Args) -> Result<(), Error> {
    setup::for_building(workspace)?;
    match args.what {
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

fn page(workspace: &Workspace) -> Result<(), Error> {
    setup::node::packages(workspace, "tests")?;
    let browser = setup::browser::find_or_install(workspace)?;
    build::page_with_module(workspace)?;
    Program::new("node")
        .arg("bench/page.mjs")
        .folder(workspace.path("tests"))
        .env("CHROME", &browser.chrome)
        .run()
}
