//! The pinned command-line tools, installed once per user with `cargo install`.

use std::fs;
use std::path::PathBuf;

use super::cache;
use crate::error::Error;
use crate::process::{Program, say};

/// A tool from crates.io at one version.
#[derive(Debug, Clone, Copy)]
pub struct Tool {
    package: &'static str,
    version: &'static str,
    binary: &'static str,
}

impl Tool {
    /// Must be the version of the `wasm-bindgen` crate in `Cargo.lock`.
    pub const WASM_BINDGEN: Self = Self::new("wasm-bindgen-cli", "0.2.129", "wasm-bindgen");
    /// Runs the wasm tests in Node and in a browser.
    pub const WASM_PACK: Self = Self::new("wasm-pack", "0.15.1", "wasm-pack");
    /// Must be the version of the `worker` crate in `Cargo.lock`.
    pub const WORKER_BUILD: Self = Self::new("worker-build", "0.8.7", "worker-build");

    const fn new(package: &'static str, version: &'static str, binary: &'static str) -> Self {
        Self {
            package,
            version,
            binary,
        }
    }

    fn root(self) -> Result<PathBuf, Error> {
        let name = format!("{}-{}", self.package, self.version);
        Ok(cache::folder()?.join("tools").join(name))
    }

    /// The folder with the tool's programs.
    pub fn bin(self) -> Result<PathBuf, Error> {
        Ok(self.root()?.join("bin"))
    }

    /// The tool's program.
    pub fn program(self) -> Result<PathBuf, Error> {
        Ok(self.bin()?.join(self.binary))
    }

    /// `cargo install` writes its list of what is installed last.
    fn is_installed(self) -> Result<bool, Error> {
        Ok(self.program()?.is_file() && self.root()?.join(".crates.toml").is_file())
    }

    fn install(self, build: &PathBuf) -> Result<(), Error> {
        let root = self.root()?;
        say(&format!(
            "installing {} {} into {} (once per user, a few minutes)",
            self.package,
            self.version,
            root.display()
        ));
        // An unoptimised tool is built far quicker and is fast enough here.
        Program::new("cargo")
            .args(["install", "--debug", "--locked", "--force", "--root"])
            .arg(&root)
            .arg(format!("{}@{}", self.package, self.version))
            .env("CARGO_TARGET_DIR", build)
            .run()
    }
}

/// Installs those of `tools` that are missing.
pub fn ensure(tools: &[Tool]) -> Result<(), Error> {
    if all_installed(tools)? {
        return Ok(());
    }
    let cache = cache::folder()?;
    let _turn = cache::lock(&cache.join("tools.lock"))?;
    let build = cache.join("build");
    for tool in tools {
        if !tool.is_installed()? {
            tool.install(&build)?;
        }
    }
    // The tools share most of their dependencies, so the build folder is kept while one is missing.
    if all_installed(&[Tool::WASM_BINDGEN, Tool::WASM_PACK, Tool::WORKER_BUILD])? && build.exists()
    {
        fs::remove_dir_all(&build).map_err(Error::file("remove", build))?;
    }
    Ok(())
}

fn all_installed(tools: &[Tool]) -> Result<bool, Error> {
    for tool in tools {
        if !tool.is_installed()? {
            return Ok(false);
        }
    }
    Ok(true)
}
