//! Variants: many prompts from one template.
//!
//! | template | variants |
//! |---|---|
//! | `{red\|green\|blue}` | one of the options; `{\|red}` has an empty option, and braces nest |
//! | `{3::red\|0.5::green}` | weights, for [`Mode::Random`]; 1 where none is written |
//! | `{2$$red\|green\|blue}` | two different ones, in any order, with `,` between them |
//! | `{1-2$$ and $$red\|green}` | one or two, with ` and ` between them; `-2$$` and `2-$$` are open ranges |
//! | `__lighting__` | one of a list: the person's own lists come before the [built-in](built_in) ones |
//! | `{2$$__lighting__}` | two different options of the list |
//! | `\{` `\}` `\|` `\_` | the character itself |
//!
//! Everything else is literal: `#FF5733` is a colour, `%` and `$` mean nothing outside a count, a `}` without its `{`
//! and a `|` outside braces are themselves, and `{trigger}` is left to the prompt builder. An unknown list is an error,
//! because nobody wants a picture of the words `__lihgting__`. A template without any of this has one variant, itself.
//!
//! White space at the start of an option is dropped. The order of [`Mode::All`] is that of `dynamicprompts` 0.31.0
//! (`PyPI`, MIT), recorded in `tests/corpus/variants.jsonl`: the last choice changes first, and options with the same
//! text count once. A count above the number of different options is that number.
//!
//! A variant is text as a person could have written it, and goes through the prompt builder like any other.

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

/// The most variants of one request.
pub const MAX_VARIANTS: u32 = 24;

/// The deepest nesting of braces.
pub const MAX_DEPTH: usize = 8;

/// The most options of one pair of braces or one list.
pub const MAX_OPTIONS: usize = 64;

/// The largest count: 2^53 - 1, the largest integer that a JavaScript number holds exactly. It stands for itself and
/// every larger one.
pub const MOST: u64 = 9_007_199_254_740_991;
