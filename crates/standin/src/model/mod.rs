//! The models of this service: those of the demo people, twenty more, and one official model.

use std::sync::Arc;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use self::schema::{InputSchema, SchemaError};

pub(crate) mod schema;
pub(crate) mod size;

/// The owner of all private models, and the account's name.
pub(crate) const STUDIO: &str = "studio";

/// When every version was created.
const CREATED_AT: &str = "2025-09-01T08:30:00.000Z";

/// The three input schemas of FLUX LoRA models, with the names of their files.
const SCHEMAS: [(&str, &str); 3] = [
    (
        "flux-dev-lora",
        include_str!("../../../../tests/fixtures/schemas/flux-dev-lora.json"),
    ),
    (
        "flux-lora-hotswap",
        include_str!("../../../../tests/fixtures/schemas/flux-lora-hotswap.json"),
    ),
    (
        "flux-lora-2024",
        include_str!("../../../../tests/fixtures/schemas/flux-lora-2024.json"),
    ),
];
const DEV_LORA: usize = 0;
const HOTSWAP: usize = 1;
const TRAINED_2024: usize = 2;

/// A version's OpenAPI document, and the input schema in it.
#[derive(Debug)]
pub(crate) struct VersionSchema {
    /// The whole document.
    pub(crate) document: Value,
    /// Its `Input` schema, parsed.
    pub(crate) inputs: InputSchema,
}

/// A model with its one version.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    /// `studio` or `black-forest-labs`.
    pub(crate) owner: String,
    /// Without the owner.
    pub(crate) name: String,
    /// 64 hexadecimal digits.
    pub(crate) version: String,
    /// Official models can be run without naming a version, and hide it.
    pub(crate) official: bool,
    /// What its version accepts.
    pub(crate) schema: Arc<VersionSchema>,
}

impl Model {
    /// `owner/name`.
    pub(crate) fn full_name(&self) -> String {
        format!("{}/{}", self.owner, self.name)
    }

    /// The `version` in its predictions.
    pub(crate) fn shown_version(&self) -> &str {
        if self.official {
            "hidden"
        } else {
            &self.version
        }
    }

    /// The version object.
    pub(crate) fn version_json(&self) -> Value {
        json!({
            "id": self.version,
            "created_at": CREATED_AT,
            "cog_version": "0.16.12",
            "openapi_schema": self.schema.document,
        })
    }

    /// The model object.
    pub(crate) fn json(&self) -> Value {
        json!({
            "owner": self.owner,
            "name": self.name,
            "url": format!("https://replicate.com/{}/{}", self.owner, self.name),
            "visibility": if self.official { "public" } else { "private" },
            "description": if self.official {
                "FLUX.1 [dev] with a LoRA of your choice (stand-in)"
            } else {
                "A personal FLUX LoRA (stand-in)"
            },
            "github_url": null,
            "paper_url": null,
            "license_url": null,
            "cover_image_url": null,
            "default_example": null,
            "run_count": 0,
            "is_official": self.official,
            "latest_version": self.version_json(),
        })
    }
}

/// All models.
#[derive(Debug)]
pub(crate) struct Catalogue(Vec<Model>);

impl Catalogue {
    /// Parses the embedded schema documents.
    pub(crate) fn new() -> Result<Self, SchemaError> {
        let schemas = SCHEMAS
            .iter()
            .map(|(_, text)| {
                let document: Value = serde_json::from_str(text)?;
                let inputs = InputSchema::of(&document)?;
                Ok(Arc::new(VersionSchema { document, inputs }))
            })
            .collect::<Result<Vec<_>, SchemaError>>()?;
        let model = |owner: &str, name: String, schema: usize, official: bool| Model {
            version: version_id(owner, &name, SCHEMAS[schema].0),
            owner: owner.to_owned(),
            name,
            official,
            schema: Arc::clone(&schemas[schema]),
        };
        let mut models = vec![
            model(STUDIO, "ada-selfie-lora".to_owned(), HOTSWAP, false),
            model(STUDIO, "ben-selfie-lora".to_owned(), TRAINED_2024, false),
            model(STUDIO, "cleo-flux-dev-lora".to_owned(), DEV_LORA, false),
            model(
                "black-forest-labs",
                "flux-dev-lora".to_owned(),
                DEV_LORA,
                true,
            ),
        ];
        models.extend((1..=20).map(|number| {
            let schema = if number % 2 == 1 {
                HOTSWAP
            } else {
                TRAINED_2024
            };
            model(
                STUDIO,
                format!("person-{number:02}-selfie-lora"),
                schema,
                false,
            )
        }));
        Ok(Self(models))
    }

    /// Finds a model by owner and name.
    pub(crate) fn named(&self, owner: &str, name: &str) -> Option<&Model> {
        self.0
            .iter()
            .find(|model| model.owner == owner && model.name == name)
    }

    /// Finds the model of a create's `version`: a version id, `owner/name:version`, or `owner/name` of an official model.
    pub(crate) fn of_version(&self, version: &str) -> Option<&Model> {
        let Some((owner, rest)) = version.split_once('/') else {
            return self.0.iter().find(|model| model.version == version);
        };
        match rest.split_once(':') {
            Some((name, id)) => self.named(owner, name).filter(|model| model.version == id),
            None => self.named(owner, rest).filter(|model| model.official),
        }
    }

    /// The models that are listed.
    pub(crate) fn public(&self) -> impl Iterator<Item = &Model> {
        self.0.iter().filter(|model| model.official)
    }
}

/// Derives a version id that is the same on every start, so that bound models in a database stay valid.
fn version_id(owner: &str, name: &str, schema: &str) -> String {
    let digest = Sha256::digest(format!("{owner}/{name}@{schema}"));
    digest
        .iter()
        .fold(String::new(), |id, byte| id + &format!("{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_has_three_forms() {
        let catalogue = Catalogue::new().unwrap();
        let ada = catalogue.named(STUDIO, "ada-selfie-lora").unwrap();
        assert_eq!(ada.version.len(), 64);
        let by_id = catalogue.of_version(&ada.version).unwrap();
        assert_eq!(by_id.full_name(), "studio/ada-selfie-lora");
        let both = format!("studio/ada-selfie-lora:{}", ada.version);
        assert!(catalogue.of_version(&both).is_some());
        assert!(
            catalogue
                .of_version("black-forest-labs/flux-dev-lora")
                .is_some()
        );
        for wrong in [
            "studio/ada-selfie-lora",
            "studio/ada-selfie-lora:latest",
            "black-forest-labs/flux-dev-lora:latest",
            "",
            "nobody/nothing",
        ] {
            assert!(catalogue.of_version(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn version_ids_are_distinct() {
        let catalogue = Catalogue::new().unwrap();
        let mut ids: Vec<_> = catalogue.0.iter().map(|model| &model.version).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 24);
    }
}
