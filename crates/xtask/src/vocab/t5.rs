//! T5's `spiece.model`: pieces, scores and the normaliser.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use selfsame_prompt::tokens::T5Vocabulary;

use super::charsmap;
use super::protobuf::{Field, fields};
use super::rules::Rules;
use super::write::{Out, common};

/// The type of a piece that represents text rather than a control symbol.
const NORMAL: u64 = 1;
/// A byte from here on is the length of the prefix that a piece shares with the one before it.
const KEEP: u8 = 0xf0;

/// A space as the model spells it.
const SPACE: char = '\u{2581}';

#[derive(Default)]
struct Model {
    pieces: Vec<(String, f32)>,
    table: Vec<u8>,
}

/// Packs the model into the format of [`T5Vocabulary`].
pub(crate) fn pack(model: &[u8]) -> Result<Vec<u8>, String> {
    let Model { pieces, table } = read(model)?;
    let alphabet: BTreeSet<char> = pieces.iter().flat_map(|(piece, _)| piece.chars()).collect();
    let rules = Rules::of(&charsmap::decode(&table)?)?;
    // The space comes first, as symbol 0.
    let symbols: BTreeMap<char, u8> = iter::once(SPACE)
        .chain(alphabet.into_iter().filter(|c| *c != SPACE))
        .zip(0..KEEP)
        .map(|(c, symbol)| (if c == SPACE { ' ' } else { c }, symbol))
        .collect();

    let mut out = Out(T5Vocabulary::MAGIC.to_vec());
    let rows: Vec<_> = symbols.iter().collect();
    out.rows(
        &rows,
        |row| u32::from(*row.0),
        |out, (_, symbol)| out.byte(**symbol),
    );
    rules.write(&mut out, &symbols)?;
    let mut pieces = pieces
        .into_iter()
        .map(|(piece, score)| {
            let symbols = piece
                .chars()
                .map(|c| symbols.get(&if c == SPACE { ' ' } else { c }).copied());
            Some((symbols.collect::<Option<Vec<u8>>>()?, score))
        })
        .collect::<Option<Vec<_>>>()
        .ok_or("the pieces use more than 240 different characters")?;
    pieces.sort_by(|(a, _), (b, _)| a.cmp(b));
    write_pieces(&mut out, &pieces)?;
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
            (2, Field::Fixed32(bits)) => score = f32::from_le_bytes(bits),
            (3, Field::Number(number)) => kind = number,
            _ => {}
        }
    }
    Ok((kind == NORMAL).then_some((text, score)))
}

fn write_pieces(out: &mut Out, pieces: &[(Vec<u8>, f32)]) -> Result<(), String> {
    out.count(pieces.len());
    // All 32 bits, because a rounded score can make a different segmentation the best.
    for plane in 0..4 {
        for (_, score) in pieces {
            out.byte((-score).to_be_bytes()[plane]);
        }
    }
    let mut tree = Vec::new();
    let mut last: &[u8] = &[];
    for (symbols, _) in pieces {
        let keep = common(last, symbols);
        let keep_byte = u8::try_from(keep)
            .ok()
            .and_then(|keep| KEEP.checked_add(keep));
        tree.push(keep_byte.ok_or("a piece is too long")?);
        tree.extend_from_slice(&symbols[keep..]);
        last = symbols;
    }
    tree.push(KEEP);
    out.count(tree.len());
    out.bytes(&tree);
    Ok(())
}
