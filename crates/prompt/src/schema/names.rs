//! The names of inputs in model versions (source: the input declarations of the provider's
//! FLUX LoRA predictors). Nothing outside this file names an input.

use crate::parameters::Parameter;

/// The final prompt.
pub const PROMPT: &str = "prompt";
/// The seed, which has one name in every version.
pub const SEED: &str = "seed";
/// The LoRA of a version that carries none.
pub const WEIGHTS: &str = "lora_weights";
/// Present where the version carries a LoRA; sending it would replace the person's own, so it never is.
pub(super) const OWN_WEIGHTS: &str = "replicate_weights";
/// The choice of base models.
pub const BASE: &str = "model";
/// The base that a personal LoRA is trained for. The other, schnell, ignores guidance.
pub const BASE_DEV: &str = "dev";

/// The second LoRA, and how strongly it acts.
pub(super) const EXTRA_LORA: &str = "extra_lora";
pub(super) const EXTRA_LORA_SCALE: &str = "extra_lora_scale";

/// The names of `parameter`; the first that a version has is used.
pub(super) const fn of(parameter: Parameter) -> &'static [&'static str] {
    match parameter {
        Parameter::Guidance => &["guidance", "guidance_scale"],
        Parameter::Steps => &["num_inference_steps"],
        Parameter::LoraScale => &["lora_scale"],
        Parameter::AspectRatio => &["aspect_ratio"],
        Parameter::Megapixels => &["megapixels"],
        Parameter::Pictures => &["num_outputs"],
        Parameter::Seed => &[SEED],
        Parameter::OutputFormat => &["output_format"],
        Parameter::OutputQuality => &["output_quality"],
        Parameter::GoFast => &["go_fast"],
    }
}
