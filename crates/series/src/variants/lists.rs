//! The lists that a `__name__` names: the person's own and the built-in ones.

use std::fmt;
use std::rc::Rc;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::MAX_OPTIONS;
use super::tree::{Branch, Options, Part, merged};

include!(concat!(env!("OUT_DIR"), "/wildcards.rs"));

/// A built-in list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Wildcard {
    /// The name between the underscores: `film_stock`.
    pub name: &'static str,
    /// The title in a menu.
    pub title: &'static str,
    /// The options, in order.
    pub options: &'static [&'static str],
}

/// Every built-in list, sorted by name. None describes a face.
#[must_use]
pub const fn built_in() -> &'static [Wildcard] {
    WILDCARDS
}

/// A person's own lists by name. In JSON an object.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnLists(Vec<(String, Vec<String>)>);

impl OwnLists {
    /// Whether there are no lists.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The options of a list. Of two lists with one name, the later one counts.
    fn get(&self, name: &str) -> Option<&[String]> {
        let mut lists = self.0.iter().rev();
        let (_, options) = lists.find(|(known, _)| known == name)?;
        Some(options)
    }
}

impl FromIterator<(String, Vec<String>)> for OwnLists {
    fn from_iter<I: IntoIterator<Item = (String, Vec<String>)>>(lists: I) -> Self {
        Self(lists.into_iter().collect())
    }
}

impl Serialize for OwnLists {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, options)| (name, options)))
    }
}

impl<'de> Deserialize<'de> for OwnLists {
    /// Keeps the lists in their order, so that a request is written as it was read.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Self::default())
    }
}

impl<'de> Visitor<'de> for OwnLists {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Self, A::Error> {
        while let Some(list) = map.next_entry()? {
            self.0.push(list);
        }
        Ok(self)
    }
}

/// The lists that a template names, each converted once.
pub(super) struct Lists<'t> {
    own: &'t OwnLists,
    converted: Vec<(&'t str, Options<'t>)>,
}

impl<'t> Lists<'t> {
    /// With the person's own lists, which come before the built-in ones.
    pub(super) const fn new(own: &'t OwnLists) -> Self {
        Self {
            own,
            converted: Vec::new(),
        }
    }

    /// The different options of a list. They are literal text, not templates. A list with too many options is returned
    /// as it is, for the caller to refuse.
    pub(super) fn get(&mut self, name: &'t str) -> Option<Options<'t>> {
        if let Some((_, options)) = self.converted.iter().find(|(known, _)| *known == name) {
            return Some(options.clone());
        }
        let mut options = Vec::new();
        let mut add = |text: &'t str| {
            options.push(Branch {
                weight: Branch::ONE,
                parts: vec![Part::Text(text)],
            });
        };
        if let Some(own) = self.own.get(name) {
            for text in own {
                add(text);
            }
        } else {
            let list = WILDCARDS.iter().find(|list| list.name == name)?;
            for text in list.options {
                add(text);
            }
        }
        if options.len() <= MAX_OPTIONS {
            options = merged(options);
        }
        let options = Rc::new(options);
        self.converted.push((name, options.clone()));
        Some(options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_lists_are_an_object_and_the_later_of_two_counts() {
        let text = r#"{"b":["x","y"],"a":[]}"#;
        let lists: OwnLists = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&lists).unwrap(), text);
        assert_eq!(lists.get("b").map(<[String]>::len), Some(2));
        assert_eq!(lists.get("c"), None);
        let twice: OwnLists = serde_json::from_str(r#"{"a":["x"],"a":[]}"#).unwrap();
        assert_eq!(twice.get("a"), Some(&[][..]));
        assert!(serde_json::from_str::<OwnLists>("[]").is_err());
    }
}
