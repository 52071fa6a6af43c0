//! Folders of inputs, one file each, named by what is in it.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::targets::Target;
use crate::error::Error;
use crate::workspace::Workspace;

/// Where the inputs are that failed once.
pub fn failed(workspace: &Workspace, target: &Target) -> PathBuf {
    workspace.path("tests/fuzz").join(target.name)
}

/// Every input of a folder, in the order of their names.
pub fn inputs(folder: &Path) -> Result<Vec<(PathBuf, Vec<u8>)>, Error> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(Error::file("list", folder))? {
        let path = entry.map_err(Error::file("list", folder))?.path();
        let input = fs::read(&path).map_err(Error::file("read", &path))?;
        found.push((path, input));
    }
    found.sort();
    Ok(found)
}

/// Keeps `input` and says where.
pub fn keep(folder: &Path, input: &[u8]) -> Result<PathBuf, Error> {
    let digest = Sha256::digest(input);
    let name: String = digest
        .iter()
        .take(6)
        .fold(String::new(), |name, byte| format!("{name}{byte:02x}"));
    make(folder)?;
    let path = folder.join(name);
    fs::write(&path, input).map_err(Error::file("write", &path))?;
    Ok(path)
}

/// Makes the folder.
pub fn make(folder: &Path) -> Result<(), Error> {
    fs::create_dir_all(folder).map_err(Error::file("make", folder))
}
