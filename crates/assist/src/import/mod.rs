//! Imports prompts that people paste from other tools: A1111 and its relatives, ComfyUI, Midjourney and Civitai, with
//! their PNG-info blocks.
//!
//! [`import`] takes out what FLUX with a personal LoRA cannot use or must not get, moves settings that mean the same
//! here to [`Import::moved`], and gives a reason for everything else that it drops. No word of the description is lost:
//! what leaves the text is in [`Import::moved`] and its notices, or in [`Import::dropped`]. The page shows the diff
//! before the import takes effect, and undoes it by keeping what was pasted.
//!
//! | pasted | becomes |
//! |---|---|
//! | `(x:1.3)` `((x))` `[x]` `x::2` | `x`; ordinary parentheses and `{a\|b}` stay |
//! | `[a:b:0.5]` `[a\|b]` | the one that is used for more steps; `a` |
//! | `<lora:…>`, `<sd_cpp_extra_args>…`, `embedding:…` | dropped, in any spelling |
//! | `BREAK`, image addresses, `--v 6`, `--style raw` | dropped |
//! | `--ar 3:4`, `--seed 7`, `Steps: 30, Seed: 7, Size: 832x1216` | settings when they are in range; never clamped |
//! | `Negative prompt: blurry`, `--no hat` | dropped, with what to write instead |
//! | a `ComfyUI` workflow | its positive prompt, seed, steps, size and guidance |
//!
//! The import is total, takes time in proportion to the text, and changes nothing in a text that it has imported.

mod blocks;
mod brackets;
mod midjourney;
mod report;
mod rewrites;
mod settings;
mod tags;
mod traced;
mod workflow;

pub use report::{Dropped, DroppedCode, Notice, NoticeCode};
pub(crate) use rewrites::rewrite;
pub use traced::{DiffKind, DiffPiece};

use report::Cleanup;
use selfsame_prompt::parameters::Overrides;
use serde::Serialize;
use traced::TracedText;

/// What a pasted prompt became.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Import {
    /// The description alone.
    pub text: String,
    /// The settings that mean the same here and are in range.
    pub moved: Overrides,
    /// What left the text for good, and why, in the order in which it was found.
    pub dropped: Vec<Dropped>,
    /// What the person should know, moved settings included.
    pub notices: Vec<Notice>,
    /// The kept and removed pieces make up what was pasted; the kept and added ones make up [`text`](Self::text).
    pub diff: Vec<DiffPiece>,
}

/// Finds one kind of thing in a text.
type Pass = fn(&str, &mut Cleanup);

/// The passes in their order: whole blocks come before what can be in them.
const PASSES: [Pass; 5] = [
    blocks::find,
    tags::find_tags,
    midjourney::find,
    brackets::find,
    tags::find_keywords,
];

/// Taking one thing out can uncover another. After so many rounds the text is taken to hide things on purpose.
const MAX_ROUNDS: usize = 16;

/// Imports a pasted prompt.
#[must_use]
pub fn import(pasted: &str) -> Import {
    let mut cleanup = Cleanup::default();
    let mut text = TracedText::new(pasted);
    for round in 0..2 * MAX_ROUNDS {
        let workflow = workflow::read(text.text(), &mut cleanup);
        let mut changed = workflow.is_some();
        if let Some(prompt) = workflow {
            text = TracedText::replacement(prompt);
        }
        // An unreadable workflow stays as it is, except for tags, which must not stay anywhere.
        let passes = if workflow::begins(text.text()) {
            &PASSES[1..2]
        } else {
            &PASSES[..]
        };
        for pass in passes {
            pass(text.text(), &mut cleanup);
            changed |= text.apply(&mut cleanup.cuts);
        }
        if !changed {
            break;
        }
        if round == MAX_ROUNDS {
            tags::drop_marks(text.text(), &mut cleanup);
            text.apply(&mut cleanup.cuts);
        }
    }
    cleanup.notice_dropped();
    let diff = text.diff(pasted);
    Import {
        text: text.into_text(),
        diff,
        notices: cleanup.notices,
        moved: cleanup.moved,
        dropped: cleanup.dropped,
    }
}
