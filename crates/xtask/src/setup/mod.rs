//! Set-up: everything that a machine with rustup and Node still needs.
//!
//! Each part is installed only when it is missing. The tools lie in a cache that all clones of a user share.

pub(crate) mod browser;
pub(crate) mod node;
pub(crate) mod tools;

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::process::{Program, say};
use crate::workspace::Workspace;

/// Installs what building needs: the wasm target, the tools and the page's npm packages.
pub(crate) fn for_building(workspace: &Workspace) -> Result<(), Error> {
    node::check()?;
    wasm_target()?;
    tools::install_missing()?;
    node::packages(workspace, "www")
}

/// Installs what every test suite needs: the above and the tests' npm packages.
pub(crate) fn for_testing(workspace: &Workspace) -> Result<(), Error> {
    for_building(workspace)?;
    node::packages(workspace, "tests")
}

/// Adds the `wasm32-unknown-unknown` target to the toolchain when it is missing.
fn wasm_target() -> Result<(), Error> {
    let library = Program::new("rustc")
        .args([
            "--print",
            "target-libdir",
            "--target",
            "wasm32-unknown-unknown",
        ])
        .output()?;
    if Path::new(library.trim()).is_dir() {
        return Ok(());
    }
    say("adding Rust's wasm32-unknown-unknown target");
    Program::new("rustup")
        .args(["target", "add", "wasm32-unknown-unknown"])
        .run()
        .map_err(|cause| {
            Error::say(format!(
                "Rust cannot build for wasm32-unknown-unknown: install rustup (rustup.rs), then run \
                 `rustup target add wasm32-unknown-unknown` ({cause})"
            ))
        })
}

/// The cache: `${XDG_CACHE_HOME:-~/.cache}/selfsame`.
fn cache() -> Result<PathBuf, Error> {
    let absolute = |name| {
        env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    absolute("XDG_CACHE_HOME")
        .or_else(|| absolute("HOME").map(|home| home.join(".cache")))
        .map(|cache| cache.join("selfsame"))
        .ok_or_else(|| {
            Error::say(
                "there is no folder for the tools: set HOME or XDG_CACHE_HOME to an absolute path",
            )
        })
}

/// Waits for the lock on the file `path`, which is created when it is missing. Dropping the result unlocks it.
pub(crate) fn lock(path: &Path) -> Result<File, Error> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(Error::file("create", folder))?;
    }
    let file = File::create(path).map_err(Error::file("open", path))?;
    if file.try_lock().is_err() {
        say(&format!(
            "waiting for another command: {} is locked",
            path.display()
        ));
        file.lock().map_err(Error::file("lock", path))?;
    }
    Ok(file)
}
