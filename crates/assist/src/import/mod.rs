//! Prompts of other tools, made fit for this one: explicit, shown as a diff before it counts, and undone by keeping
//! what was pasted.
//!
//! [`import`] reads what people paste from A1111 and its kin, ComfyUI, Midjourney and Civitai, PNG-info blocks
//! included. It takes out what FLUX with a personal LoRA does nothing with, or must not get, moves the settings that
//! mean the same here into [`Import::moved`], and says of everything else why it went. No word of the description is
//! lost: what leaves the text is in [`Import::moved`] and its notices, or in [`Import::dropped`].
//!
//! | pasted | becomes |
//! |---|---|
//! | `(x:1.3)` `((x))` `[x]` `x::2` | `x`; ordinary parentheses stay, and so does the text of `{a\|b}` |
//! | `[a:b:0.5]` `[a\|b]` | the one that has the larger part; `a` |
//! | `<lora:…>` and its kin, `<sd_cpp_extra_args>…`, `embedding:…` | dropped, in any spelling |
//! | `BREAK`, image addresses, `--v 6`, `--style raw` | dropped |
//! | `--ar 3:4`, `--seed 7`, `Steps: 30, Seed: 7, Size: 832x1216` | settings, when they are in range here; never clamped |
//! | `Negative prompt: blurry`, `--no hat` | dropped, with what to write instead |
//! | a `ComfyUI` workflow | its positive prompt, seed, steps, size and guidance |
//!
//! It is total, takes time in proportion to the text, and changes nothing in a text that it has been through.

mod blocks;
mod brackets;
mod draft;
mod flags;
mod keywords;
mod note;
mod rewrites;
mod settings;
mod tags;
mod workflow;

pub use draft::{DiffKind, DiffPiece};
pub use note::{Dropped, DroppedCode, Notice, NoticeCode};
pub(crate) use rewrites::rewrite;

use serde::Serialize;

use draft::Draft;
use note::Report;
use selfsame_prompt::parameters::Overrides;

/// What a pasted prompt became. Nothing is kept: to undo is to show what was pasted.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Import {
    /// The description alone.
    pub text: String,
    /// Settings that mean the same here, in range.
    pub moved: Overrides,
    /// What left the text for good, in the order in which it was found, and why.
    pub dropped: Vec<Dropped>,
    /// What the person should know, moved settings included.
    pub notices: Vec<Notice>,
    /// What was pasted and what became of it: the kept and removed pieces are what was pasted, the kept and added
    /// ones are [`text`](Self::text).
    pub diff: Vec<DiffPiece>,
}

/// One look at a text: what is to be taken out of it.
type Pass = fn(&str, &mut Report);

/// In this order: whole blocks before what can stand in them.
const PASSES: [Pass; 5] = [
    blocks::find,
    tags::find,
    flags::find,
    brackets::find,
    keywords::find,
];

/// What one thing hides can be another thing, written to hide it: so often the text is gone through.
const ROUNDS: usize = 16;

/// Makes a pasted prompt fit for this product.
#[must_use]
pub fn import(pasted: &str) -> Import {
    let mut report = Report::default();
    let mut draft = Draft::new(pasted);
    for round in 0..2 * ROUNDS {
        let workflow = workflow::read(draft.text(), &mut report);
        let mut changed = workflow.is_some();
        if let Some(prompt) = workflow {
            draft = Draft::instead(prompt);
        }
        // Half a workflow stays as it is, but for what must not stay anywhere.
        let passes = if workflow::begins(draft.text()) {
            &PASSES[1..2]
        } else {
            &PASSES[..]
        };
        for pass in passes {
            pass(draft.text(), &mut report);
            changed |= draft.apply(&mut report.edits);
        }
        if !changed {
            break;
        }
        if round == ROUNDS {
            keywords::every_mark(draft.text(), &mut report);
            draft.apply(&mut report.edits);
        }
    }
    report.tell_of_dropped();
    let diff = draft.diff(pasted);
    Import {
        text: draft.into_text(),
        diff,
        notices: report.notices,
        moved: report.moved,
        dropped: report.dropped,
    }
}
