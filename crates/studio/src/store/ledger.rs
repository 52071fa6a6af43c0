//! The ledger of pictures granted, reserved, used and released. Entries are added and never changed. Each has the balance
//! after it, so that reading the balance costs one row.
//!
//! A generation normally settles and releases what it reserved. One that was given up has released it; if its pictures
//! arrive after all, they are charged to what is left, and what is no longer left is covered by a grant of the same
//! size: the person had been told that the pictures were theirs to spend again.

use selfsame_api::Allowance;
use selfsame_primitives::ids::GenerationId;
use selfsame_primitives::time::Timestamp;

use super::columns::Columns;
use crate::database::{Database, DatabaseError};

/// The kind of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entry {
    /// The operator grants pictures.
    Grant,
    /// A generation reserves the pictures that it may need.
    Reserve,
    /// Stored pictures, or those of a generation that was canceled after the provider had begun, are used, out of the
    /// reserved ones.
    Settle,
    /// Reserved pictures that are not used are released.
    Release,
    /// Pictures that were stored after their reservation was released are used.
    Charge,
    /// Pictures that are to be charged and that the person has spent meanwhile are granted.
    Cover,
}

impl Entry {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Grant => "grant",
            Self::Reserve => "reserve",
            Self::Settle => "settle",
            Self::Release => "release",
            Self::Charge => "charge",
            Self::Cover => "cover",
        }
    }
}

/// Pictures granted, used and reserved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Balance {
    pub(crate) granted: i64,
    pub(crate) used: i64,
    pub(crate) reserved: i64,
}

impl Balance {
    /// The pictures that can still be reserved.
    pub(crate) const fn left(self) -> i64 {
        self.granted - self.used - self.reserved
    }

    /// The balance as the person sees it.
    pub(crate) fn allowance(self, limited: bool) -> Result<Allowance, DatabaseError> {
        let count = |pictures: i64| {
            u32::try_from(pictures)
                .map_err(|_| DatabaseError(format!("the ledger does not balance: {self:?}")))
        };
        Ok(Allowance {
            granted: limited.then(|| count(self.granted)).transpose()?,
            used: count(self.used)?,
            reserved: count(self.reserved)?,
        })
    }

    const fn after(self, entry: Entry, pictures: i64) -> Self {
        let mut next = self;
        match entry {
            Entry::Grant | Entry::Cover => next.granted += pictures,
            Entry::Reserve => next.reserved += pictures,
            Entry::Settle => {
                next.reserved -= pictures;
                next.used += pictures;
            }
            Entry::Release => next.reserved -= pictures,
            Entry::Charge => next.used += pictures,
        }
        next
    }
}

pub(crate) fn balance(db: &mut dyn Database) -> Result<Balance, DatabaseError> {
    let rows = db.query(
        "SELECT granted, used, reserved FROM ledger ORDER BY id DESC LIMIT 1",
        &[],
    )?;
    Columns::one(rows)?.map_or(Ok(Balance::default()), |mut row| {
        Ok(Balance {
            granted: row.integer()?,
            used: row.integer()?,
            reserved: row.integer()?,
        })
    })
}

/// Adds an entry. One of no pictures is left out.
pub(crate) fn add(
    db: &mut dyn Database,
    entry: Entry,
    generation: Option<&GenerationId>,
    pictures: u32,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    if pictures == 0 {
        return Ok(());
    }
    let after = balance(db)?.after(entry, pictures.into());
    db.query(
        "INSERT INTO ledger (at, kind, generation, pictures, granted, used, reserved)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        &[
            now.into(),
            entry.as_str().into(),
            generation.map(GenerationId::as_str).into(),
            pictures.into(),
            after.granted.into(),
            after.used.into(),
            after.reserved.into(),
        ],
    )?;
    Ok(())
}

/// What one generation holds and has used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Account {
    pub(crate) reserved: u32,
    pub(crate) used: u32,
}

pub(crate) fn account(
    db: &mut dyn Database,
    generation: &GenerationId,
) -> Result<Account, DatabaseError> {
    let rows = db.query(
        "SELECT ifnull(sum(CASE kind WHEN 'reserve' THEN pictures WHEN 'settle' THEN -pictures
                WHEN 'release' THEN -pictures ELSE 0 END), 0),
            ifnull(sum(CASE WHEN kind IN ('settle', 'charge') THEN pictures ELSE 0 END), 0)
         FROM ledger WHERE generation = ?",
        &[generation.as_str().into()],
    )?;
    Columns::one(rows)?.map_or(Ok(Account::default()), |mut row| {
        Ok(Account {
            reserved: row.number()?,
            used: row.number()?,
        })
    })
}
