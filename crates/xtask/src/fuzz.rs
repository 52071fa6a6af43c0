//! `cargo xtask fuzz`: the targets of `tests/fuzz` under libFuzzer, guided by the code that an input reaches.
//!
//! An input that panics, breaks a law or takes a second is kept in `tests/fuzz/kept`, and every test run checks it from
//! then on. Inputs that reach new code stay in `build/fuzz`, so a later run goes on from them.

use std::fs;
use std::path::Path;

use selfsame_fuzz::{ALL, Target};

use crate::error::Error;
use crate::process::Program;
use crate::workspace::Workspace;

/// What the command takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The targets to run; all when none is named.
    #[arg(value_parser = ALL.map(|target| target.name))]
    targets: Vec<String>,
    /// Inputs to try with each target.
    #[arg(long, default_value_t = 20_000)]
    runs: u64,
    /// Seed of the random numbers: equal seeds try equal inputs on a fresh clone.
    #[arg(long, default_value_t = 1)]
    seed: u32,
}

/// Runs the command.
pub(crate) fn run(workspace: &Workspace, args: &Args) -> Result<(), Error> {
    if !is_installed() {
        return Err(Error::say(
            "fuzzing needs a nightly compiler and cargo-fuzz: run `rustup toolchain install nightly`, then \
             `cargo install cargo-fuzz`",
        ));
    }
    for target in ALL {
        if args.targets.is_empty() || args.targets.iter().any(|name| name == target.name) {
            run_target(workspace, target, args)?;
        }
    }
    Ok(())
}

fn run_target(workspace: &Workspace, target: Target, args: &Args) -> Result<(), Error> {
    let corpus = workspace.path("build/fuzz").join(target.name);
    let kept = workspace.path("tests/fuzz/kept").join(target.name);
    create(&kept)?;
    write_seeds(&corpus, &(target.known)())?;
    cargo_fuzz()
        .args(["run", "--fuzz-dir", "tests/fuzz", "--features", "libfuzzer"])
        // The sanitizers find mistakes in unsafe code, which these crates forbid.
        .args(["--sanitizer", "none", "--target-dir"])
        .arg(workspace.target().join("fuzz"))
        .arg(target.name)
        .args([&corpus, &kept])
        .args(["--", "-verbosity=0", "-print_final_stats=1", "-timeout=1"])
        .arg(format!("-runs={}", args.runs))
        .arg(format!("-seed={}", args.seed))
        .arg(format!("-artifact_prefix={}/", kept.display()))
        // Linking the whole program as one is for what is deployed; here it only takes time.
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .folder(workspace.root())
        .run()
}

fn is_installed() -> bool {
    let version = cargo_fuzz().arg("--version").command().output();
    version.is_ok_and(|output| output.status.success())
}

fn cargo_fuzz() -> Program {
    Program::new("rustup").args(["run", "nightly", "cargo", "fuzz"])
}

/// Writes the inputs that a target starts from, one file each.
fn write_seeds(folder: &Path, inputs: &[Vec<u8>]) -> Result<(), Error> {
    create(folder)?;
    for (index, input) in inputs.iter().enumerate() {
        let path = folder.join(format!("seed-{index}"));
        fs::write(&path, input).map_err(Error::file("write", &path))?;
    }
    Ok(())
}

fn create(folder: &Path) -> Result<(), Error> {
    fs::create_dir_all(folder).map_err(Error::file("create", folder))
}
