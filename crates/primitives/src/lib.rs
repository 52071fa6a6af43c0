//! What every other crate uses: ids, points in time, error codes, and how closed sets of strings and valid strings
//! are declared.

mod string_enum;
mod string_newtype;

pub mod error;
pub mod fields;
pub mod ids;
pub mod text;
pub mod time;

pub use string_newtype::InvalidString;
