//! `cargo xtask corpus FILE.jsonl`: runs a corpus through core and prints every case that comes out differently.
//!
//! A line is a case; its keys say of which kind it is (tests/corpus/README.md).

use std::fs;
use std::path::PathBuf;

use selfsame_core::prompt::{self, Built, Placement, PromptConfig};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::error::Error;
use crate::workspace::Workspace;

/// What the command takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The corpus: one JSON object a line.
    file: PathBuf,
    /// Write what comes out today into the file as what is expected.
    #[arg(long)]
    update: bool,
}

/// A prompt and what is built of it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TriggerCase {
    trigger: String,
    class: String,
    #[serde(default)]
    suffix: String,
    #[serde(default)]
    placement: Placement,
    input: String,
    output: String,
    count: Option<u32>,
}

impl TriggerCase {
    fn build(&self) -> Result<Built, String> {
        let config = PromptConfig {
            trigger: &self.trigger,
            class_word: &self.class,
            placement: self.placement,
            suffix: &self.suffix,
        };
        prompt::build(&self.input, &config).map_err(|error| error.to_string())
    }
}

/// Runs the command.
pub fn run(_: &Workspace, args: &Args) -> Result<(), Error> {
    let bytes = fs::read(&args.file).map_err(Error::file("read", &args.file))?;
    let (mut passed, mut failed) = (0_u32, 0_u32);
    let mut updated = Vec::new();
    for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        if line.trim_ascii().is_empty() {
            continue;
        }
        match check(line) {
            Ok(()) => passed += 1,
            Err(mismatch) => {
                failed += 1;
                println!("line {}: {mismatch}", index + 1);
            }
        }
        if args.update {
            updated.extend(update(line).map_err(|cause| {
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
        _ => Err(Error::say(format!("{failed} cases came out differently"))),
    }
}

fn parse(line: &[u8]) -> Result<TriggerCase, String> {
    let value: Map<String, Value> =
        serde_json::from_slice(line).map_err(|error| format!("not a JSON object: {error}"))?;
    if !value.contains_key("trigger") {
        let keys: Vec<&str> = value.keys().map(String::as_str).collect();
        return Err(format!(
            "no known kind of case has the keys {}",
            keys.join(", ")
        ));
    }
    serde_json::from_value(Value::Object(value)).map_err(|error| error.to_string())
}

fn check(line: &[u8]) -> Result<(), String> {
    let case = parse(line)?;
    let built = case.build()?;
    if built.text != case.output {
        return Err(format!(
            "{:?}\n  expected {:?}\n  built    {:?}",
            case.input, case.output, built.text
        ));
    }
    match case.count {
        Some(count) if count != built.counts.triggers => Err(format!(
            "{:?}\n  expected {count} mentions of the trigger, counted {}",
            case.input, built.counts.triggers
        )),
        _ => Ok(()),
    }
}

/// The same case with what comes out today.
fn update(line: &[u8]) -> Result<Vec<u8>, String> {
    let mut case = parse(line)?;
    let built = case.build()?;
    case.output = built.text;
    case.count = Some(built.counts.triggers);
    serde_json::to_vec(&case).map_err(|error| error.to_string())
}
