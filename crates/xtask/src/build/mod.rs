//! Building: the browser's module, the page, the Worker, and the native stand-in.
//!
//! A part whose inputs have not changed since it was last built is left as it is.

pub mod page;
pub mod size;
pub mod standin;
pub mod wasm;
pub mod worker;

use std::path::PathBuf;

use clap::ValueEnum;

use crate::error::Error;
use crate::fingerprint::Fingerprint;
use crate::process::say;
use crate::setup;
use crate::workspace::Workspace;

/// What the command takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only this part; all without it.
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
pub fn run(workspace: &Workspace, args: &Args) -> Result<(), Error> {
    setup::for_building(workspace)?;
    match args.part {
        Some(Part::Wasm) => wasm::build(workspace),
        Some(Part::Page) => page_with_module(workspace),
        Some(Part::Worker) => worker::build(workspace),
        None => all(workspace),
    }
}

/// Everything that is deployed.
pub fn all(workspace: &Workspace) -> Result<(), Error> {
    page_with_module(workspace)?;
    worker::build(workspace)
}

/// The page, and the module that it needs.
pub fn page_with_module(workspace: &Workspace) -> Result<(), Error> {
    wasm::build(workspace)?;
    page::build(workspace)
}

/// One step from inputs to outputs.
struct Step {
    /// What is built, for people.
    what: &'static str,
    /// Files and folders that it is built from, in the clone.
    inputs: &'static [&'static str],
    /// A file of each output, in the clone.
    outputs: &'static [&'static str],
}

/// What every build depends on.
const COMMON: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    "www/package-lock.json",
    "crates/xtask/src/build",
    "crates/xtask/src/setup/tools.rs",
];

impl Step {
    /// Runs `build` unless its inputs are as they were and its outputs are there.
    fn unless_current(
        &self,
        workspace: &Workspace,
        build: impl FnOnce() -> Result<(), Error>,
    ) -> Result<(), Error> {
        let stamp = workspace.path(format!("build/stamps/{}", self.what.replace(' ', "-")));
        let inputs: Vec<PathBuf> = COMMON
            .iter()
            .chain(self.inputs)
            .map(|input| workspace.path(input))
            .collect();
        let fingerprint = Fingerprint::of_trees(inputs, |name| {
            matches!(name, "node_modules" | "dist" | "build" | "pkg" | "tests")
        })?;
        let present = self
            .outputs
            .iter()
            .all(|path| workspace.path(path).is_file());
        if present && fingerprint.is_stamped(&stamp) {
            return Ok(());
        }
        say(&format!("building {}", self.what));
        build()?;
        for output in self.outputs {
            if !workspace.path(output).is_file() {
                return Err(Error::say(format!(
                    "building {} went through but left no {output}",
                    self.what
                )));
            }
        }
        fingerprint.stamp(&stamp)
    }
}
