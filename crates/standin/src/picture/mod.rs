//! Draws placeholder pictures: hills in haze under a low sun, labelled with the request. They show no faces.
//!
//! The bytes depend only on model, inputs and index, and each input changes the picture, so that a lost parameter is
//! visible.

mod font;
mod label;
mod palette;
mod scene;

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ImageEncoder, ImageResult, RgbImage};
use serde_json::Value;

use crate::model::catalogue::IGNORES_LORA;
use crate::model::size::{Size, SizeError};

/// How strongly the person's LoRA acts; at 0 not at all.
const LORA_SCALE: &str = "lora_scale";

/// The picture could not be drawn.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DrawError {
    /// The inputs give no size.
    #[error(transparent)]
    Size(#[from] SizeError),
    /// It could not be encoded.
    #[error(transparent)]
    Encode(#[from] image::ImageError),
}

/// Draws picture `index` of a run of `model` with these effective inputs.
pub(crate) fn draw(
    model: &str,
    inputs: &[(String, Value)],
    index: u32,
) -> Result<Vec<u8>, DrawError> {
    let applied: Vec<(String, Value)>;
    let inputs = if model == IGNORES_LORA {
        let others = inputs.iter().filter(|(name, _)| name != LORA_SCALE);
        applied = others.cloned().collect();
        &applied
    } else {
        inputs
    };
    let size = Size::of(inputs)?;
    let mut picture = scene::paint(size, model, inputs, index);
    label::write(&mut picture, model, inputs, index);
    let value = |name: &str| {
        inputs
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, v)| v)
    };
    let format = Format::named(
        value("output_format")
            .and_then(Value::as_str)
            .unwrap_or("webp"),
    );
    let quality = value("output_quality")
        .and_then(Value::as_u64)
        .unwrap_or(80);
    let said = value("prompt").and_then(Value::as_str).unwrap_or_default();
    Ok(encode(&picture, format, quality, said)?)
}

/// The formats that the models offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Webp,
    Jpg,
    Png,
}

impl Format {
    /// The format of that name in `output_format`; WebP, the models' default, for any other.
    pub(crate) fn named(name: &str) -> Self {
        match name {
            "jpg" => Self::Jpg,
            "png" => Self::Png,
            _ => Self::Webp,
        }
    }

    /// The value of the `Content-Type` header.
    pub(crate) const fn content_type(self) -> &'static str {
        match self {
            Self::Webp => "image/webp",
            Self::Jpg => "image/jpeg",
            Self::Png => "image/png",
        }
    }
}

/// Encodes a picture. `quality`, from 0 to 100, affects only JPEG: PNG has none, and the WebP encoder is lossless. The
/// prompt is in the file's notes, as with many models.
fn encode(picture: &RgbImage, format: Format, quality: u64, prompt: &str) -> ImageResult<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    let notes = exif(prompt);
    match format {
        Format::Webp => noted(picture, WebPEncoder::new_lossless(&mut bytes), notes),
        Format::Png => noted(picture, PngEncoder::new(&mut bytes), notes),
        Format::Jpg => {
            let quality = u8::try_from(quality.clamp(1, 100)).unwrap_or(100);
            let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
            noted(picture, encoder, notes)
        }
    }?;
    Ok(bytes.into_inner())
}

fn noted(picture: &RgbImage, mut encoder: impl ImageEncoder, notes: Vec<u8>) -> ImageResult<()> {
    encoder
        .set_exif_metadata(notes)
        .map_err(image::ImageError::Unsupported)?;
    picture.write_with_encoder(encoder)
}

/// EXIF with the beginning of `text` as `ImageDescription`: a TIFF header, and a directory with one entry.
fn exif(text: &str) -> Vec<u8> {
    let text: String = text.chars().take(1_000).chain(['\0']).collect();
    let count = u32::try_from(text.len()).unwrap_or_default();
    [
        b"MM\0*\0\0\0\x08\0\x01\x01\x0e\0\x02",
        &count.to_be_bytes()[..],
        b"\0\0\0\x1a\0\0\0\0",
        text.as_bytes(),
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn inputs(changes: &Value) -> Vec<(String, Value)> {
        let mut inputs = json!({
            "aspect_ratio": "custom", "guidance_scale": 3.5, "height": 320, "lora_scale": 1.0,
            "num_inference_steps": 28, "output_format": "webp", "output_quality": 80,
            "prompt": "a lighthouse at dawn", "seed": 7, "width": 256,
        });
        for (name, value) in changes.as_object().unwrap() {
            inputs[name] = value.clone();
        }
        inputs.as_object().unwrap().clone().into_iter().collect()
    }

    fn picture(model: &str, changes: &Value, index: u32) -> Vec<u8> {
        draw(model, &inputs(changes), index).unwrap()
    }

    #[test]
    fn equal_requests_give_equal_bytes_and_each_input_changes_them() {
        let first = picture("studio/ada", &json!({}), 0);
        assert_eq!(first, picture("studio/ada", &json!({}), 0));
        assert_ne!(first, picture("studio/ben", &json!({}), 0));
        assert_ne!(first, picture("studio/ada", &json!({}), 1));
        for change in [
            json!({"prompt": "a lighthouse at dusk"}),
            json!({"seed": 8}),
            json!({"guidance_scale": 3.4}),
            json!({"num_inference_steps": 29}),
            json!({"lora_scale": 0.9}),
            json!({"output_quality": 81}),
            json!({"go_fast": true}),
        ] {
            assert_ne!(first, picture("studio/ada", &change, 0), "{change}");
        }
    }

    #[test]
    fn the_lora_changes_the_scene_of_every_model_but_one() {
        let scene = |model: &str, scale: f64| {
            let inputs = inputs(&json!({"lora_scale": scale}));
            let size = Size::of(&inputs).unwrap();
            scene::paint(size, model, &inputs, 0)
        };
        let difference = |model: &str| {
            let (off, on) = (scene(model, 0.0), scene(model, 1.0));
            let parts = off.iter().zip(on.iter());
            parts.map(|(a, b)| u64::from(a.abs_diff(*b))).sum::<u64>() / off.len() as u64
        };
        for model in ["studio/ada", "studio/ben", "studio/person-07-selfie-lora"] {
            assert!(difference(model) >= 8, "{model}: {}", difference(model));
        }
        let ignored = |scale: f64| picture(IGNORES_LORA, &json!({"lora_scale": scale}), 0);
        assert_eq!(ignored(0.0), ignored(1.0));
    }

    #[test]
    fn a_picture_has_the_requested_size_and_format() {
        for (format, kind) in [
            ("webp", image::ImageFormat::WebP),
            ("jpg", image::ImageFormat::Jpeg),
            ("png", image::ImageFormat::Png),
        ] {
            let change = json!({"output_format": format, "width": 290});
            let bytes = picture("studio/ada", &change, 0);
            assert_eq!(image::guess_format(&bytes).unwrap(), kind);
            let picture = image::load_from_memory(&bytes).unwrap();
            assert_eq!((picture.width(), picture.height()), (304, 320));
            let has_notes = bytes
                .windows(20)
                .any(|part| part == b"a lighthouse at dawn");
            assert!(has_notes, "{format}");
        }
    }

    #[test]
    fn a_jpeg_of_higher_quality_is_larger() {
        let of = |quality: u32| {
            let change = json!({"output_format": "jpg", "output_quality": quality});
            picture("studio/ada", &change, 0).len()
        };
        assert!(of(0) < of(60) && of(60) < of(100));
    }
}
