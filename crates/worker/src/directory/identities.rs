//! E-mail addresses under which people may ask for a sign-in link.

use selfsame_primitives::ids::UserId;
use selfsame_primitives::time::Timestamp;
use worker::{Error, query};

use super::{AuditEntry, Directory, changed};

/// Milliseconds between two links to one address: five minutes.
const SENT_EVERY: i64 = 5 * 60_000;

impl Directory {
    /// The person's address, if one is set.
    pub(crate) async fn email(&self, user: &UserId) -> Result<Option<String>, Error> {
        let sql = "SELECT email FROM identities WHERE user_id = ?1";
        query!(&self.0, sql, user)?.first(Some("email")).await
    }

    /// Sets or takes away a person's address, with the audit entry; `false` if the address is another person's.
    pub(crate) async fn set_email(
        &self,
        user: &UserId,
        email: Option<&str>,
        entry: &AuditEntry<'_>,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let Some(email) = email else {
            let sql = "DELETE FROM identities WHERE user_id = ?1";
            self.change(query!(&self.0, sql, user)?, entry, now).await?;
            return Ok(true);
        };
        // One statement, so that the old address is not lost when the new one is taken.
        let sql = "INSERT INTO identities (email, user_id, created_at) SELECT ?1, ?2, ?3 \
                   WHERE NOT EXISTS (SELECT 1 FROM identities WHERE email = ?1 AND user_id <> ?2) \
                   ON CONFLICT DO UPDATE SET email = ?1";
        let statement = query!(&self.0, sql, email, user, now.as_millisecond())?;
        self.change(statement, entry, now).await
    }

    /// The active person who may be sent a link to `email` now, and notes that one is sent. `None` if nobody has the
    /// address, or if it was sent a link in the last five minutes. Operators are never sent one.
    pub(crate) async fn begin_sending(
        &self,
        email: &str,
        now: Timestamp,
    ) -> Result<Option<UserId>, Error> {
        let sql = "SELECT user_id FROM identities JOIN users ON users.id = user_id \
                   WHERE email = ?1 AND role = 'person' AND status = 'active'";
        let user: Option<UserId> = query!(&self.0, sql, email)?.first(Some("user_id")).await?;
        let Some(user) = user else {
            return Ok(None);
        };
        let sql = "UPDATE identities SET link_sent_at = ?2 \
                   WHERE email = ?1 AND ifnull(link_sent_at, 0) <= ?3";
        let before = now.plus_milliseconds(-SENT_EVERY).as_millisecond();
        let statement = query!(&self.0, sql, email, now.as_millisecond(), before)?;
        let free = changed(&statement.run().await?)?;
        Ok(free.then_some(user))
    }
}
