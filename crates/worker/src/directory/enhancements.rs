//! The catalogue of enhancement LoRAs.

use selfsame_api::{CatalogueEntry, OfferedEnhancement, PutEnhancement};
use selfsame_primitives::ids::EnhancementId;
use selfsame_primitives::time::Timestamp;
use selfsame_prompt::enhancement::{Enhancement, EnhancementPhrase};
use selfsame_provider::lora_ref::LoraRef;
use serde::Deserialize;
use worker::{D1PreparedStatement, Error, query};

use super::{AuditEntry, Directory, SAME_WEIGHTS};

/// An entry as it is written, which [`catalogue::checked`](crate::catalogue::checked) has accepted.
#[derive(Debug)]
pub(crate) struct NewEnhancement {
    /// Its id.
    pub(crate) id: EnhancementId,
    /// The LoRA, normalised.
    pub(crate) reference: LoraRef,
    /// The rest of it. Its own `reference` is as it was written.
    pub(crate) words: PutEnhancement,
}

/// Selects whether the weights that `?1` and `?2` name are in the catalogue, retired or not.
pub(super) const IN_CATALOGUE: &str = "SELECT 1 FROM enhancements WHERE claim_key IN (?1, ?2)";

#[derive(Deserialize)]
struct Row {
    id: EnhancementId,
    version: u32,
    title: String,
    reference: String,
    phrase: Option<EnhancementPhrase>,
    default_scale: f64,
    max_scale: f64,
    licence: String,
    licence_note: String,
    preview: String,
    retired_at: Option<i64>,
    created_at: i64,
}

impl From<Row> for CatalogueEntry {
    fn from(row: Row) -> Self {
        Self {
            offered: OfferedEnhancement {
                enhancement: Enhancement {
                    id: row.id,
                    version: row.version,
                    title: row.title,
                    reference: row.reference,
                    phrase: row.phrase,
                    default_scale: row.default_scale,
                    max_scale: row.max_scale,
                },
                licence: row.licence,
                licence_note: row.licence_note,
                preview: row.preview,
            },
            retired_at: row.retired_at.map(Timestamp::from_millisecond),
            created_at: Timestamp::from_millisecond(row.created_at),
        }
    }
}

impl Directory {
    /// The whole catalogue, by title.
    pub(crate) async fn enhancements(&self) -> Result<Vec<CatalogueEntry>, Error> {
        let sql = "SELECT id, version, title, reference, phrase, default_scale, max_scale, licence, \
                   licence_note, preview, retired_at, created_at FROM enhancements ORDER BY title, id";
        let rows: Vec<Row> = query!(&self.0, sql).all().await?.results()?;
        Ok(rows.into_iter().map(CatalogueEntry::from).collect())
    }

    /// Adds those of `entries` that are neither in the catalogue nor claimed by anybody.
    pub(crate) async fn seed_enhancements(
        &self,
        entries: &[NewEnhancement],
        now: Timestamp,
    ) -> Result<(), Error> {
        let statements = entries
            .iter()
            .map(|entry| self.put_statement(entry, "DO NOTHING", now))
            .collect::<Result<_, _>>()?;
        self.0.batch(statements).await.map(drop)
    }

    /// Adds or changes an entry, which is offered from now on, with the audit entry. `false` if somebody has claimed these
    /// weights: a person's own LoRA is nobody's enhancement. The version rises with what is sent of the entry.
    pub(crate) async fn put_enhancement(
        &self,
        new: &NewEnhancement,
        entry: &AuditEntry<'_>,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let update = "(id) DO UPDATE SET version = version + \
             (reference <> excluded.reference OR phrase IS NOT excluded.phrase), \
             title = excluded.title, reference = excluded.reference, \
             claim_key = excluded.claim_key, phrase = excluded.phrase, \
             default_scale = excluded.default_scale, max_scale = excluded.max_scale, \
             licence = excluded.licence, licence_note = excluded.licence_note, \
             preview = excluded.preview, retired_at = NULL";
        let statement = self.put_statement(new, update, now)?;
        self.change(statement, entry, now).await
    }

    fn put_statement(
        &self,
        new: &NewEnhancement,
        conflict: &str,
        now: Timestamp,
    ) -> Result<D1PreparedStatement, Error> {
        let sql = format!(
            "INSERT INTO enhancements (id, title, reference, phrase, default_scale, max_scale, licence, \
             licence_note, preview, created_at, claim_key) \
             SELECT ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?1 WHERE NOT EXISTS ({SAME_WEIGHTS}) \
             ON CONFLICT {conflict}"
        );
        let words = &new.words;
        query!(
            &self.0,
            &sql,
            new.reference.claim_key(),
            new.reference.alias().unwrap_or(new.reference.claim_key()),
            new.id,
            words.title,
            new.reference.as_str(),
            words.phrase,
            words.default_scale,
            words.max_scale,
            words.licence,
            words.licence_note,
            words.preview,
            now.as_millisecond()
        )
    }

    /// Retires an entry, with the audit entry; one that was retired before stays as it is.
    pub(crate) async fn retire_enhancement(
        &self,
        id: &EnhancementId,
        entry: &AuditEntry<'_>,
        now: Timestamp,
    ) -> Result<(), Error> {
        let sql = "UPDATE enhancements SET retired_at = ?2 WHERE id = ?1 AND retired_at IS NULL";
        let statement = query!(&self.0, sql, id, now.as_millisecond())?;
        self.change(statement, entry, now).await.map(drop)
    }
}
