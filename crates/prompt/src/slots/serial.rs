//! Slots as JSON: an object with a phrase, or a list of phrases, for each slot that is not empty.
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{NAMES, Slot, Slots};

impl Serialize for Slots {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for slot in Slot::ALL {
            match self.get(slot) {
                [] => {}
                [phrase] if slot.holds_one() => map.serialize_entry(slot.name(), phrase)?,
                phrases => map.serialize_entry(slot.name(), phrases)?,
            }
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Slots {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(SlotsVisitor)
    }
}

struct SlotsVisitor;

impl<'de> Visitor<'de> for SlotsVisitor {
    type Value = Slots;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of slots")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Slots, A::Error> {
        let mut slots = Slots::default();
        let mut seen = [false; NAMES.len()];
        while let Some(name) = map.next_key::<String>()? {
            let place = NAMES.iter().position(|known| *known == name);
            let place = place.ok_or_else(|| Error::unknown_field(&name, &NAMES))?;
            let (Some(slot), Some(seen)) = (Slot::ALL.get(place), seen.get_mut(place)) else {
                continue;
            };
            if std::mem::replace(seen, true) {
                return Err(Error::duplicate_field(slot.name()));
            }
            let phrases = if slot.holds_one() {
                map.next_value::<Option<String>>()?.into_iter().collect()
            } else {
                map.next_value()?
            };
            slots.set(*slot, phrases);
        }
        Ok(slots)
    }
}
