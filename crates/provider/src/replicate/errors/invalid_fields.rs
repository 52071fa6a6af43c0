//! The inputs that Replicate refused, mapped to fields of the person's request.

use std::sync::LazyLock;

use regex::Regex;
use selfsame_api::FailureCode;
use serde_json::Value;

use crate::error::ProviderError;
use crate::redact::Cause;

/// One entry of `invalid_fields`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct InvalidField {
    /// Dotted, from the root of the body: `input.num_inference_steps`, `version`, or empty for the body itself.
    pub(super) path: String,
    /// The provider's description of the error.
    pub(super) description: String,
}

/// Entries that are read at most.
const MAX_FIELDS: usize = 32;

/// The provider's input, the field of the person's request, and its name in a sentence.
const FIELDS: [(&str, &str, &str); 11] = [
    ("prompt", "text", "The description"),
    ("guidance", "overrides.guidance", "Guidance"),
    ("guidance_scale", "overrides.guidance", "Guidance"),
    (
        "num_inference_steps",
        "overrides.steps",
        "The number of steps",
    ),
    ("lora_scale", "overrides.lora_scale", "The LoRA's strength"),
    ("aspect_ratio", "overrides.aspect_ratio", "The aspect ratio"),
    ("megapixels", "overrides.megapixels", "The size"),
    ("seed", "overrides.seed", "The seed"),
    (
        "output_format",
        "overrides.output_format",
        "The file format",
    ),
    ("output_quality", "overrides.output_quality", "The quality"),
    ("num_outputs", "pictures", "The number of pictures"),
];

static MISSING: LazyLock<Regex> = LazyLock::new(|| crate::regex(r"^([a-z_]{1,40}) is required$"));
static DETAIL_LINE: LazyLock<Regex> =
    LazyLock::new(|| crate::regex(r"(?m)^- ([A-Za-z0-9_.]{0,80}): (.{1,400})$"));
static BOUND: LazyLock<Regex> = LazyLock::new(|| {
    crate::regex(r"^Must be (less|greater) than or equal to (-?[0-9]{1,12}(?:\.[0-9]{1,6})?)$")
});
static ONE_OF: LazyLock<Regex> =
    LazyLock::new(|| crate::regex(r#"must be one of the following: ([ "A-Za-z0-9,.:_-]{1,200})$"#));

impl InvalidField {
    /// Reads `invalid_fields` or, if there are none, the lines of `detail` (`- input.seed: Must be …`).
    pub(super) fn read_all(body: Option<&Value>, detail: &str) -> Vec<Self> {
        let listed = body
            .and_then(|body| body.get("invalid_fields"))
            .and_then(Value::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let fields: Vec<Self> = listed
            .iter()
            .take(MAX_FIELDS)
            .filter_map(Self::read)
            .collect();
        if !fields.is_empty() {
            return fields;
        }
        DETAIL_LINE
            .captures_iter(detail)
            .take(MAX_FIELDS)
            .map(|line| Self::new(&line[1], &line[2]))
            .collect()
    }

    fn read(entry: &Value) -> Option<Self> {
        let text = |name| entry.get(name).and_then(Value::as_str);
        Some(Self::new(
            text("field")?,
            text("description").unwrap_or_default(),
        ))
    }

    /// The provider reports a missing input on the object that lacks it: `input`, "prompt is required".
    fn new(path: &str, description: &str) -> Self {
        let missing = MISSING
            .captures(description)
            .map(|found| found[1].to_owned());
        let path = match missing {
            Some(name) if path.is_empty() => name,
            Some(name) if path == "input" => format!("input.{name}"),
            _ => path.to_owned(),
        };
        Self {
            path,
            description: description.to_owned(),
        }
    }
}

/// The error for refused fields. One of the person's own fields decides if there is one, then the model's, then those
/// that the operator is responsible for.
pub(super) fn error(fields: &[InvalidField], cause: &Cause) -> ProviderError {
    let known = fields.iter().find_map(|field| {
        let name = field.path.strip_prefix("input.")?;
        let known = FIELDS.iter().find(|known| known.0 == name)?;
        Some((field, known))
    });
    if let Some((field, (_, path, title))) = known {
        return ProviderError::of_field(path, sentence(title, &field.description), cause.as_str());
    }
    let any = |of: fn(&str) -> bool| fields.iter().any(|field| of(&field.path));
    let code = if any(|path| path == "version" || path.ends_with("_weights")) {
        FailureCode::ModelUnavailable
    } else if any(|path| path.starts_with("input")) {
        FailureCode::InputRefused
    } else {
        // This crate writes everything outside `input`, so the person cannot correct it.
        FailureCode::ProviderUnavailable
    };
    ProviderError::new(code, cause.as_str())
}

/// The description in plain words. Only numbers and listed choices of the provider's text are passed on.
fn sentence(title: &str, description: &str) -> String {
    if let Some(bound) = BOUND.captures(description) {
        let side = if &bound[1] == "less" { "most" } else { "least" };
        return format!("{title} can be at {side} {} with this model.", &bound[2]);
    }
    if let Some(choices) = ONE_OF.captures(description) {
        return format!(
            "{title} has to be one of {} with this model.",
            choices[1].replace('"', "")
        );
    }
    if MISSING.is_match(description) {
        return format!("{title} is missing.");
    }
    format!("{title} was refused by the provider. Change it and try again.")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(field: &str, description: &str) -> ProviderError {
        let body =
            json!({"invalid_fields": [{"type": "x", "field": field, "description": description}]});
        error(
            &InvalidField::read_all(Some(&body), ""),
            &Cause::new("HTTP 422"),
        )
    }

    #[test]
    fn a_refused_input_names_the_persons_field_in_plain_words() {
        for (field, description, path, message) in [
            (
                "input.num_inference_steps",
                "Must be less than or equal to 50",
                "overrides.steps",
                "The number of steps can be at most 50 with this model.",
            ),
            (
                "input.guidance",
                "Must be greater than or equal to 0",
                "overrides.guidance",
                "Guidance can be at least 0 with this model.",
            ),
            (
                "input.guidance_scale",
                "Must be less than or equal to 10",
                "overrides.guidance",
                "Guidance can be at most 10 with this model.",
            ),
            (
                "input.lora_scale",
                "Must be less than or equal to 2.5",
                "overrides.lora_scale",
                "The LoRA's strength can be at most 2.5 with this model.",
            ),
            (
                "input.output_format",
                "output_format must be one of the following: \"jpg\", \"png\"",
                "overrides.output_format",
                "The file format has to be one of jpg, png with this model.",
            ),
            (
                "input",
                "prompt is required",
                "text",
                "The description is missing.",
            ),
            (
                "input.num_outputs",
                "Invalid type. Expected: integer, given: string",
                "pictures",
                "The number of pictures was refused by the provider. Change it and try again.",
            ),
            (
                "input.seed",
                "see <a href='https://x'>billing</a>",
                "overrides.seed",
                "The seed was refused by the provider. Change it and try again.",
            ),
        ] {
            let failure = of(field, description).person_failure();
            assert_eq!(failure.code, FailureCode::InputRefused);
            assert_eq!(
                (failure.field.as_deref(), failure.message.as_str()),
                (Some(path), message)
            );
        }
    }

    #[test]
    fn any_other_field_is_the_models_or_the_operators() {
        for (field, description, code) in [
            ("version", "does not exist", FailureCode::ModelUnavailable),
            ("", "version is required", FailureCode::ModelUnavailable),
            (
                "input.lora_weights",
                "not found",
                FailureCode::ModelUnavailable,
            ),
            (
                "input.replicate_weights",
                "not found",
                FailureCode::ModelUnavailable,
            ),
            (
                "input.width",
                "Must be less than or equal to 1440",
                FailureCode::InputRefused,
            ),
            ("input", "must be an object", FailureCode::InputRefused),
            (
                "",
                "Additional property model is not allowed",
                FailureCode::ProviderUnavailable,
            ),
            (
                "webhook",
                "Does not match format 'uri'",
                FailureCode::ProviderUnavailable,
            ),
        ] {
            let failure = of(field, description).person_failure();
            assert_eq!(failure.code, code, "{field} {description}");
            assert_eq!(failure.field, None);
        }
    }

    #[test]
    fn fields_are_read_from_the_detail_if_there_is_no_list() {
        let detail = "- input: prompt is required\n- input.seed: Must be less than or equal to 4\n";
        let fields = InvalidField::read_all(None, detail);
        let paths: Vec<_> = fields.iter().map(|field| field.path.as_str()).collect();
        assert_eq!(paths, ["input.prompt", "input.seed"]);
    }
}
