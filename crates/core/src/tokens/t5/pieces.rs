//! The pieces and their scores, as a tree of symbols.

use alloc::vec;
use alloc::vec::Vec;

use super::rules::KEEP;
use crate::tokens::VocabularyError;
use crate::tokens::bytes::Bytes;

/// Longest piece, in symbols.
pub(super) const LONGEST: usize = 16;
/// How much worse than the worst piece an unknown character is; `SentencePiece`'s `kUnkPenalty`.
const PENALTY: f32 = 10.0;

struct Node {
    symbol: u8,
    /// Where the nodes below this one end; they begin right behind it.
    end: u32,
    /// The natural logarithm of the piece's probability; 0 where no piece ends.
    score: f32,
}

/// The tree: each node stands before the nodes below it, its children ascending.
pub(super) struct Pieces {
    nodes: Vec<Node>,
    /// The first node of each symbol.
    roots: Vec<u32>,
    unknown: f32,
}

impl Pieces {
    /// How many; the bits of all scores, without their signs, the highest bytes first; then each piece in its order:
    /// a byte that says how much of the last one stays, and the symbols behind that.
    pub(super) fn read(bytes: &mut Bytes<'_>, symbols: u8) -> Result<Self, VocabularyError> {
        let count = bytes.count()?;
        let scores = bytes.take(4 * count)?;
        let mut nodes: Vec<Node> = Vec::with_capacity(3 * count);
        let mut roots = vec![u32::MAX; usize::from(symbols)];
        let mut last_nodes = Vec::with_capacity(count);
        let mut open: Vec<usize> = Vec::with_capacity(LONGEST);
        for _ in 0..count {
            let keep = usize::from(bytes.byte()?.checked_sub(KEEP).ok_or(MALFORMED)?);
            if keep > open.len() {
                return Err(MALFORMED);
            }
            close(&mut nodes, &mut open, keep);
            while let Some(symbol) = bytes.peek().filter(|symbol| *symbol < symbols) {
                bytes.byte()?;
                let at = index(nodes.len());
                if let (true, Some(root)) = (open.is_empty(), roots.get_mut(usize::from(symbol))) {
                    *root = at;
                }
                open.push(nodes.len());
                nodes.push(Node {
                    symbol,
                    end: 0,
                    score: 0.0,
                });
            }
            if open.len() == keep || open.len() > LONGEST {
                return Err(MALFORMED);
            }
            last_nodes.extend(open.last());
        }
        close(&mut nodes, &mut open, 0);
        let worst = set_scores(scores, &mut nodes, &last_nodes)?;
        Ok(Self {
            nodes,
            roots,
            unknown: worst - PENALTY,
        })
    }

    /// The score of a character that no piece holds.
    pub(super) fn unknown(&self) -> f32 {
        self.unknown
    }

    /// Every piece that `symbols` begins with, the shortest first: its length and score.
    pub(super) fn at<'a>(&'a self, symbols: &'a [u8]) -> impl Iterator<Item = (usize, f32)> + 'a {
        let mut symbols = symbols.iter().zip(1_usize..);
        let mut node: Option<usize> = None;
        core::iter::from_fn(move || {
            loop {
                let (symbol, length) = symbols.next()?;
                let found = match node {
                    None => *self.roots.get(usize::from(*symbol))? as usize,
                    Some(parent) => self.child(parent, *symbol)?,
                };
                node = Some(found);
                let score = self.nodes.get(found)?.score;
                if score != 0.0 {
                    return Some((length, score));
                }
            }
        })
    }

    fn child(&self, parent: usize, symbol: u8) -> Option<usize> {
        let end = self.nodes.get(parent)?.end as usize;
        let mut at = parent + 1;
        while at < end {
            let node = self.nodes.get(at)?;
            if node.symbol >= symbol {
                return (node.symbol == symbol).then_some(at);
            }
            at = node.end as usize;
        }
        None
    }
}

const MALFORMED: VocabularyError = VocabularyError::Malformed;

/// The nodes of `open` from `keep` on get no more nodes below them.
fn close(nodes: &mut [Node], open: &mut Vec<usize>, keep: usize) {
    let end = index(nodes.len());
    for node in open.drain(keep..) {
        if let Some(node) = nodes.get_mut(node) {
            node.end = end;
        }
    }
}

/// Gives each piece its score; returns the lowest.
fn set_scores(planes: &[u8], nodes: &mut [Node], pieces: &[usize]) -> Result<f32, VocabularyError> {
    let byte = |plane: usize, at: usize| planes.get(plane * pieces.len() + at).copied();
    let mut worst = 0.0_f32;
    for (at, node) in pieces.iter().enumerate() {
        let bits = [0, 1, 2, 3].map(|plane| byte(plane, at).unwrap_or_default());
        let score = -f32::from_bits(u32::from_be_bytes(bits));
        if !score.is_finite() || score >= 0.0 {
            return Err(MALFORMED);
        }
        worst = worst.min(score);
        if let Some(node) = nodes.get_mut(*node) {
            node.score = score;
        }
    }
    Ok(worst)
}

/// A place in the tree; no file is long enough for this to be cut.
fn index(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
