//! Settings of other tools. They move when they mean the same here and are in range.

use selfsame_prompt::parameters::{AspectRatio, InputValue, Overrides, Parameter, whole};

use super::report::{Cleanup, DroppedCode, NoticeCode};
use crate::text::is_one_of;

/// The sides of pictures of one megapixel. Source: the provider's table, which has SDXL's sizes.
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

/// The counterpart of another tool's setting.
enum Counterpart {
    Number(Parameter),
    /// Two sides in pixels.
    Size,
    Ratio,
    None(DroppedCode),
}

/// The known settings by name. Every other one is dropped as a [`DroppedCode::Setting`].
const SETTINGS: [(&[&str], Counterpart); 8] = [
    (&["steps"], Counterpart::Number(Parameter::Steps)),
    (
        &["seed", "noise_seed", "sameseed"],
        Counterpart::Number(Parameter::Seed),
    ),
    (
        &["distilled cfg scale", "flux guidance", "guidance"],
        Counterpart::Number(Parameter::Guidance),
    ),
    (&["size", "resolution", "dimensions"], Counterpart::Size),
    (&["ar", "aspect", "aspect ratio"], Counterpart::Ratio),
    (
        &[
            "cfg scale",
            "cfg",
            "cfgscale",
            "guidance scale",
            "guidance_scale",
        ],
        Counterpart::None(DroppedCode::CfgScale),
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
        Counterpart::None(DroppedCode::Model),
    ),
    (
        &["lora hashes", "lora_name", "loras", "ti hashes"],
        Counterpart::None(DroppedCode::LoraTag),
    ),
];

/// Moves or drops the setting `key` with `value`. `source` is both as they were pasted.
pub(super) fn setting(cleanup: &mut Cleanup, key: &str, value: &str, source: &str) {
    let value = value.trim();
    let moved = &mut cleanup.moved;
    let known = SETTINGS.iter().find(|(names, _)| is_one_of(key, names));
    let result = match known.map(|(_, kind)| kind) {
        Some(Counterpart::Number(parameter)) => move_number(moved, *parameter, value),
        Some(Counterpart::Size) => {
            let sides = sides(value, |c| matches!(c, 'x' | 'X' | '×' | '*'));
            move_ratio(moved, sides.and_then(of_size))
        }
        Some(Counterpart::Ratio) => {
            let sides = sides(value, |c| matches!(c, ':' | '/' | 'x'));
            move_ratio(moved, sides.and_then(of_ratio))
        }
        Some(Counterpart::None(code)) => Err(*code),
        None => Err(DroppedCode::Setting),
    };
    match result {
        Ok(()) => cleanup.notice(NoticeCode::Moved, source),
        Err(code) => cleanup.drop(code, source),
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

/// The sides in `832x1216`: two whole numbers from 1 to 65,536.
fn sides(value: &str, between: fn(char) -> bool) -> Option<(u32, u32)> {
    let (width, height) = value.split_once(between)?;
    let side = |text: &str| {
        let side = text.trim().parse().ok();
        side.filter(|side| (1..=65_536).contains(side))
    };
    Some((side(width)?, side(height)?))
}

/// The two numbers of an aspect ratio.
fn sides_of(ratio: AspectRatio) -> (u32, u32) {
    sides(ratio.as_str(), |c| c == ':').unwrap_or((1, 1))
}

/// The aspect ratio of a size: that of a known size, the exact ratio, or the nearest one within 4 %. Sides are often
/// rounded to multiples of 8, 32 or 64.
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

/// The aspect ratio that equals these sides: 6:4 is 3:2.
fn of_ratio((width, height): (u32, u32)) -> Option<AspectRatio> {
    let mut ratios = AspectRatio::ALL.iter().copied();
    ratios.find(|ratio| {
        let (w, h) = sides_of(*ratio);
        width * h == height * w
    })
}

/// A decimal number of at most 15 digits, which a double holds exactly before the division.
fn decimal(text: &str) -> Option<f64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = || whole.bytes().chain(fraction.bytes());
    if !(1..=15).contains(&digits().count()) || !digits().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = digits().fold(0.0, |sum, byte| sum * 10.0 + f64::from(byte - b'0'));
    Some(fraction.bytes().fold(1.0, |scale, _| scale * 10.0)).map(|scale| number / scale)
}

/// Whether the text is a number of at most 16 characters.
pub(super) fn is_number(text: &str) -> bool {
    let text = text.trim();
    if text.len() > 16 {
        return false;
    }
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let points = text.bytes().filter(|byte| *byte == b'.').count();
    digits > 0 && digits + points.min(1) == text.len()
}
