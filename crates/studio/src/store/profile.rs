//! The person whose studio it is, in one row.

use selfsame_api::{PersonStatus, Role};
use selfsame_primitives::ids::UserId;
use selfsame_primitives::time::Timestamp;

use super::columns::{Columns, word};
use crate::database::{Database, DatabaseError};

/// The person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Profile {
    pub(crate) user: UserId,
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) status: PersonStatus,
    /// Raised to end every session and every link at once.
    pub(crate) epoch: i64,
    /// How often links were ended and sessions were not.
    pub(crate) revocations: i64,
    /// When links were last ended.
    pub(crate) links_since: Option<Timestamp>,
    /// Whether the ledger's grants are a limit.
    pub(crate) limited: bool,
    pub(crate) created_at: Timestamp,
}

impl Profile {
    /// The epoch of the links that are valid now.
    pub(crate) const fn link_epoch(&self) -> i64 {
        self.epoch + self.revocations
    }
}

pub(crate) fn load(db: &mut dyn Database) -> Result<Option<Profile>, DatabaseError> {
    let rows = db.query(
        "SELECT user, name, role, status, epoch, revocations, links_since, limited, created_at
         FROM profile",
        &[],
    )?;
    Columns::one(rows)?
        .map(|mut row| {
            Ok(Profile {
                user: row.parsed()?,
                name: row.text()?,
                role: row.word()?,
                status: row.word()?,
                epoch: row.integer()?,
                revocations: row.integer()?,
                links_since: row.optional_moment()?,
                limited: row.flag()?,
                created_at: row.moment()?,
            })
        })
        .transpose()
}

pub(crate) fn insert(db: &mut dyn Database, profile: &Profile) -> Result<(), DatabaseError> {
    db.query(
        "INSERT INTO profile (only_row, user, name, role, status, epoch, limited, created_at)
         VALUES (1, ?, ?, ?, ?, ?, ?, ?)",
        &[
            profile.user.as_str().into(),
            profile.name.as_str().into(),
            word(&profile.role)?,
            word(&profile.status)?,
            profile.epoch.into(),
            profile.limited.into(),
            profile.created_at.into(),
        ],
    )?;
    Ok(())
}

pub(crate) fn set_status(
    db: &mut dyn Database,
    status: PersonStatus,
    epoch: i64,
) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE profile SET status = ?, epoch = ?",
        &[word(&status)?, epoch.into()],
    )?;
    Ok(())
}

/// Notes that every link minted before `now` has ended.
pub(crate) fn end_links(
    db: &mut dyn Database,
    revocations: i64,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    db.query(
        "UPDATE profile SET revocations = ?, links_since = ?",
        &[revocations.into(), now.into()],
    )?;
    Ok(())
}
