//! The ledger of pictures granted, reserved, used and released. Entries are added and never changed. Each has the balance
//! after it, so that reading the balance costs one row.
//!
//! A generation normally settles and releases what it reserved. One that was given up has released it; if its pictures
//! arrive after all, they are charged to what is left, and what is no longer left is covered by a grant of the same
//! size: the person had been told that the pictures were theirs to spend again.

use selfsame_api::Allowance;
use selfsame_primitives::ids::GenerationId;
use selfsame_primitives::string_enum;
use selfsame_primitives::time::Timestamp;

use super::columns::{Columns, NumberedPage, numbered_page};
use crate::database::{Database, DatabaseError};

string_enum! {
    /// What an entry of the ledger books.
    Booking {
        /// The operator grants pictures.
        Grant = "grant",
        /// The operator takes granted pictures away.
        Withdraw = "withdraw",
        /// A new month grants pictures.
        Renew = "renew",
        /// A generation reserves the pictures that it may need.
        Reserve = "reserve",
        /// Stored pictures, or those of a generation that was canceled after the provider had begun, are used, out of the
        /// reserved ones.
        Settle = "settle",
        /// Reserved pictures that are not used are released.
        Release = "release",
        /// Pictures that were stored after their reservation was released are used.
        Charge = "charge",
        /// Pictures that are to be charged and that the person has spent meanwhile are granted.
        Cover = "cover",
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

    const fn after(self, entry: Booking, pictures: i64) -> Self {
        let mut next = self;
        match entry {
            Booking::Grant | Booking::Cover | Booking::Renew => next.granted += pictures,
            Booking::Withdraw => next.granted -= pictures,
            Booking::Reserve => next.reserved += pictures,
            Booking::Settle => {
                next.reserved -= pictures;
                next.used += pictures;
            }
            Booking::Release => next.reserved -= pictures,
            Booking::Charge => next.used += pictures,
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
    entry: Booking,
    generation: Option<&GenerationId>,
    pictures: u32,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    insert(db, entry, generation, None, pictures, now)
}

/// Grants pictures once for a request of the operator. All grants together stay below 2^32.
pub(crate) fn grant(
    db: &mut dyn Database,
    request: &str,
    pictures: u32,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    let granted = db.query("SELECT 1 FROM ledger WHERE request = ?", &[request.into()])?;
    if !granted.is_empty() {
        return Ok(());
    }
    let room = i64::from(u32::MAX) - balance(db)?.granted;
    let pictures = pictures.min(u32::try_from(room).unwrap_or(0));
    insert(db, Booking::Grant, None, Some(request), pictures, now)
}

/// Sets the pictures granted in all, but not below those that are used and reserved.
pub(crate) fn set(
    db: &mut dyn Database,
    granted: u32,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    let balance = balance(db)?;
    let target = i64::from(granted).max(balance.used + balance.reserved);
    let difference = target - balance.granted;
    let entry = if difference < 0 {
        Booking::Withdraw
    } else {
        Booking::Grant
    };
    add(db, entry, None, count(difference.abs())?, now)
}

/// Grants what is missing to `pictures` that are left.
pub(crate) fn top_up(
    db: &mut dyn Database,
    pictures: u32,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    let missing = i64::from(pictures) - balance(db)?.left();
    add(db, Booking::Renew, None, count(missing.max(0))?, now)
}

fn count(pictures: i64) -> Result<u32, DatabaseError> {
    let count = u32::try_from(pictures);
    count.map_err(|_| DatabaseError(format!("the ledger cannot hold {pictures} pictures")))
}

fn insert(
    db: &mut dyn Database,
    entry: Booking,
    generation: Option<&GenerationId>,
    request: Option<&str>,
    pictures: u32,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    if pictures == 0 {
        return Ok(());
    }
    let after = balance(db)?.after(entry, pictures.into());
    db.query(
        "INSERT INTO ledger (at, kind, generation, request, pictures, granted, used, reserved)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        &[
            now.into(),
            entry.as_str().into(),
            generation.map(GenerationId::as_str).into(),
            request.into(),
            pictures.into(),
            after.granted.into(),
            after.used.into(),
            after.reserved.into(),
        ],
    )?;
    Ok(())
}

/// An entry, as its history has it.
pub(crate) struct Booked {
    pub(crate) id: u32,
    pub(crate) at: Timestamp,
    pub(crate) entry: Booking,
    pub(crate) pictures: u32,
    pub(crate) generation: Option<GenerationId>,
    /// Pictures left after it.
    pub(crate) left: i64,
}

/// Up to `limit` entries with a number below `before`, newest first.
pub(crate) fn page(
    db: &mut dyn Database,
    before: Option<i64>,
    limit: u32,
) -> Result<NumberedPage<Booked>, DatabaseError> {
    let rows = db.query(
        "SELECT id, at, kind, pictures, generation, granted - used - reserved FROM ledger
         WHERE id < ? ORDER BY id DESC LIMIT ?",
        &[
            before.unwrap_or(i64::from(u32::MAX)).into(),
            (limit + 1).into(),
        ],
    )?;
    numbered_page(rows, limit, "ledger", |row| {
        let mut row = Columns::new(row);
        Ok(Booked {
            id: row.number()?,
            at: row.moment()?,
            entry: row.word()?,
            pictures: row.number()?,
            generation: row.optional_parsed()?,
            left: row.integer()?,
        })
    })
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
