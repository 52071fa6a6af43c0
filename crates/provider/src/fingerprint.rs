//! A picture's fingerprint: how bright it is in each cell of a coarse grid. Two of them say whether two pictures show the same
//! thing, however each was encoded.
//!
//! The measure is the mean absolute difference of the cells' brightness, in levels of 0-255. Averaging over a cell removes
//! what an encoder does to single pixels, so two encodings of one picture differ by a fraction of a level, and another
//! composition by many.

use std::fmt;
use std::str::FromStr;

/// Cells of the grid: 32 on each side.
const CELLS: usize = 32 * 32;

/// How bright each cell is.
#[derive(Clone, PartialEq, Eq)]
pub struct Fingerprint(Vec<u8>);

impl Fingerprint {
    /// The largest difference at which two pictures count as the same one, in levels of 0-255. Encodings of one picture stay
    /// below half of it, and so do the two calls' rounding errors on different graphics cards.
    pub const SAME_PICTURE: f64 = 1.0;

    /// The fingerprint of a picture whose cells are so bright, row by row; `None` unless there are 1,024.
    #[must_use]
    pub fn from_cells(cells: Vec<u8>) -> Option<Self> {
        (cells.len() == CELLS).then_some(Self(cells))
    }

    /// How much two pictures differ, in levels of 0-255.
    #[must_use]
    pub fn difference(&self, other: &Self) -> f64 {
        let pairs = self.0.iter().zip(&other.0);
        let sum: u32 = pairs.map(|(a, b)| u32::from(a.abs_diff(*b))).sum();
        f64::from(sum) / 1_024.0
    }
}

impl fmt::Display for Fingerprint {
    /// Two lower-case hexadecimal digits for each cell.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|cell| write!(f, "{cell:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fingerprint")
    }
}

/// The text is not a fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a fingerprint of 1,024 cells in hexadecimal digits")]
pub struct InvalidFingerprint;

impl FromStr for Fingerprint {
    type Err = InvalidFingerprint;

    fn from_str(text: &str) -> Result<Self, InvalidFingerprint> {
        let cell = |pair: &[u8]| {
            let pair = std::str::from_utf8(pair).ok()?;
            u8::from_str_radix(pair, 16).ok()
        };
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        let cells: Option<Vec<u8>> = pairs.iter().map(|pair| cell(pair)).collect();
        cells
            .filter(|_| rest.is_empty())
            .and_then(Self::from_cells)
            .ok_or(InvalidFingerprint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fingerprint(level: u8) -> Fingerprint {
        Fingerprint::from_cells(vec![level; CELLS]).unwrap()
    }

    #[test]
    fn the_difference_is_the_mean_of_the_cells() {
        let mut other = fingerprint(10);
        assert!(fingerprint(10).difference(&other).abs() < f64::EPSILON);
        other.0[7] = 10 + 128;
        assert!((fingerprint(10).difference(&other) - 0.125).abs() < f64::EPSILON);
    }

    #[test]
    fn a_fingerprint_has_1024_cells() {
        for wrong in [0, CELLS - 1, CELLS + 1] {
            assert_eq!(Fingerprint::from_cells(vec![0; wrong]), None);
        }
    }

    #[test]
    fn a_fingerprint_is_kept_as_text() {
        let fingerprint = fingerprint(0xa7);
        let text = fingerprint.to_string();
        assert_eq!(text.parse(), Ok(fingerprint));
        for wrong in [
            "",
            &text[1..],
            &format!("{text}00"),
            &text.replacen(&text[..1], "g", 1),
        ] {
            assert_eq!(wrong.parse::<Fingerprint>(), Err(InvalidFingerprint));
        }
    }
}
