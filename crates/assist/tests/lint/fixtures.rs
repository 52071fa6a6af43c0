//! The cases of the lint corpus, and a model to compose them for.

use selfsame_assist::lint::{Finding, Linter};
use selfsame_prompt::compose::{Composition, compose};
use selfsame_prompt::model::ModelProfile;
use selfsame_prompt::parameters::Overrides;
use selfsame_prompt::placement::QualityId;
use selfsame_prompt::schema::InputSchema;
use serde::Deserialize;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    pub input: String,
    #[serde(default = "woman")]
    pub class: String,
    #[serde(default)]
    pub quality: QualityId,
    #[serde(default)]
    pub overrides: Overrides,
    #[serde(default = "one")]
    pub pictures: u32,
    pub codes: Vec<String>,
}

fn woman() -> String {
    "woman".into()
}

const fn one() -> u32 {
    1
}

pub(crate) fn model(class: &str) -> ModelProfile {
    let schema = include_str!("../../../../tests/fixtures/schemas/flux-lora-hotswap.json");
    let document = serde_json::from_str(schema).expect("JSON");
    ModelProfile {
        trigger: "user42585527".parse().expect("a trigger word"),
        class_word: class.parse().expect("a class word"),
        schema: InputSchema::from_openapi(&document).expect("the schema can be served"),
        weights: None,
        enhancements: Vec::new(),
    }
}

impl Case {
    pub(crate) fn findings(&self) -> Vec<Finding> {
        let composition = Composition {
            text: self.input.clone(),
            overrides: self.overrides.clone(),
            pictures: self.pictures,
            quality: self.quality,
            ..Composition::default()
        };
        let model = model(&self.class);
        match compose(&model, &composition) {
            Ok(preview) => Linter::new(&model).inspect(&composition, &preview),
            Err(error) => panic!("{:?}: {error}", self.input),
        }
    }

    pub(crate) fn codes_found(&self) -> Vec<String> {
        let findings = self.findings();
        let code = |finding: &Finding| finding.code.as_str().to_owned();
        findings.iter().map(code).collect()
    }
}

pub(crate) fn cases() -> Vec<Case> {
    let corpus = include_str!("../../../../tests/corpus/lint.jsonl");
    let parse = |line| match serde_json::from_str(line) {
        Ok(case) => case,
        Err(error) => panic!("{line}: {error}"),
    };
    corpus.lines().map(parse).collect()
}
