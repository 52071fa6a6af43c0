//! The browser's module: `crates/wasm` to `www/pkg` and to one folder a target in `crates/wasm/pkg`.

use std::fs;
use std::path::{Path, PathBuf};

use super::Step;
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

/// What rustc's wasm32 target emits, by name: `--all-features` makes modules that Node 20 refuses.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Builds it when it has changed.
pub fn build(workspace: &Workspace) -> Result<(), Error> {
    STEP.unless_current(workspace, || {
        // The small module, for a page's first previews, and the whole one.
        let module = compile(workspace, "preview", &["--no-default-features"])?;
        optimize(workspace, &bind(workspace, &module, "web", PREVIEW)?)?;
        let module = compile(workspace, "release", &[])?;
        let mut optimized = Vec::new();
        for target in ["web", "bundler", "nodejs"] {
            let bound = bind(workspace, &module, target, WHOLE)?;
            optimize_once(workspace, &bound, &mut optimized)?;
        }
        // wasm-bindgen writes CommonJS for Node.
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

/// Names of the modules' files.
const WHOLE: &str = "selfsame_wasm";
const PREVIEW: &str = "selfsame_preview";

fn compile(workspace: &Workspace, profile: &str, features: &[&str]) -> Result<PathBuf, Error> {
    let target = "wasm32-unknown-unknown";
    Program::new("cargo")
        .args(["build", "--profile", profile, "--target", target])
        .args(["--package", "selfsame-wasm"])
        .args(features)
        .folder(workspace.root())
        .run()?;
    let built = workspace.target().join(target).join(profile);
    Ok(built.join("selfsame_wasm.wasm"))
}

/// The module as it is bound for `target`.
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

/// [`optimize`], unless the same bytes were before: most targets differ in their JavaScript alone.
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

fn optimize(workspace: &Workspace, bound: &Path) -> Result<(), Error> {
    Program::new(node::program(workspace, "wasm-opt")?)
        .args(["-O3", "--strip-debug", "--strip-producers"])
        // Every larger function that is moved into its one caller makes the module smaller and its gzip larger,
        // by 5 KB in all.
        .arg("--one-caller-inline-max-function-size=20")
        .args(FEATURES)
        .arg(bound)
        .arg("-o")
        .arg(bound)
        .run()
}

fn copy_files(from: &Path, to: &Path) -> Result<(), Error> {
    fs::create_dir_all(to).map_err(Error::file("make", to))?;
    for entry in fs::read_dir(from).map_err(Error::file("list", from))? {
        let entry = entry.map_err(Error::file("list", from))?;
        let copy = to.join(entry.file_name());
        fs::copy(entry.path(), &copy).map_err(Error::file("write", copy))?;
    }
    Ok(())
}
