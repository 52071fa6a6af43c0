//! Settings that will not do what they say, together or with this model version.

use selfsame_prompt::parameters::{OutputFormat, Overrides, Parameter, Parameters};
use selfsame_prompt::schema::ProviderInput;

use super::finding::{Finding, LintCode, Severity};

/// The input under which every supported schema takes a picture to start from. Source: the FLUX LoRA predictors.
const IMAGE: &str = "image";

/// When a setting is reported, and how.
struct SettingRule {
    applies: fn(&Parameters, &Overrides, &ProviderInput) -> bool,
    severity: Severity,
    code: LintCode,
    parameter: Parameter,
    message: &'static str,
}

const RULES: [SettingRule; 5] = [
    SettingRule {
        applies: |parameters, explicit, _| {
            explicit.lora_scale.is_some() && parameters.lora_scale <= 0.0
        },
        severity: Severity::Error,
        code: LintCode::LoraOff,
        parameter: Parameter::LoraScale,
        message: "At 0 or less your LoRA is switched off: the picture will not look like you.",
    },
    SettingRule {
        applies: |parameters, explicit, _| {
            explicit.output_quality.is_some() && parameters.output_format == OutputFormat::Png
        },
        severity: Severity::Notice,
        code: LintCode::QualityWithoutEffect,
        parameter: Parameter::OutputQuality,
        message: "A png keeps every pixel, so the quality changes nothing. Choose webp or jpg for it to count.",
    },
    SettingRule {
        applies: |parameters, explicit, _| explicit.seed.is_some() && parameters.go_fast,
        severity: Severity::Warning,
        code: LintCode::FastNotRepeatable,
        parameter: Parameter::GoFast,
        message: "The fast path does not repeat: even with your seed the next picture is another one.",
    },
    SettingRule {
        applies: |_, explicit, input| explicit.aspect_ratio.is_some() && input.contains_key(IMAGE),
        severity: Severity::Notice,
        code: LintCode::RatioFromImage,
        parameter: Parameter::AspectRatio,
        message: "The picture that you start from decides the shape, so the aspect ratio changes nothing.",
    },
    SettingRule {
        applies: |parameters, explicit, _| {
            explicit.seed.is_some() && parameters.pictures > 1 && !parameters.go_fast
        },
        severity: Severity::Notice,
        code: LintCode::ReplayNeedsCount,
        parameter: Parameter::Pictures,
        message: "Each of these pictures comes back only with the same seed and the same number of pictures.",
    },
];

/// The findings about explicit values among `parameters`, as they are sent in `input`. Values of a preset are not
/// reported: the person did not choose them, and the parameter report says what becomes of them.
pub(super) fn check(
    parameters: &Parameters,
    explicit: &Overrides,
    input: &ProviderInput,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in RULES {
        if (rule.applies)(parameters, explicit, input) {
            findings.push(Finding {
                code: rule.code,
                severity: rule.severity,
                field: rule.parameter.field(),
                start: 0,
                end: 0,
                message: rule.message.into(),
                fix: None,
            });
        }
    }
    findings
}
