//! The best row of pieces: Viterbi's algorithm, in at most 16 steps a symbol.

use alloc::vec;
use alloc::vec::Vec;

use super::pieces::Pieces;

/// The best way to the end of a symbol.
#[derive(Clone, Copy)]
struct Best {
    score: f32,
    /// Where its last piece begins; `NOWHERE` while no way is known.
    start: usize,
    is_unknown: bool,
}

const NOWHERE: usize = usize::MAX;

/// Where the tokens of `symbols` end. Neighbouring unknown characters are one token.
pub(super) fn ends(symbols: &[u8], pieces: &Pieces) -> Vec<usize> {
    let best = best(symbols, pieces);
    let mut ends = Vec::new();
    let mut at = symbols.len();
    let mut is_behind_unknown = false;
    while at > 0 {
        let Some(node) = best.get(at).filter(|node| node.start < at) else {
            break;
        };
        if !(node.is_unknown && is_behind_unknown) {
            ends.push(at);
        }
        is_behind_unknown = node.is_unknown;
        at = node.start;
    }
    ends.reverse();
    ends
}

fn best(symbols: &[u8], pieces: &Pieces) -> Vec<Best> {
    let mut best = vec![
        Best {
            score: 0.0,
            start: NOWHERE,
            is_unknown: false,
        };
        symbols.len() + 1
    ];
    for start in 0..symbols.len() {
        let here = best.get(start).map_or(0.0, |node| node.score);
        let mut has_single = false;
        for (length, score) in pieces.at(symbols.get(start..).unwrap_or_default()) {
            has_single |= length == 1;
            // SentencePiece adds and compares in 64 bits and keeps 32: so does this, or near ties end differently.
            let score = f64::from(score) + f64::from(here);
            offer(best.get_mut(start + length), start, score, false);
        }
        if !has_single {
            let score = f64::from(pieces.unknown() + here);
            offer(best.get_mut(start + 1), start, score, true);
        }
    }
    best
}

fn offer(node: Option<&mut Best>, start: usize, score: f64, is_unknown: bool) {
    let Some(node) = node else { return };
    if node.start == NOWHERE || score > f64::from(node.score) {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "rounded to 32 bits, as the reference keeps it"
        )]
        let score = score as f32;
        *node = Best {
            score,
            start,
            is_unknown,
        };
    }
}
