//! Placeholder pictures: hills in haze under a low sun, drawn from the request alone, with the request written on them.
//!
//! The same model, prompt, seed, parameters and index always give the same bytes; every one of them changes the picture,
//! so a parameter that did not arrive can be seen. Nothing in them looks like a face.

mod chance;
mod encode;
mod font;
mod label;
mod palette;
mod scene;

use serde_json::Value;

pub(crate) use encode::Format;

use crate::size::{Size, SizeError};

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PictureError {
    /// The inputs do not say how large it should be.
    #[error(transparent)]
    Size(#[from] SizeError),
    /// It could not be written in its format.
    #[error(transparent)]
    Encode(#[from] image::ImageError),
}

/// The bytes of picture `index` of a run of `model` with these effective inputs.
pub(crate) fn draw(
    model: &str,
    inputs: &[(String, Value)],
    index: u32,
) -> Result<Vec<u8>, PictureError> {
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
    Ok(encode::encode(&picture, format, quality)?)
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
    fn the_same_request_is_the_same_picture_and_every_parameter_changes_it() {
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
    fn size_and_format_are_as_asked() {
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
        }
    }

    #[test]
    fn a_better_jpeg_is_a_larger_one() {
        let of = |quality: u32| {
            let change = json!({"output_format": "jpg", "output_quality": quality});
            picture("studio/ada", &change, 0).len()
        };
        assert!(of(0) < of(60) && of(60) < of(100));
    }
}
