//! The pieces and their scores, as a tree of symbols.

use alloc::vec;
use alloc::vec::Vec;

use crate::tokens::bytes::Bytes;

/// Bytes from here on say, in the list of pieces, how much of the last one stays.
const KEEP: u8 = 0xf0;
/// Longest piece, in symbols.
const LONGEST: usize = 16;
/// How much worse than the worst piece an unknown character is; `SentencePiece`'s `kUnkPenalty`.
const PENALTY: f32 = 10.0;

#[derive(Default)]
struct Node {
    symbol: u8,
    /// Where the nodes below this one end; they begin right behind it.
    end: usize,
    /// The natural logarithm of the piece's probability; 0 where no piece ends.
    score: f32,
}

/// The tree: each node stands before the nodes below it, its children ascending.
pub(super) struct Pieces {
    nodes: Vec<Node>,
    /// By symbol, its node at the top; 0 where there is none, for the root stands first.
    tops: Vec<usize>,
    /// The score of a character that no piece holds.
    pub(super) unknown: f32,
}

impl Pieces {
    /// How many; the bits of all scores, without their signs, the highest bytes first; then each piece in its order:
    /// a byte that says how much of the last one stays, and the symbols behind that; then a byte like the first. And
    /// whether they make sense.
    pub(super) fn read(bytes: &mut Bytes<'_>) -> (Self, bool) {
        let count = bytes.count();
        let mut planes = [(); 4].map(|()| bytes.take(count).iter());
        let tree = bytes.count();
        let tree = bytes.take(tree);
        let mut nodes = vec![Node::default()];
        let mut tops = vec![0; 256];
        // The nodes from the root to the last one.
        let mut open = vec![0];
        let mut worst = 0.0_f32;
        let mut is_sound = true;
        for byte in tree {
            if let Some(keep) = byte.checked_sub(KEEP) {
                let mut bits = 0;
                if open.len() > 1 {
                    for plane in &mut planes {
                        bits = bits << 8 | u32::from(plane.next().copied().unwrap_or_default());
                    }
                }
                let score = -f32::from_bits(bits);
                is_sound &= score.is_finite();
                worst = worst.min(score);
                if let Some(node) = open.last().and_then(|at| nodes.get_mut(*at)) {
                    node.score = score;
                }
                let end = nodes.len();
                while open.len() > 1 + usize::from(keep) {
                    if let Some(node) = open.pop().and_then(|at| nodes.get_mut(at)) {
                        node.end = end;
                    }
                }
            } else {
                if let ([_], Some(top)) = (open.as_slice(), tops.get_mut(usize::from(*byte))) {
                    *top = nodes.len();
                }
                open.push(nodes.len());
                is_sound &= open.len() <= 1 + LONGEST;
                nodes.push(Node {
                    symbol: *byte,
                    ..Node::default()
                });
            }
        }
        let unknown = worst - PENALTY;
        let pieces = Self {
            nodes,
            tops,
            unknown,
        };
        (pieces, is_sound && open.len() == 1)
    }

    /// The node below `parent`, or at the top, for `symbol`; and its score, 0 when no piece ends there.
    pub(super) fn step(&self, parent: Option<usize>, symbol: u8) -> Option<(usize, f32)> {
        let mut at = match parent {
            None => *self.tops.get(usize::from(symbol))?,
            Some(parent) => parent + 1,
        };
        let end = parent.map_or(usize::MAX, |parent| {
            self.nodes.get(parent).map_or(0, |node| node.end)
        });
        // Nodes end behind where they stand, so this comes to an end.
        while at < end && at > 0 {
            let node = self.nodes.get(at)?;
            if node.symbol >= symbol {
                return (node.symbol == symbol).then_some((at, node.score));
            }
            at = node.end;
        }
        None
    }
}
