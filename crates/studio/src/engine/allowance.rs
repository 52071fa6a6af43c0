//! The allowance: the operator's changes, the monthly renewal, its history, and asking for more.

use selfsame_api::{
    AccessAction, AllowanceAccount, AllowanceLimit, AllowanceRequest, AllowanceState,
    ChangeAllowance, LedgerEntry, LedgerEntryKind, MonthlyAllowance,
};
use serde::{Deserialize, Serialize};

use super::account::SignedInPerson;
use super::operator::opened;
use super::read::{page_limit, read_cursor, write_cursor};
use super::transaction::Transaction;
use crate::database::DatabaseError;
use crate::error::StudioError;
use crate::request::{AccountRequest, PersonRequest, Request};
use crate::store::ledger::{self, Booked, Booking};
use crate::store::profile::{self, Profile};

/// Entries on a page without `limit`.
const DEFAULT_PAGE: u32 = 50;

/// Changes the allowance, and answers the open request for more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdjustAllowance {
    /// The change.
    pub change: ChangeAllowance,
    /// Names the operator's request: a grant is made once for each.
    pub request: String,
}

impl Request for AdjustAllowance {
    type Reply = AllowanceState;

    fn handle(self, tx: &mut Transaction<'_>) -> Result<AllowanceState, StudioError> {
        let mut profile = opened(tx)?;
        renew(tx, &mut profile)?;
        match self.change {
            ChangeAllowance::Grant(pictures) => {
                ledger::grant(tx.db, &self.request, pictures, tx.now)?;
            }
            ChangeAllowance::Set(AllowanceLimit::Pictures(pictures)) => {
                profile.limited = true;
                ledger::set(tx.db, pictures, tx.now)?;
            }
            ChangeAllowance::Set(AllowanceLimit::Unlimited) => {
                profile.limited = false;
                profile.monthly = None;
            }
            ChangeAllowance::Monthly(None) => profile.monthly = None,
            ChangeAllowance::Monthly(Some(pictures)) => {
                profile.limited = true;
                profile.monthly = Some(renewal(tx, pictures)?);
                ledger::top_up(tx.db, pictures, tx.now)?;
            }
        }
        profile.more = None;
        profile::set_allowance(tx.db, &profile)?;
        state(tx, &profile)
    }
}

impl AccountRequest for AdjustAllowance {
    const ACTION: AccessAction = AccessAction::AllowanceChanged;

    fn detail(&self) -> Option<String> {
        Some(self.change.to_string())
    }
}

/// Asks for the allowance, for the operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetAllowanceState;

impl Request for GetAllowanceState {
    type Reply = AllowanceState;

    fn handle(self, tx: &mut Transaction<'_>) -> Result<AllowanceState, StudioError> {
        let mut profile = opened(tx)?;
        renew(tx, &mut profile)?;
        state(tx, &profile)
    }
}

/// Closes the open request for more without a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeclineMore;

impl Request for DeclineMore {
    type Reply = ();

    fn handle(self, tx: &mut Transaction<'_>) -> Result<(), StudioError> {
        let mut profile = opened(tx)?;
        profile.more = None;
        Ok(profile::set_allowance(tx.db, &profile)?)
    }
}

impl AccountRequest for DeclineMore {
    const ACTION: AccessAction = AccessAction::AllowanceChanged;

    fn detail(&self) -> Option<String> {
        Some("request declined".to_owned())
    }
}

/// Asks the operator for more pictures. While a request is open, the reply is that one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestMore {
    /// What the operator should know, checked by the Worker to have 1-500 characters.
    pub note: Option<String>,
}

impl PersonRequest for RequestMore {
    type Reply = AllowanceRequest;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        person: &SignedInPerson,
    ) -> Result<AllowanceRequest, StudioError> {
        if let Some(open) = &person.profile.more {
            return Ok(open.clone());
        }
        let asked = AllowanceRequest {
            at: tx.now,
            note: self.note,
        };
        let mut profile = person.profile.clone();
        profile.more = Some(asked.clone());
        profile::set_allowance(tx.db, &profile)?;
        Ok(asked)
    }
}

/// Asks for the allowance and a page of its history, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetAllowance {
    /// `next_cursor` of the page before; `None`: the first page.
    pub cursor: Option<String>,
    /// 1-100; `None`: 50.
    pub limit: Option<u32>,
}

impl PersonRequest for GetAllowance {
    type Reply = AllowanceAccount;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        person: &SignedInPerson,
    ) -> Result<AllowanceAccount, StudioError> {
        let limit = page_limit(Some(self.limit.unwrap_or(DEFAULT_PAGE)))?;
        let before: Option<u32> = self.cursor.as_deref().map(read_cursor).transpose()?;
        let page = ledger::page(tx.db, before.map(i64::from), limit)?;
        tx.set_aside(page.unreadable);
        let AllowanceState { allowance, monthly } = state(tx, &person.profile)?;
        let limited = person.profile.limited;
        let entries = page.entries.into_iter();
        Ok(AllowanceAccount {
            allowance,
            monthly,
            request: person.profile.more.clone(),
            entries: entries.map(|booked| entry(booked, limited)).collect(),
            next_cursor: page.next.map(write_cursor),
        })
    }
}

/// Tops the allowance up if a month has begun since it was last renewed. What is left counts towards the new month, and
/// months in which nobody came are not made up for. Called before the allowance is looked at.
pub(super) fn renew(tx: &mut Transaction<'_>, profile: &mut Profile) -> Result<(), StudioError> {
    let Some(monthly) = profile.monthly else {
        return Ok(());
    };
    if monthly.renews_at > tx.now {
        return Ok(());
    }
    ledger::top_up(tx.db, monthly.pictures, tx.now)?;
    profile.monthly = Some(renewal(tx, monthly.pictures)?);
    Ok(profile::set_allowance(tx.db, profile)?)
}

fn renewal(tx: &Transaction<'_>, pictures: u32) -> Result<MonthlyAllowance, StudioError> {
    let next = tx.now.next_month();
    let renews_at = next.ok_or_else(|| DatabaseError(format!("no month follows {}", tx.now)))?;
    Ok(MonthlyAllowance {
        pictures,
        renews_at,
    })
}

fn state(tx: &mut Transaction<'_>, profile: &Profile) -> Result<AllowanceState, StudioError> {
    Ok(AllowanceState {
        allowance: ledger::balance(tx.db)?.allowance(profile.limited)?,
        monthly: profile.monthly,
    })
}

fn entry(booked: Booked, limited: bool) -> LedgerEntry {
    let left = limited.then(|| u32::try_from(booked.left).ok()).flatten();
    LedgerEntry {
        id: booked.id,
        at: booked.at,
        kind: kind(booked.entry),
        pictures: booked.pictures,
        generation: booked.generation,
        left,
        text: text(booked.entry, booked.pictures),
    }
}

const fn kind(entry: Booking) -> LedgerEntryKind {
    match entry {
        Booking::Grant => LedgerEntryKind::Grant,
        Booking::Withdraw => LedgerEntryKind::Withdraw,
        Booking::Renew => LedgerEntryKind::Renew,
        Booking::Reserve => LedgerEntryKind::Reserve,
        Booking::Settle => LedgerEntryKind::Settle,
        Booking::Release => LedgerEntryKind::Release,
        Booking::Charge => LedgerEntryKind::Charge,
        Booking::Cover => LedgerEntryKind::Cover,
    }
}

/// What happened, for the person.
fn text(entry: Booking, pictures: u32) -> String {
    let pictures = match pictures {
        1 => "1 picture".to_owned(),
        several => format!("{several} pictures"),
    };
    match entry {
        Booking::Grant => format!("{pictures} added to your allowance."),
        Booking::Withdraw => format!("{pictures} taken off your allowance."),
        Booking::Renew => format!("{pictures} added by your monthly renewal."),
        Booking::Reserve => format!("{pictures} set aside for a request."),
        Booking::Settle => format!("{pictures} used."),
        Booking::Release => {
            format!("{pictures} given back, because the request did not need them.")
        }
        Booking::Charge => {
            format!("{pictures} used: they arrived late, after they had been given back.")
        }
        Booking::Cover => format!(
            "{pictures} added, because pictures that you had been given back arrived after all."
        ),
    }
}
