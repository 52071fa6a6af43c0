//! All models: those of the demo people, sixty more, one that ignores its LoRA, and one official model.

use std::sync::{Arc, Mutex};

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::schema::{InputSchema, SchemaError};
use super::{Model, Runnable, STUDIO, Version, VersionSchema};
use crate::lock;

/// When every version that exists from the start was created.
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

/// The model whose LoRA is loaded and never applied: its pictures are the same at every scale.
pub(crate) const IGNORES_LORA: &str = "studio/ignored-selfie-lora";

/// All models.
#[derive(Debug)]
pub(crate) struct Catalogue {
    models: Mutex<Vec<Model>>,
    /// What the versions that a training makes accept.
    trained: Arc<VersionSchema>,
}

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
            versions: vec![Version {
                id: version_id(&format!("{owner}/{name}@{}", SCHEMAS[schema].0)),
                created_at: CREATED_AT.to_owned(),
                schema: Arc::clone(&schemas[schema]),
            }],
            owner: owner.to_owned(),
            name,
            official,
        };
        let mut models = vec![
            model(STUDIO, "ada-selfie-lora".to_owned(), HOTSWAP, false),
            model(STUDIO, "ben-selfie-lora".to_owned(), TRAINED_2024, false),
            model(STUDIO, "cleo-flux-dev-lora".to_owned(), DEV_LORA, false),
            model(STUDIO, "ignored-selfie-lora".to_owned(), HOTSWAP, false),
            model(
                "black-forest-labs",
                "flux-dev-lora".to_owned(),
                DEV_LORA,
                true,
            ),
        ];
        models.extend((1..=60).map(|number| {
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
        Ok(Self {
            models: Mutex::new(models),
            trained: Arc::clone(&schemas[HOTSWAP]),
        })
    }

    /// Copies a model.
    pub(crate) fn named(&self, owner: &str, name: &str) -> Option<Model> {
        self.find(|model| model.owner == owner && model.name == name)
    }

    /// Resolves the `version` of a create: a version id, `owner/name:version`, or `owner/name` of an official model.
    pub(crate) fn of_version(&self, version: &str) -> Option<Runnable> {
        let Some((owner, rest)) = version.split_once('/') else {
            return self
                .find(|model| model.version(version).is_some())?
                .run(version);
        };
        match rest.split_once(':') {
            Some((name, id)) => self.named(owner, name)?.run(id),
            None => self.official(owner, rest),
        }
    }

    /// Resolves the name of an official model.
    pub(crate) fn official(&self, owner: &str, name: &str) -> Option<Runnable> {
        let model = self.named(owner, name).filter(|model| model.official)?;
        let latest = model.versions.first()?.id.clone();
        model.run(&latest)
    }

    /// Copies the models that are listed.
    pub(crate) fn public(&self) -> Vec<Model> {
        let models = lock(&self.models);
        models.iter().filter(|m| m.official).cloned().collect()
    }

    /// Adds a version to a model, and returns its id. Does nothing if there is no such model.
    pub(crate) fn add_version(
        &self,
        model: &str,
        training: &str,
        created_at: String,
    ) -> Option<String> {
        let mut models = lock(&self.models);
        let model = models.iter_mut().find(|known| known.full_name() == model)?;
        let id = version_id(&format!("{}@{training}", model.full_name()));
        let version = Version {
            id: id.clone(),
            created_at,
            schema: Arc::clone(&self.trained),
        };
        model.versions.insert(0, version);
        Some(id)
    }

    /// Removes a version.
    pub(crate) fn remove_version(&self, id: &str) {
        for model in lock(&self.models).iter_mut() {
            model.versions.retain(|version| version.id != id);
        }
    }

    fn find(&self, matches: impl Fn(&Model) -> bool) -> Option<Model> {
        let models = lock(&self.models);
        models.iter().find(|model| matches(model)).cloned()
    }
}

impl Model {
    fn run(self, version: &str) -> Option<Runnable> {
        Some(Runnable {
            model: self.full_name(),
            official: self.official,
            version: self.version(version)?.clone(),
        })
    }
}

/// Derives a version id that is the same on every start, so that bound models in a database stay valid.
fn version_id(subject: &str) -> String {
    let digest = Sha256::digest(subject);
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
        let id = &ada.versions[0].id;
        assert_eq!(id.len(), 64);
        let by_id = catalogue.of_version(id).unwrap();
        assert_eq!(by_id.model, "studio/ada-selfie-lora");
        let both = format!("studio/ada-selfie-lora:{id}");
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
        let models = lock(&catalogue.models);
        let mut ids: Vec<_> = models.iter().map(|model| &model.versions[0].id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), models.len());
    }

    #[test]
    fn a_trained_version_is_the_latest_until_it_is_removed() {
        let catalogue = Catalogue::new().unwrap();
        let latest = || {
            catalogue.named(STUDIO, "ada-selfie-lora").unwrap().versions[0]
                .id
                .clone()
        };
        let first = latest();
        let added = catalogue
            .add_version("studio/ada-selfie-lora", "training", CREATED_AT.to_owned())
            .unwrap();
        assert_eq!(latest(), added);
        assert!(catalogue.of_version(&added).is_some() && catalogue.of_version(&first).is_some());
        catalogue.remove_version(&added);
        assert_eq!(latest(), first);
        assert!(catalogue.of_version(&added).is_none());
        let none = catalogue.add_version("studio/nobody", "training", CREATED_AT.to_owned());
        assert_eq!(none, None);
    }
}
