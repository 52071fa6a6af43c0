//! The person's models. A row is never deleted: one that has ended says how and when, and is used again when the same model
//! is bound again.

use std::sync::LazyLock;

use selfsame_api::{LoraProof, Model, ModelBinding, ModelState};
use selfsame_primitives::ids::ModelId;
use selfsame_primitives::time::Timestamp;
use selfsame_prompt::enhancement::Enhancement;
use selfsame_prompt::model::ModelProfile;

use super::Readable;
use super::canaries::{self, PROOF};
use super::columns::{Columns, json, readable, word};
use super::stored::{StoredConsent, StoredInputSchema};
use crate::database::{Database, DatabaseError, Value};

/// One of the person's own models. It is active. Only [`owned`] makes one, and nothing else can be submitted.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct OwnedModel(Model);

impl OwnedModel {
    pub(crate) const fn model(&self) -> &Model {
        &self.0
    }

    /// What composing needs to know of the model, with these enhancements of the catalogue.
    pub(crate) fn profile(&self, enhancements: Vec<Enhancement>) -> ModelProfile {
        ModelProfile {
            trigger: self.0.trigger.clone(),
            class_word: self.0.class_word.clone(),
            schema: self.0.schema.clone(),
            weights: self.0.weights.clone(),
            enhancements,
        }
    }
}

/// The columns of a model.
static COLUMNS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "id, label, provider, provider_model, version, trigger_word, class_word, dialect, weights,
            ifnull(ended, 'active'), {PROOF}, consent, created_at"
    )
});

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
        state: row.word()?,
        proof: row.word()?,
        consent: row.optional_stored::<StoredConsent, _>()?,
        created_at: row.moment()?,
    })
}

/// Adds the model, or updates the words, the schema and the consent if it was bound before: what a check has found stays.
/// Returns the bound model, which is active.
pub(crate) fn bind(db: &mut dyn Database, model: &Model) -> Result<Model, DatabaseError> {
    let consent = model.consent.as_ref().map(StoredConsent::from);
    let verdicts = [LoraProof::Proven, LoraProof::NotProven];
    let verdict = verdicts.iter().find(|verdict| **verdict == model.proof);
    let rows = db.query(
        &format!(
            "INSERT INTO models (id, label, provider, provider_model, version, trigger_word, class_word,
                dialect, weights, proof, consent, created_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (provider, provider_model, version, ifnull(weights, '')) DO UPDATE SET
                label = excluded.label, trigger_word = excluded.trigger_word,
                class_word = excluded.class_word, dialect = excluded.dialect,
                consent = excluded.consent, ended = NULL, ended_at = NULL
             RETURNING {}",
            *COLUMNS
        ),
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
            verdict.map_or(Ok(Value::Null), word)?,
            consent.as_ref().map_or(Ok(Value::Null), json)?,
            model.created_at.into(),
        ],
    )?;
    Columns::one(rows)?
        .map(read)
        .ok_or_else(|| DatabaseError("a bound model returned no row".to_owned()))?
}

/// Ends a model as `state` says, from `now` on. One that has ended in that way stays as it is.
pub(crate) fn end(
    db: &mut dyn Database,
    id: &ModelId,
    state: ModelState,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE models SET ended = ?, ended_at = ? WHERE id = ? AND ended IS NOT ?",
        &[word(&state)?, now.into(), id.as_str().into(), word(&state)?],
    )?;
    Ok(())
}

/// The person's model of this id, in any state.
pub(crate) fn find(db: &mut dyn Database, id: &ModelId) -> Result<Option<Model>, DatabaseError> {
    let rows = db.query(
        &format!("SELECT {} FROM models WHERE id = ?", *COLUMNS),
        &[id.as_str().into()],
    )?;
    Columns::one(rows)?.map(read).transpose()
}

/// The person's own model of this id, if it is active and its LoRA is not known to do nothing.
pub(crate) fn owned(
    db: &mut dyn Database,
    id: &ModelId,
) -> Result<Option<OwnedModel>, DatabaseError> {
    let model = to_check(db, id)?;
    Ok(model.filter(|model| model.0.proof != LoraProof::NotProven))
}

/// The person's own model of this id, if it is active, whatever a check has found.
pub(crate) fn to_check(
    db: &mut dyn Database,
    id: &ModelId,
) -> Result<Option<OwnedModel>, DatabaseError> {
    let model = find(db, id)?;
    let active = model.filter(|model| model.state == ModelState::Active);
    Ok(active.map(OwnedModel))
}

/// Every model that is bound, newest first, and those that cannot be read.
pub(crate) fn bound(db: &mut dyn Database) -> Result<Readable<Model>, DatabaseError> {
    let sql = format!(
        "SELECT {} FROM models WHERE ended IS NOT 'unbound' ORDER BY created_at DESC, id DESC",
        *COLUMNS
    );
    readable(db.query(&sql, &[])?, |row| read(Columns::new(row)))
}

/// What the person calls each model that is or was bound.
pub(crate) fn labels(db: &mut dyn Database) -> Result<Readable<(ModelId, String)>, DatabaseError> {
    readable(db.query("SELECT id, label FROM models", &[])?, |row| {
        let mut row = Columns::new(row);
        Ok((row.parsed()?, row.text()?))
    })
}

/// Every model that is or was bound, newest first, without its words and schema, and those that cannot be read.
pub(crate) fn bindings(db: &mut dyn Database) -> Result<Readable<ModelBinding>, DatabaseError> {
    let sql = format!(
        "SELECT id, label, provider, provider_model, version, weights, ifnull(ended, 'active'), {PROOF},
            ended_at, consent, created_at
         FROM models ORDER BY created_at DESC, id DESC"
    );
    let rows = db.query(&sql, &[])?;
    readable(rows, |row| read_binding(db, Columns::new(row)))
}

fn read_binding(db: &mut dyn Database, mut row: Columns) -> Result<ModelBinding, DatabaseError> {
    let id = row.parsed()?;
    Ok(ModelBinding {
        check: canaries::check(db, &id)?,
        id,
        label: row.text()?,
        provider: row.word()?,
        provider_model: row.text()?,
        version: row.text()?,
        weights: row.optional_text()?,
        state: row.word()?,
        proof: row.word()?,
        ended_at: row.optional_moment()?,
        consent: row.optional_stored::<StoredConsent, _>()?,
        created_at: row.moment()?,
    })
}
