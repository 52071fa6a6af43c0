//! Numbers as ECMAScript writes them (`Number::toString`, ECMA-262 6.1.6.1.20): the shortest digits that read back
//! as the same number, the nearest of them, an even one of two; and an exponent only for the very small and the
//! very large.
//!
//! Of its own, because the standard library's exact printing and reading of floats is a fifth of the browser's
//! module.
use std::cmp::Ordering;

/// Appends `number`, which is finite.
pub(crate) fn write(out: &mut String, number: f64) {
    if number < 0.0 {
        out.push('-');
    }
    if number == 0.0 {
        out.push('0');
        return;
    }
    let (digits, point) = shortest(number.abs());
    let count = i32::try_from(digits.len()).unwrap_or(0);
    let zeros = |out: &mut String, count: i32| (0..count).for_each(|_| out.push('0'));
    let push = |out: &mut String, from: i32, to: i32| {
        let (from, to) = (
            usize::try_from(from).unwrap_or(0),
            usize::try_from(to).unwrap_or(0),
        );
        for digit in digits.iter().take(to).skip(from) {
            out.push(char::from(*digit));
        }
    };
    if (-5..=0).contains(&point) {
        out.push_str("0.");
        zeros(out, -point);
        push(out, 0, count);
        return;
    }
    let plain = (1..=21).contains(&point);
    let whole = if plain { point } else { 1 };
    push(out, 0, whole);
    zeros(out, whole - count);
    if whole < count {
        out.push('.');
        push(out, whole, count);
    }
    if !plain {
        let exponent = point - 1;
        out.push_str(if exponent < 0 { "e-" } else { "e+" });
        let exponent = exponent.abs();
        for power in [100, 10, 1] {
            if exponent >= power {
                out.push(char::from(
                    b"0123456789"[(exponent / power % 10).unsigned_abs() as usize],
                ));
            }
        }
    }
}

/// The number that is written as `text`; `None` when no number is, or not so.
pub(crate) fn read(text: &str) -> Option<f64> {
    let (mut value, exponent) = approximate(text)?;
    let (mut power, mut left) = (10.0, exponent.unsigned_abs());
    while left > 0 {
        if left & 1 == 1 {
            value = if exponent < 0 {
                value / power
            } else {
                value * power
            };
        }
        power *= power;
        left >>= 1;
    }
    // Nine roundings at most lie between this and the number, and no two numbers are written alike: the one that
    // is written as `text` is the one.
    let (mut above, mut below) = (value, value);
    let mut written = String::new();
    for _ in 0..32 {
        for candidate in [above, below] {
            written.clear();
            if candidate.is_finite() {
                write(&mut written, candidate);
            }
            if written == text {
                return Some(candidate);
            }
        }
        (above, below) = (above.next_up(), below.next_down());
    }
    None
}

/// The digits of `text` as a number, and the power of ten that is still to be applied.
fn approximate(text: &str) -> Option<(f64, i32)> {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let mut exponent: i32 = exponent
        .parse()
        .ok()
        .filter(|power: &i32| power.abs() < 400)?;
    let mut value = 0.0;
    let mut fraction = false;
    for byte in mantissa
        .strip_prefix('-')
        .unwrap_or(mantissa)
        .bytes()
        .take(32)
    {
        match byte {
            b'0'..=b'9' => {
                value = value * 10.0 + f64::from(byte - b'0');
                exponent -= i32::from(fraction);
            }
            b'.' => fraction = true,
            _ => return None,
        }
    }
    Some((if text.starts_with('-') { -value } else { value }, exponent))
}

/// The shortest digits of a positive number, and where the point stands: 0.d₁d₂… × 10^point.
///
/// The free-format algorithm of Steele and White, and of Dybvig, with exact integers: the number is `rest / whole`,
/// and every number nearer than `below / whole` or `above / whole` reads back as it.
fn shortest(number: f64) -> (Vec<u8>, i32) {
    const FRACTION: u64 = (1 << 52) - 1;
    let bits = number.to_bits();
    let fraction = bits & FRACTION;
    let biased = i32::try_from(bits >> 52).unwrap_or(0);
    let (mantissa, exponent) = match biased {
        0 => (fraction, -1074),
        _ => (fraction | (FRACTION + 1), biased - 1075),
    };
    let even = mantissa % 2 == 0;
    // Below a power of two, the numbers lie twice as close.
    let uneven = i32::from(fraction == 0 && biased > 1);
    let mut rest = Natural::of(mantissa, exponent.max(0) + 1 + uneven);
    let mut whole = Natural::of(1, (-exponent).max(0) + 1 + uneven);
    let mut below = Natural::of(1, exponent.max(0));
    let mut above = Natural::of(1, exponent.max(0) + uneven);
    let reaches =
        |rest: &Natural, above: &Natural, whole: &Natural| match rest.plus(above).cmp(whole) {
            Ordering::Less => false,
            Ordering::Equal => even,
            Ordering::Greater => true,
        };

    // Not more than one too low or too high: 1233 / 4096 is the logarithm of 2.
    let mut point = ((exponent + 63 - mantissa.leading_zeros().cast_signed()) * 1233) >> 12;
    let tens = point.unsigned_abs();
    if point > 0 {
        whole.times_ten(tens);
    } else {
        for number in [&mut rest, &mut below, &mut above] {
            number.times_ten(tens);
        }
    }
    while reaches(&rest, &above, &whole) {
        whole.times(10);
        point += 1;
    }
    let mut digits = Vec::new();
    loop {
        for number in [&mut rest, &mut below, &mut above] {
            number.times(10);
        }
        let mut digit = b'0';
        let high = if digits.is_empty() && !reaches(&rest, &above, &whole) {
            // Nothing but a leading zero yet.
            point -= 1;
            continue;
        } else {
            while rest.cmp(&whole) != Ordering::Less {
                rest.minus(&whole);
                digit += 1;
            }
            reaches(&rest, &above, &whole)
        };
        let low = match rest.cmp(&below) {
            Ordering::Less => true,
            Ordering::Equal => even,
            Ordering::Greater => false,
        };
        if low || high {
            let up = match rest.plus(&rest).cmp(&whole) {
                _ if !low => true,
                _ if !high => false,
                Ordering::Less => false,
                Ordering::Equal => digit % 2 == 1,
                Ordering::Greater => true,
            };
            digits.push(digit + u8::from(up));
            return (digits, point);
        }
        digits.push(digit);
    }
}

/// Enough for the largest and for the smallest number, shifted by a digit: 1,216 bits, the lowest first.
struct Natural([u32; 38]);

impl Natural {
    /// `number` × 2^shift.
    fn of(number: u64, shift: i32) -> Self {
        let mut out = Self([0; 38]);
        let shift = shift.unsigned_abs();
        for (index, limb) in out
            .0
            .iter_mut()
            .skip(shift as usize / 32)
            .take(2)
            .enumerate()
        {
            *limb = low(number >> (32 * index));
        }
        out.times(1 << (shift % 32));
        out
    }

    fn times(&mut self, factor: u32) {
        let mut carry = 0;
        for limb in &mut self.0 {
            carry += u64::from(*limb) * u64::from(factor);
            *limb = low(carry);
            carry >>= 32;
        }
    }

    /// × 10^power.
    fn times_ten(&mut self, power: u32) {
        for _ in 0..power / 9 {
            self.times(1_000_000_000);
        }
        self.times(10_u32.pow(power % 9));
    }

    fn plus(&self, other: &Self) -> Self {
        let mut sum = Self([0; 38]);
        let mut carry = 0;
        for ((limb, a), b) in sum.0.iter_mut().zip(&self.0).zip(&other.0) {
            carry += u64::from(*a) + u64::from(*b);
            *limb = low(carry);
            carry >>= 32;
        }
        sum
    }

    /// `other` is not larger.
    fn minus(&mut self, other: &Self) {
        let mut borrow = 0;
        for (limb, other) in self.0.iter_mut().zip(&other.0) {
            let difference = i64::from(*limb) - i64::from(*other) - borrow;
            *limb = low(difference.cast_unsigned());
            borrow = i64::from(difference < 0);
        }
    }

    fn cmp(&self, other: &Self) -> Ordering {
        self.0.iter().rev().cmp(other.0.iter().rev())
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the lowest 32 bits are asked for"
)]
const fn low(bits: u64) -> u32 {
    bits as u32
}

#[cfg(test)]
mod tests {

    use proptest::prelude::*;

    use super::*;

    fn written(number: f64) -> String {
        let mut text = String::new();
        write(&mut text, number);
        text
    }

    #[test]
    fn numbers_are_written_as_ecmascript_writes_them() {
        for (number, text) in [
            (0.1, "0.1"),
            (-3.25, "-3.25"),
            (0.000_001, "0.000001"),
            (0.000_000_15, "1.5e-7"),
            (-0.000_000_1, "-1e-7"),
            (1e20, "100000000000000000000"),
            (123_456_789_012_345_680_000.0, "123456789012345680000"),
            (1e21, "1e+21"),
            (1.5e300, "1.5e+300"),
            (2.000_000_000_000_000_4, "2.0000000000000004"),
            // Half way between .2 and .3, and between .7 and .8: the even one.
            (f64::from_bits(0x4310_0000_0000_0001), "1125899906842624.2"),
            (f64::from_bits(0x4310_0000_0000_0003), "1125899906842624.8"),
            (5e-324, "5e-324"),
            (f64::MIN_POSITIVE, "2.2250738585072014e-308"),
            (f64::MAX, "1.7976931348623157e+308"),
            (9_007_199_254_740_992.0, "9007199254740992"),
        ] {
            assert_eq!(written(number), text);
            assert_eq!(read(text), Some(number));
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in [
            "",
            "-",
            ".",
            "e",
            "1e",
            "e5",
            "1e999",
            "1e-999",
            "01",
            "+1",
            "1.",
            ".5",
            "-0",
            "1E5",
            "1e5",
            "1e+5",
            "--1",
            "1..2",
            "1.2.3",
            "0.0000001",
            "1e99999999999",
            "99999999999999999999999999999999999999",
            "1e+309",
            "4e-324",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read("0"), Some(0.0));
    }

    fn any_finite() -> impl Strategy<Value = f64> {
        any::<u64>()
            .prop_map(f64::from_bits)
            .prop_filter("finite", |number| number.is_finite())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        /// As short as the standard library's, and the same digits, but where two are equally near: ECMAScript then
        /// takes the even one, which the standard library does not.
        #[test]
        fn any_number_has_its_shortest_digits(number in any_finite()) {
            let text = written(number);
            let digits = |text: &str| {
                let digits: String = text.split('e').next().unwrap().chars().filter(char::is_ascii_digit).collect();
                digits.trim_matches('0').to_owned()
            };
            let (ours, theirs) = (digits(&text), digits(&format!("{number:e}")));
            prop_assert_eq!(ours.len(), theirs.len());
            let exact = digits(&format!("{number:.800e}"));
            let is_even = ours.ends_with(['0', '2', '4', '6', '8']);
            prop_assert!(ours == theirs || is_even && exact.get(ours.len()..) == Some("5"), "{} {}", ours, theirs);
            prop_assert_eq!(text.parse::<f64>().unwrap().to_bits(), if number == 0.0 { 0 } else { number.to_bits() });
            prop_assert_eq!(read(&text).unwrap().to_bits(), if number == 0.0 { 0 } else { number.to_bits() });
        }

        #[test]
        fn a_number_with_few_decimals_is_written_plainly(number in -9_999_999_i32..9_999_999) {
            let number = f64::from(number) / 1000.0;
            let text = written(number);
            prop_assert_eq!(text, format!("{number}").replace("-0", if number == 0.0 { "0" } else { "-0" }));
        }
    }
}
