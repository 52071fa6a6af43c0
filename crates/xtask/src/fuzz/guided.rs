//! Runs that are guided by the code an input reaches: cargo-fuzz, where it and a nightly compiler are installed.

use std::path::PathBuf;

use super::keep;
use super::targets::Target;
use crate::error::Error;
use crate::process::Program;
use crate::workspace::Workspace;

/// Somebody has installed both.
pub fn is_there() -> bool {
    let asked = cargo_fuzz().arg("--version").command().output();
    asked.is_ok_and(|answer| answer.status.success())
}

/// Runs `target` so many times. An input that fails is kept with the others that failed, one that reaches new code in
/// [`found`].
pub fn run(workspace: &Workspace, target: &Target, runs: u64, seed: u64) -> Result<(), Error> {
    let (found, failed) = (found(workspace, target), keep::failed(workspace, target));
    for input in (target.known)() {
        keep::keep(&found, &input)?;
    }
    keep::make(&failed)?;
    cargo_fuzz()
        .args(["run", "--fuzz-dir", "tests/fuzz/libfuzzer"])
        // What it finds is unsafe code's, and core has none.
        .args(["--sanitizer", "none", "--target-dir"])
        .arg(workspace.target().join("libfuzzer"))
        .arg("parts")
        .args([&found, &failed])
        .args(["--", "-verbosity=0", "-print_final_stats=1", "-timeout=1"])
        .arg(format!("-runs={runs}"))
        .arg(format!("-seed={seed}"))
        .arg(format!("-artifact_prefix={}/", failed.display()))
        .env("SELFSAME_PART", target.name)
        .folder(workspace.root())
        .run()
}

/// Where the inputs are that reach something no other does.
pub fn found(workspace: &Workspace, target: &Target) -> PathBuf {
    workspace.path("build/fuzz").join(target.name)
}

fn cargo_fuzz() -> Program {
    Program::new("rustup").args(["run", "nightly", "cargo", "fuzz"])
}
