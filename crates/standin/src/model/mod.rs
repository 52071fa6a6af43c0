//! Models, their versions, and what a version accepts.

use std::sync::Arc;

use serde_json::{Value, json};

use self::schema::InputSchema;

pub(crate) mod catalogue;
pub(crate) mod schema;
pub(crate) mod size;

/// The owner of all private models, and the account's name.
pub(crate) const STUDIO: &str = "studio";

/// A version's OpenAPI document, and the input schema in it.
#[derive(Debug)]
pub(crate) struct VersionSchema {
    /// The whole document.
    pub(crate) document: Value,
    /// Its `Input` schema, parsed.
    pub(crate) inputs: InputSchema,
}

/// One version of a model.
#[derive(Debug, Clone)]
pub(crate) struct Version {
    /// 64 hexadecimal digits.
    pub(crate) id: String,
    /// In RFC 3339.
    pub(crate) created_at: String,
    /// What it accepts.
    pub(crate) schema: Arc<VersionSchema>,
}

impl Version {
    /// The version object.
    pub(crate) fn json(&self) -> Value {
        json!({
            "id": self.id,
            "created_at": self.created_at,
            "cog_version": "0.16.12",
            "openapi_schema": self.schema.document,
        })
    }
}

/// A model.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    /// `studio` or `black-forest-labs`.
    pub(crate) owner: String,
    /// Without the owner.
    pub(crate) name: String,
    /// Official models can be run without naming a version, and hide it.
    pub(crate) official: bool,
    /// Newest first.
    pub(crate) versions: Vec<Version>,
}

impl Model {
    /// `owner/name`.
    pub(crate) fn full_name(&self) -> String {
        format!("{}/{}", self.owner, self.name)
    }

    /// The version with this id.
    pub(crate) fn version(&self, id: &str) -> Option<&Version> {
        self.versions.iter().find(|version| version.id == id)
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
            "latest_version": self.versions.first().map(Version::json),
        })
    }
}

/// A model and the version of it that a create names.
#[derive(Debug, Clone)]
pub(crate) struct Runnable {
    /// `owner/name`.
    pub(crate) model: String,
    /// Whether the model is official.
    pub(crate) official: bool,
    /// The version that runs.
    pub(crate) version: Version,
}

impl Runnable {
    /// The `version` in its predictions.
    pub(crate) fn shown_version(&self) -> &str {
        if self.official {
            "hidden"
        } else {
            &self.version.id
        }
    }
}
