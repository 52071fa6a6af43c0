//! The browser module: `crates/wasm` to `www/pkg`, and to a folder for each target in `crates/wasm/pkg`.

use std::fs;
use std::path::{Path, PathBuf};

use super::step::Step;
use crate::error::Error;
use crate::process::Program;
use crate::setup::node;
use crate::setup::tools::Tool;
use crate::workspace::Workspace;

const STEP: Step = Step {
    what: "the browser module",
    inputs: &[
        "crates/assist",
        "crates/primitives",
        "crates/prompt",
        "crates/recipe",
        "crates/series",
        "crates/wasm",
    ],
    outputs: &[
        "www/pkg/selfsame_wasm_bg.wasm",
        "crates/wasm/pkg/web/selfsame_wasm_bg.wasm",
        "crates/wasm/pkg/bundler/selfsame_wasm_bg.wasm",
        "crates/wasm/pkg/nodejs/selfsame_wasm_bg.wasm",
        "www/pkg/selfsame_preview_bg.wasm",
        "crates/wasm/pkg/preview/selfsame_preview_bg.wasm",
    ],
};

/// The features that rustc's wasm32 target and the Worker's bindings use. Not `--all-features`, whose output Node 20 cannot load.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-exception-handling",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Builds the preview module and the whole one, for every target.
pub(crate) fn build(workspace: &Workspace) -> Result<(), Error> {
    STEP.unless_current(workspace, || {
        let module = compile(workspace, &["--no-default-features"])?;
        optimize(workspace, &bind(workspace, &module, "web", PREVIEW)?)?;
        let module = compile(workspace, &[])?;
        let mut optimized = Vec::new();
        for target in ["web", "bundler", "nodejs"] {
            let bound = bind(workspace, &module, target, WHOLE)?;
            optimize_once(workspace, &bound, &mut optimized)?;
        }
        // For Node, wasm-bindgen writes CommonJS.
        workspace.write(
            "crates/wasm/pkg/nodejs/package.json",
            "{ \"type\": \"commonjs\" }\n",
        )?;
        for folder in ["web", "preview"] {
            copy_files(
                &workspace.path("crates/wasm/pkg").join(folder),
                &workspace.path("www/pkg"),
            )?;
        }
        Ok(())
    })
}

/// The profile in `Cargo.toml`. One for both modules, so that their dependencies are compiled once.
const PROFILE: &str = "browser";
/// The file name of the whole module.
const WHOLE: &str = "selfsame_wasm";
/// The file name of the preview module.
const PREVIEW: &str = "selfsame_preview";

fn compile(workspace: &Workspace, features: &[&str]) -> Result<PathBuf, Error> {
    let target = "wasm32-unknown-unknown";
    Program::new("cargo")
        .args(["build", "--profile", PROFILE, "--target", target])
        .args(["--package", "selfsame-wasm"])
        .args(features)
        .folder(workspace.root())
        .run()?;
    let built = workspace.target().join(target).join(PROFILE);
    Ok(built.join("selfsame_wasm.wasm"))
}

/// Writes the JavaScript bindings for `target`; gives the path of the module beside them.
fn bind(workspace: &Workspace, module: &Path, target: &str, name: &str) -> Result<PathBuf, Error> {
    let folder = if name == PREVIEW { "preview" } else { target };
    let out = workspace.path("crates/wasm/pkg").join(folder);
    Program::new(Tool::WASM_BINDGEN.program()?)
        .arg(module)
        .args(["--target", target, "--out-name", name, "--out-dir"])
        .arg(&out)
        .run()?;
    Ok(out.join(format!("{name}_bg.wasm")))
}

/// Optimises a module, or copies the result from `known` when the bytes are equal: targets with the same wasm differ in
/// their JavaScript alone.
fn optimize_once(
    workspace: &Workspace,
    bound: &Path,
    known: &mut Vec<(Vec<u8>, Vec<u8>)>,
) -> Result<(), Error> {
    let read = || fs::read(bound).map_err(Error::file("read", bound));
    let before = read()?;
    if let Some((_, after)) = known.iter().find(|(known, _)| *known == before) {
        return fs::write(bound, after).map_err(Error::file("write", bound));
    }
    optimize(workspace, bound)?;
    known.push((before, read()?));
    Ok(())
}

/// Optimises a module in place and removes the names of its functions.
pub(super) fn optimize(workspace: &Workspace, bound: &Path) -> Result<(), Error> {
    Program::new(node::program(workspace, "wasm-opt")?)
        .args(["-O3", "--strip-debug", "--strip-producers"])
        // Inlining larger functions into their only caller shrinks the module but makes its gzip 5 KB larger.
        .arg("--one-caller-inline-max-function-size=20")
        .args(FEATURES)
        .arg(bound)
        .arg("-o")
        .arg(bound)
        .run()
}

fn copy_files(from: &Path, to: &Path) -> Result<(), Error> {
    fs::create_dir_all(to).map_err(Error::file("create", to))?;
    for entry in fs::read_dir(from).map_err(Error::file("list", from))? {
        let entry = entry.map_err(Error::file("list", from))?;
        let copy = to.join(entry.file_name());
        fs::copy(entry.path(), &copy).map_err(Error::file("write", copy))?;
    }
    Ok(())
}
