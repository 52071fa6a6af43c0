//! Everything a fresh machine needs beyond rustup and Node: tools, wasm target, npm packages, a browser.
//!
//! Each part is looked for first and fetched only when it is missing, so a second start costs nothing, and a
//! second clone finds the tools in the per-user cache.

pub mod browser;
mod cache;
pub mod node;
pub mod tools;

use crate::error::Error;
use crate::process::{Program, say};
use crate::workspace::Workspace;
use tools::Tool;

/// What building needs: the wasm target, `wasm-bindgen`, `worker-build` and the page's npm packages.
pub fn for_building(workspace: &Workspace) -> Result<(), Error> {
    node::check()?;
    wasm_target()?;
    tools::ensure(&[Tool::WASM_BINDGEN, Tool::WORKER_BUILD])?;
    node::packages(workspace, "www")
}

/// What testing needs besides: `wasm-pack`, the tests' npm packages and a browser.
pub fn for_testing(workspace: &Workspace) -> Result<browser::Browser, Error> {
    for_building(workspace)?;
    tools::ensure(&[Tool::WASM_PACK])?;
    node::packages(workspace, "tests")?;
    browser::find_or_install(workspace)
}

/// Adds the `wasm32-unknown-unknown` target to the toolchain in use when it is missing.
fn wasm_target() -> Result<(), Error> {
    let library = Program::new("rustc")
        .args([
            "--print",
            "target-libdir",
            "--target",
            "wasm32-unknown-unknown",
        ])
        .output()?;
    if std::path::Path::new(library.trim()).is_dir() {
        return Ok(());
    }
    say("adding Rust's wasm32-unknown-unknown target");
    Program::new("rustup")
        .args(["target", "add", "wasm32-unknown-unknown"])
        .run()
        .map_err(|cause| {
            Error::say(format!(
                "Rust cannot build for wasm32-unknown-unknown yet: install rustup (rustup.rs), then run \
                 `rustup target add wasm32-unknown-unknown` ({cause})"
            ))
        })
}
