//! The Worker: `crates/worker` to `crates/worker/build`, by `worker-build` with nothing fetched.

use super::Step;
use crate::error::Error;
use crate::process::Program;
use crate::setup::node;
use crate::setup::tools::Tool;
use crate::workspace::Workspace;

const STEP: Step = Step {
    what: "the Worker",
    inputs: &[
        "crates/api",
        "crates/primitives",
        "crates/prompt",
        "crates/provider",
        "crates/recipe",
        "crates/studio",
        "crates/worker",
        // The Worker answers with the page's security headers.
        "www/public/_headers",
    ],
    outputs: &["crates/worker/build/index.js"],
};

/// Builds it when it has changed.
pub fn build(workspace: &Workspace) -> Result<(), Error> {
    STEP.unless_current(workspace, || {
        Program::new(Tool::WORKER_BUILD.program()?)
            .arg("--release")
            .folder(workspace.path("crates/worker"))
            .env("WASM_BINDGEN_BIN", Tool::WASM_BINDGEN.program()?)
            .env("WASM_OPT_BIN", node::program(workspace, "wasm-opt")?)
            .env("ESBUILD_BIN", node::program(workspace, "esbuild")?)
            .run()
    })
}
