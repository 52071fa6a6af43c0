//! `cargo xtask bench edge|gallery|page|prompt`: what the Worker, the page and the module cost.

use std::path::{Path, PathBuf};

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
        /// A folder with another build of the Worker. Several are measured side by side.
        #[arg(long = "worker", value_name = "FOLDER", value_hint = ValueHint::DirPath)]
        workers: Vec<PathBuf>,
        /// Measures this row only; may be repeated. Rows have the names that the table shows.
        #[arg(long = "row", value_name = "NAME")]
        rows: Vec<String>,
        /// The WebP file that every prediction makes, instead of a very small one.
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        picture: Option<PathBuf>,
    },
    /// Processor time per request of the gallery of a studio with 10,000 pictures, and of opening that studio.
    Gallery {
        /// A folder with another build of the Worker.
        #[arg(long = "worker", value_name = "FOLDER", value_hint = ValueHint::DirPath)]
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
        What::Edge {
            workers,
            rows,
            picture,
        } => edge(workspace, workers, rows, picture.as_deref()),
        What::Gallery { worker } => gallery(workspace, worker.as_deref()),
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

fn edge(
    workspace: &Workspace,
    workers: &[PathBuf],
    rows: &[String],
    picture: Option<&Path>,
) -> Result<(), Error> {
    setup::node::packages(workspace, "tests")?;
    let mut program = Program::new("node")
        .arg("bench/edge/index.mjs")
        .folder(workspace.path("tests"));
    for row in rows {
        program = program.arg("--row").arg(row);
    }
    if let Some(picture) = picture {
        let picture = std::path::absolute(picture).map_err(Error::file("find", picture))?;
        program = program.arg("--picture").arg(picture);
    }
    if workers.is_empty() {
        build::worker(workspace)?;
        return program.arg(workspace.path("crates/worker/build")).run();
    }
    for folder in workers {
        let worker = std::path::absolute(folder).map_err(Error::file("find", folder))?;
        program = program.arg(worker);
    }
    program.run()
}

fn gallery(workspace: &Workspace, worker: Option<&Path>) -> Result<(), Error> {
    setup::node::packages(workspace, "tests")?;
    let worker = if let Some(folder) = worker {
        std::path::absolute(folder).map_err(Error::file("find", folder))?
    } else {
        build::worker(workspace)?;
        workspace.path("crates/worker/build")
    };
    Program::new("node")
        .arg("bench/edge/gallery.mjs")
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
