//! Settings that will not do what they say, beside each other and for this model version.

use super::finding::{Finding, LintCode, Severity};
use selfsame_prompt::parameters::{OutputFormat, Overrides, Parameter, Parameters};
use selfsame_prompt::schema::ProviderInput;

/// The name under which every supported schema takes a picture to start from (source: the FLUX LoRA predictors).
const IMAGE: &str = "image";

/// What is said of which parameter, when.
type Rule = (
    fn(&Parameters, &Overrides, &ProviderInput) -> bool,
    Severity,
    LintCode,
    Parameter,
    &'static str,
);

const RULES: [Rule; 5] = [
    (
        |parameters, explicit, _| explicit.lora_scale.is_some() && parameters.lora_scale <= 0.0,
        Severity::Error,
        LintCode::LoraOff,
        Parameter::LoraScale,
        "At 0 or less your LoRA is switched off: the picture will not look like you.",
    ),
    (
        |parameters, explicit, _| {
            explicit.output_quality.is_some() && parameters.output_format == OutputFormat::Png
        },
        Severity::Notice,
        LintCode::QualityWithoutEffect,
        Parameter::OutputQuality,
        "A png keeps every pixel, so the quality changes nothing. Choose webp or jpg for it to count.",
    ),
    (
        |parameters, explicit, _| explicit.seed.is_some() && parameters.go_fast,
        Severity::Warning,
        LintCode::FastNotRepeatable,
        Parameter::GoFast,
        "The fast path does not repeat: even with your seed the next picture is another one.",
    ),
    (
        |_, explicit, input| explicit.aspect_ratio.is_some() && input.contains_key(IMAGE),
        Severity::Notice,
        LintCode::RatioFromImage,
        Parameter::AspectRatio,
        "The picture that you start from decides the shape, so the aspect ratio changes nothing.",
    ),
    (
        |parameters, explicit, _| {
            explicit.seed.is_some() && parameters.pictures > 1 && !parameters.go_fast
        },
        Severity::Notice,
        LintCode::ReplayNeedsCount,
        Parameter::Pictures,
        "Each of these pictures comes back only with the same seed and the same number of pictures.",
    ),
];

/// What there is to say of the explicit values among `parameters`, as they are sent in `input`. What a preset brings
/// along is no fault of the person: the effect report says what becomes of it.
#[must_use]
pub fn settings(
    parameters: &Parameters,
    explicit: &Overrides,
    input: &ProviderInput,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (applies, severity, code, parameter, message) in RULES {
        if applies(parameters, explicit, input) {
            findings.push(Finding {
                code,
                severity,
                field: parameter.field(),
                start: 0,
                end: 0,
                message: message.into(),
                fix: None,
            });
        }
    }
    findings
}
