//! What a request says of a file that it knows or wants a part of: `If-None-Match`, `If-Range` and `Range`.

use self::conditional::{Wanted, has_current, wanted};
use super::{Target, bytes, equal, holds};

// The Worker's own file, because its crate is built for WebAssembly only.
#[path = "../../../crates/worker/src/http/conditional.rs"]
mod conditional;

/// The target: the value of any of these headers, for files of several lengths.
pub const TARGET: Target = Target {
    name: "condition",
    fragments,
    known,
    check,
};

const ETAG: &str = "5f2a";
const LENGTHS: [u64; 5] = [0, 1, 10, 26_214_400, u64::MAX];
const IF_RANGE: [Option<&str>; 4] = [
    None,
    Some("\"5f2a\""),
    Some("W/\"5f2a\""),
    Some("\"other\""),
];

fn fragments() -> Vec<Vec<u8>> {
    bytes(&[
        "bytes=",
        "bytes=0-",
        "bytes=5-",
        "bytes=-",
        "bytes = ",
        "BYTES=",
        "items=",
        "0-0",
        "0-",
        "-1",
        "-0",
        "9-",
        "5-2",
        "-",
        "0",
        "26214399",
        "18446744073709551615",
        "99999999999999999999999",
        "+1",
        "0x1",
        "١",
        "=",
        ",",
        " ",
        "\t",
        "\"5f2a\"",
        "W/\"5f2a\"",
        "w/",
        "5f2a",
        "\"5F2A\"",
        "\"",
        "*",
        "é",
    ])
}

fn known() -> Vec<Vec<u8>> {
    bytes(&[
        "bytes=2-5",
        "bytes=-3",
        "bytes=26214399-",
        "bytes=0-1,3-4",
        "\"a\", W/\"5f2a\"",
        "*",
    ])
}

fn check(input: &[u8]) -> Result<(), String> {
    let text = String::from_utf8_lossy(input);
    // Few random texts are a range, so each input is read as two numbers as well.
    let (first, last) = input.split_at(input.len() / 2);
    let (first, last) = (number(first), number(last));
    let ranges = [
        text.to_string(),
        format!("bytes={first}-{last}"),
        format!("bytes={first}-"),
        format!("bytes=-{last}"),
    ];
    for range in ranges {
        for length in LENGTHS {
            for if_range in IF_RANGE {
                check_range(&range, if_range, length)?;
            }
        }
    }
    if has_current(&text, ETAG) {
        let says_so = text.contains("\"5f2a\"") || text.contains('*');
        holds("a file that is not named counts as known", says_so)?;
    }
    let more = format!("{text}, \"{ETAG}\"");
    holds(
        "a file at the end of a list is not found",
        has_current(&more, ETAG),
    )
}

/// A number of any size.
fn number(bytes: &[u8]) -> u64 {
    let add = |number: u64, byte: &u8| number.wrapping_mul(257).wrapping_add(u64::from(*byte));
    let number = bytes.iter().fold(0, add);
    number >> (number % 64)
}

fn check_range(text: &str, if_range: Option<&str>, length: u64) -> Result<(), String> {
    let named = if_range.is_none_or(|tag| tag == "\"5f2a\"");
    match wanted(Some(text), if_range, ETAG, length) {
        Wanted::All => Ok(()),
        Wanted::Part(part) => {
            holds("a part of another file", named)?;
            let inside = part.start() <= part.end() && *part.end() < length;
            holds("a part is outside of the file", inside)?;
            let header = format!("bytes={}-{}", part.start(), part.end());
            let again = wanted(Some(&header), None, ETAG, length);
            equal("a part is not read again", again, Wanted::Part(part))
        }
        Wanted::Beyond => holds("what is beyond another file", named),
    }
}
