//! `cargo xtask vocab --from DIR`: packs the vocabularies of CLIP and T5 into crates/prompt/vocab.
//!
//! The sources are not in the repository: crates/prompt/vocab/README.md says where they come from. Packing drops
//! only the ids of the tokens, which counting does not need.

mod charsmap;
mod clip;
mod protobuf;
mod rules;
mod t5;
mod write;

use std::fs;
use std::path::PathBuf;

use crate::error::Error;
use crate::workspace::Workspace;

/// The folder of the packed files, in the clone.
pub(crate) const FOLDER: &str = "crates/prompt/vocab";

const MERGES: &str = "clip-merges.txt";
const MODEL: &str = "t5-spiece.model";

/// What the command takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder that holds `clip-merges.txt` and `t5-spiece.model`.
    #[arg(long)]
    from: Option<PathBuf>,
}

/// Runs the command.
pub(crate) fn run(workspace: &Workspace, args: &Args) -> Result<(), Error> {
    let from = args.from.as_ref().ok_or_else(|| {
        Error::say(format!(
            "the packed vocabularies are already in {FOLDER}: to pack them again, pass `--from DIR` with a folder that \
             holds {MERGES} and {MODEL} ({FOLDER}/README.md says where to get them)"
        ))
    })?;
    for name in [MERGES, MODEL] {
        if !from.join(name).is_file() {
            return Err(Error::say(format!(
                "there is no {name} in {}; {FOLDER}/README.md says where to get it",
                from.display()
            )));
        }
    }
    let read = |name| {
        let path = from.join(name);
        fs::read(&path).map_err(Error::file("read", path))
    };
    let damaged = |name: &'static str| {
        move |cause: String| Error::say(format!("cannot read {name}: {cause}"))
    };
    let clip = clip::pack(&read(MERGES)?).map_err(damaged(MERGES))?;
    let t5 = t5::pack(&read(MODEL)?).map_err(damaged(MODEL))?;
    for (name, bytes) in [("clip.vocab", clip), ("t5.vocab", t5)] {
        let path = workspace.path(FOLDER).join(name);
        fs::write(&path, &bytes).map_err(Error::file("write", &path))?;
        println!("{FOLDER}/{name}: {} bytes", bytes.len());
    }
    Ok(())
}
