//! The D1 directory: users and those who are being created, the claims to providers' models, link requests, e-mail
//! addresses, the inbox, operators' requests, deletions, the catalogue of enhancements and the audit log. All of its SQL is
//! here.
//!
//! Binding `DIRECTORY`, migrations in `crates/worker/migrations`. It holds no picture and no prompt. No request of a person
//! waits for it but one that names an enhancement, asks for the list, or makes a frame again, and then once a minute in each
//! isolate. Operators' sign-ins, the operator's routes and deletions do.

mod audit;
mod claims;
mod creations;
mod deletions;
mod enhancements;
mod identities;
mod inbox;
mod link_requests;
mod requests;

use selfsame_api::{BoundModel, Person, PersonStatus, Provider, Role};
use selfsame_primitives::ids::{ModelId, UserId};
use selfsame_primitives::time::Timestamp;
use serde::Deserialize;
use serde::de::IgnoredAny;
use worker::{D1Database, Error, query};

pub(crate) use audit::AuditEntry;
pub(crate) use claims::HeldModel;
pub(crate) use creations::Creation;
pub(crate) use deletions::{DeletionRow, Erased, NewDeletion};
use enhancements::IN_CATALOGUE;
pub(crate) use enhancements::NewEnhancement;
pub(crate) use requests::{Answer, KeyedRequest};

/// The open directory.
pub(crate) struct Directory(D1Database);

/// A row of `users`, without the models.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct User {
    /// The user id.
    pub(crate) id: UserId,
    /// What to call them.
    pub(crate) name: String,
    /// What they may do.
    pub(crate) role: Role,
    /// Their state; their studio's is the one that counts.
    pub(crate) status: PersonStatus,
    created_at: i64,
}

impl User {
    /// As the operator sees them.
    pub(crate) fn with_models(self, models: Vec<BoundModel>) -> Person {
        Person {
            id: self.id,
            name: self.name,
            role: self.role,
            status: self.status,
            models,
            created_at: Timestamp::from_millisecond(self.created_at),
        }
    }
}

/// A claim to a provider's model.
#[derive(Debug, Clone)]
pub(crate) struct Claim<'a> {
    /// The model: `replicate:owner/name` or a LoRA reference, normalised.
    pub(crate) reference: &'a str,
    /// A second name of the same weights.
    pub(crate) alias: Option<&'a str>,
    /// The person who is to have it.
    pub(crate) user: &'a UserId,
    /// The model as it is bound.
    pub(crate) model: &'a BoundModel,
}

/// The result of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Claimed {
    /// The claim is new.
    Now,
    /// The person had claimed the model before, under this reference.
    Before(String),
    /// Another person has claimed the model.
    ByAnother,
    /// The weights are in the catalogue of enhancements.
    InCatalogue,
}

/// The claims on the weights that `?1` and `?2` name.
///
/// Before one claim held for a whole repository at Hugging Face, each file had its own: these begin with the repository
/// and `/`, after which `0` is the next character.
const SAME_WEIGHTS: &str = "SELECT DISTINCT c.reference, c.user_id FROM model_claims AS c \
     LEFT JOIN claim_aliases AS a ON a.reference = c.reference \
     WHERE c.reference IN (?1, ?2) OR a.alias IN (?1, ?2) \
     OR (c.reference >= ?1 || '/' AND c.reference < ?1 || '0')";

/// Who has a claim, and under which reference.
#[derive(Deserialize)]
struct Holder {
    reference: String,
    user_id: UserId,
}

#[derive(Deserialize)]
struct ClaimRow {
    user_id: UserId,
    model_id: ModelId,
    provider: Provider,
    provider_model: String,
    version: String,
}

/// The status of a row of `users`.
const STATUS: &str = "CASE WHEN id IN (SELECT user_id FROM deletions WHERE user_id IS NOT NULL) \
     THEN 'deleting' ELSE status END AS status";

/// The status of a row of `creations`.
const CREATING: &str = "CASE WHEN id IN (SELECT user_id FROM deletions WHERE user_id IS NOT NULL) \
     THEN 'deleting' ELSE 'creating' END";

impl Directory {
    /// The directory in `database`.
    pub(crate) const fn new(database: D1Database) -> Self {
        Self(database)
    }

    /// The user of this id.
    pub(crate) async fn user(&self, id: &UserId) -> Result<Option<User>, Error> {
        let sql = format!("SELECT id, name, role, {STATUS}, created_at FROM users WHERE id = ?1");
        query!(&self.0, &sql, id)?.first(None).await
    }

    /// Adds an operator who signs in for the first time; one who is known stays as they are. `false` if the link is too old
    /// for that: an operator has been deleted since it was minted with the key alone, and it may be theirs. A link without
    /// that moment, `minted`, lets in nobody new after a deletion.
    pub(crate) async fn admit_operator(
        &self,
        id: &UserId,
        minted: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<bool, Error> {
        #[derive(Deserialize)]
        struct Found {
            known: u8,
            outdated: u8,
        }
        let outdated =
            "EXISTS (SELECT 1 FROM deletions WHERE role = 'operator' AND requested_at >= ?2)";
        let since = minted.map_or(0, Timestamp::as_millisecond);
        let sql = format!(
            "INSERT INTO users (id, name, role, status, created_at) \
             SELECT ?1, ?1, 'operator', 'active', ?3 WHERE NOT {outdated} ON CONFLICT DO NOTHING"
        );
        let insert = query!(&self.0, &sql, id, since, now.as_millisecond())?;
        insert.run().await?;
        let sql = format!(
            "SELECT EXISTS (SELECT 1 FROM users WHERE id = ?1) AS known, {outdated} AS outdated"
        );
        let found: Option<Found> = query!(&self.0, &sql, id, since)?.first(None).await?;
        Ok(
            found
                .is_some_and(|found| found.known != 0 && (minted.is_none() || found.outdated == 0)),
        )
    }

    /// Suspends a user, with the audit entry, unless they are the last active operator. `false` when nothing changed:
    /// they are suspended already, or they are that operator. Of two operators who suspend each other at the same time,
    /// this one statement lets one through.
    pub(crate) async fn suspend(
        &self,
        id: &UserId,
        entry: &AuditEntry<'_>,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let sql = "UPDATE users SET status = 'suspended' WHERE id = ?1 AND status = 'active' \
                   AND (role <> 'operator' OR EXISTS (SELECT 1 FROM users AS other \
                   WHERE other.role = 'operator' AND other.status = 'active' AND other.id <> ?1))";
        self.change(query!(&self.0, sql, id)?, entry, now).await
    }

    /// Reinstates a user, with the audit entry; `false` if they were active.
    pub(crate) async fn reinstate(
        &self,
        id: &UserId,
        entry: &AuditEntry<'_>,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let sql = "UPDATE users SET status = 'active' WHERE id = ?1 AND status <> 'active'";
        self.change(query!(&self.0, sql, id)?, entry, now).await
    }

    /// Up to `limit` people by id, after `cursor`, with the models bound to each. Those who are being created are among
    /// them.
    pub(crate) async fn people(
        &self,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Person>, Error> {
        let sql = format!(
            "SELECT id, name, role, {STATUS}, created_at FROM users WHERE id > ?1 \
             UNION ALL SELECT id, name, 'person', {CREATING}, started_at FROM creations \
             WHERE id > ?1 ORDER BY id LIMIT ?2"
        );
        let users: Vec<User> = query!(&self.0, &sql, cursor.unwrap_or(""), limit)?
            .all()
            .await?
            .results()?;
        let (Some(first), Some(last)) = (users.first(), users.last()) else {
            return Ok(Vec::new());
        };
        let sql = "SELECT user_id, model_id, provider, provider_model, version FROM model_claims \
                   WHERE user_id BETWEEN ?1 AND ?2 ORDER BY model_id";
        let claims: Vec<ClaimRow> = query!(&self.0, sql, first.id, last.id)?
            .all()
            .await?
            .results()?;
        let models_of = |id: &UserId| {
            let theirs = claims.iter().filter(|claim| claim.user_id == *id);
            theirs.map(ClaimRow::model).collect()
        };
        let with_models = |user: User| {
            let models = models_of(&user.id);
            user.with_models(models)
        };
        Ok(users.into_iter().map(with_models).collect())
    }

    /// The user of this id, with the models bound to them.
    pub(crate) async fn person(&self, id: &UserId) -> Result<Option<Person>, Error> {
        let Some(user) = self.user(id).await? else {
            return Ok(None);
        };
        let sql = "SELECT user_id, model_id, provider, provider_model, version FROM model_claims \
                   WHERE user_id = ?1 ORDER BY model_id";
        let claims: Vec<ClaimRow> = query!(&self.0, sql, id)?.all().await?.results()?;
        let models = claims.iter().map(ClaimRow::model).collect();
        Ok(Some(user.with_models(models)))
    }

    /// Claims a model for a person. Of two claims at the same time, and of a claim and an entry of the catalogue, one is
    /// admitted: a batch is a transaction.
    pub(crate) async fn claim(&self, claim: &Claim<'_>, now: Timestamp) -> Result<Claimed, Error> {
        let model = claim.model;
        let alias = claim.alias.unwrap_or(claim.reference);
        let sql = format!(
            "INSERT INTO model_claims \
             (reference, user_id, model_id, provider, provider_model, version, created_at) \
             SELECT ?1, ?3, ?4, ?5, ?6, ?7, ?8 WHERE NOT EXISTS ({SAME_WEIGHTS}) \
             AND NOT EXISTS ({IN_CATALOGUE}) ON CONFLICT DO NOTHING"
        );
        let insert = query!(
            &self.0,
            &sql,
            claim.reference,
            alias,
            claim.user,
            model.id,
            model.provider,
            model.provider_model,
            model.version,
            now.as_millisecond()
        )?;
        let name = |name: &str| {
            let sql = format!(
                "INSERT INTO claim_aliases (alias, reference) \
                 SELECT ?4, reference FROM ({SAME_WEIGHTS}) AS same WHERE user_id = ?3 \
                 AND reference <> ?4 AND NOT EXISTS \
                 (SELECT 1 FROM ({SAME_WEIGHTS}) AS theirs WHERE theirs.user_id <> ?3) \
                 LIMIT 1 ON CONFLICT DO NOTHING"
            );
            query!(&self.0, &sql, claim.reference, alias, claim.user, name)
        };
        // Another person's claim first, then the oldest.
        let sql = format!("{SAME_WEIGHTS} ORDER BY c.user_id = ?3, c.created_at LIMIT 1");
        let holder = query!(&self.0, &sql, claim.reference, alias, claim.user)?;
        let entry = query!(&self.0, IN_CATALOGUE, claim.reference, alias)?;
        let statements = vec![insert, name(claim.reference)?, name(alias)?, entry, holder];
        let results = self.0.batch(statements).await?;
        let [inserted, .., entries, holders] = &results[..] else {
            let text = "a claim's batch has too few results";
            return Err(Error::RustError(text.to_owned()));
        };
        let inserted = changed(inserted)?;
        let in_catalogue = !entries.results::<IgnoredAny>()?.is_empty();
        let holder = holders.results::<Holder>()?.pop();
        Ok(match holder {
            Some(holder) if holder.user_id == *claim.user && inserted => Claimed::Now,
            Some(holder) if holder.user_id == *claim.user => Claimed::Before(holder.reference),
            None if in_catalogue => Claimed::InCatalogue,
            _ => Claimed::ByAnother,
        })
    }

    /// Records how the studio has bound a claimed model, with the answer.
    pub(crate) async fn note(
        &self,
        reference: &str,
        model: &BoundModel,
        answer: Option<&Answer<'_>>,
        now: Timestamp,
    ) -> Result<(), Error> {
        let sql = "UPDATE model_claims SET model_id = ?2, provider_model = ?3, version = ?4 \
                   WHERE reference = ?1";
        let statement = query!(
            &self.0,
            sql,
            reference,
            model.id,
            model.provider_model,
            model.version
        )?;
        let mut statements = vec![statement];
        if let Some(answer) = answer {
            statements.push(self.keep_statement(answer, now)?);
        }
        self.0.batch(statements).await.map(drop)
    }

    /// Releases a claim after the studio has refused the model.
    pub(crate) async fn release(&self, reference: &str, model: &ModelId) -> Result<(), Error> {
        let sql = "DELETE FROM model_claims WHERE reference = ?1 AND model_id = ?2";
        query!(&self.0, sql, reference, model)?
            .run()
            .await
            .map(drop)
    }
}

impl ClaimRow {
    fn model(&self) -> BoundModel {
        BoundModel {
            id: self.model_id.clone(),
            provider: self.provider,
            provider_model: self.provider_model.clone(),
            version: self.version.clone(),
        }
    }
}

fn changed(result: &worker::D1Result) -> Result<bool, Error> {
    let meta = result.meta()?;
    Ok(meta.and_then(|meta| meta.changes).unwrap_or(0) > 0)
}
