//! The suites, in the order in which they run: cheap ones first.

use std::env;
use std::ffi::OsString;

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
    /// What it is, for people.
    pub what: &'static str,
    /// Runs it.
    pub run: fn(&Context<'_>) -> Result<Tally, Error>,
}

/// Every suite.
pub const SUITES: &[Suite] = &[
    Suite {
        name: "format",
        what: "cargo fmt",
        run: |context| tally::check(&cargo(context, &["fmt", "--all", "--check"])),
    },
    Suite {
        name: "types",
        what: "the page's TypeScript types are those of the Rust types",
        run: |context| {
            types::run(context.workspace, &types::Args { check: true })?;
            Ok(Tally::passed(1))
        },
    },
    Suite {
        name: "lint",
        what: "clippy, native and wasm32",
        run: lint,
    },
    Suite {
        name: "javascript",
        what: "Biome: formatting and lint of www and tests",
        run: |context| tally::check(&npm(context, "tests", "lint")),
    },
    Suite {
        name: "doc",
        what: "cargo doc without warnings, native and wasm32",
        run: doc,
    },
    Suite {
        name: "native",
        what: "unit and property tests",
        run: |context| {
            let but_wasm = ["--workspace", "--exclude", "selfsame-wasm"];
            tally::count(&cargo(context, &["test", "--no-fail-fast"]).args(but_wasm))
        },
    },
    Suite {
        name: "build",
        what: "browser module, page, Worker, stand-in",
        run: |context| {
            build::all(context.workspace)?;
            build::standin::build(context.workspace)?;
            Ok(Tally::passed(4))
        },
    },
    Suite {
        name: "size",
        what: "every artefact within its budget",
        run: |context| {
            build::size::run(context.workspace)?;
            Ok(Tally::passed(build::size::COUNT))
        },
    },
    Suite {
        name: "wasm-node",
        what: "the browser module's tests in Node",
        run: |context| tally::count(&wasm_pack(context)?.args(["--node", "--mode", "no-install"])),
    },
    Suite {
        name: "wasm-chrome",
        what: "the browser module's tests in headless Chrome",
        run: wasm_chrome,
    },
    Suite {
        name: "package",
        what: "the npm package, installed into a scratch project",
        run: |context| {
            package::run(context.workspace)?;
            node(context, "package")
        },
    },
    Suite {
        name: "page-types",
        what: "TypeScript, strict",
        run: |context| tally::check(&npm(context, "www", "check")),
    },
    Suite {
        name: "page",
        what: "the page's unit tests",
        run: |context| tally::count(&npm(context, "www", "test")),
    },
    Suite {
        name: "clients",
        what: "the unmodified npm client against the stand-in",
        run: |context| node(context, "clients"),
    },
    Suite {
        name: "edge",
        what: "the Worker in workerd, over HTTP only",
        run: |context| node(context, "edge"),
    },
    Suite {
        name: "bad-input",
        what: "the Worker with everything that is wrong",
        run: |context| node(context, "bad-input"),
    },
    Suite {
        name: "tenants",
        what: "one person with another's ids, on every route",
        run: |context| node(context, "tenants"),
    },
    Suite {
        name: "restart",
        what: "killed in the middle of a generation",
        run: |context| node(context, "restart"),
    },
    Suite {
        name: "browser",
        what: "the main job in a real browser",
        run: |context| node(context, "browser"),
    },
];

/// The crates that are made for wasm32. What is pure in the Worker is tested natively, too.
const WASM32: [&str; 6] = [
    "--package",
    "selfsame-wasm",
    "--package",
    "selfsame-worker",
    "--target",
    "wasm32-unknown-unknown",
];

fn cargo(context: &Context<'_>, arguments: &[&str]) -> Program {
    Program::new("cargo")
        .args(arguments)
        .folder(context.workspace.root())
}

fn lint(context: &Context<'_>) -> Result<Tally, Error> {
    let deny = ["--", "-D", "warnings"];
    tally::check(&cargo(context, &["clippy", "--all-targets"]).args(deny))?;
    tally::check(
        &cargo(context, &["clippy", "--all-targets"])
            .args(WASM32)
            .args(deny),
    )?;
    Ok(Tally::passed(2))
}

fn doc(context: &Context<'_>) -> Result<Tally, Error> {
    let doc = || {
        cargo(context, &["doc", "--no-deps", "--document-private-items"])
            .env("RUSTDOCFLAGS", "-D warnings")
    };
    tally::check(&doc())?;
    tally::check(&doc().args(WASM32))?;
    Ok(Tally::passed(2))
}

/// `wasm-pack` finds the pinned `wasm-bindgen` on the path and fetches nothing.
fn wasm_pack(context: &Context<'_>) -> Result<Program, Error> {
    let mut folders = vec![Tool::WASM_BINDGEN.bin()?];
    folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    let path: OsString = env::join_paths(folders).map_err(|cause| {
        Error::say(format!("the path of the tools has a strange name: {cause}"))
    })?;
    Ok(Program::new(Tool::WASM_PACK.program()?)
        .arg("test")
        .folder(context.workspace.path("crates/wasm"))
        .env("PATH", path))
}

/// The browser that was found, headless, quiet, and without a sandbox, which a container's root has no use of.
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
    let mut program = wasm_pack(context)?.args(["--headless", "--chrome"]).env(
        "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
        context.workspace.path(file),
    );
    if let Some(driver) = &context.browser.driver {
        program = program
            .arg("--chromedriver")
            .arg(driver)
            .args(["--mode", "no-install"]);
    }
    tally::count(&program)
}

fn npm(context: &Context<'_>, folder: &str, script: &str) -> Program {
    Program::new("npm")
        .args(["run", "--silent", script])
        .folder(context.workspace.path(folder))
}

/// A folder of `tests/`, with Node's own runner.
fn node(context: &Context<'_>, folder: &str) -> Result<Tally, Error> {
    let program = build::standin::build(context.workspace)?;
    tally::count(
        &Program::new("node")
            .args(["--test", "--test-reporter=spec", "--test-timeout=1800000"])
            .arg(format!("{folder}/index.test.js"))
            .folder(context.workspace.path("tests"))
            .env("SELFSAME_STANDIN", program)
            .env(
                "SELFSAME_XTASK",
                context.workspace.target().join("debug/xtask"),
            )
            .env("CHROME", &context.browser.chrome),
    )
}
