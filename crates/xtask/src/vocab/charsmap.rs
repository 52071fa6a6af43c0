//! The normaliser's table in a `SentencePiece` model: a double-array trie (darts-clone) of the strings that are
//! replaced, and their replacements.

use std::collections::BTreeMap;

/// Decodes the table into a map from each string to its replacement.
pub(crate) fn decode(table: &[u8]) -> Result<BTreeMap<String, String>, String> {
    let (length, rest) = table.split_first_chunk().ok_or("the table is empty")?;
    let length = usize::try_from(u32::from_le_bytes(*length)).unwrap_or(usize::MAX);
    let (trie, strings) = rest
        .split_at_checked(length)
        .ok_or("the table is truncated")?;
    let units = trie
        .chunks_exact(4)
        .map(|unit| u32::from_le_bytes([unit[0], unit[1], unit[2], unit[3]]))
        .collect();
    let trie = Trie { units, strings };
    let mut found = BTreeMap::new();
    trie.walk(0, &mut Vec::new(), &mut found)?;
    Ok(found)
}

struct Trie<'a> {
    units: Vec<u32>,
    strings: &'a [u8],
}

impl Trie<'_> {
    fn unit(&self, at: usize) -> Result<u32, String> {
        let unit = self.units.get(at).copied();
        unit.ok_or_else(|| "an offset points outside the trie".to_owned())
    }

    fn walk(
        &self,
        at: usize,
        key: &mut Vec<u8>,
        found: &mut BTreeMap<String, String>,
    ) -> Result<(), String> {
        let unit = self.unit(at)?;
        let below = at ^ ((unit >> 10) << ((unit & (1 << 9)) >> 6)) as usize;
        if unit & (1 << 8) != 0 {
            let start = self.unit(below)? & !(1 << 31);
            let value = self
                .strings
                .get(start as usize..)
                .and_then(|rest| rest.split(|byte| *byte == 0).next())
                .ok_or("an offset points outside the replacements")?;
            let text =
                |bytes: &[u8]| String::from_utf8(bytes.to_vec()).map_err(|error| error.to_string());
            found.insert(text(key)?, text(value)?);
        }
        for byte in 1..=u8::MAX {
            let next = below ^ usize::from(byte);
            if self
                .units
                .get(next)
                .is_some_and(|unit| unit & (1 << 31 | 0xff) == u32::from(byte))
            {
                key.push(byte);
                self.walk(next, key, found)?;
                key.pop();
            }
        }
        Ok(())
    }
}
