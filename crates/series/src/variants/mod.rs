//! Variants: one template, many prompts.
//!
//! | in a template | gives |
//! |---|---|
//! | `{red\|green\|blue}` | one of them; `{\|red}` has an empty option, and braces nest |
//! | `{3::red\|0.5::green}` | weights, for [`Mode::Random`]; 1 where none is written |
//! | `{2$$red\|green\|blue}` | two different ones, in any order, with `,` between them |
//! | `{1-2$$ and $$red\|green}` | one or two, with ` and ` between them; `-2$$` and `2-$$` are open ranges |
//! | `__lighting__` | one of a list: the person's own lists first, then [`BUILT_IN`](built_in) ones |
//! | `{2$$__lighting__}` | two different ones of the list |
//! | `\{` `\}` `\|` `\_` | the character itself |
//!
//! Everything else is literal: `#FF5733` is a colour and no comment, `%` and `$` mean nothing outside the count, a `}`
//! without its `{` and a `|` outside braces are themselves, and `{trigger}` is left to the prompt builder. A list that
//! nobody has is an error, because a picture of the words `__lihgting__` is not what was meant. A template without
//! any of this has one variant: itself.
//!
//! White space at the start of an option is dropped, as is nothing else. The order of [`Mode::All`] is that of
//! `dynamicprompts` 0.31.0 (`PyPI`, MIT), which `tests/corpus/variants.jsonl` holds: the last choice changes first, and
//! options that read the same count once. A count above the number of different options is that number.
//!
//! A variant is text as a person would have written it: it goes through the prompt builder like any other.

mod budget;
mod count;
mod cursor;
mod draw;
mod error;
mod lists;
mod parse;
mod request;
mod tree;

pub use error::{VariantError, VariantErrorCode};
pub use lists::{OwnLists, Wildcard, built_in};
pub use request::{Mode, Variant, VariantCount, VariantRequest, Variants};

/// The most pictures that one batch can have.
pub const MAX_VARIANTS: u32 = 24;

/// How deep braces can nest.
pub const MAX_DEPTH: usize = 8;

/// The most options that one pair of braces, or one list, can have.
pub const MAX_OPTIONS: usize = 64;

/// The largest number of combinations that is told apart: what a JavaScript number holds exactly, 2^53 - 1.
pub const MOST: u64 = 9_007_199_254_740_991;
