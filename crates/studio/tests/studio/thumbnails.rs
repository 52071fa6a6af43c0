//! A picture's smaller versions: when they are made, what is served instead, and what becomes of them.

use selfsame_primitives::ids::{DeletionId, PictureId};
use selfsame_prompt::parameters::OutputFormat;
use selfsame_studio::schedule::EffectSlots;
use selfsame_studio::{
    DeletePerson, DeletePicture, Effect, EmptyBin, FetchFailure, LocatePicture, Observation,
    OutboxItem, PictureFile, StudioError, Thumbnail, ThumbnailSize,
};

use crate::kit::{Kit, START, cause, kind, stored};

/// How a release stores a list. An older list is read by every later release.
const GOLDEN: &str = include_str!("../golden/thumbnails.json");

/// Leases what is due, thumbnails included.
fn due(kit: &mut Kit) -> Vec<OutboxItem> {
    let room = EffectSlots::default().room();
    kit.studio.due(kit.now, room).unwrap().value.items
}

/// Leases the making of thumbnails, and nothing else is due.
fn only_due(kit: &mut Kit) -> OutboxItem {
    let mut items = due(kit);
    assert_eq!(items.iter().map(kind).collect::<Vec<_>>(), ["thumbnails"]);
    items.remove(0)
}

/// A picture that has just been stored.
fn picture(kit: &mut Kit) -> PictureId {
    let (id, fetches) = kit.saving(1);
    kit.observe(&fetches[0], stored());
    kit.generation(&id).pictures[0].id.clone()
}

fn locate(
    kit: &mut Kit,
    id: &PictureId,
    size: Option<ThumbnailSize>,
) -> Result<PictureFile, StudioError> {
    let id = id.clone();
    kit.ask(LocatePicture { id, size })
}

fn medium(kit: &mut Kit, id: &PictureId) -> PictureFile {
    locate(kit, id, Some(ThumbnailSize::Medium)).unwrap()
}

fn two() -> Observation {
    let thumbnail = |size, bytes, etag: &str| Thumbnail {
        size,
        bytes,
        etag: etag.to_owned(),
    };
    Observation::ThumbnailsMade(vec![
        thumbnail(ThumbnailSize::Medium, 90, "m"),
        thumbnail(ThumbnailSize::Small, 30, "s"),
    ])
}

fn failed(kind: FetchFailure) -> Observation {
    let cause = cause();
    Observation::ThumbnailsFailed { kind, cause }
}

#[test]
fn a_stored_picture_has_its_smaller_versions_made_once() {
    let mut kit = Kit::new();
    let id = picture(&mut kit);
    let item = only_due(&mut kit);
    let Effect::MakeThumbnails { picture, key, into } = &item.effect else {
        panic!("{item:?}");
    };
    assert_eq!((picture, key), (&id, &format!("people/ada/pictures/{id}")));
    let smallest = format!("people/ada/thumbnails/{id}/256");
    assert_eq!(into[0], (ThumbnailSize::Small, smallest));
    kit.observe(&item, two());
    kit.observe(&item, two());
    kit.observe(&item, failed(FetchFailure::Permanent));
    assert_eq!(due(&mut kit), []);
    let found = medium(&mut kit, &id);
    assert_eq!(found.key, format!("people/ada/thumbnails/{id}/512"));
    assert_eq!(
        (found.bytes, found.etag.as_str(), found.format),
        (90, "m", OutputFormat::Jpg)
    );
    assert!(
        found
            .download_name
            .rsplit_once('.')
            .is_some_and(|(_, kind)| kind == "jpg")
            && !found.provisional
    );
    assert_eq!(due(&mut kit), []);
}

#[test]
fn a_version_that_is_not_smaller_is_the_picture_itself() {
    let mut kit = Kit::new();
    let id = picture(&mut kit);
    let item = only_due(&mut kit);
    kit.observe(&item, two());
    let whole = locate(&mut kit, &id, None).unwrap();
    assert_eq!(
        locate(&mut kit, &id, Some(ThumbnailSize::Large)).unwrap(),
        whole
    );
}

#[test]
fn the_picture_takes_the_place_of_a_version_that_is_being_made() {
    let mut kit = Kit::new();
    let id = picture(&mut kit);
    let found = medium(&mut kit, &id);
    assert!(found.provisional);
    assert_eq!(found.key, format!("people/ada/pictures/{id}"));
    assert!(!locate(&mut kit, &id, None).unwrap().provisional);
    assert_eq!(kind(&only_due(&mut kit)), "thumbnails");
}

#[test]
fn a_picture_of_before_has_them_made_when_one_is_first_asked_for() {
    let mut kit = Kit::new();
    let id = picture(&mut kit);
    let forgotten = "DELETE FROM outbox";
    kit.database.execute(forgotten);
    locate(&mut kit, &id, None).unwrap();
    assert_eq!(due(&mut kit), []);
    medium(&mut kit, &id);
    medium(&mut kit, &id);
    let item = only_due(&mut kit);
    kit.observe(&item, two());
    assert!(!medium(&mut kit, &id).provisional);
}

#[test]
fn a_picture_that_cannot_be_decoded_stays_and_is_served_as_it_is() {
    let mut kit = Kit::new();
    let id = picture(&mut kit);
    let item = only_due(&mut kit);
    kit.observe(&item, failed(FetchFailure::Permanent));
    assert_eq!(due(&mut kit), []);
    let whole = locate(&mut kit, &id, None).unwrap();
    assert_eq!(medium(&mut kit, &id), whole);
    assert_eq!(due(&mut kit), [], "it is not tried again");
}

#[test]
fn a_decoder_that_always_crashes_is_given_up() {
    let mut kit = Kit::new();
    let id = picture(&mut kit);
    let mut crashes = 0;
    for _ in 0..20 {
        if due(&mut kit).iter().any(|item| kind(item) == "thumbnails") {
            crashes += 1;
        }
        kit.crash();
        kit.pass(60_000);
    }
    assert_eq!(crashes, 3);
    assert!(!medium(&mut kit, &id).provisional);
}

#[test]
fn a_store_that_fails_is_tried_again() {
    let mut kit = Kit::new();
    let id = picture(&mut kit);
    let item = only_due(&mut kit);
    kit.observe(&item, failed(FetchFailure::Transient));
    assert_eq!(due(&mut kit), [], "after a pause");
    kit.pass(1_000);
    let item = only_due(&mut kit);
    kit.observe(&item, two());
    assert_eq!(medium(&mut kit, &id).etag, "m");
}

#[test]
fn versions_written_after_their_picture_was_deleted_are_deleted() {
    for late in [two(), failed(FetchFailure::Transient)] {
        let mut kit = Kit::new();
        let id = picture(&mut kit);
        let item = only_due(&mut kit);
        kit.ask(DeletePicture { id }).unwrap();
        kit.ask(EmptyBin).unwrap();
        let delete = due(&mut kit).remove(0);
        kit.observe(&delete, Observation::ObjectsDeleted);
        kit.observe(&item, late);
        let mut kinds = Vec::new();
        for _ in 0..4 {
            for item in due(&mut kit) {
                kinds.push(kind(&item));
                let observation = match item.effect {
                    Effect::DeleteObjects { .. } => Observation::ObjectsDeleted,
                    _ => failed(FetchFailure::Absent),
                };
                kit.observe(&item, observation);
            }
            kit.pass(60_000);
        }
        assert_eq!(kinds, ["delete"]);
    }
}

#[test]
fn the_deletion_of_the_person_waits_for_them_and_counts_them() {
    let mut kit = Kit::new();
    picture(&mut kit);
    let first = only_due(&mut kit);
    kit.observe(&first, two());
    let poll = kit.accepted(1, "p2").1;
    kit.observe(&poll, crate::kit::polled(crate::kit::succeeded("p2", 1)));
    let fetch = kit.only_due();
    kit.observe(&fetch, stored());
    let second = only_due(&mut kit);
    let deletion = DeletionId::mint(START, 1);
    kit.handle(DeletePerson {
        user: "ada".parse().unwrap(),
        deletion,
        provider_versions: false,
    })
    .unwrap();
    assert_eq!(due(&mut kit), []);
    kit.observe(&second, two());
    let erase = due(&mut kit).remove(0);
    let Effect::Erase(erasure) = &erase.effect else {
        panic!("{erase:?}");
    };
    assert_eq!(erasure.removed.bytes, 2 * 1_234 + 120);
}

#[test]
fn the_list_is_stored_as_in_every_release() {
    let mut kit = Kit::new();
    let id = picture(&mut kit);
    let item = only_due(&mut kit);
    kit.observe(&item, two());
    let same = format!(
        "SELECT count(*) FROM pictures WHERE thumbnails = json('{}') AND thumbnail_bytes = 120",
        GOLDEN.trim()
    );
    assert_eq!(kit.database.integers(&same), [1]);
    // A later release may know more sizes, and say more of each.
    kit.database.execute(
        "UPDATE pictures SET thumbnails = json_insert(json_set(thumbnails, '$[0].later', 1), '$[#]',
            json('{\"side\":2048,\"bytes\":1,\"etag\":\"x\"}'))",
    );
    assert_eq!(medium(&mut kit, &id).etag, "m");
}
