//! Enums that are one of a few words, on the wire and in the code alike.

use core::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, Visitor};

/// An enum without content and the word of each variant, with its way through serde: one list of words an enum,
/// where a derived way is code for each variant.
macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
        pub enum $name {
            $($(#[$variant_meta])* #[cfg_attr(feature = "typescript", ts(rename = $text))] $variant,)+
        }

        impl $name {
            /// Every value, as declared.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }

            /// The value whose word on the wire is `word`.
            #[must_use]
            pub fn named(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == word)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_unit_variant(stringify!($name), *self as u32, self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let words = $crate::codes::OneOf::<false>(&[$($text),+]);
                let place = serde::de::DeserializeSeed::deserialize(words, deserializer)?;
                Ok(Self::ALL.get(place).copied().unwrap_or(Self::ALL[0]))
            }
        }
    };
}

pub(crate) use codes;

/// Which of a few words is read: where it stands among them. They are values, or the names of `FIELDS`.
#[derive(Clone, Copy)]
pub(crate) struct OneOf<const FIELDS: bool>(pub(crate) &'static [&'static str]);

impl<'de, const FIELDS: bool> DeserializeSeed<'de> for OneOf<FIELDS> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<const FIELDS: bool> Visitor<'_> for OneOf<FIELDS> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if FIELDS {
            return f.write_str("the name of a field");
        }
        f.write_str("one of")?;
        for (index, word) in self.0.iter().enumerate() {
            f.write_str(if index == 0 { " " } else { ", " })?;
            f.write_str(word)?;
        }
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<usize, E> {
        let place = self.0.iter().position(|word| *word == text);
        place.ok_or_else(|| {
            if FIELDS {
                E::unknown_field(text, self.0)
            } else {
                E::unknown_variant(text, self.0)
            }
        })
    }
}
