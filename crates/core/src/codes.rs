//! Enums that are one of a few words, on the wire and in the code alike.

use core::fmt;

use serde::de::{Deserializer, Error, Visitor};

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
            /// Every value, in the order in which a menu shows them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_unit_variant(stringify!($name), *self as u32, self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let place = $crate::codes::place(deserializer, &[$($text),+])?;
                Ok(Self::ALL.get(place).copied().unwrap_or(Self::ALL[0]))
            }
        }
    };
}

pub(crate) use codes;

/// Which of `words` is read.
pub(crate) fn place<'de, D: Deserializer<'de>>(
    deserializer: D,
    words: &'static [&'static str],
) -> Result<usize, D::Error> {
    deserializer.deserialize_str(OneOf(words))
}

struct OneOf(&'static [&'static str]);

impl Visitor<'_> for OneOf {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("one of")?;
        for (index, word) in self.0.iter().enumerate() {
            f.write_str(if index == 0 { " " } else { ", " })?;
            f.write_str(word)?;
        }
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<usize, E> {
        let place = self.0.iter().position(|word| *word == text);
        place.ok_or_else(|| E::unknown_variant(text, self.0))
    }
}
