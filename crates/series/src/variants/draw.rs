//! Draws combinations at random. The same seed gives the same ones everywhere.

use super::cursor::{all_differ, joined, text_with};
use super::tree::{Choice, Part};

/// `SplitMix64` (Steele, Lea and Flood: Fast Splittable Pseudorandom Number Generators, 2014; public domain code by
/// Vigna).
pub(super) struct SplitMix64(u64);

impl SplitMix64 {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to `below - 1`, or 0 for 0. The bias of the remainder is below one in a hundred thousand, because
    /// weights sum up to less than 2^47.
    fn below(&mut self, below: u64) -> u64 {
        self.next().checked_rem(below).unwrap_or_default()
    }
}

/// Draws the choices of one combination. `None` when two options of a choice have the same text.
pub(super) fn draw(parts: &[Part<'_>], random: &mut SplitMix64) -> Option<Vec<String>> {
    let mut chosen = Vec::new();
    for part in parts {
        if let Part::Choice(choice) = part {
            chosen.push(draw_choice(choice, random)?);
        }
    }
    Some(chosen)
}

/// Draws a size, uniformly from the range, and then options without replacement, by weight.
fn draw_choice(choice: &Choice<'_>, random: &mut SplitMix64) -> Option<String> {
    let sizes = (choice.high - choice.low) as u64 + 1;
    let size = choice.low as u64 + random.below(sizes);
    let mut left: Vec<_> = choice.options.iter().collect();
    let mut texts = Vec::new();
    for _ in 0..size {
        let sum: u64 = left.iter().map(|option| option.weight).sum();
        // Options without weights are drawn uniformly.
        let count = left.len() as u64;
        let mut at = random.below(if sum == 0 { count } else { sum });
        let place = left.iter().position(|option| {
            let weight = if sum == 0 { 1 } else { option.weight };
            let here = at < weight;
            at = at.saturating_sub(weight);
            here
        });
        let option = left.remove(place?);
        let chosen = draw(&option.parts, random)?;
        texts.push(text_with(&option.parts, &chosen));
    }
    all_differ(&texts).then(|| joined(&texts, choice.separator))
}
