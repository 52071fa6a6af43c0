//! Formats that a person writes as two numbers.

use crate::params::AspectRatio;

/// The format of `4:5`, `4x5` or `8/10`; of one that is not on offer, the nearest.
pub(super) fn ratio(word: &str) -> Option<AspectRatio> {
    let (width, height) = word.split_once([':', 'x', '/'])?;
    let shape = shape(width, height)?;
    let mut nearest = None;
    for ratio in AspectRatio::ALL {
        let (width, height) = ratio.as_str().split_once(':')?;
        let distance = self::shape(width, height)?.abs_diff(shape);
        if nearest.is_none_or(|(_, least)| distance < least) {
            nearest = Some((ratio, distance));
        }
    }
    nearest.map(|(ratio, _)| *ratio)
}

/// Width to height in thousandths, of numbers below 100.
fn shape(width: &str, height: &str) -> Option<u32> {
    let side = |text: &str| {
        let number = text.parse().ok()?;
        (1..100_u32).contains(&number).then_some(number)
    };
    Some(1000 * side(width)? / side(height)?)
}
