//! The pinned command-line tools, installed with `cargo install` once per user.

use std::fs;
use std::path::{Path, PathBuf};

use super::{cache, lock};
use crate::error::Error;
use crate::process::{Program, say};

/// A tool from crates.io at one version.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tool {
    package: &'static str,
    version: &'static str,
    binary: &'static str,
}

const ALL: [Tool; 2] = [Tool::WASM_BINDGEN, Tool::WORKER_BUILD];

impl Tool {
    /// Binds modules to JavaScript, and brings the test runner. Must be the version of the `wasm-bindgen` crate in
    /// `Cargo.lock`.
    pub(crate) const WASM_BINDGEN: Self = Self {
        package: "wasm-bindgen-cli",
        version: "0.2.129",
        binary: "wasm-bindgen",
    };
    /// Builds the Worker. Must be the version of the `worker` crate in `Cargo.lock`.
    pub(crate) const WORKER_BUILD: Self = Self {
        package: "worker-build",
        version: "0.8.7",
        binary: "worker-build",
    };

    fn root(self) -> Result<PathBuf, Error> {
        let name = format!("{}-{}", self.package, self.version);
        Ok(cache()?.join("tools").join(name))
    }

    /// The folder with the tool's programs.
    pub(crate) fn bin(self) -> Result<PathBuf, Error> {
        Ok(self.root()?.join("bin"))
    }

    /// The tool's program.
    pub(crate) fn program(self) -> Result<PathBuf, Error> {
        Ok(self.bin()?.join(self.binary))
    }

    /// `cargo install` writes its list of installed packages last.
    fn is_installed(self) -> Result<bool, Error> {
        Ok(self.program()?.is_file() && self.root()?.join(".crates.toml").is_file())
    }

    fn install(self, build: &Path) -> Result<(), Error> {
        let root = self.root()?;
        say(&format!(
            "installing {} {} into {} (once per user, a few minutes)",
            self.package,
            self.version,
            root.display()
        ));
        // Unoptimised and without debug information, which builds fastest; the tools' own speed does not matter here.
        Program::new("cargo")
            .args(["install", "--debug", "--locked", "--force", "--root"])
            .arg(&root)
            .arg(format!("{}@{}", self.package, self.version))
            .env("CARGO_TARGET_DIR", build)
            .env("CARGO_PROFILE_DEV_DEBUG", "false")
            .run()
    }
}

/// Installs the tools that are missing.
pub(crate) fn install_missing() -> Result<(), Error> {
    if missing()?.is_empty() {
        return Ok(());
    }
    let _turn = lock(&cache()?.join("tools.lock"))?;
    // One build folder, because the tools share most of their dependencies.
    let build = cache()?.join("build");
    for tool in missing()? {
        tool.install(&build)?;
    }
    if build.exists() {
        fs::remove_dir_all(&build).map_err(Error::file("remove", build))?;
    }
    Ok(())
}

fn missing() -> Result<Vec<Tool>, Error> {
    let mut missing = Vec::new();
    for tool in ALL {
        if !tool.is_installed()? {
            missing.push(tool);
        }
    }
    Ok(missing)
}
