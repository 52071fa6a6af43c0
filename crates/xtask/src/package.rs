//! `cargo xtask package`: packs the browser module into a tarball for npm.

use std::fs;

use crate::build;
use crate::error::Error;
use crate::process::{Program, say};
use crate::setup;
use crate::workspace::Workspace;

/// The files besides the module: path in the clone, path in the package.
const FILES: &[(&str, &str)] = &[
    ("crates/wasm/README.md", "README.md"),
    ("CHANGELOG.md", "CHANGELOG.md"),
    ("LICENSE", "LICENSE"),
    ("crates/prompt/vocab/README.md", "vocabularies/README.md"),
    (
        "crates/prompt/vocab/LICENSE-clip",
        "vocabularies/LICENSE-clip",
    ),
    ("crates/prompt/vocab/LICENSE-t5", "vocabularies/LICENSE-t5"),
    ("crates/prompt/vocab/clip.vocab", "vocabularies/clip.vocab"),
    ("crates/prompt/vocab/t5.vocab", "vocabularies/t5.vocab"),
];

/// The folder that is packed, in the clone.
const FOLDER: &str = "crates/wasm/pkg";

/// Builds the module and packs it with its documentation and the vocabularies into `build/selfsame-wasm-VERSION.tgz`.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Error> {
    setup::for_building(workspace)?;
    build::wasm::build(workspace)?;
    for (from, to) in FILES {
        let source = workspace.path(from);
        let text = fs::read(&source).map_err(Error::file("read", &source))?;
        workspace.write(format!("{FOLDER}/{to}"), text)?;
    }
    workspace.write(format!("{FOLDER}/package.json"), manifest())?;
    Program::new("npm")
        .args(["pack", "--silent", "--pack-destination"])
        .arg(workspace.path("build"))
        .folder(workspace.path(FOLDER))
        .run()?;
    say(&format!("packed {}", workspace.path(tarball()).display()));
    Ok(())
}

/// The tarball's path in the clone.
fn tarball() -> String {
    format!("build/selfsame-wasm-{}.tgz", env!("CARGO_PKG_VERSION"))
}

/// `package.json`. A template rather than a JSON value, because npm takes the first of `exports` that matches and a map
/// would sort them.
fn manifest() -> String {
    format!(
        r#"{{
  "name": "selfsame-wasm",
  "version": "{}",
  "description": "{}",
  "keywords": ["flux", "lora", "prompt", "text-to-image", "wasm"],
  "license": "{}",
  "type": "module",
  "engines": {{ "node": ">=20" }},
  "files": ["bundler", "nodejs", "preview", "vocabularies", "web", "CHANGELOG.md"],
  "sideEffects": ["./bundler/selfsame_wasm.js"],
  "types": "./bundler/selfsame_wasm.d.ts",
  "exports": {{
    ".": {{
      "node": {{ "types": "./nodejs/selfsame_wasm.d.ts", "default": "./nodejs/selfsame_wasm.js" }},
      "types": "./bundler/selfsame_wasm.d.ts",
      "default": "./bundler/selfsame_wasm.js"
    }},
    "./web": {{ "types": "./web/selfsame_wasm.d.ts", "default": "./web/selfsame_wasm.js" }},
    "./preview": {{ "types": "./preview/selfsame_preview.d.ts", "default": "./preview/selfsame_preview.js" }},
    "./web/selfsame_wasm_bg.wasm": "./web/selfsame_wasm_bg.wasm",
    "./vocabularies/*.vocab": "./vocabularies/*.vocab",
    "./package.json": "./package.json"
  }}
}}
"#,
        env!("CARGO_PKG_VERSION"),
        "Builds prompts for FLUX with a personal LoRA, and says what a model version will make of every parameter.",
        env!("CARGO_PKG_LICENSE"),
    )
}
