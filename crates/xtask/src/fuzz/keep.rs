//! Inputs that failed once, one file each.

use std::fs;
use std::path::PathBuf;

use sha2::{Digest, Sha256};

use super::targets::Target;
use crate::error::Error;
use crate::workspace::Workspace;

fn folder(workspace: &Workspace, target: &Target) -> PathBuf {
    workspace.path("tests/fuzz").join(target.name)
}

/// Every kept input, in the order of their names.
pub fn inputs(workspace: &Workspace, target: &Target) -> Result<Vec<(PathBuf, Vec<u8>)>, Error> {
    let folder = folder(workspace, target);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(&folder).map_err(Error::file("list", &folder))? {
        let path = entry.map_err(Error::file("list", &folder))?.path();
        let input = fs::read(&path).map_err(Error::file("read", &path))?;
        found.push((path, input));
    }
    found.sort();
    Ok(found)
}

/// Keeps `input` and says where.
pub fn keep(workspace: &Workspace, target: &Target, input: &[u8]) -> Result<PathBuf, Error> {
    let digest = Sha256::digest(input);
    let name: String = digest
        .iter()
        .take(6)
        .fold(String::new(), |name, byte| format!("{name}{byte:02x}"));
    let folder = folder(workspace, target);
    fs::create_dir_all(&folder).map_err(Error::file("make", &folder))?;
    let path = folder.join(name);
    fs::write(&path, input).map_err(Error::file("write", &path))?;
    Ok(path)
}
