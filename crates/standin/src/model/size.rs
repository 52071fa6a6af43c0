//! The size of a picture, from the effective inputs.

use serde_json::Value;

/// Width and height in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// A custom size without width and height, which makes the model fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("width and height must be defined if aspect ratio is 'custom'")]
pub(crate) struct SizeError;

/// Width and height of each aspect ratio at one megapixel, as in the models' source.
const SIZES: [(&str, u32, u32); 11] = [
    ("1:1", 1024, 1024),
    ("16:9", 1344, 768),
    ("21:9", 1536, 640),
    ("3:2", 1216, 832),
    ("2:3", 832, 1216),
    ("4:5", 896, 1088),
    ("5:4", 1088, 896),
    ("3:4", 896, 1152),
    ("4:3", 1152, 896),
    ("9:16", 768, 1344),
    ("9:21", 640, 1536),
];

impl Size {
    /// Derives it from `aspect_ratio`, `megapixels`, `width` and `height`.
    pub(crate) fn of(inputs: &[(String, Value)]) -> Result<Self, SizeError> {
        let value = |name: &str| inputs.iter().find(|(n, _)| n == name).map(|(_, v)| v);
        let ratio = value("aspect_ratio")
            .and_then(Value::as_str)
            .unwrap_or("1:1");
        if ratio == "custom" {
            let side = |name| {
                value(name)
                    .and_then(Value::as_f64)
                    .map(rounded_up)
                    .ok_or(SizeError)
            };
            return Ok(Self {
                width: side("width")?,
                height: side("height")?,
            });
        }
        let (_, width, height) = SIZES
            .into_iter()
            .find(|(name, ..)| *name == ratio)
            .unwrap_or(SIZES[0]);
        let quarter = value("megapixels").and_then(Value::as_str) == Some("0.25");
        let divisor = if quarter { 2 } else { 1 };
        Ok(Self {
            width: width / divisor,
            height: height / divisor,
        })
    }
}

/// Rounds a side up to a multiple of 16, as the model does.
fn rounded_up(side: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "validated to be in 256..=1440"
    )]
    let side = side as u32;
    side.clamp(16, 4096).next_multiple_of(16)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn size(pairs: &[(&str, Value)]) -> Result<(u32, u32), SizeError> {
        let inputs: Vec<_> = pairs
            .iter()
            .map(|(n, v)| ((*n).to_owned(), v.clone()))
            .collect();
        Size::of(&inputs).map(|size| (size.width, size.height))
    }

    #[test]
    fn a_size_follows_from_ratio_megapixels_and_custom_sides() {
        assert_eq!(size(&[]), Ok((1024, 1024)));
        assert_eq!(size(&[("aspect_ratio", json!("16:9"))]), Ok((1344, 768)));
        let quarter = [
            ("aspect_ratio", json!("9:21")),
            ("megapixels", json!("0.25")),
        ];
        assert_eq!(size(&quarter), Ok((320, 768)));
        let custom = [
            ("aspect_ratio", json!("custom")),
            ("width", json!(300)),
            ("height", json!(256)),
            ("megapixels", json!("0.25")),
        ];
        assert_eq!(size(&custom), Ok((304, 256)));
        assert_eq!(size(&custom[..2]), Err(SizeError));
    }
}
