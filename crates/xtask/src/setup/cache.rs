//! The per-user cache that all clones share.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::process::say;

/// `${XDG_CACHE_HOME:-~/.cache}/selfsame`.
pub fn folder() -> Result<PathBuf, Error> {
    let absolute = |name| {
        env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    absolute("XDG_CACHE_HOME")
        .or_else(|| absolute("HOME").map(|home| home.join(".cache")))
        .map(|cache| cache.join("selfsame"))
        .ok_or_else(|| {
            Error::say("neither XDG_CACHE_HOME nor HOME is set, so there is no folder for the tools: set one")
        })
}

/// Holds `lock` until dropped, so that two set-ups at once take turns.
pub fn lock(lock: &Path) -> Result<File, Error> {
    if let Some(folder) = lock.parent() {
        fs::create_dir_all(folder).map_err(Error::file("make", folder))?;
    }
    let file = File::create(lock).map_err(Error::file("open", lock))?;
    if file.try_lock().is_err() {
        say("another set-up is running; waiting for it");
        file.lock().map_err(Error::file("lock", lock))?;
    }
    Ok(file)
}
