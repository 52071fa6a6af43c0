//! `cargo xtask corpus FILE.jsonl`: runs a corpus through core and prints every case that comes out differently.
//!
//! A line is a case; its keys say of which kind it is (tests/corpus/README.md).

use std::fs;
use std::path::PathBuf;

use selfsame_core::prompt::{Built, Placement, PromptRequest};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::error::Error;
use crate::workspace::Workspace;

/// What the command takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The corpus: one JSON object a line.
    file: PathBuf,
    /// Write what comes out today into the file as what is expected, and print nothing but the mismatches.
    #[arg(long)]
    update: bool,
}

/// A prompt and what is built of it.
#[derive(Debug, Deserialize)]
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
    fn build(self) -> Result<Built, String> {
        let request = PromptRequest {
            trigger: self.trigger,
            class: self.class,
            input: self.input,
            suffix: self.suffix,
            placement: self.placement,
        };
        request.build().map_err(|error| error.to_string())
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
    let (input, expected, count) = (case.input.clone(), case.output.clone(), case.count);
    let built = case.build()?;
    if built.text != expected {
        return Err(format!(
            "{input:?}\n  expected {expected:?}\n  built    {:?}",
            built.text
        ));
    }
    match count {
        Some(count) if count != built.counts.triggers => Err(format!(
            "{input:?}\n  expected {count} mentions of the trigger, counted {}",
            built.counts.triggers
        )),
        _ => Ok(()),
    }
}

/// The same line, its keys in the same order, with what comes out today.
fn update(line: &[u8]) -> Result<Vec<u8>, String> {
    let built = parse(line)?.build()?;
    let mut value: Map<String, Value> =
        serde_json::from_slice(line).map_err(|error| error.to_string())?;
    value.insert("output".to_owned(), built.text.into());
    value.insert("count".to_owned(), built.counts.triggers.into());
    serde_json::to_vec(&value).map_err(|error| error.to_string())
}
