//! `cargo xtask soak` and `cargo xtask attack`: the campaigns against a running studio.
//!
//! Both start the Worker and the stand-in on 127.0.0.1, print what they do, and fail at the first broken promise. Reduced
//! forms run in `cargo xtask test`: the suites `restart` and `attack`.

use crate::build;
use crate::error::Error;
use crate::process::Program;
use crate::setup;
use crate::workspace::Workspace;

/// What `cargo xtask soak` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Soak {
    /// Kills of the Worker, after which the run ends.
    #[arg(long, default_value_t = 60)]
    kills: u32,
    /// Minutes after which no new round begins.
    #[arg(long, default_value_t = 30)]
    minutes: u32,
    /// Seed of the random choices.
    #[arg(long, default_value_t = 1)]
    seed: u32,
}

/// What `cargo xtask attack` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Attack {
    /// Attempts in all. A tenth, and at least 3,000, is sent over HTTP; the others go to the parsers natively.
    #[arg(long, default_value_t = 100_000)]
    attempts: u32,
    /// Seed of the random choices over HTTP.
    #[arg(long, default_value_t = 1)]
    seed: u32,
}

/// Kills the Worker over and over while people work.
pub(crate) fn soak(workspace: &Workspace, args: &Soak) -> Result<(), Error> {
    prepare(workspace)?;
    driver(workspace, "soak/index.js")
        .args(["--kills", &args.kills.to_string()])
        .args(["--minutes", &args.minutes.to_string()])
        .args(["--seed", &args.seed.to_string()])
        .run()
}

/// Tries what must not work: first natively, then over HTTP.
pub(crate) fn attack(workspace: &Workspace, args: &Attack) -> Result<(), Error> {
    let over_http = (args.attempts / 10).max(3_000);
    let natively = args.attempts.saturating_sub(over_http);
    // Each native property takes an equal share.
    let cases = natively.div_ceil(NATIVE_PROPERTIES);
    Program::new("cargo")
        .args(["test", "--package", "selfsame-provider"])
        .args(["--package", "selfsame-studio"])
        .args(["--test", "attack", "--", "--nocapture"])
        .env("PROPTEST_CASES", cases.to_string())
        .folder(workspace.root())
        .run()?;
    prepare(workspace)?;
    driver(workspace, "attack/index.js")
        .args(["--attempts", &over_http.to_string()])
        .args(["--seed", &args.seed.to_string()])
        .run()
}

/// The properties in the two native tests called `attack`.
const NATIVE_PROPERTIES: u32 = 4;

fn prepare(workspace: &Workspace) -> Result<(), Error> {
    setup::for_building(workspace)?;
    setup::node::packages(workspace, "tests")?;
    build::all(workspace)?;
    build::stand_in(workspace)?;
    Ok(())
}

fn driver(workspace: &Workspace, script: &str) -> Program {
    Program::new("node")
        .arg(script)
        .folder(workspace.path("tests"))
        .env("CARGO_TARGET_DIR", workspace.target())
}
