//! Handing out due effects, taking back those whose lease ended without an outcome, and ending sessions that have timed
//! out.

use selfsame_primitives::ids::{GenerationId, PictureId, UserId};
use selfsame_primitives::time::Timestamp;

use super::Studio;
use super::bin;
use super::deletion;
use super::generation::{cancel, poll, reconcile, save};
use super::pace;
use super::pictures::{self, object_key, object_keys};
use super::queue;
use super::sessions;
use super::thumbnails;
use super::transaction::Transaction;
use crate::database::{Database, DatabaseError};
use crate::effect::{Due, Effect, OutboxItem, SetAside};
use crate::error::StudioError;
use crate::request::Outcome;
use crate::schedule::Room;
use crate::store::canaries;
use crate::store::effect_kind::EffectKind;
use crate::store::generations::State;
use crate::store::outbox::{self, OutboxRow, UnreadableRow};
use crate::store::{outputs, profile};

/// Milliseconds after which the shell looks again for rows that are due and wait for a slot. An effect that ends
/// wakes them earlier; this is for a shell that dies before that.
const WAITING: i64 = 10_000;

pub(super) fn due<D: Database>(
    studio: &mut Studio<D>,
    now: Timestamp,
    room: Room,
) -> Result<Outcome<Due>, StudioError> {
    let mut signals = Vec::new();
    let mut set_aside = Vec::new();
    for row in outbox::expired(&mut studio.database, now)? {
        // One transaction a row: a row that fails leaves nothing half done and does not hold up the others.
        match studio.transaction(now, |tx| recover(tx, row)) {
            Ok(outcome) => signals.extend(outcome.signals),
            Err(error) => {
                outbox::set_aside(&mut studio.database, row)?;
                let cause = error.to_string();
                set_aside.push(SetAside { row, cause });
            }
        }
    }
    if bin::next_purge(&mut studio.database)?.is_some_and(|at| at <= now) {
        signals.extend(studio.transaction(now, bin::purge)?.signals);
    }
    let timed_out = studio.transaction(now, sessions::end_timed_out)?;
    signals.extend(timed_out.signals);
    let leased = studio.transaction(now, |tx| lease_due(tx, room))?;
    signals.extend(leased.signals);
    set_aside.extend(leased.value.set_aside);
    let alarm = match leased.alarm {
        Some(at) if at <= now => {
            let again = now.plus_milliseconds(WAITING);
            let next = outbox::next_after(&mut studio.database, now)?;
            Some(next.map_or(again, |at| at.min(again)))
        }
        alarm => alarm,
    };
    Ok(Outcome {
        value: Due {
            items: leased.value.items,
            set_aside,
        },
        signals,
        alarm,
    })
}

/// The row behind `item`, if `item` is the attempt that the row waits for.
pub(super) fn current(
    tx: &mut Transaction<'_>,
    item: &OutboxItem,
) -> Result<Option<OutboxRow>, StudioError> {
    let row = outbox::load(tx.db, item.row)?;
    Ok(row.filter(|row| row.leased && row.attempt == item.attempt))
}

/// Records one more answer that what `row` is about does not exist. Returns whether that is certain now.
pub(super) fn note_absence(tx: &mut Transaction<'_>, row: &OutboxRow) -> Result<bool, StudioError> {
    let absence = outbox::add_absence(tx.db, row, tx.now)?;
    Ok(pace::is_absent(absence, tx.now))
}

/// Hands the effect out again `wait` milliseconds from now. It was not performed, because others had their turn at the
/// provider, so it counts neither as a failure nor as a look.
pub(super) fn put_off(
    tx: &mut Transaction<'_>,
    item: &OutboxItem,
    wait: u32,
) -> Result<(), StudioError> {
    let Some(row) = current(tx, item)? else {
        return Ok(());
    };
    let again = tx.now.plus_milliseconds(i64::from(wait));
    Ok(outbox::put_off(tx.db, &row, again)?)
}

/// Takes back a row whose lease has ended without an answer.
fn recover(tx: &mut Transaction<'_>, row: i64) -> Result<(), StudioError> {
    let Some(row) = outbox::load(tx.db, row)? else {
        return Ok(());
    };
    if let Some(deletion) = deletion::under_way(tx)? {
        return deletion::recover(tx, &deletion, &row);
    }
    match row.kind {
        // It waited for its turn at the provider.
        EffectKind::Submit if row.unsent => Ok(outbox::put_off(tx.db, &row, tx.now)?),
        // It may have been sent, so it is never sent again.
        EffectKind::Submit => Ok(outbox::change_kind(
            tx.db,
            row.id,
            EffectKind::Reconcile,
            tx.now,
        )?),
        EffectKind::Reconcile => {
            let state = tx.state(&generation_of(&row)?)?;
            reconcile::failed(tx, &state, &row)
        }
        EffectKind::Poll => {
            let state = tx.state(&generation_of(&row)?)?;
            poll::failed(tx, &state, &row)
        }
        EffectKind::Cancel => cancel::failed(tx, &row),
        EffectKind::Fetch => save::fetch_failed(tx, &picture_of(&row)?, &row),
        EffectKind::Thumbnails => thumbnails::failed(tx, &picture_of(&row)?, &row),
        EffectKind::Delete => pictures::delete_failed(tx, &row),
        EffectKind::Erase => Ok(outbox::remove(tx.db, row.id)?),
    }
}

/// Leases due rows until the room is filled. A row that cannot be read takes no room.
fn lease_due(tx: &mut Transaction<'_>, mut room: Room) -> Result<Due, StudioError> {
    // The limits may have been raised since the last change of a generation.
    queue::advance(tx)?;
    let mut due = Due::default();
    // A row that was not leased has left its place to another, which is looked for in the next round. Every round
    // removes such rows or sets them aside, so the loop ends.
    let mut look_again = true;
    while look_again {
        look_again = false;
        for row in outbox::due(tx.db, tx.now, room)? {
            let read = row.and_then(|row| match effect(tx, &row) {
                Ok(effect) => Ok((row, effect)),
                Err(error) => Err(UnreadableRow {
                    id: row.id,
                    cause: error.to_string(),
                }),
            });
            match read {
                // The rows before it have filled what it might take: it waits for the next free slot.
                Ok((_, Some(effect))) if room.of(effect.class()) == 0 => {}
                Ok((row, Some(effect))) => {
                    room = room.without(effect.class());
                    due.items.push(lease(tx, &row, effect)?);
                }
                Ok((row, None)) => {
                    outbox::remove(tx.db, row.id)?;
                    look_again = true;
                }
                Err(UnreadableRow { id: row, cause }) => {
                    outbox::set_aside(tx.db, row)?;
                    due.set_aside.push(SetAside { row, cause });
                    look_again = true;
                }
            }
        }
    }
    Ok(due)
}

fn lease(
    tx: &mut Transaction<'_>,
    row: &OutboxRow,
    effect: Effect,
) -> Result<OutboxItem, StudioError> {
    debug_assert_eq!(effect.class(), row.kind.class());
    let until = tx.now.plus_milliseconds(effect.lease_milliseconds());
    outbox::lease(tx.db, row.id, tx.now, until)?;
    Ok(OutboxItem {
        row: row.id,
        attempt: row.attempt + 1,
        effect,
    })
}

/// The effect that a row asks for; `None` if its generation or picture no longer needs it. Only reads.
fn effect(tx: &mut Transaction<'_>, row: &OutboxRow) -> Result<Option<Effect>, StudioError> {
    match row.kind {
        EffectKind::Submit => {
            let state = tx.state(&generation_of(row)?)?;
            Ok(Some(Effect::Submit {
                generation: state.id,
                submission: state.submission,
            }))
        }
        EffectKind::Reconcile => {
            let state = tx.state(&generation_of(row)?)?;
            Ok(Some(reconcile(state, row)))
        }
        EffectKind::Poll => {
            let state = tx.state(&generation_of(row)?)?;
            Ok(state.provider_id.map(|provider_id| Effect::Poll {
                generation: state.id,
                provider_id,
            }))
        }
        EffectKind::Cancel => {
            let provider_id = row.subject.parse().map_err(|_| invalid_subject(row))?;
            Ok(Some(Effect::Cancel { provider_id }))
        }
        EffectKind::Fetch => fetch(tx, &picture_of(row)?),
        EffectKind::Thumbnails => {
            let user = user(tx)?;
            thumbnails::effect(tx, &user, picture_of(row)?)
        }
        EffectKind::Delete => {
            let picture = picture_of(row)?;
            let keys = object_keys(&user(tx)?, &picture);
            Ok(Some(Effect::DeleteObjects { picture, keys }))
        }
        EffectKind::Erase => deletion::effect(tx, row).map(Some),
    }
}

fn reconcile(state: State, row: &OutboxRow) -> Effect {
    Effect::Reconcile {
        generation: state.id,
        submission: state.submission,
        since: state.attempted_at.unwrap_or(state.created_at),
        hinted: row.hint.clone(),
    }
}

fn fetch(tx: &mut Transaction<'_>, picture: &PictureId) -> Result<Option<Effect>, StudioError> {
    let Some(output) = outputs::pending(tx.db, picture)? else {
        return Ok(None);
    };
    let key = object_key(&user(tx)?, picture);
    Ok(Some(Effect::FetchPicture {
        picture: output.picture,
        index: output.position,
        url: output.url,
        key,
        fingerprint: canaries::model_of(tx.db, &output.generation)?.is_some(),
        generation: output.generation,
    }))
}

fn user(tx: &mut Transaction<'_>) -> Result<UserId, StudioError> {
    let profile = profile::load(tx.db)?.ok_or(StudioError::NotFound)?;
    Ok(profile.user)
}

fn generation_of(row: &OutboxRow) -> Result<GenerationId, DatabaseError> {
    row.subject.parse().map_err(|_| invalid_subject(row))
}

fn picture_of(row: &OutboxRow) -> Result<PictureId, DatabaseError> {
    row.subject.parse().map_err(|_| invalid_subject(row))
}

fn invalid_subject(row: &OutboxRow) -> DatabaseError {
    DatabaseError(format!(
        "the subject {:?} of a {:?} row does not parse",
        row.subject, row.kind
    ))
}
