//! Rust source of constant expressions.

use std::collections::BTreeMap;
use std::fmt::Display;

use crate::Fault;

/// A string literal.
#[must_use]
pub fn text(text: &str) -> String {
    format!("{text:?}")
}

/// A slice of expressions: `&[a, b]`.
pub fn slice(items: impl IntoIterator<Item = impl Display>) -> String {
    let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
    format!("&[{}]", items.join(", "))
}

/// A slice of string literals.
pub fn texts<T: AsRef<str>>(texts: &[T]) -> String {
    slice(texts.iter().map(|one| text(one.as_ref())))
}

/// A string literal with a line for each row: its key and its other columns, separated by tabs, in the order of the keys.
///
/// A large table takes half the space in this form: as slices of strings, every string adds a pointer and a length,
/// which hardly compress. Fails when the white space of a column would be taken for a separator.
pub fn rows(rows: &BTreeMap<String, Vec<String>>) -> Result<String, Fault> {
    let mut lines = String::new();
    for (key, columns) in rows {
        let row: Vec<&str> = [key]
            .into_iter()
            .chain(columns)
            .map(String::as_str)
            .collect();
        if row.iter().any(|column| column.contains(['\t', '\n'])) {
            return Err(Fault::new(key, "a tab or a line break in a row"));
        }
        lines.push_str(&row.join("\t"));
        lines.push('\n');
    }
    Ok(text(&lines))
}

/// `Some` of an expression, or `None`.
#[must_use]
pub fn option(item: Option<impl Display>) -> String {
    item.map_or_else(|| "None".to_owned(), |item| format!("Some({item})"))
}
