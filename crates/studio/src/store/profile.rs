//! The person whose studio it is, in one row.

use selfsame_api::{AllowanceRequest, MonthlyAllowance, PersonStatus, Role};
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
    /// Counts how often links were ended and sessions were not. It begins at the moment when the studio was opened, so that
    /// a link to a deleted person of the same id is not valid.
    pub(crate) revocations: i64,
    /// When links were last ended, or the studio was opened.
    pub(crate) links_since: Option<Timestamp>,
    /// Whether the ledger's grants are a limit.
    pub(crate) limited: bool,
    /// What the allowance is topped up to, and when next.
    pub(crate) monthly: Option<MonthlyAllowance>,
    /// The request for more pictures that is open.
    pub(crate) more: Option<AllowanceRequest>,
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
        "SELECT user, name, role, status, epoch, revocations, links_since, limited,
            monthly, renews_at, more_asked_at, more_note, created_at
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
                monthly: monthly(row.optional_number()?, row.optional_moment()?),
                more: request(row.optional_moment()?, row.optional_text()?),
                created_at: row.moment()?,
            })
        })
        .transpose()
}

fn monthly(pictures: Option<u32>, renews_at: Option<Timestamp>) -> Option<MonthlyAllowance> {
    let (pictures, renews_at) = (pictures?, renews_at?);
    Some(MonthlyAllowance {
        pictures,
        renews_at,
    })
}

fn request(at: Option<Timestamp>, note: Option<String>) -> Option<AllowanceRequest> {
    Some(AllowanceRequest { at: at?, note })
}

/// Stores whether grants are a limit, the renewal and the open request.
pub(crate) fn set_allowance(db: &mut dyn Database, profile: &Profile) -> Result<(), DatabaseError> {
    let (monthly, more) = (profile.monthly, profile.more.as_ref());
    db.query(
        "UPDATE profile SET limited = ?, monthly = ?, renews_at = ?, more_asked_at = ?, more_note = ?",
        &[
            profile.limited.into(),
            monthly.map(|monthly| monthly.pictures).into(),
            monthly.map(|monthly| monthly.renews_at).into(),
            more.map(|more| more.at).into(),
            more.and_then(|more| more.note.clone()).into(),
        ],
    )?;
    Ok(())
}

pub(crate) fn insert(db: &mut dyn Database, profile: &Profile) -> Result<(), DatabaseError> {
    db.query(
        "INSERT INTO profile (only_row, user, name, role, status, epoch, revocations, links_since, limited,
            created_at)
         VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &[
            profile.user.as_str().into(),
            profile.name.as_str().into(),
            word(&profile.role)?,
            word(&profile.status)?,
            profile.epoch.into(),
            profile.revocations.into(),
            profile.links_since.into(),
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
