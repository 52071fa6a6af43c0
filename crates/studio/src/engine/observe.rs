//! Observations: hands each to the code that its effect belongs to.

use super::deletion;
use super::due;
use super::generation::{cancel, poll, reconcile, save, submit};
use super::pictures;
use super::thumbnails;
use super::transaction::Transaction;
use crate::effect::{Effect, Observation, OutboxItem};
use crate::error::StudioError;

pub(super) fn observe(
    tx: &mut Transaction<'_>,
    item: &OutboxItem,
    observation: Observation,
) -> Result<(), StudioError> {
    if let Some(deletion) = deletion::under_way(tx)? {
        return deletion::observe(tx, &deletion, item, &observation);
    }
    match (&item.effect, observation) {
        (Effect::Submit { generation, .. }, Observation::Submitted(outcome)) => {
            submit::submitted(tx, item, generation, outcome)
        }
        (Effect::Reconcile { generation, .. }, Observation::Reconciled(outcome)) => {
            reconcile::reconciled(tx, item, generation, &outcome)
        }
        (Effect::Poll { generation, .. }, Observation::Polled(outcome)) => {
            poll::polled(tx, item, generation, outcome)
        }
        (Effect::Cancel { .. }, Observation::Canceled(outcome)) => {
            cancel::canceled(tx, item, &outcome)
        }
        (
            Effect::FetchPicture {
                generation,
                picture,
                ..
            },
            Observation::PictureStored {
                format,
                bytes,
                etag,
                fingerprint,
            },
        ) => {
            let object = save::StoredObject {
                picture,
                format,
                bytes,
                etag: &etag,
                fingerprint: fingerprint.as_ref(),
            };
            save::stored(tx, generation, &object)
        }
        (Effect::FetchPicture { picture, .. }, Observation::PictureFailed { kind, .. }) => {
            save::not_stored(tx, item, picture, kind)
        }
        (Effect::MakeThumbnails { picture, .. }, Observation::ThumbnailsMade(made)) => {
            thumbnails::made(tx, item, picture, &made)
        }
        (Effect::MakeThumbnails { picture, .. }, Observation::ThumbnailsFailed { kind, .. }) => {
            thumbnails::not_made(tx, item, picture, kind)
        }
        (Effect::DeleteObjects { .. }, Observation::ObjectsDeleted) => {
            pictures::objects_deleted(tx, item)
        }
        (Effect::DeleteObjects { .. }, Observation::ObjectsKept { .. }) => {
            pictures::objects_kept(tx, item)
        }
        (
            Effect::Submit { .. }
            | Effect::Reconcile { .. }
            | Effect::Poll { .. }
            | Effect::Cancel { .. },
            Observation::PutOff { milliseconds },
        ) => due::put_off(tx, item, milliseconds),
        _ => Err(StudioError::Mismatched),
    }
}
