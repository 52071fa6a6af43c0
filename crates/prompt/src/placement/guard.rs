//! Regions that are not split: text between balanced brackets and paired quotation marks.

use std::ops::Range;

/// Brackets by kind; `"` opens when none is open and closes otherwise.
fn kind(byte: u8) -> Option<(usize, Side)> {
    Some(match byte {
        b'(' => (0, Side::Open),
        b')' => (0, Side::Close),
        b'[' => (1, Side::Open),
        b']' => (1, Side::Close),
        b'{' => (2, Side::Open),
        b'}' => (2, Side::Close),
        b'"' => (3, Side::Either),
        _ => return None,
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Open,
    Close,
    Either,
}

/// Returns the outermost balanced regions, brackets included, from left to right. `marks` are the bytes of a text that
/// are not letters or digits, with their offsets. Brackets inside a mention of the trigger do not count.
///
/// A closing bracket pairs with the nearest open one of its kind; what was opened in between stays unpaired. So pairs
/// nest, and removing a piece that contains no half of a pair leaves the other pairs unchanged.
pub(super) fn guarded(marks: &[(usize, u8)], mentions: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut regions: Vec<Range<usize>> = Vec::new();
    let mut stack: Vec<(usize, usize)> = Vec::new();
    let mut open = [0_usize; 4];
    let mut mentions = mentions.iter().peekable();
    for &(at, byte) in marks {
        let Some((kind, side)) = kind(byte) else {
            continue;
        };
        while mentions.next_if(|mention| mention.end <= at).is_some() {}
        if mentions.peek().is_some_and(|mention| mention.contains(&at)) {
            continue;
        }
        if side == Side::Open || (side == Side::Either && open[kind] == 0) {
            stack.push((kind, at));
            open[kind] += 1;
            continue;
        }
        if open[kind] == 0 {
            continue;
        }
        while let Some((opened, start)) = stack.pop() {
            open[opened] -= 1;
            if opened == kind {
                regions.truncate(regions.partition_point(|region| region.start < start));
                regions.push(start..at + 1);
                break;
            }
        }
    }
    regions
}
