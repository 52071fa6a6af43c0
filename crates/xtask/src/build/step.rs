//! A build step that is skipped while its inputs are unchanged.

use std::path::PathBuf;

use crate::error::Error;
use crate::fingerprint::Fingerprint;
use crate::process::say;
use crate::setup;
use crate::workspace::Workspace;

/// One step from inputs to outputs.
pub(crate) struct Step {
    /// What is built, for people.
    pub(crate) what: &'static str,
    /// The files and folders that it is built from, in the clone.
    pub(crate) inputs: &'static [&'static str],
    /// A file of each output, in the clone.
    pub(crate) outputs: &'static [&'static str],
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
    /// Runs `build` unless the inputs are those of the last build and its outputs exist. Of several commands in a clone
    /// one builds, and the others wait for it.
    pub(crate) fn unless_current(
        &self,
        workspace: &Workspace,
        build: impl FnOnce() -> Result<(), Error>,
    ) -> Result<(), Error> {
        let fingerprint = self.fingerprint(workspace)?;
        if self.is_current(workspace, &fingerprint) {
            return Ok(());
        }
        let _turn = setup::lock(&self.stamp(workspace).with_extension("lock"))?;
        if self.is_current(workspace, &fingerprint) {
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
        fingerprint.stamp(&self.stamp(workspace))
    }

    fn is_current(&self, workspace: &Workspace, fingerprint: &Fingerprint) -> bool {
        self.missing_output(workspace).is_none() && fingerprint.is_stamped(&self.stamp(workspace))
    }

    fn stamp(&self, workspace: &Workspace) -> PathBuf {
        workspace.path(format!("build/stamps/{}", self.what.replace(' ', "-")))
    }

    fn fingerprint(&self, workspace: &Workspace) -> Result<Fingerprint, Error> {
        let inputs = COMMON.iter().chain(self.inputs);
        Fingerprint::of_trees(inputs.map(|input| workspace.path(input)), |name| {
            matches!(name, "node_modules" | "dist" | "build" | "pkg" | "tests")
        })
    }

    fn missing_output(&self, workspace: &Workspace) -> Option<&'static str> {
        let is_missing = |output: &&&str| !workspace.path(output).is_file();
        self.outputs.iter().find(is_missing).copied()
    }
}
