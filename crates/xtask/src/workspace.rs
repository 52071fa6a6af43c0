//! Paths in this clone.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// The clone that the command runs in.
#[derive(Debug, Clone)]
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// Finds the clone that Cargo ran this command from, or the one that contains the current folder.
    pub(crate) fn find() -> Result<Self, Error> {
        let start = match env::var_os("CARGO_MANIFEST_DIR") {
            Some(folder) => PathBuf::from(folder),
            None => env::current_dir().map_err(Error::file("find", "the current folder"))?,
        };
        start
            .ancestors()
            .find(|folder| folder.join("crates/xtask").is_dir())
            .map(|root| Self {
                root: root.to_owned(),
            })
            .ok_or_else(|| {
                Error::say("this is not a clone of Selfsame: run `cargo xtask` inside one")
            })
    }

    /// The top folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The absolute path of `relative`.
    pub(crate) fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join(relative)
    }

    /// Cargo's build folder: `CARGO_TARGET_DIR`, or `target/`.
    pub(crate) fn target(&self) -> PathBuf {
        env::var_os("CARGO_TARGET_DIR").map_or_else(
            || self.path("target"),
            |folder| self.root.join(PathBuf::from(folder)),
        )
    }

    /// Reads a text file of the clone.
    pub(crate) fn read(&self, relative: impl AsRef<Path>) -> Result<String, Error> {
        let path = self.path(relative);
        fs::read_to_string(&path).map_err(Error::file("read", path))
    }

    /// Writes a file of the clone, and creates its folder.
    pub(crate) fn write(
        &self,
        relative: impl AsRef<Path>,
        contents: impl AsRef<[u8]>,
    ) -> Result<(), Error> {
        let path = self.path(relative);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(Error::file("create", folder))?;
        }
        fs::write(&path, contents).map_err(Error::file("write", path))
    }
}
