//! Canonical JSON (RFC 8785), the text that recipe ids are made from.
//!
//! `serde_json` already writes strings as RFC 8785 asks; the formatter here adds its numbers, which are ECMAScript's.
//! The order of fields comes from the types: a type that is written here declares its fields in sorted order, has
//! ASCII keys in its maps, and holds no integer beyond ±(2^53 - 1).

use std::io;

use serde::Serialize;
use serde_json::ser::Formatter;

/// Writes `value` without white space, each number and string in one form. A number that JSON cannot hold
/// (NaN, infinite) becomes `null`.
pub(crate) fn write(value: &impl Serialize) -> serde_json::Result<String> {
    let mut out = Vec::new();
    value.serialize(&mut serde_json::Serializer::with_formatter(
        &mut out,
        EcmaScriptNumbers,
    ))?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

struct EcmaScriptNumbers;

impl Formatter for EcmaScriptNumbers {
    fn write_f64<W: io::Write + ?Sized>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        writer.write_all(ryu_js::Buffer::new().format(value).as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_ecmascript_writes_them() {
        for (number, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (0.1, "0.1"),
            (-3.25, "-3.25"),
            (1.0, "1"),
            (0.000_001, "0.000001"),
            (0.000_000_15, "1.5e-7"),
            (-0.000_000_1, "-1e-7"),
            (1e20, "100000000000000000000"),
            (123_456_789_012_345_680_000.0, "123456789012345680000"),
            (1e21, "1e+21"),
            (1.5e300, "1.5e+300"),
            (2.000_000_000_000_000_4, "2.0000000000000004"),
            // Halfway between .2 and .3, and between .7 and .8: the even digit.
            (f64::from_bits(0x4310_0000_0000_0001), "1125899906842624.2"),
            (f64::from_bits(0x4310_0000_0000_0003), "1125899906842624.8"),
            (5e-324, "5e-324"),
            (f64::MIN_POSITIVE, "2.2250738585072014e-308"),
            (f64::MAX, "1.7976931348623157e+308"),
            (9_007_199_254_740_992.0, "9007199254740992"),
            (f64::NAN, "null"),
            (f64::NEG_INFINITY, "null"),
        ] {
            assert_eq!(write(&number).expect("JSON"), text);
        }
    }

    #[test]
    fn strings_have_the_escapes_of_rfc_8785() {
        for (text, written) in [
            ("\0\u{1}\u{7}\u{1f}", r#""\u0000\u0001\u0007\u001f""#),
            ("\u{8}\t\n\u{c}\r", r#""\b\t\n\f\r""#),
            ("\"\\", r#""\"\\""#),
            (
                "/\u{7f}\u{80}\u{2028}\u{fffd}🙂",
                "\"/\u{7f}\u{80}\u{2028}\u{fffd}🙂\"",
            ),
        ] {
            assert_eq!(write(&text).expect("JSON"), written);
        }
    }
}
