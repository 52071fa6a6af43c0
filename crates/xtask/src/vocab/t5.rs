//! T5's `spiece.model`: pieces, scores and the normaliser.

use std::collections::BTreeSet;

use selfsame_core::tokens::T5Vocabulary;

use super::charsmap;
use super::protobuf::{Field, fields};
use super::rules::Rules;
use super::write::{Out, common};

/// A piece that stands for text, as opposed to the model's own marks.
const NORMAL: u64 = 1;
/// Bytes from here on say how much of the last piece stays.
const KEEP: u8 = 0xf0;

#[derive(Default)]
struct Model {
    pieces: Vec<(String, f32)>,
    table: Vec<u8>,
}

pub fn pack(model: &[u8]) -> Result<Vec<u8>, String> {
    let Model { mut pieces, table } = read(model)?;
    pieces.sort_by(|(a, _), (b, _)| a.cmp(b));
    let alphabet: BTreeSet<char> = pieces.iter().flat_map(|(piece, _)| piece.chars()).collect();
    let rules = Rules::of(&charsmap::decode(&table)?)?;

    let mut out = Out(T5Vocabulary::MAGIC.to_vec());
    out.count(alphabet.len());
    let mut last = 0;
    for c in &alphabet {
        out.number(u32::from(*c) - last);
        last = u32::from(*c);
    }
    rules.write(&mut out, &alphabet)?;
    let symbols: Vec<char> = alphabet.into_iter().collect();
    write_pieces(&mut out, &pieces, &symbols)?;
    T5Vocabulary::parse(&out.0).map_err(|error| error.to_string())?;
    Ok(out.0)
}

fn read(model: &[u8]) -> Result<Model, String> {
    let mut found = Model::default();
    for (number, field) in fields(model)? {
        match (number, field) {
            (1, Field::Bytes(piece)) => found.pieces.extend(read_piece(piece)?),
            (3, Field::Bytes(normaliser)) => {
                for (number, field) in fields(normaliser)? {
                    if let (2, Field::Bytes(table)) = (number, field) {
                        found.table = table.to_vec();
                    }
                }
            }
            _ => {}
        }
    }
    Ok(found)
}

fn read_piece(message: &[u8]) -> Result<Option<(String, f32)>, String> {
    let (mut text, mut score, mut kind) = (String::new(), 0.0, NORMAL);
    for (number, field) in fields(message)? {
        match (number, field) {
            (1, Field::Bytes(bytes)) => {
                text = String::from_utf8(bytes.to_vec()).map_err(|error| error.to_string())?;
            }
            (2, Field::Word(bits)) => score = f32::from_le_bytes(bits),
            (3, Field::Number(number)) => kind = number,
            _ => {}
        }
    }
    Ok((kind == NORMAL).then_some((text, score)))
}

fn write_pieces(out: &mut Out, pieces: &[(String, f32)], alphabet: &[char]) -> Result<(), String> {
    out.count(pieces.len());
    // 32 bits each: half precision would be 49 KB smaller and count many a text wrongly.
    for plane in 0..4 {
        for (_, score) in pieces {
            out.byte((-score).to_be_bytes()[plane]);
        }
    }
    let mut last: Vec<u8> = Vec::new();
    for (piece, _) in pieces {
        let symbols = piece
            .chars()
            .map(|c| alphabet.binary_search(&c).ok()?.try_into().ok())
            .collect::<Option<Vec<u8>>>()
            .ok_or_else(|| format!("{piece:?} has a character too many"))?;
        let keep = common(&last, &symbols);
        let keep_byte = u8::try_from(keep)
            .ok()
            .and_then(|keep| KEEP.checked_add(keep));
        out.byte(keep_byte.ok_or_else(|| format!("{piece:?} is too long"))?);
        out.bytes(&symbols[keep..]);
        last = symbols;
    }
    Ok(())
}
