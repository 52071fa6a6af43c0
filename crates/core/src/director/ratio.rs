//! Formats that a person writes as two numbers.

use crate::params::AspectRatio;

/// The format of `4:5`, `4x5` or `8/10`; of one that is not on offer, the nearest.
pub(super) fn ratio(word: &str) -> Option<AspectRatio> {
    let (width, height) = word.split_once([':', 'x', '/'])?;
    let shape = shape(width, height)?;
    AspectRatio::ALL.iter().copied().min_by_key(|ratio| {
        let (width, height) = ratio.as_str().split_once(':').unwrap_or_default();
        self::shape(width, height).map_or(u32::MAX, |other| other.abs_diff(shape))
    })
}

/// Width to height in thousandths, of numbers below 100.
fn shape(width: &str, height: &str) -> Option<u32> {
    let side = |text: &str| {
        let number = text.parse().ok()?;
        (1..100_u32).contains(&number).then_some(number)
    };
    Some(1000 * side(width)? / side(height)?)
}
