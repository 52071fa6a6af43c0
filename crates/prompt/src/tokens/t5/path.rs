//! Finds the sequence of pieces with the best score: Viterbi's algorithm, with at most 16 steps for each symbol.

use super::pieces::Pieces;

/// The best sequence that ends at a symbol.
#[derive(Clone, Copy)]
struct Best {
    score: f32,
    /// Where its last piece begins; `NOWHERE` until a sequence is found.
    start: usize,
    is_unknown: bool,
}

const NOWHERE: usize = usize::MAX;

/// Returns where the tokens of `symbols` end. Neighbouring unknown characters are one token.
pub(super) fn ends(symbols: &[u8], pieces: &Pieces) -> Vec<usize> {
    let nothing = Best {
        score: 0.0,
        start: NOWHERE,
        is_unknown: false,
    };
    let mut best = vec![nothing; symbols.len() + 1];
    for start in 0..symbols.len() {
        let here = best.get(start).map_or(0.0, |node| node.score);
        let mut offer = |end: usize, score: f32, is_unknown| {
            // SentencePiece adds in 32 bits. In 64 bits, near ties would be decided differently.
            let score = score + here;
            if let Some(node) = best.get_mut(end)
                && (node.start == NOWHERE || score > node.score)
            {
                *node = Best {
                    score,
                    start,
                    is_unknown,
                };
            }
        };
        let mut node = Pieces::ROOT;
        let mut has_single = false;
        for (symbol, end) in symbols
            .get(start..)
            .unwrap_or_default()
            .iter()
            .zip(start + 1..)
        {
            let Some((next, score)) = pieces.step(node, *symbol) else {
                break;
            };
            node = next;
            if score < 0.0 {
                has_single |= end == start + 1;
                offer(end, score, false);
            }
        }
        if !has_single {
            offer(start + 1, pieces.unknown, true);
        }
    }
    let mut ends = Vec::new();
    let mut at = symbols.len();
    let mut is_behind_unknown = false;
    while let Some(node) = best.get(at).filter(|node| node.start < at) {
        if !(node.is_unknown && is_behind_unknown) {
            ends.push(at);
        }
        is_behind_unknown = node.is_unknown;
        at = node.start;
    }
    ends.reverse();
    ends
}
