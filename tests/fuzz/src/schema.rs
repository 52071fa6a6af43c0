//! Input schemas, which a provider's versions have.

use selfsame_prompt::schema::InputSchema;
use selfsame_provider::replicate::read_version;

use super::{Target, answers, bytes, equal, holds};

/// The target.
pub const TARGET: Target = Target {
    name: "schema",
    fragments,
    known,
    check,
};

const VERSION: &str = "abababababababababababababababababababababababababababababababab";

fn fragments() -> Vec<Vec<u8>> {
    bytes(&[
        "\"properties\":{",
        "\"prompt\":{\"type\":\"string\"},",
        "\"seed\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":4294967295},",
        "\"guidance\":{\"type\":\"number\",\"default\":3,\"minimum\":0,\"maximum\":10},",
        "\"guidance_scale\":{\"type\":\"number\"},",
        "\"num_inference_steps\":{\"type\":\"integer\",\"default\":28,\"maximum\":50,\"minimum\":1},",
        "\"aspect_ratio\":{\"allOf\":[{\"$ref\":\"#/components/schemas/aspect_ratio\"}],\"default\":\"1:1\"},",
        "\"enum\":[\"1:1\",\"16:9\"],",
        "\"lora_weights\":{\"type\":\"string\"},",
        "\"lora_scale\":",
        "\"output_format\":",
        "\"x-order\":0,",
        "\"minimum\":",
        "\"maximum\":",
        "\"default\":",
        "1e309",
        "-1",
        "18446744073709551615",
        "0.5",
        "null",
        "{",
        "}",
        "[",
        "]",
        ",",
        "\"",
    ])
}

fn known() -> Vec<Vec<u8>> {
    let schemas = [
        include_str!("../../fixtures/schemas/flux-dev-lora.json"),
        include_str!("../../fixtures/schemas/flux-lora-2024.json"),
        include_str!("../../fixtures/schemas/flux-lora-hotswap.json"),
    ];
    let version = |schema: &str| format!("{{\"id\":\"{VERSION}\",\"openapi_schema\":{schema}}}");
    let versions = schemas.map(version);
    answers::with_status(200, &versions.each_ref().map(String::as_str))
}

fn check(input: &[u8]) -> Result<(), String> {
    let response = answers::response(input);
    let id = VERSION
        .parse()
        .map_err(|error| format!("the version is {error}"))?;
    let Some(version) = answers::read(&response, |result| read_version(result, &id))? else {
        return Ok(());
    };
    let schema = match InputSchema::from_openapi(&version.openapi_schema) {
        Ok(schema) => schema,
        Err(error) => return holds("an error has no words", !error.to_string().is_empty()),
    };
    for input in schema.inputs() {
        let same = schema.input(input.parameter);
        equal("an input is found under another", same, Some(input))?;
    }
    let text = serde_json::to_string(&schema).map_err(|error| error.to_string())?;
    let again: InputSchema = serde_json::from_str(&text)
        .map_err(|error| format!("what is written cannot be read: {error}"))?;
    equal("a schema changes when it is stored", again, schema)
}
