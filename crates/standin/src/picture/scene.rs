//! Paints the scene: a sky, a low sun, and hills that fade into the distance.
//!
//! Model, prompt, seed, index and whether the LoRA acts determine the composition; the other parameters vary it a little,
//! as with a real model. It is painted at half the size and scaled up by the image library, which is fast in debug builds too.

use image::imageops::FilterType;
use image::{DynamicImage, Rgb, Rgb32FImage, RgbImage};
use serde_json::Value;

use super::LORA_SCALE;
use super::palette::{Colour, Palette, mix, smoothstep};
use crate::model::size::Size;
use crate::random::Sequence;

/// Ranges of hills, from far to near.
const RANGES: u16 = 5;

/// The composition. Lengths are fractions of the height, measured from the top.
struct Scene {
    palette: Palette,
    sun: (f32, f32),
    sun_radius: f32,
    /// The height of each range in each column, from far to near.
    ranges: Vec<Vec<f32>>,
    exposure: f32,
}

/// Paints the picture without the label.
pub(super) fn paint(size: Size, model: &str, inputs: &[(String, Value)], index: u32) -> RgbImage {
    let value = |name: &str| {
        inputs
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, v)| v)
    };
    let lora = value(LORA_SCALE).is_none_or(|scale| scale.as_f64() != Some(0.0));
    let mut composition = Sequence::of(&(model, lora, value("prompt"), value("seed"), index));
    let mut variation = Sequence::of(&(model, inputs, index));
    let (width, height) = (size.width.div_ceil(2), size.height.div_ceil(2));
    let scene = Scene::compose(&mut composition, &mut variation, width, height);
    let small = scene.paint(width, height);
    DynamicImage::ImageRgb32F(small)
        .resize_exact(size.width, size.height, FilterType::CatmullRom)
        .to_rgb8()
}

impl Scene {
    fn compose(
        composition: &mut Sequence,
        variation: &mut Sequence,
        width: u32,
        height: u32,
    ) -> Self {
        let palette = Palette::pick(composition);
        let aspect = part(width) / part(height);
        let sun = (
            composition.between(0.15, 0.85) * aspect + variation.between(-0.02, 0.02),
            composition.between(0.16, 0.4) + variation.between(-0.02, 0.02),
        );
        let sun_radius = composition.between(0.035, 0.075) * variation.between(0.9, 1.1);
        let ranges = (0..RANGES)
            .map(|range| {
                let depth = f32::from(range) / f32::from(RANGES - 1);
                let base = 0.46 + 0.4 * depth + composition.between(-0.04, 0.04);
                let noise = Noise::of(composition);
                let shift = variation.between(0.0, 0.12);
                let scale = composition.between(1.6, 2.6) + depth;
                let swing = 0.16 - 0.05 * depth + variation.between(-0.01, 0.01);
                (0..width)
                    .map(|x| base - swing * noise.at(part(x) / part(height) * scale + shift))
                    .collect()
            })
            .collect();
        Self {
            palette,
            sun,
            sun_radius,
            ranges,
            exposure: variation.between(0.95, 1.05),
        }
    }

    fn paint(&self, width: u32, height: u32) -> Rgb32FImage {
        let aspect = part(width) / part(height);
        Rgb32FImage::from_fn(width, height, |x, y| {
            let down = part(y) / part(height);
            let across = part(x) / part(height);
            let mut colour = self.sky(across, down);
            for (range, heights) in (0u16..).zip(&self.ranges) {
                let edge = heights[x as usize];
                let cover = smoothstep(edge - 0.003, edge + 0.003, down);
                if cover > 0.0 {
                    colour = mix(colour, self.hill(range, down - edge), cover);
                }
            }
            let (dx, dy) = (across / aspect - 0.5, down - 0.5);
            let light = self.exposure * (1.0 - 0.45 * (dx * dx + dy * dy));
            Rgb(colour.map(|part| (part * light).clamp(0.0, 1.0)))
        })
    }

    fn sky(&self, across: f32, down: f32) -> Colour {
        let sky = mix(
            self.palette.zenith,
            self.palette.horizon,
            smoothstep(-0.1, 0.7, down),
        );
        let (dx, dy) = (across - self.sun.0, down - self.sun.1);
        let distance = (dx * dx + dy * dy) / (self.sun_radius * self.sun_radius);
        let glow = 0.75 / (1.0 + 0.12 * distance);
        let disc = 1.0 - smoothstep(0.85, 1.15, distance);
        mix(sky, self.palette.light, glow.max(disc))
    }

    /// The colour of a hill, clear at its crest and hazy at its foot.
    fn hill(&self, range: u16, below_crest: f32) -> Colour {
        let depth = f32::from(range) / f32::from(RANGES - 1);
        let colour = mix(
            self.palette.far,
            self.palette.near,
            depth * depth * 0.4 + depth * 0.6,
        );
        let haze = (1.0 - depth) * 0.75 * smoothstep(0.0, 0.3, below_crest);
        mix(colour, self.palette.horizon, haze)
    }
}

/// A smooth line of hills from three octaves of interpolated random heights.
struct Noise([f32; 64]);

impl Noise {
    fn of(sequence: &mut Sequence) -> Self {
        Self(std::array::from_fn(|_| sequence.between(0.0, 1.0)))
    }

    fn at(&self, place: f32) -> f32 {
        let octave = |place: f32| {
            let cell = place.floor();
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "small and positive: a picture is at most a few heights wide"
            )]
            let index = cell as usize % 63;
            let part = smoothstep(0.0, 1.0, place - cell);
            self.0[index] + (self.0[index + 1] - self.0[index]) * part
        };
        (octave(place) + octave(place * 2.3 + 17.0) * 0.4 + octave(place * 6.1 + 31.0) * 0.12)
            / 1.52
    }
}

/// Converts a pixel count.
fn part(pixels: u32) -> f32 {
    // Sides have at most a few thousand pixels.
    f32::from(u16::try_from(pixels).unwrap_or(u16::MAX))
}
