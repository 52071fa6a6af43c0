//! What is wrong with a data file.

use std::fmt;

/// A fault in a data file that its shape does not rule out.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// The key at fault, from the root of the file: `shoot[2].looks[0].title`.
    pub key: String,
    /// What is wrong with its value.
    pub reason: String,
}

impl Fault {
    /// A fault at `key`.
    pub fn new(key: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            reason: reason.into(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.key, self.reason)
    }
}

/// Checks the list at `key`: it has at least one text, and each is trimmed, not empty and different from the others.
pub fn check_texts(key: &str, texts: &[String]) -> Result<(), Fault> {
    if texts.is_empty() {
        return Err(Fault::new(key, "the list is empty"));
    }
    for (index, text) in texts.iter().enumerate() {
        let reason = if text.is_empty() {
            "the text is empty"
        } else if text.trim() != text {
            "the text begins or ends with white space"
        } else if texts.iter().take(index).any(|earlier| earlier == text) {
            "the text is in the list twice"
        } else {
            continue;
        };
        return Err(Fault::new(
            format!("{key}[{index}]"),
            format!("{reason}: {text:?}"),
        ));
    }
    Ok(())
}
