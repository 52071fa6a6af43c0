//! Rust source of constant expressions.

use std::fmt::Display;

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

/// `Some` of an expression, or `None`.
#[must_use]
pub fn option(item: Option<impl Display>) -> String {
    item.map_or_else(|| "None".to_owned(), |item| format!("Some({item})"))
}
