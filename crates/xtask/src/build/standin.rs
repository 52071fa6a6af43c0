//! The stand-in: a native program. Cargo itself knows when it is current.

use std::path::PathBuf;

use crate::error::Error;
use crate::process::Program;
use crate::workspace::Workspace;

/// Builds it, and says where it is.
pub fn build(workspace: &Workspace) -> Result<PathBuf, Error> {
    Program::new("cargo")
        .args(["build", "--package", "selfsame-standin"])
        .folder(workspace.root())
        .run()?;
    Ok(workspace.target().join("debug/selfsame-standin"))
}
