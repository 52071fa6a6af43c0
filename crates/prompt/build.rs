//! Turns the data file into a static table.

use std::collections::BTreeMap;

use selfsame_tables::{Fault, slice, write_table};

/// By letter or digit: the characters that look like it.
type LookAlikes = BTreeMap<String, String>;

fn main() {
    write_table("data/look-alikes.toml", look_alikes);
}

/// `LOOK_ALIKES: &[Run]`, sorted. A run is characters that follow each other and look like letters that do, too.
fn look_alikes(data: &LookAlikes) -> Result<String, Fault> {
    let mut all: BTreeMap<u32, u8> = BTreeMap::new();
    for (key, characters) in data {
        let &[letter @ (b'a'..=b'z' | b'0'..=b'9')] = key.as_bytes() else {
            return Err(Fault::new(key, "not one lower-case letter or digit"));
        };
        for character in characters.chars() {
            if character.is_ascii() || all.insert(character.into(), letter).is_some() {
                let reason = format!("in ASCII, or in the file twice: {character:?}");
                return Err(Fault::new(key, reason));
            }
        }
    }
    let mut runs: Vec<(u32, u8, u8)> = Vec::new();
    for (&code, &letter) in &all {
        match runs.last_mut() {
            Some((first, count, start))
                if *first + u32::from(*count) == code && *start + *count == letter =>
            {
                *count += 1;
            }
            _ => runs.push((code, 1, letter)),
        }
    }
    let runs = runs
        .iter()
        .map(|(first, count, letter)| format!("({first:#x}, {count}, {letter})"));
    Ok(format!("static LOOK_ALIKES: &[Run] = {};", slice(runs)))
}
