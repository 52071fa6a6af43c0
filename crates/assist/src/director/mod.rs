//! The director: turns what a person says into edits of a draft, and says what changed. Its persona is Maya.
//!
//! Works without a language model, from a lexicon and rules. Deterministic and total. What is not understood stays in
//! the person's own words and is named in the reply, so that no word is lost.
//!
//! A message is parsed into [`Edit`]s ([`Director::parse`]), [`apply()`] carries them out and reports what changed, and
//! the reply tells it. Only `apply` changes a draft.
//!
//! ```text
//! tokens -> pieces -> disambiguate -> rules -> edits -> apply -> reply
//! ```

mod apply;
mod changes;
mod direct;
mod disambiguate;
mod draft;
mod edit;
mod lexicon;
mod message;
mod nouns;
mod phrase;
mod pieces;
mod ratios;
mod reading;
mod reply;
mod rules;
mod scene;
mod spelling;
mod tokens;

pub use apply::{Applied, Note, apply};
pub use changes::Change;
pub use direct::{Director, DirectorTurn, Parsed};
pub use draft::{Context, PictureDraft};
pub use edit::Edit;
