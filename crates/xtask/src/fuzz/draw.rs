//! Inputs: strings of fragments, and known inputs with something changed.

use super::targets::Target;

/// How long a text is that a person cannot send any more, with room for what stands before it.
const LONG: usize = 4_200;

/// `SplitMix64`.
pub struct Random(u64);

impl Random {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// Below `end`; 0 when there is nothing below it.
    fn below(&mut self, end: usize) -> usize {
        let product = u128::from(self.bits()) * (end as u128);
        usize::try_from(product >> 64).unwrap_or(0)
    }

    fn byte(&mut self) -> u8 {
        self.bits().to_be_bytes()[0]
    }
}

/// Draws one input after the other.
pub struct Draw {
    random: Random,
    fragments: Vec<Vec<u8>>,
    known: Vec<Vec<u8>>,
}

impl Draw {
    /// For `target`; `kept` is known beside the target's own inputs.
    pub fn of(target: &Target, kept: &[Vec<u8>], seed: u64) -> Self {
        let mut known = (target.known)();
        known.extend_from_slice(kept);
        Self {
            random: Random(seed),
            fragments: (target.fragments)(),
            known,
        }
    }

    /// The next input.
    pub fn input(&mut self) -> Vec<u8> {
        match self.random.below(400) {
            // One thing over and over: what takes time in the square of it shows.
            0 => self.repeated(),
            1..=160 if !self.fragments.is_empty() => {
                let count = self.random.below(24);
                self.strung(count)
            }
            _ => self.changed(),
        }
    }

    fn fragment(&mut self) -> Vec<u8> {
        match self.random.below(self.fragments.len() + 1) {
            // Any character at all.
            0 => {
                let any = u32::try_from(self.random.below(0x11_0000)).unwrap_or(0);
                let any = if self.random.below(2) == 0 {
                    any % 0x300
                } else {
                    any
                };
                char::from_u32(any)
                    .unwrap_or('\u{fffd}')
                    .to_string()
                    .into_bytes()
            }
            index => self.fragments.get(index - 1).cloned().unwrap_or_default(),
        }
    }

    fn strung(&mut self, count: usize) -> Vec<u8> {
        (0..count).flat_map(|_| self.fragment()).collect()
    }

    fn repeated(&mut self) -> Vec<u8> {
        let count = 1 + self.random.below(3);
        let unit = self.strung(count);
        let mut out = self.strung(2);
        while !unit.is_empty() && out.len() + unit.len() < LONG {
            out.extend_from_slice(&unit);
        }
        out
    }

    fn known(&mut self) -> Vec<u8> {
        let index = self.random.below(self.known.len());
        self.known.get(index).cloned().unwrap_or_default()
    }

    fn changed(&mut self) -> Vec<u8> {
        let mut input = self.known();
        for _ in 0..=self.random.below(5) {
            let (a, b) = (
                self.random.below(input.len() + 1),
                self.random.below(input.len() + 1),
            );
            let (start, end) = (a.min(b), a.max(b));
            // Mostly near each other.
            let end = if self.random.below(3) == 0 {
                end
            } else {
                end.min(start + 8)
            };
            match self.random.below(8) {
                0 => drop(input.drain(start..end)),
                1 => {
                    let piece = input[start..end].to_vec();
                    input.splice(start..start, piece);
                }
                2 => {
                    let other = self.known();
                    let from = self.random.below(other.len() + 1);
                    let to = (from + self.random.below(64)).min(other.len());
                    input.splice(start..end, other[from..to].iter().copied());
                }
                3 => input.truncate(start),
                4 => {
                    for place in &mut input[start..end] {
                        *place = self.random.byte();
                    }
                }
                5 => {
                    let fill = [0, 0xff, 0x7f, 0x80, b' ', b'('][self.random.below(6)];
                    input[start..end].fill(fill);
                }
                _ => {
                    let fragment = self.fragment();
                    input.splice(start..end, fragment);
                }
            }
        }
        input
    }
}
