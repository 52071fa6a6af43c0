//! The pieces and their scores, as a trie of symbols.

use crate::tokens::packed::Bytes;

/// In the packed list, a byte from this one on says how many symbols of the last piece the next one keeps.
const KEEP: u8 = 0xf0;
/// Longest piece, in symbols.
const LONGEST: usize = 16;
/// How much lower than the lowest piece an unknown character scores: `SentencePiece`'s `kUnkPenalty`.
const PENALTY: f32 = 10.0;

/// The trie in breadth-first order: the children of a node are contiguous and sorted. The root is the first node.
pub(super) struct Pieces {
    symbols: Vec<u8>,
    /// The natural logarithm of the piece's probability; 0 where no piece ends.
    scores: Vec<f32>,
    /// Where the children of each node begin, and those of the node before it end.
    below: Vec<usize>,
    /// The score of a character that no piece contains.
    pub(super) unknown: f32,
}

/// A node as it is read, in depth-first order.
#[derive(Default)]
struct Node {
    symbol: u8,
    score: f32,
    /// Where its descendants end; they begin right after it.
    end: usize,
}

impl Pieces {
    /// The node at which every piece begins.
    pub(super) const ROOT: usize = 0;

    /// Reads the count; the bits of all scores, without their signs, all highest bytes first; then the pieces in order,
    /// each as the symbols that it adds to what it keeps of the last one, and a byte from [`KEEP`] on that says how many
    /// symbols the next one keeps. Also returns whether they are valid.
    pub(super) fn read(bytes: &mut Bytes<'_>) -> (Self, bool) {
        let count = bytes.count();
        let mut planes = [(); 4].map(|()| bytes.take(count).iter());
        let tree = bytes.count();
        let tree = bytes.take(tree);
        let mut nodes = vec![Node::default()];
        // The nodes from the root to the last one.
        let mut open = vec![Self::ROOT];
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
                open.push(nodes.len());
                is_sound &= open.len() <= 1 + LONGEST;
                nodes.push(Node {
                    symbol: *byte,
                    ..Node::default()
                });
            }
        }
        is_sound &= open.len() == 1;
        let end = nodes.len();
        if let Some(root) = nodes.first_mut() {
            root.end = end;
        }
        // An invalid tree may have nodes without an end.
        nodes.truncate(if is_sound { end } else { 0 });
        (Self::by_level(&nodes, worst - PENALTY), is_sound)
    }

    /// Reorders `nodes` from depth-first to breadth-first.
    fn by_level(nodes: &[Node], unknown: f32) -> Self {
        let mut pieces = Self {
            symbols: Vec::with_capacity(nodes.len()),
            scores: Vec::with_capacity(nodes.len()),
            below: Vec::with_capacity(nodes.len() + 1),
            unknown,
        };
        let mut order = Vec::with_capacity(nodes.len());
        order.push(Self::ROOT);
        while let Some(at) = order.get(pieces.symbols.len()).copied()
            && let Some(node) = nodes.get(at)
        {
            pieces.symbols.push(node.symbol);
            pieces.scores.push(node.score);
            pieces.below.push(order.len());
            let mut child = at + 1;
            while child < node.end {
                order.push(child);
                child = nodes.get(child).map_or(node.end, |node| node.end);
            }
        }
        pieces.below.push(order.len());
        pieces
    }

    /// The child of `parent` for `symbol`, and its score, which is 0 if no piece ends there.
    pub(super) fn step(&self, parent: usize, symbol: u8) -> Option<(usize, f32)> {
        let start = *self.below.get(parent)?;
        let end = *self.below.get(parent + 1)?;
        let found = self.symbols.get(start..end)?.binary_search(&symbol).ok()?;
        Some((start + found, *self.scores.get(start + found)?))
    }
}
