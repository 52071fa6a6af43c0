//! `cargo xtask corpus FILE.jsonl`: runs a corpus through the pure crates and prints every case whose result differs.
//!
//! Each line is a case, and its keys determine its kind (tests/corpus/README.md). Each kind has a module here and an
//! entry in [`KINDS`].

mod director;
mod import;
mod lint;
mod recipe;
mod tokens;
mod trigger;
mod variants;

#[path = "../../../recipe/tests/recipe/random.rs"]
pub(crate) mod random_recipes;

use std::fs;
use std::path::PathBuf;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::error::Error;
use crate::workspace::Workspace;

/// What the command takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The corpus: one JSON object per line.
    file: PathBuf,
    /// Write today's results into the file as the expected ones.
    #[arg(long)]
    update: bool,
}

/// One kind of case.
trait Case: Serialize + DeserializeOwned {
    /// Compares the result with the expected one; the error describes the difference.
    fn check(&self) -> Result<(), String>;

    /// The same case with today's result as the expected one.
    fn updated(self) -> Result<Self, String>;
}

/// A kind of case: the key that only its cases have, and the functions that check and update one.
struct Kind {
    key: &'static str,
    check: fn(Value) -> Result<(), String>,
    update: fn(Value) -> Result<Vec<u8>, String>,
}

impl Kind {
    const fn of<C: Case>(key: &'static str) -> Self {
        Self {
            key,
            check: |line| read::<C>(line)?.check(),
            update: |line| {
                let updated = read::<C>(line)?.updated()?;
                serde_json::to_vec(&updated).map_err(|error| error.to_string())
            },
        }
    }
}

fn read<C: Case>(line: Value) -> Result<C, String> {
    serde_json::from_value(line).map_err(|error| error.to_string())
}

const KINDS: &[Kind] = &[
    Kind::of::<director::DirectorCase>("turns"),
    Kind::of::<import::ImportCase>("moved"),
    Kind::of::<lint::LintCase>("codes"),
    Kind::of::<recipe::RecipeCase>("recipe"),
    Kind::of::<recipe::RecipesCase>("recipes"),
    Kind::of::<tokens::TokensCase>("clip"),
    Kind::of::<trigger::TriggerCase>("trigger"),
    Kind::of::<variants::VariantsCase>("template"),
];

/// Runs the command.
pub(crate) fn run(_: &Workspace, args: &Args) -> Result<(), Error> {
    let bytes = fs::read(&args.file).map_err(Error::file("read", &args.file))?;
    let (mut passed, mut failed) = (0_u32, 0_u32);
    let mut updated = Vec::new();
    for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        if line.trim_ascii().is_empty() {
            continue;
        }
        match parse(line).and_then(|(kind, case)| (kind.check)(case)) {
            Ok(()) => passed += 1,
            Err(mismatch) => {
                failed += 1;
                println!("line {}: {mismatch}", index + 1);
            }
        }
        if args.update {
            let line = parse(line).and_then(|(kind, case)| (kind.update)(case));
            updated.extend(line.map_err(|cause| {
                Error::say(format!("line {} cannot be updated: {cause}", index + 1))
            })?);
            updated.push(b'\n');
        }
    }
    println!("{passed} passed, {failed} failed");
    if args.update {
        return fs::write(&args.file, updated).map_err(Error::file("write", &args.file));
    }
    match (passed, failed) {
        (0, 0) => Err(Error::say(format!("{} holds no case", args.file.display()))),
        (_, 0) => Ok(()),
        _ => Err(Error::say(format!("{failed} cases differ"))),
    }
}

fn parse(line: &[u8]) -> Result<(&'static Kind, Value), String> {
    let case: Map<String, Value> =
        serde_json::from_slice(line).map_err(|error| format!("not a JSON object: {error}"))?;
    if let Some(kind) = KINDS.iter().find(|kind| case.contains_key(kind.key)) {
        return Ok((kind, Value::Object(case)));
    }
    let keys: Vec<&str> = case.keys().map(String::as_str).collect();
    Err(format!(
        "no known kind of case has the keys {}",
        keys.join(", ")
    ))
}
