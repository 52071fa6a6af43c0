//! JSON that passes through as it is stored.

use std::fmt;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

/// The JSON text of a `T`, which a response has exactly as the studio has stored it: nothing is parsed and written again
/// for a client to read. Only JSON whose stored form is the API's may be passed on so.
pub struct RawJson<T> {
    text: Box<RawValue>,
    of: PhantomData<fn() -> T>,
}

impl<T> RawJson<T> {
    /// A stored text. Fails if it is not JSON; whether it is that of a `T` shows only to who [reads](Self::read) it.
    pub fn from_text(text: String) -> Result<Self, serde_json::Error> {
        Ok(Self {
            text: RawValue::from_string(text)?,
            of: PhantomData,
        })
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.text.get()
    }
}

impl<T: Serialize> RawJson<T> {
    /// The JSON of a value. Fails if it has a map whose keys are not text.
    pub fn of(value: &T) -> Result<Self, serde_json::Error> {
        Self::from_text(serde_json::to_string(value)?)
    }
}

impl<T: DeserializeOwned> RawJson<T> {
    /// The value.
    pub fn read(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(self.as_str())
    }
}

impl<T> Clone for RawJson<T> {
    fn clone(&self) -> Self {
        Self {
            text: self.text.clone(),
            of: PhantomData,
        }
    }
}

impl<T> fmt::Debug for RawJson<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl<T> PartialEq for RawJson<T> {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl<T> Serialize for RawJson<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.text.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_bytes() {
        let raw: RawJson<Vec<f64>> = RawJson::from_text("[1.50, 2]".to_owned()).expect("JSON");
        assert_eq!(serde_json::to_string(&[&raw]).expect("JSON"), "[[1.50, 2]]");
        assert_eq!(raw.read().expect("numbers"), [1.5, 2.0]);
    }

    #[test]
    fn a_text_that_is_not_json_is_refused() {
        for text in ["", "[1", "[1] [2]", "{'a':1}"] {
            assert!(
                RawJson::<Vec<u8>>::from_text(text.to_owned()).is_err(),
                "{text}"
            );
        }
    }
}
