//! A build step that is skipped while its inputs are unchanged.

use std::path::PathBuf;

use crate::error::Error;
use crate::fingerprint::Fingerprint;
use crate::process::say;
use crate::workspace::Workspace;

/// One step from inputs to outputs.
pub struct Step {
    /// What is built, for people.
    pub what: &'static str,
    /// The files and folders that it is built from, in the clone.
    pub inputs: &'static [&'static str],
    /// A file of each output, in the clone.
    pub outputs: &'static [&'static str],
}

/// Inputs of every step.
const COMMON: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    "www/package-lock.json",
    "crates/xtask/src/build",
    "crates/xtask/src/setup/tools.rs",
];

impl Step {
    /// Runs `build` unless the inputs are those of the last build and its outputs exist.
    pub fn unless_current(
        &self,
        workspace: &Workspace,
        build: impl FnOnce() -> Result<(), Error>,
    ) -> Result<(), Error> {
        let stamp = workspace.path(format!("build/stamps/{}", self.what.replace(' ', "-")));
        let inputs: Vec<PathBuf> = COMMON
            .iter()
            .chain(self.inputs)
            .map(|input| workspace.path(input))
            .collect();
        let fingerprint = Fingerprint::of_trees(inputs, |name| {
            matches!(name, "node_modules" | "dist" | "build" | "pkg" | "tests")
        })?;
        if self.missing_output(workspace).is_none() && fingerprint.is_stamped(&stamp) {
            return Ok(());
        }
        say(&format!("building {}", self.what));
        build()?;
        if let Some(output) = self.missing_output(workspace) {
            return Err(Error::say(format!(
                "building {} succeeded without writing {output}",
                self.what
            )));
        }
        fingerprint.stamp(&stamp)
    }

    fn missing_output(&self, workspace: &Workspace) -> Option<&'static str> {
        let is_missing = |output: &&&str| !workspace.path(output).is_file();
        self.outputs.iter().find(is_missing).copied()
    }
}
