//! Merges the pairs of one piece, in O(n log n) for n bytes.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::pairs::{AT_END, MERGED, Pairs};
use super::scan::Piece;

/// Marks a token that was merged into the one before it.
const GONE: u16 = u16::MAX;

#[derive(Clone, Copy)]
struct Symbol {
    token: u16,
    /// The byte at which the token before begins; out of range for the first token.
    before: usize,
    /// The byte at which the next token begins and this one ends.
    next: usize,
}

/// The buffers of a merge, reused for each piece.
#[derive(Default)]
pub(super) struct Merger {
    /// One for each byte of the piece.
    symbols: Vec<Symbol>,
    /// The pairs that can merge, by rank and then by byte, so of equal pairs the first merges first.
    queue: BinaryHeap<Reverse<(u16, usize)>>,
}

impl Merger {
    /// Calls `token` with the byte offset in the word at which each token of `piece` ends.
    pub(super) fn run(&mut self, pairs: &Pairs, piece: &Piece<'_>, mut token: impl FnMut(usize)) {
        if piece.is_mark {
            token(piece.start + piece.text.len());
            return;
        }
        self.symbols.clear();
        self.symbols
            .extend(piece.text.bytes().enumerate().map(|(at, byte)| Symbol {
                token: u16::from(byte),
                before: at.wrapping_sub(1),
                next: at + 1,
            }));
        if let Some(last) = self.symbols.last_mut() {
            last.token += AT_END;
        }
        for at in 0..self.symbols.len() {
            self.offer(pairs, at);
        }
        while let Some(Reverse((rank, at))) = self.queue.pop() {
            self.merge(pairs, rank, at);
        }
        let mut at = 0;
        while let Some(symbol) = self.symbols.get(at) {
            at = symbol.next;
            token(piece.start + at);
        }
    }

    /// Queues the pair at `at` if it can merge.
    fn offer(&mut self, pairs: &Pairs, at: usize) {
        if let Some(rank) = self.pair(at).and_then(|pair| pairs.rank(pair)) {
            self.queue.push(Reverse((rank, at)));
        }
    }

    fn pair(&self, at: usize) -> Option<(u16, u16)> {
        let left = self.symbols.get(at)?;
        let right = self.symbols.get(left.next)?;
        Some((left.token, right.token))
    }

    /// Merges the pair at `at`, unless one of its tokens has merged with another since the pair was queued.
    fn merge(&mut self, pairs: &Pairs, rank: u16, at: usize) {
        let pair = self.pair(at);
        if pair.is_none() || pair != pairs.get(rank) {
            return;
        }
        let Some(left) = self.symbols.get(at).copied() else {
            return;
        };
        let mut next = left.next;
        if let Some(right) = self.symbols.get_mut(left.next) {
            right.token = GONE;
            next = right.next;
        }
        if let Some(behind) = self.symbols.get_mut(next) {
            behind.before = at;
        }
        if let Some(left) = self.symbols.get_mut(at) {
            left.token = MERGED + rank;
            left.next = next;
        }
        self.offer(pairs, left.before);
        self.offer(pairs, at);
    }
}
