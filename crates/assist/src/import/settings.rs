//! Settings of other tools: moved when they mean the same here and are in range.

use super::note::{DroppedCode, NoticeCode, Report};
use crate::text::is_one_of;
use selfsame_prompt::parameters::{AspectRatio, InputValue, Overrides, Parameter, whole};

/// Sides of pictures of one megapixel (source: the provider's table; the same sizes are SDXL's).
const SIZES: [(u32, u32, AspectRatio); 11] = [
    (1024, 1024, AspectRatio::Square),
    (896, 1088, AspectRatio::Portrait4x5),
    (896, 1152, AspectRatio::Portrait3x4),
    (832, 1216, AspectRatio::Portrait2x3),
    (768, 1344, AspectRatio::Portrait9x16),
    (640, 1536, AspectRatio::Portrait9x21),
    (1088, 896, AspectRatio::Landscape5x4),
    (1152, 896, AspectRatio::Landscape4x3),
    (1216, 832, AspectRatio::Landscape3x2),
    (1344, 768, AspectRatio::Landscape16x9),
    (1536, 640, AspectRatio::Landscape21x9),
];

/// What a setting of another tool is here.
enum Kind {
    Number(Parameter),
    /// Two sides in pixels.
    Size,
    Ratio,
    Nothing(DroppedCode),
}

/// The settings by name; every other one is dropped as a [`DroppedCode::Setting`].
const SETTINGS: [(&[&str], Kind); 8] = [
    (&["steps"], Kind::Number(Parameter::Steps)),
    (
        &["seed", "noise_seed", "sameseed"],
        Kind::Number(Parameter::Seed),
    ),
    (
        &["distilled cfg scale", "flux guidance", "guidance"],
        Kind::Number(Parameter::Guidance),
    ),
    (&["size", "resolution", "dimensions"], Kind::Size),
    (&["ar", "aspect", "aspect ratio"], Kind::Ratio),
    (
        &[
            "cfg scale",
            "cfg",
            "cfgscale",
            "guidance scale",
            "guidance_scale",
        ],
        Kind::Nothing(DroppedCode::CfgScale),
    ),
    (
        &[
            "model",
            "model hash",
            "checkpoint",
            "ckpt_name",
            "unet_name",
            "base model",
        ],
        Kind::Nothing(DroppedCode::Model),
    ),
    (
        &["lora hashes", "lora_name", "loras", "ti hashes"],
        Kind::Nothing(DroppedCode::LoraTag),
    ),
];

/// Puts the setting `key` with `value` where it belongs. `source` is the two as they were pasted.
pub(super) fn setting(report: &mut Report, key: &str, value: &str, source: &str) {
    let value = value.trim();
    let moved = &mut report.moved;
    let known = SETTINGS.iter().find(|(names, _)| is_one_of(key, names));
    let result = match known.map(|(_, kind)| kind) {
        Some(Kind::Number(parameter)) => move_number(moved, *parameter, value),
        Some(Kind::Size) => {
            let sides = sides(value, |c| matches!(c, 'x' | 'X' | '×' | '*'));
            move_ratio(moved, sides.and_then(of_size))
        }
        Some(Kind::Ratio) => {
            let sides = sides(value, |c| matches!(c, ':' | '/' | 'x'));
            move_ratio(moved, sides.and_then(of_ratio))
        }
        Some(Kind::Nothing(code)) => Err(*code),
        None => Err(DroppedCode::Setting),
    };
    match result {
        Ok(()) => report.tell(NoticeCode::Moved, source),
        Err(code) => report.drop(code, source),
    }
}

fn move_number(
    moved: &mut Overrides,
    parameter: Parameter,
    value: &str,
) -> Result<(), DroppedCode> {
    let number = decimal(value).ok_or(DroppedCode::OutOfRange)?;
    if !parameter.domain().contains(&InputValue::number(number)) {
        return Err(DroppedCode::OutOfRange);
    }
    if moved.sets(parameter) {
        return Err(DroppedCode::Repeated);
    }
    let integer = whole(number).and_then(|number| u32::try_from(number).ok());
    match parameter {
        Parameter::Steps => moved.steps = integer,
        Parameter::Seed => moved.seed = integer.map(u64::from),
        _ => moved.guidance = Some(number),
    }
    Ok(())
}

fn move_ratio(moved: &mut Overrides, ratio: Option<AspectRatio>) -> Result<(), DroppedCode> {
    let ratio = ratio.ok_or(DroppedCode::OutOfRange)?;
    if moved.aspect_ratio.is_some() {
        return Err(DroppedCode::Repeated);
    }
    moved.aspect_ratio = Some(ratio);
    Ok(())
}

/// `832x1216`: two whole numbers that are not 0.
fn sides(value: &str, between: fn(char) -> bool) -> Option<(u32, u32)> {
    let (width, height) = value.split_once(between)?;
    let side = |text: &str| {
        let side = text.trim().parse().ok();
        side.filter(|side| (1..=65_536).contains(side))
    };
    Some((side(width)?, side(height)?))
}

/// The sides that a ratio is written with.
fn sides_of(ratio: AspectRatio) -> (u32, u32) {
    sides(ratio.as_str(), |c| c == ':').unwrap_or((1, 1))
}

/// The ratio that these sides are of: one of the sizes that pictures have, or the ratio to the pixel, or the nearest
/// one when it is less than 4 % off, as sides that are multiples of 8, 32 or 64 often are.
fn of_size((width, height): (u32, u32)) -> Option<AspectRatio> {
    let known = SIZES
        .iter()
        .find(|size| (size.0, size.1) == (width, height));
    if let Some((.., ratio)) = known {
        return Some(*ratio);
    }
    let mut nearest = (40, None);
    for ratio in AspectRatio::ALL {
        let (w, h) = sides_of(*ratio);
        let (a, b) = (u64::from(width * h), u64::from(height * w));
        let off = a.abs_diff(b) * 1_000 / a.max(b);
        if a == b {
            return Some(*ratio);
        }
        if off < nearest.0 {
            nearest = (off, Some(*ratio));
        }
    }
    nearest.1
}

/// The ratio, written in any size: 6:4 is 3:2.
fn of_ratio((width, height): (u32, u32)) -> Option<AspectRatio> {
    let mut ratios = AspectRatio::ALL.iter().copied();
    ratios.find(|ratio| {
        let (w, h) = sides_of(*ratio);
        width * h == height * w
    })
}

/// A number with at most 15 digits, which a double holds exactly before it is divided.
fn decimal(text: &str) -> Option<f64> {
    let (whole, fraction) = text.split_once(".").unwrap_or((text, ""));
    let digits = || whole.bytes().chain(fraction.bytes());
    if !(1..=15).contains(&digits().count()) || !digits().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = digits().fold(0.0, |sum, byte| sum * 10.0 + f64::from(byte - b'0'));
    Some(fraction.bytes().fold(1.0, |scale, _| scale * 10.0)).map(|scale| number / scale)
}

/// A number of at most 16 characters.
pub(super) fn is_number(text: &str) -> bool {
    let text = text.trim();
    if text.len() > 16 {
        return false;
    }
    let text = text
        .strip_prefix(|c| matches!(c, '-' | '+'))
        .unwrap_or(text);
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let points = text.bytes().filter(|byte| *byte == b'.').count();
    digits > 0 && digits + points.min(1) == text.len()
}
