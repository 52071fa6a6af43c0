//! Settings of other tools: moved when they mean the same here and are in range.

use super::note::{DroppedCode, NoticeCode, Report};
use crate::params::{AspectRatio, InputValue, Overrides, Parameter};
use crate::text::is_one_of;

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

/// Puts the setting `key` with `value` where it belongs. `source` is the two as they were pasted.
pub(super) fn setting(report: &mut Report, key: &str, value: &str, source: &str) {
    let is = |names: &[&str]| is_one_of(key, names);
    let value = value.trim();
    let moved = &mut report.moved;
    let result = if is(&["steps"]) {
        move_number(moved, Parameter::Steps, value)
    } else if is(&["seed", "noise_seed", "sameseed"]) {
        move_number(moved, Parameter::Seed, value)
    } else if is(&["distilled cfg scale", "flux guidance", "guidance"]) {
        move_number(moved, Parameter::Guidance, value)
    } else if is(&["size", "resolution", "dimensions"]) {
        move_ratio(moved, sides(value, &['x', 'X', '×', '*']).and_then(of_size))
    } else if is(&["ar", "aspect", "aspect ratio"]) {
        move_ratio(moved, sides(value, &[':', '/', 'x']).and_then(of_ratio))
    } else if is(&[
        "cfg scale",
        "cfg",
        "cfgscale",
        "guidance scale",
        "guidance_scale",
    ]) {
        Err(DroppedCode::CfgScale)
    } else if is(&[
        "model",
        "model hash",
        "checkpoint",
        "ckpt_name",
        "unet_name",
        "base model",
    ]) {
        Err(DroppedCode::Model)
    } else if is(&["lora hashes", "lora_name", "loras", "ti hashes"]) {
        Err(DroppedCode::LoraTag)
    } else {
        Err(DroppedCode::Setting)
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
    let number = decimal(value).map(InputValue::number);
    let domain = parameter.domain();
    let number = number.filter(|number| domain.contains(number));
    let number = number.ok_or(DroppedCode::OutOfRange)?;
    if moved.sets(parameter) {
        return Err(DroppedCode::Repeated);
    }
    match (parameter, number) {
        (Parameter::Steps, InputValue::Integer(steps)) => moved.steps = u32::try_from(steps).ok(),
        (Parameter::Seed, InputValue::Integer(seed)) => moved.seed = u64::try_from(seed).ok(),
        #[expect(clippy::cast_precision_loss, reason = "0 to 10")]
        (Parameter::Guidance, InputValue::Integer(number)) => moved.guidance = Some(number as f64),
        (Parameter::Guidance, InputValue::Number(number)) => moved.guidance = Some(number),
        _ => return Err(DroppedCode::OutOfRange),
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
fn sides(value: &str, between: &[char]) -> Option<(u32, u32)> {
    let (width, height) = value.split_once(between)?;
    let side = |text: &str| {
        text.trim()
            .parse()
            .ok()
            .filter(|side| (1..=65_536).contains(side))
    };
    Some((side(width)?, side(height)?))
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
    of_ratio((width, height)).or_else(|| {
        let off = |ratio: &AspectRatio| {
            let (w, h) = sides(ratio.as_str(), &[':']).unwrap_or((1, 1));
            let (a, b) = (u64::from(width * h), u64::from(height * w));
            a.abs_diff(b) * 1_000 / a.max(b)
        };
        AspectRatio::ALL
            .iter()
            .copied()
            .min_by_key(off)
            .filter(|ratio| off(ratio) < 40)
    })
}

/// The ratio, written in any size: 6:4 is 3:2.
fn of_ratio((width, height): (u32, u32)) -> Option<AspectRatio> {
    AspectRatio::ALL
        .iter()
        .copied()
        .find(|ratio| sides(ratio.as_str(), &[':']).is_some_and(|(w, h)| width * h == height * w))
}

/// A number with at most 15 digits, which a double holds exactly before it is divided.
fn decimal(text: &str) -> Option<f64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
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
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits > 0 && digits + text.matches('.').count().min(1) == text.len()
}
