//! Secrets that cannot be printed.

use std::fmt;

use serde::{Serialize, Serializer};

/// Printed instead of a secret.
pub(crate) const MASK: &str = "*****";

/// A token or key. `Debug`, `Display` and `Serialize` write `*****`; only [`expose`](Self::expose) returns the
/// text.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Wraps `text`.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, for the header or key that needs it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(MASK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printing_and_serialising_show_the_mask() {
        let secret = Secret::new("r8_abcdefghijklmnop");
        assert_eq!(format!("{secret} {secret:?} {:#?}", Some(&secret)), {
            "***** ***** Some(\n    *****,\n)"
        });
        assert_eq!(serde_json::to_string(&secret).unwrap(), "\"*****\"");
        assert_eq!(secret.expose(), "r8_abcdefghijklmnop");
    }
}
