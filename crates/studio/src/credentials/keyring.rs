//! The signing keys of a deployment: the newest signs, and every one verifies, so that a new key signs nobody out.

use std::fmt;

use super::{SigningKey, WeakKey};

/// The most characters that a key's id may have.
const LONGEST_ID: usize = 16;

/// The signing keys, newest first.
#[derive(Debug, Clone)]
pub struct SigningKeys {
    newest: NamedKey,
    older: Vec<NamedKey>,
}

/// A key with the id that marks its tokens. A key without one signs unmarked tokens, as every release can read them.
#[derive(Clone)]
pub(super) struct NamedKey {
    pub(super) id: Option<String>,
    pub(super) key: SigningKey,
}

/// Why the settings give no signing keys. No message holds a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeysError {
    /// Neither setting has a key.
    #[error("no signing key is set")]
    Missing,
    /// An entry of `SIGNING_KEYS` is not `id:key`.
    #[error(
        "entry {position} of SIGNING_KEYS is not `id:key` with an id of 1 to {LONGEST_ID} of a-z, 0-9, `-` and `_`"
    )]
    Malformed {
        /// Its place, from 1.
        position: usize,
    },
    /// Two keys have one id.
    #[error("SIGNING_KEYS names two keys `{id}`")]
    Repeated {
        /// Their id.
        id: String,
    },
    /// A key is too short.
    #[error("key {name}: {weak}")]
    Weak {
        /// Its id, or the name of its setting.
        name: String,
        /// What it lacks.
        weak: WeakKey,
    },
}

impl SigningKeys {
    /// The keys of the two settings. `SIGNING_KEYS` holds `id:key` pairs, newest first, with white space between
    /// them; `SIGNING_KEY` holds one key without an id, which is the oldest. One of the two is enough.
    pub fn read(keys: Option<&str>, key: Option<&str>) -> Result<Self, KeysError> {
        let mut found: Vec<NamedKey> = Vec::new();
        for (position, entry) in (1..).zip(keys.unwrap_or_default().split_whitespace()) {
            let (id, text) = entry
                .split_once(':')
                .filter(|(id, _)| is_id(id))
                .ok_or(KeysError::Malformed { position })?;
            if found.iter().any(|known| known.id.as_deref() == Some(id)) {
                return Err(KeysError::Repeated { id: id.to_owned() });
            }
            found.push(NamedKey {
                id: Some(id.to_owned()),
                key: strong(id, text)?,
            });
        }
        if let Some(text) = key {
            found.push(NamedKey {
                id: None,
                key: strong("SIGNING_KEY", text)?,
            });
        }
        let mut found = found.into_iter();
        Ok(Self {
            newest: found.next().ok_or(KeysError::Missing)?,
            older: found.collect(),
        })
    }

    /// The key that signs.
    pub(super) const fn newest(&self) -> &NamedKey {
        &self.newest
    }

    /// The keys that may have signed a token: the one with the id that marks it, or all when it is unmarked.
    pub(super) fn candidates(&self, mark: Option<&str>) -> impl Iterator<Item = &SigningKey> {
        std::iter::once(&self.newest)
            .chain(&self.older)
            .filter(move |named| mark.is_none() || named.id.as_deref() == mark)
            .map(|named| &named.key)
    }
}

impl From<SigningKey> for SigningKeys {
    fn from(key: SigningKey) -> Self {
        Self {
            newest: NamedKey { id: None, key },
            older: Vec::new(),
        }
    }
}

impl fmt::Debug for NamedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.id.as_deref().unwrap_or("(no id)");
        write!(f, "{id}:*****")
    }
}

fn is_id(id: &str) -> bool {
    let permitted = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
    (1..=LONGEST_ID).contains(&id.len()) && id.bytes().all(permitted)
}

fn strong(name: &str, text: &str) -> Result<SigningKey, KeysError> {
    SigningKey::new(text).map_err(|weak| KeysError::Weak {
        name: name.to_owned(),
        weak,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    const B: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    #[test]
    fn either_setting_is_enough() {
        assert!(SigningKeys::read(None, Some(A)).is_ok());
        assert!(SigningKeys::read(Some(&format!("a:{A}")), None).is_ok());
        for nothing in [None, Some(""), Some(" \n")] {
            let error = SigningKeys::read(nothing, None).unwrap_err();
            assert_eq!(error, KeysError::Missing);
        }
    }

    #[test]
    fn a_key_may_contain_a_colon() {
        let keys = SigningKeys::read(Some(&format!("a:x:{A}")), None).unwrap();
        assert_eq!(keys.newest().id.as_deref(), Some("a"));
    }

    #[test]
    fn malformed_settings_are_refused_without_showing_a_key() {
        let cases = [
            (A.to_owned(), "entry 1 "),
            (format!("a:{A} :{B}"), "entry 2 "),
            (format!("A:{A}"), "entry 1 "),
            (format!("a.b:{A}"), "entry 1 "),
            (format!("seventeen-letters:{A}"), "entry 1 "),
            (format!("a:{A}\na:{B}"), "two keys `a`"),
            ("a:short".to_owned(), "key a: "),
        ];
        for (setting, expected) in cases {
            let error = SigningKeys::read(Some(&setting), None).unwrap_err();
            let error = error.to_string();
            assert!(error.contains(expected), "{error}");
            assert!(
                !error.contains("aaaa") && !error.contains("short:"),
                "{error}"
            );
        }
        let keys = SigningKeys::read(Some(&format!("a:{A}")), Some(B)).unwrap();
        assert_eq!(
            format!("{keys:?}"),
            "SigningKeys { newest: a:*****, older: [(no id):*****] }"
        );
    }
}
