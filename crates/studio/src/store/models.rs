//! The person's models.

use selfsame_api::Model;
use selfsame_primitives::ids::ModelId;
use selfsame_prompt::model::ModelProfile;

use super::columns::{Columns, json, word};
use super::stored::StoredInputSchema;
use crate::database::{Database, DatabaseError};

/// One of the person's own models. Only [`owned`] makes one, and nothing else can be submitted.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct OwnedModel(Model);

impl OwnedModel {
    pub(crate) const fn model(&self) -> &Model {
        &self.0
    }

    pub(crate) fn profile(&self) -> ModelProfile {
        ModelProfile {
            trigger: self.0.trigger.clone(),
            class_word: self.0.class_word.clone(),
            schema: self.0.schema.clone(),
            weights: self.0.weights.clone(),
        }
    }
}

const SELECT: &str =
    "SELECT id, label, provider, provider_model, version, trigger_word, class_word,
    dialect, weights, created_at FROM models";

fn read(mut row: Columns) -> Result<Model, DatabaseError> {
    Ok(Model {
        id: row.parsed()?,
        label: row.text()?,
        provider: row.word()?,
        provider_model: row.text()?,
        version: row.text()?,
        trigger: row.parsed()?,
        class_word: row.parsed()?,
        schema: row
            .json::<StoredInputSchema>()?
            .try_into()
            .map_err(|error: &str| {
                DatabaseError(format!("stored schema cannot be read: {error}"))
            })?,
        weights: row.optional_text()?,
        created_at: row.moment()?,
    })
}

/// Adds the model, or updates the words and the schema if it is bound already. Returns the bound model.
pub(crate) fn bind(db: &mut dyn Database, model: &Model) -> Result<Model, DatabaseError> {
    let rows = db.query(
        "INSERT INTO models (id, label, provider, provider_model, version, trigger_word, class_word,
            dialect, weights, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (provider, provider_model, version, ifnull(weights, '')) DO UPDATE SET
            label = excluded.label, trigger_word = excluded.trigger_word,
            class_word = excluded.class_word, dialect = excluded.dialect
         RETURNING id, label, provider, provider_model, version, trigger_word, class_word,
            dialect, weights, created_at",
        &[
            model.id.as_str().into(),
            model.label.as_str().into(),
            word(&model.provider)?,
            model.provider_model.as_str().into(),
            model.version.as_str().into(),
            model.trigger.as_str().into(),
            model.class_word.as_str().into(),
            json(&StoredInputSchema::from(&model.schema))?,
            model.weights.clone().into(),
            model.created_at.into(),
        ],
    )?;
    Columns::one(rows)?
        .map(read)
        .ok_or_else(|| DatabaseError("a bound model returned no row".to_owned()))?
}

/// The person's own model of this id.
pub(crate) fn owned(
    db: &mut dyn Database,
    id: &ModelId,
) -> Result<Option<OwnedModel>, DatabaseError> {
    let rows = db.query(&format!("{SELECT} WHERE id = ?"), &[id.as_str().into()])?;
    Columns::one(rows)?
        .map(|row| read(row).map(OwnedModel))
        .transpose()
}

/// Every model, newest first.
pub(crate) fn all(db: &mut dyn Database) -> Result<Vec<Model>, DatabaseError> {
    db.query(&format!("{SELECT} ORDER BY created_at DESC, id DESC"), &[])?
        .into_iter()
        .map(|row| read(Columns::new(row)))
        .collect()
}
