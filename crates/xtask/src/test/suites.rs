//! The suites.

use std::env;

use super::tally::{self, Tally};
use crate::build;
use crate::error::Error;
use crate::package;
use crate::process::Program;
use crate::setup::browser;
use crate::setup::tools::Tool;
use crate::types;
use crate::workspace::Workspace;

/// One group of checks.
pub(crate) struct Suite {
    /// One word, as given to `cargo xtask test`.
    pub(crate) name: &'static str,
    /// What it checks, for people.
    pub(crate) what: &'static str,
    /// What it has to wait for.
    pub(crate) stage: Stage,
    /// Whether it needs Chrome or Chromium.
    pub(crate) drives_browser: bool,
    /// Builds what it needs and runs it.
    pub(crate) run: fn(&Workspace) -> Result<Tally, Error>,
}

/// What a suite needs, and with that when it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// The sources. These take turns at Cargo's build folder for the host.
    Sources,
    /// What is deployed, built by the first of them.
    Artefacts,
    /// Running programs, the Worker and the stand-in above all.
    Running,
}

/// The name of the suite that builds every native program.
pub(crate) const NATIVE: &str = "native";

/// Every suite; within a stage they start in this order.
pub(crate) const SUITES: &[Suite] = &[
    Suite {
        name: "format",
        what: "cargo fmt",
        stage: Stage::Sources,
        drives_browser: false,
        run: |workspace| tally::check(&cargo(workspace, &["fmt", "--all", "--check"])),
    },
    Suite {
        name: "types",
        what: "the page's TypeScript types are those of the Rust types",
        stage: Stage::Sources,
        drives_browser: false,
        run: |workspace| {
            types::run(workspace, &types::Args { check: true })?;
            Ok(Tally::passed(1))
        },
    },
    Suite {
        name: "javascript",
        what: "Biome: format and lint of www and tests",
        stage: Stage::Sources,
        drives_browser: false,
        run: |workspace| tally::check(&npm(workspace, "tests", "lint")),
    },
    Suite {
        name: "lint",
        what: "clippy, native and wasm32",
        stage: Stage::Sources,
        drives_browser: false,
        run: lint,
    },
    Suite {
        name: "doc",
        what: "cargo doc without warnings",
        stage: Stage::Sources,
        drives_browser: false,
        run: doc,
    },
    Suite {
        name: NATIVE,
        what: "unit and property tests",
        stage: Stage::Sources,
        drives_browser: false,
        run: native,
    },
    Suite {
        name: "build",
        what: "browser module, page, Worker",
        stage: Stage::Artefacts,
        drives_browser: false,
        run: |workspace| {
            build::all(workspace)?;
            Ok(Tally::passed(3))
        },
    },
    Suite {
        name: "size",
        what: "every artefact within its budget",
        stage: Stage::Artefacts,
        drives_browser: false,
        run: |workspace| {
            build::all(workspace)?;
            build::size::run(workspace)?;
            Ok(Tally::passed(build::size::COUNT))
        },
    },
    Suite {
        name: "package",
        what: "the npm package, installed into a scratch project",
        stage: Stage::Artefacts,
        drives_browser: true,
        run: |workspace| {
            package::run(workspace)?;
            tally::count(&in_browser(workspace, "package")?)
        },
    },
    Suite {
        name: "page-types",
        what: "TypeScript, strict",
        stage: Stage::Artefacts,
        drives_browser: false,
        run: |workspace| {
            build::wasm::build(workspace)?;
            tally::check(&npm(workspace, "www", "check"))
        },
    },
    Suite {
        name: "page",
        what: "the page's unit tests",
        stage: Stage::Artefacts,
        drives_browser: false,
        run: |workspace| {
            build::wasm::build(workspace)?;
            tally::count(&npm(workspace, "www", "test"))
        },
    },
    Suite {
        name: "wasm-node",
        what: "the browser module's tests in Node",
        stage: Stage::Artefacts,
        drives_browser: false,
        run: |workspace| tally::count(&wasm(workspace)?.env("WASM_BINDGEN_TEST_ONLY_NODE", "1")),
    },
    Suite {
        name: "wasm-chrome",
        what: "the browser module's tests in headless Chrome",
        stage: Stage::Artefacts,
        drives_browser: true,
        run: wasm_chrome,
    },
    Suite {
        name: "browser",
        what: "the main job in a real browser",
        stage: Stage::Running,
        drives_browser: true,
        run: |workspace| {
            build_deployed(workspace)?;
            tally::count(&in_browser(workspace, "browser")?)
        },
    },
    Suite {
        name: "edge",
        what: "the Worker in workerd, over HTTP only",
        stage: Stage::Running,
        drives_browser: false,
        run: |workspace| {
            build_deployed(workspace)?;
            tally::count(&node(workspace, "edge"))
        },
    },
    Suite {
        name: "restart",
        what: "killed in the middle of a generation",
        stage: Stage::Running,
        drives_browser: false,
        run: |workspace| {
            build_deployed(workspace)?;
            tally::count(&node(workspace, "restart"))
        },
    },
    Suite {
        name: "bad-input",
        what: "the Worker's answers to invalid requests",
        stage: Stage::Running,
        drives_browser: false,
        run: |workspace| {
            build_deployed(workspace)?;
            tally::count(&node(workspace, "bad-input"))
        },
    },
    Suite {
        name: "pacer",
        what: "people take turns at a provider with a low limit",
        stage: Stage::Running,
        drives_browser: false,
        run: |workspace| {
            build_deployed(workspace)?;
            tally::count(&node(workspace, "pacer"))
        },
    },
    Suite {
        name: "tenants",
        what: "one person with another's ids, on every route",
        stage: Stage::Running,
        drives_browser: false,
        run: |workspace| {
            build_deployed(workspace)?;
            tally::count(&node(workspace, "tenants"))
        },
    },
    Suite {
        name: "attack",
        what: "a sample of what must not work, and races",
        stage: Stage::Running,
        drives_browser: false,
        run: |workspace| {
            build_deployed(workspace)?;
            tally::count(&node(workspace, "attack"))
        },
    },
    Suite {
        name: "clients",
        what: "the unmodified npm client against the stand-in",
        stage: Stage::Running,
        drives_browser: false,
        run: |workspace| {
            build_stand_in(workspace)?;
            tally::count(&node(workspace, "clients"))
        },
    },
];

const WASM32: &str = "wasm32-unknown-unknown";

fn cargo(workspace: &Workspace, arguments: &[&str]) -> Program {
    Program::new("cargo")
        .args(arguments)
        .folder(workspace.root())
}

fn lint(workspace: &Workspace) -> Result<Tally, Error> {
    let clippy = || cargo(workspace, &["clippy", "--all-targets"]);
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

fn native(workspace: &Workspace) -> Result<Tally, Error> {
    let but_wasm = ["--workspace", "--exclude", "selfsame-wasm"];
    tally::count(&cargo(workspace, &["test", "--no-fail-fast"]).args(but_wasm))
}

/// The documentation is the same for every target, so it is built for the host alone.
fn doc(workspace: &Workspace) -> Result<Tally, Error> {
    let doc = [
        "doc",
        "--workspace",
        "--no-deps",
        "--document-private-items",
    ];
    tally::check(&cargo(workspace, &doc).env("RUSTDOCFLAGS", "-D warnings"))
}

/// The browser module's tests, in the runner that `wasm-bindgen` brings.
fn wasm(workspace: &Workspace) -> Result<Program, Error> {
    Ok(cargo(
        workspace,
        &["test", "--package", "selfsame-wasm", "--target", WASM32],
    )
    .env(
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
        Tool::WASM_BINDGEN.bin()?.join("wasm-bindgen-test-runner"),
    ))
}

/// In the browser that was found, headless, offline, and without a sandbox, which root in a container cannot use.
fn wasm_chrome(workspace: &Workspace) -> Result<Tally, Error> {
    let browser = browser::find_or_install(workspace)?;
    let capabilities = serde_json::json!({
        "goog:chromeOptions": {
            "binary": browser.chrome,
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
    workspace.write(file, capabilities.to_string())?;
    tally::count(
        &wasm(workspace)?
            .env("WASM_BINDGEN_TEST_ONLY_WEB", "1")
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", workspace.path(file))
            .env("CHROMEDRIVER", &browser.driver),
    )
}

fn npm(workspace: &Workspace, folder: &str, script: &str) -> Program {
    Program::new("npm")
        .args(["run", "--silent", script])
        .folder(workspace.path(folder))
}

/// What the suites that run the Worker need: the Worker, the page that it serves, and the stand-in.
fn build_deployed(workspace: &Workspace) -> Result<(), Error> {
    build::all(workspace)?;
    build_stand_in(workspace)
}

/// Set for the suites that run after the native tests, which build the stand-in. With Cargo's features for one package
/// alone, half of its dependencies would be compiled again.
pub(crate) const STAND_IN_IS_BUILT: &str = "SELFSAME_STAND_IN_IS_BUILT";

fn build_stand_in(workspace: &Workspace) -> Result<(), Error> {
    if env::var_os(STAND_IN_IS_BUILT).is_none() {
        build::stand_in(workspace)?;
    }
    Ok(())
}

/// A folder of `tests/`, in Node's own test runner.
fn node(workspace: &Workspace, folder: &str) -> Program {
    Program::new("node")
        .args(["--test", "--test-reporter=spec", "--test-timeout=1800000"])
        .arg(format!("{folder}/index.test.js"))
        .folder(workspace.path("tests"))
        .env("CARGO_TARGET_DIR", workspace.target())
}

/// As [`node`], for tests that drive a browser.
fn in_browser(workspace: &Workspace, folder: &str) -> Result<Program, Error> {
    let browser = browser::find_or_install(workspace)?;
    Ok(node(workspace, folder).env("CHROME", browser.chrome))
}
