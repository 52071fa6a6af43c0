//! Canaries: the two pictures by which it is seen that a model's LoRA acts, and the verdict.
//!
//! The request for each is a generation, so that it is sent once, looked for and saved as any other. Its row is hidden: it has
//! the model in `canary`, and lies where lists and the bin do not look. It is removed when it ends, and what stays is the
//! row here.

use selfsame_api::{LoraCheck, LoraCheckPicture};
use selfsame_primitives::ids::{GenerationId, ModelId, PictureId};
use selfsame_primitives::time::Timestamp;
use selfsame_prompt::parameters::OutputFormat;
use selfsame_provider::fingerprint::Fingerprint;

use super::columns::{Columns, word};
use super::outbox::NEVER;
use crate::database::{Database, DatabaseError, Value};

/// In `binned_at` of a canary: no moment of a deletion, so that nothing removes it for its age.
pub(crate) const HIDDEN: Timestamp = NEVER;

/// Whether the request for a canary has not ended.
const UNDER_WAY: &str = "EXISTS (SELECT 1 FROM generations
    WHERE id = canaries.generation AND finished_at IS NULL)";

/// One of the two pictures of a check.
#[derive(Debug, Clone)]
pub(crate) struct Canary {
    /// The scale of the person's LoRA: 0 or 1.
    pub(crate) scale: u32,
    /// Its request has ended, with a picture or without.
    pub(crate) ended: bool,
    pub(crate) picture: Option<CanaryPicture>,
    /// Why there is no picture.
    pub(crate) failure: Option<String>,
}

/// A stored picture of a check.
#[derive(Debug, Clone)]
pub(crate) struct CanaryPicture {
    pub(crate) id: PictureId,
    pub(crate) format: OutputFormat,
    pub(crate) bytes: u64,
    pub(crate) etag: String,
    /// `None` if it could not be decoded.
    pub(crate) fingerprint: Option<Fingerprint>,
}

/// Adds a canary of `model`, and hides its generation.
pub(crate) fn insert(
    db: &mut dyn Database,
    generation: &GenerationId,
    model: &ModelId,
    scale: u32,
) -> Result<(), DatabaseError> {
    db.query(
        "INSERT INTO canaries (generation, model, scale) VALUES (?, ?, ?)",
        &[
            generation.as_str().into(),
            model.as_str().into(),
            scale.into(),
        ],
    )?;
    db.query(
        "UPDATE generations SET canary = ?, binned_at = ? WHERE id = ?",
        &[
            model.as_str().into(),
            HIDDEN.into(),
            generation.as_str().into(),
        ],
    )?;
    Ok(())
}

/// The model whose canary a generation is; `None` for a person's own.
pub(crate) fn model_of(
    db: &mut dyn Database,
    generation: &GenerationId,
) -> Result<Option<ModelId>, DatabaseError> {
    let sql = "SELECT model FROM canaries WHERE generation = ?";
    let rows = db.query(sql, &[generation.as_str().into()])?;
    Columns::one(rows)?.map(|mut row| row.parsed()).transpose()
}

/// Whether a picture is a canary's.
pub(crate) fn holds(db: &mut dyn Database, picture: &PictureId) -> Result<bool, DatabaseError> {
    let sql = "SELECT 1 FROM canaries WHERE picture = ?";
    Ok(!db.query(sql, &[picture.as_str().into()])?.is_empty())
}

/// The canaries of a model, by scale; none before a check.
pub(crate) fn of_model(
    db: &mut dyn Database,
    model: &ModelId,
) -> Result<Vec<Canary>, DatabaseError> {
    let rows = db.query(
        &format!(
            "SELECT scale, NOT {UNDER_WAY}, failure, picture, format, bytes, etag, fingerprint
             FROM canaries WHERE model = ? ORDER BY scale"
        ),
        &[model.as_str().into()],
    )?;
    rows.into_iter()
        .map(|row| {
            let mut row = Columns::new(row);
            Ok(Canary {
                scale: row.number()?,
                ended: row.flag()?,
                failure: row.optional_text()?,
                picture: picture(&mut row)?,
            })
        })
        .collect()
}

fn picture(row: &mut Columns) -> Result<Option<CanaryPicture>, DatabaseError> {
    let Some(id) = row.optional_parsed()? else {
        return Ok(None);
    };
    Ok(Some(CanaryPicture {
        id,
        format: row.word()?,
        bytes: row.number()?,
        etag: row.text()?,
        fingerprint: row.optional_parsed()?,
    }))
}

/// Keeps the stored picture of a canary.
pub(crate) fn set_picture(
    db: &mut dyn Database,
    generation: &GenerationId,
    picture: &CanaryPicture,
) -> Result<(), DatabaseError> {
    let fingerprint = picture.fingerprint.as_ref().map(ToString::to_string);
    db.query(
        "UPDATE canaries SET picture = ?, format = ?, bytes = ?, etag = ?, fingerprint = ?
         WHERE generation = ?",
        &[
            picture.id.as_str().into(),
            word(&picture.format)?,
            i64::try_from(picture.bytes).unwrap_or(i64::MAX).into(),
            picture.etag.as_str().into(),
            fingerprint.into(),
            generation.as_str().into(),
        ],
    )?;
    Ok(())
}

/// Ends a canary, and removes its generation with all that serves it.
pub(crate) fn end(
    db: &mut dyn Database,
    generation: &GenerationId,
    failure: Option<&str>,
) -> Result<(), DatabaseError> {
    let id: Value = generation.as_str().into();
    db.query(
        "UPDATE canaries SET failure = ? WHERE generation = ?",
        &[failure.map_or(Value::Null, Value::from), id.clone()],
    )?;
    db.query("DELETE FROM generations WHERE id = ?", &[id])?;
    Ok(())
}

/// Removes the canaries of a model with what they measured. A verdict stays until the next one.
pub(crate) fn remove(db: &mut dyn Database, model: &ModelId) -> Result<(), DatabaseError> {
    for statement in [
        "DELETE FROM canaries WHERE model = ?",
        "UPDATE models SET proof_difference = NULL, proof_at = NULL WHERE id = ?",
    ] {
        db.query(statement, &[model.as_str().into()])?;
    }
    Ok(())
}

/// Keeps what a check has found: whether the LoRA acts, and how much the pictures differ.
pub(crate) fn set_verdict(
    db: &mut dyn Database,
    model: &ModelId,
    acts: bool,
    difference: f64,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a difference is at most 255 levels"
    )]
    let thousandths = (difference * 1_000.0).round() as i64;
    let proof = if acts { "proven" } else { "not_proven" };
    db.query(
        "UPDATE models SET proof = ?, proof_difference = ?, proof_at = ? WHERE id = ?",
        &[
            proof.into(),
            thousandths.into(),
            now.into(),
            model.as_str().into(),
        ],
    )?;
    Ok(())
}

/// The column of a model's [`LoraProof`](selfsame_api::LoraProof). A model that was found not to act stays so while it is
/// checked again.
pub(crate) const PROOF: &str = "CASE WHEN proof = 'not_proven' THEN proof
    WHEN EXISTS (SELECT 1 FROM generations WHERE canary = models.id AND finished_at IS NULL) THEN 'checking'
    ELSE ifnull(proof, 'unchecked') END";

/// The latest check of a model, as the operator sees it.
pub(crate) fn check(db: &mut dyn Database, model: &ModelId) -> Result<LoraCheck, DatabaseError> {
    let pictures = of_model(db, model)?
        .into_iter()
        .map(|canary| LoraCheckPicture {
            scale: canary.scale,
            stored: canary.picture.is_some(),
            failure: canary.failure,
        });
    let sql = "SELECT proof_difference, proof_at FROM models WHERE id = ?";
    let rows = db.query(sql, &[model.as_str().into()])?;
    let (difference, checked_at) = match Columns::one(rows)? {
        Some(mut row) => (row.optional_number::<u32>()?, row.optional_moment()?),
        None => (None, None),
    };
    Ok(LoraCheck {
        pictures: pictures.collect(),
        difference: difference.map(|thousandths| f64::from(thousandths) / 1_000.0),
        same_up_to: Fingerprint::SAME_PICTURE,
        checked_at,
    })
}
