//! Values as JSON text in its one form (RFC 8785): what a recipe's id is made from, and what crosses into JavaScript.
//!
//! Of its own, because it is a tenth of a JSON library in the browser's module, and a text crosses at once where an
//! object would cross property by property.

mod write;

use alloc::string::String;

use serde::Serialize;

/// `value` as JSON: no white space, and one form for every number and string. Fields stand in the order in which
/// their type declares them. A number that JSON has no form for (not a number, infinite) is `null`; so is what has a
/// key that is no string.
#[must_use]
pub fn write(value: &(impl Serialize + ?Sized)) -> String {
    let mut out = String::new();
    match value.serialize(write::Writer::of(&mut out)) {
        Ok(()) => out,
        Err(_) => String::from("null"),
    }
}
