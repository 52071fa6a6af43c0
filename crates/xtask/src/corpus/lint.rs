//! A composition and the codes of its findings.

use selfsame_assist::lint::{Finding, Linter};
use selfsame_prompt::compose::{self, Composition};
use selfsame_prompt::model::ModelProfile;
use selfsame_prompt::parameters::Overrides;
use selfsame_prompt::placement::QualityId;
use selfsame_prompt::schema::InputSchema;
use serde::{Deserialize, Serialize};

use super::Case;

/// The version that every case is composed for: it takes every parameter.
const SCHEMA: &str = include_str!("../../../../tests/fixtures/schemas/flux-lora-hotswap.json");

/// One composition.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LintCase {
    input: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    class: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    quality: Option<QualityId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    overrides: Option<Overrides>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pictures: Option<u32>,
    codes: Vec<String>,
}

impl LintCase {
    fn codes(&self) -> Result<Vec<String>, String> {
        let document = serde_json::from_str(SCHEMA).map_err(say)?;
        let class = self.class.as_deref().unwrap_or("woman");
        let model = ModelProfile {
            trigger: "user42585527".parse().map_err(say)?,
            class_word: class.parse().map_err(say)?,
            schema: InputSchema::from_openapi(&document).map_err(say)?,
            weights: None,
            enhancements: Vec::new(),
        };
        let composition = Composition {
            text: self.input.clone(),
            quality: self.quality.unwrap_or_default(),
            overrides: self.overrides.clone().unwrap_or_default(),
            pictures: self.pictures.unwrap_or(1),
            ..Composition::default()
        };
        let preview = compose::compose(&model, &composition).map_err(say)?;
        let code = |finding: &Finding| finding.code.as_str().to_owned();
        let findings = Linter::new(&model).inspect(&composition, &preview);
        Ok(findings.iter().map(code).collect())
    }
}

fn say(error: impl std::fmt::Display) -> String {
    error.to_string()
}

impl Case for LintCase {
    fn check(&self) -> Result<(), String> {
        let codes = self.codes()?;
        if codes == self.codes {
            return Ok(());
        }
        Err(format!(
            "{:?}\n  expected {:?}\n  found    {codes:?}",
            self.input, self.codes
        ))
    }

    fn updated(mut self) -> Result<Self, String> {
        self.codes = self.codes()?;
        Ok(self)
    }
}
