//! The page: `www/src` to `www/dist`, by the page's own build script.

use super::Step;
use crate::error::Error;
use crate::process::Program;
use crate::workspace::Workspace;

const STEP: Step = Step {
    what: "the page",
    inputs: &[
        "crates/assist",
        "crates/primitives",
        "crates/prompt",
        "crates/recipe",
        "crates/series",
        "crates/wasm",
        "www",
    ],
    outputs: &["www/dist/index.html"],
};

/// Builds it when it has changed.
pub fn build(workspace: &Workspace) -> Result<(), Error> {
    STEP.unless_current(workspace, || {
        Program::new("npm")
            .args(["run", "--silent", "build"])
            .folder(workspace.path("www"))
            .run()
    })
}
