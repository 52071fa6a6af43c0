//! The suites.

use super::Context;
use super::tally::{self, Tally};
use crate::build;
use crate::error::Error;
use crate::package;
use crate::process::Program;
use crate::setup::tools::Tool;
use crate::types;

/// One group of checks.
pub struct Suite {
    /// One word, as given to `cargo xtask test`.
    pub name: &'static str,
    /// What it checks, for people.
    pub what: &'static str,
    /// What it has to wait for.
    pub stage: Stage,
    /// Runs it.
    pub run: fn(&Context<'_>) -> Result<Tally, Error>,
}

/// What a suite needs, and with that when it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The sources. These take turns at Cargo's build folder for the host.
    Sources,
    /// What is deployed, built by the first of them.
    Artefacts,
    /// Running programs, the Worker and the stand-in above all.
    Running,
}

/// Every suite; within a stage they start in this order.
pub const SUITES: &[Suite] = &[
    Suite {
        name: "format",
        what: "cargo fmt",
        stage: Stage::Sources,
        run: |context| tally::check(&cargo(context, &["fmt", "--all", "--check"])),
    },
    Suite {
        name: "types",
        what: "the page's TypeScript types are those of the Rust types",
        stage: Stage::Sources,
        run: |context| {
            types::run(context.workspace, &types::Args { check: true })?;
            Ok(Tally::passed(1))
        },
    },
    Suite {
        name: "javascript",
        what: "Biome: format and lint of www and tests",
        stage: Stage::Sources,
        run: |context| tally::check(&npm(context, "tests", "lint")),
    },
    Suite {
        name: "lint",
        what: "clippy, native and wasm32",
        stage: Stage::Sources,
        run: lint,
    },
    Suite {
        name: "doc",
        what: "cargo doc without warnings",
        stage: Stage::Sources,
        run: doc,
    },
    Suite {
        name: "native",
        what: "unit and property tests",
        stage: Stage::Sources,
        run: |context| {
            let but_wasm = ["--workspace", "--exclude", "selfsame-wasm"];
            tally::count(&cargo(context, &["test", "--no-fail-fast"]).args(but_wasm))
        },
    },
    Suite {
        name: "build",
        what: "browser module, page, Worker",
        stage: Stage::Artefacts,
        run: |context| {
            build::all(context.workspace)?;
            Ok(Tally::passed(3))
        },
    },
    Suite {
        name: "size",
        what: "every artefact within its budget",
        stage: Stage::Artefacts,
        run: |context| {
            build::size::run(context.workspace)?;
            Ok(Tally::passed(build::size::COUNT))
        },
    },
    Suite {
        name: "package",
        what: "the npm package, installed into a scratch project",
        stage: Stage::Artefacts,
        run: |context| {
            package::run(context.workspace)?;
            node(context, "package")
        },
    },
    Suite {
        name: "page-types",
        what: "TypeScript, strict",
        stage: Stage::Artefacts,
        run: |context| tally::check(&npm(context, "www", "check")),
    },
    Suite {
        name: "page",
        what: "the page's unit tests",
        stage: Stage::Artefacts,
        run: |context| tally::count(&npm(context, "www", "test")),
    },
    Suite {
        name: "wasm-node",
        what: "the browser module's tests in Node",
        stage: Stage::Artefacts,
        run: |context| tally::count(&wasm(context)?.env("WASM_BINDGEN_TEST_ONLY_NODE", "1")),
    },
    Suite {
        name: "wasm-chrome",
        what: "the browser module's tests in headless Chrome",
        stage: Stage::Artefacts,
        run: wasm_chrome,
    },
    Suite {
        name: "browser",
        what: "the main job in a real browser",
        stage: Stage::Running,
        run: |context| with_stand_in(context, "browser"),
    },
    Suite {
        name: "edge",
        what: "the Worker in workerd, over HTTP only",
        stage: Stage::Running,
        run: |context| with_stand_in(context, "edge"),
    },
    Suite {
        name: "restart",
        what: "killed in the middle of a generation",
        stage: Stage::Running,
        run: |context| with_stand_in(context, "restart"),
    },
    Suite {
        name: "bad-input",
        what: "the Worker's answers to invalid requests",
        stage: Stage::Running,
        run: |context| with_stand_in(context, "bad-input"),
    },
    Suite {
        name: "tenants",
        what: "one person with another's ids, on every route",
        stage: Stage::Running,
        run: |context| with_stand_in(context, "tenants"),
    },
    Suite {
        name: "clients",
        what: "the unmodified npm client against the stand-in",
        stage: Stage::Running,
        run: |context| with_stand_in(context, "clients"),
    },
];

const WASM32: &str = "wasm32-unknown-unknown";

fn cargo(context: &Context<'_>, arguments: &[&str]) -> Program {
    Program::new("cargo")
        .args(arguments)
        .folder(context.workspace.root())
}

fn lint(context: &Context<'_>) -> Result<Tally, Error> {
    let clippy = || cargo(context, &["clippy", "--all-targets"]);
    let deny = ["--", "-D", "warnings"];
    let wasm32 = [
        "--package",
        "selfsame-wasm",
        "--package",
        "selfsame-worker",
        "--target",
        WASM32,
    ];
    tally::check(&clippy().args(deny))?;
    tally::check(&clippy().args(wasm32).args(deny))?;
    Ok(Tally::passed(2))
}

/// The documentation is the same for every target, so it is built for the host alone.
fn doc(context: &Context<'_>) -> Result<Tally, Error> {
    let doc = [
        "doc",
        "--workspace",
        "--no-deps",
        "--document-private-items",
    ];
    tally::check(&cargo(context, &doc).env("RUSTDOCFLAGS", "-D warnings"))
}

/// The browser module's tests, in the runner that `wasm-bindgen` brings.
fn wasm(context: &Context<'_>) -> Result<Program, Error> {
    Ok(cargo(
        context,
        &["test", "--package", "selfsame-wasm", "--target", WASM32],
    )
    .env(
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
        Tool::WASM_BINDGEN.bin()?.join("wasm-bindgen-test-runner"),
    ))
}

/// In the browser that was found, headless, offline, and without a sandbox, which root in a container cannot use.
fn wasm_chrome(context: &Context<'_>) -> Result<Tally, Error> {
    let capabilities = serde_json::json!({
        "goog:chromeOptions": {
            "binary": context.browser.chrome,
            "args": [
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run"
            ]
        }
    });
    let file = "build/webdriver.json";
    context.workspace.write(file, capabilities.to_string())?;
    tally::count(
        &wasm(context)?
            .env("WASM_BINDGEN_TEST_ONLY_WEB", "1")
            .env(
                "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
                context.workspace.path(file),
            )
            .env("CHROMEDRIVER", &context.browser.driver),
    )
}

fn npm(context: &Context<'_>, folder: &str, script: &str) -> Program {
    Program::new("npm")
        .args(["run", "--silent", script])
        .folder(context.workspace.path(folder))
}

/// A folder of `tests/` that starts the stand-in.
fn with_stand_in(context: &Context<'_>, folder: &str) -> Result<Tally, Error> {
    build::stand_in(context.workspace)?;
    node(context, folder)
}

/// A folder of `tests/`, in Node's own test runner.
fn node(context: &Context<'_>, folder: &str) -> Result<Tally, Error> {
    tally::count(
        &Program::new("node")
            .args(["--test", "--test-reporter=spec", "--test-timeout=1800000"])
            .arg(format!("{folder}/index.test.js"))
            .folder(context.workspace.path("tests"))
            .env("CARGO_TARGET_DIR", context.workspace.target())
            .env("CHROME", &context.browser.chrome),
    )
}
