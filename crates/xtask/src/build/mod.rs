//! Building: the browser module, the page, the Worker, and the native stand-in.
//!
//! A part whose inputs have not changed since its last build is not built again.

pub(crate) mod size;
mod step;
pub(crate) mod wasm;

use std::path::PathBuf;
use std::thread;

use clap::ValueEnum;

use crate::error::Error;
use crate::process::Program;
use crate::setup::{self, node, tools::Tool};
use crate::workspace::Workspace;
use step::Step;

/// What the command takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The part to build; all when none is named.
    part: Option<Part>,
}

/// A part that can be built alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// The WebAssembly module for browsers, bundlers and Node.
    Wasm,
    /// The page, with the module in it.
    Page,
    /// The Worker.
    Worker,
}

/// `cargo xtask build [wasm|page|worker]`.
pub(crate) fn run(workspace: &Workspace, args: &Args) -> Result<(), Error> {
    setup::for_building(workspace)?;
    match args.part {
        Some(Part::Wasm) => wasm::build(workspace),
        Some(Part::Page) => page(workspace),
        Some(Part::Worker) => worker(workspace),
        None => all(workspace),
    }
}

/// Builds everything that is deployed. The page and the Worker are built side by side: each links on one core, into a
/// folder of its own.
pub(crate) fn all(workspace: &Workspace) -> Result<(), Error> {
    thread::scope(|scope| {
        let page = scope.spawn(|| page(workspace));
        let worker = worker(workspace);
        page.join()
            .unwrap_or_else(|_| Err(Error::say("building the page panicked")))?;
        worker
    })
}

const PAGE: Step = Step {
    what: "the page",
    inputs: &[
        "crates/assist",
        "crates/primitives",
        "crates/prompt",
        "crates/recipe",
        "crates/series",
        "crates/wasm",
        "www",
    ],
    outputs: &["www/dist/index.html"],
};

/// Builds the browser module and the page: `www/src` to `www/dist`, with the page's own build script.
pub(crate) fn page(workspace: &Workspace) -> Result<(), Error> {
    wasm::build(workspace)?;
    PAGE.unless_current(workspace, || {
        Program::new("npm")
            .args(["run", "--silent", "build"])
            .folder(workspace.path("www"))
            .run()
    })
}

const WORKER: Step = Step {
    what: "the Worker",
    inputs: &[
        "crates/api",
        "crates/primitives",
        "crates/prompt",
        "crates/provider",
        "crates/recipe",
        "crates/studio",
        "crates/thumbnail",
        "crates/worker",
        // The Worker answers with the page's security headers.
        "www/public/_headers",
    ],
    outputs: &["crates/worker/build/index.js"],
};

/// Builds the Worker: `crates/worker` to `crates/worker/build`, with `worker-build`, which downloads nothing when it is
/// told where the tools are. It would keep the names of functions, a tenth of what is deployed, so the module is optimised
/// here.
pub(crate) fn worker(workspace: &Workspace) -> Result<(), Error> {
    WORKER.unless_current(workspace, || {
        let folder = workspace.path("crates/worker");
        Program::new(Tool::WORKER_BUILD.program()?)
            .args(["--release", "--no-opt"])
            .folder(folder.clone())
            .env("WASM_BINDGEN_BIN", Tool::WASM_BINDGEN.program()?)
            .env("ESBUILD_BIN", node::program(workspace, "esbuild")?)
            .run()?;
        wasm::optimize(workspace, &folder.join("build/index_bg.wasm"))
    })
}

/// Builds the stand-in, a native program that Cargo itself keeps current. Gives its path.
pub(crate) fn stand_in(workspace: &Workspace) -> Result<PathBuf, Error> {
    Program::new("cargo")
        .args(["build", "--package", "selfsame-standin"])
        .folder(workspace.root())
        .run()?;
    Ok(workspace.target().join("debug/selfsame-standin"))
}
