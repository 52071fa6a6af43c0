//! Palettes of matching colours, and how colours mix.

use crate::random::Sequence;

/// Red, green and blue, each from 0 to 1.
pub(super) type Colour = [f32; 3];

/// The colours of one picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Palette {
    /// The sky overhead.
    pub(super) zenith: Colour,
    /// The sky at the horizon, and the haze.
    pub(super) horizon: Colour,
    /// The sun.
    pub(super) light: Colour,
    /// The furthest hills.
    pub(super) far: Colour,
    /// The nearest hills.
    pub(super) near: Colour,
}

/// Each with zenith, horizon, light, far and near.
#[expect(
    clippy::unreadable_literal,
    reason = "hexadecimal colours have six digits"
)]
const PALETTES: [[u32; 5]; 8] = [
    // Autumn dawn, sea fog, olive evening, lavender dusk, desert noon, northern blue, rain, pink morning.
    [0x6d7f97, 0xe9c9a4, 0xfff0d2, 0xa98f86, 0x2c2a33],
    [0x8fa3a8, 0xdfe4df, 0xfbfaf2, 0x9fb0b0, 0x24343a],
    [0x7e8c7c, 0xe6d9b0, 0xfff3cd, 0x9aa07f, 0x2a3126],
    [0x5d5a80, 0xd9a9a6, 0xffe0cf, 0x8d7896, 0x231f36],
    [0x7fa1bd, 0xf0d8b8, 0xfff6e0, 0xd1a077, 0x5a3527],
    [0x35506e, 0x9fc0cf, 0xeaf6f7, 0x587a94, 0x12202f],
    [0x596068, 0xaeb4b5, 0xdadcd8, 0x80898c, 0x20262a],
    [0x9a9fc0, 0xf3cfc9, 0xfff1ea, 0xb99bb0, 0x3a2d44],
];

impl Palette {
    /// Picks one of the palettes.
    pub(super) fn pick(sequence: &mut Sequence) -> Self {
        let place = usize::try_from(sequence.bits() % 8).unwrap_or_default();
        let [zenith, horizon, light, far, near] = PALETTES[place].map(colour);
        Self {
            zenith,
            horizon,
            light,
            far,
            near,
        }
    }
}

/// Converts `0xRRGGBB`.
fn colour(code: u32) -> Colour {
    let [_, red, green, blue] = code.to_be_bytes();
    [red, green, blue].map(|part| f32::from(part) / 255.0)
}

/// Interpolates between `from`, at 0, and `to`, at 1.
pub(super) fn mix(from: Colour, to: Colour, part: f32) -> Colour {
    let [r, g, b] = from;
    let [tr, tg, tb] = to;
    [
        r + (tr - r) * part,
        g + (tg - g) * part,
        b + (tb - b) * part,
    ]
}

/// Interpolates smoothly between 0 at `low` and 1 at `high`.
pub(super) fn smoothstep(low: f32, high: f32, value: f32) -> f32 {
    let part = ((value - low) / (high - low)).clamp(0.0, 1.0);
    part * part * (3.0 - 2.0 * part)
}
