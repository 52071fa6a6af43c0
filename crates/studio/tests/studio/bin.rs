//! Deleting into the bin, restoring, and what is gone for good.

use selfsame_api::{BinEntry, Binned, BinnedId, Event, GenerationStatus, GenerationSummary};
use selfsame_primitives::ids::{GenerationId, PictureId};
use selfsame_studio::{
    BIN_MILLISECONDS, CancelGeneration, DeleteFromBin, DeleteGeneration, DeletePicture, Effect,
    EmptyBin, GetGeneration, GetPicture, Hint, ListBin, ListGenerations, LocatePicture, Nonce,
    Observation, RestoreFromBin, StudioError,
};

use crate::kit::{Kit, MINUTE, broadcast, events, kind, polled, stored, succeeded};

fn delete(kit: &mut Kit, id: &GenerationId) {
    kit.ask(DeleteGeneration { id: id.clone() }).unwrap();
}

fn delete_picture(kit: &mut Kit, id: &PictureId) {
    kit.ask(DeletePicture { id: id.clone() }).unwrap();
}

fn generation(id: &GenerationId) -> BinnedId {
    BinnedId::Generation(id.clone())
}

fn picture(id: &PictureId) -> BinnedId {
    BinnedId::Picture(id.clone())
}

fn entries(kit: &mut Kit) -> Vec<BinEntry> {
    kit.ask(ListBin::default()).unwrap().entries
}

fn summary(entry: &BinEntry) -> &GenerationSummary {
    match &entry.binned {
        Binned::Generation(summary) => summary,
        Binned::Session(session) => panic!("{session:?}"),
    }
}

fn ids(kit: &mut Kit) -> Vec<BinnedId> {
    entries(kit).into_iter().map(|entry| entry.id).collect()
}

fn restore(kit: &mut Kit, id: BinnedId) -> Result<(), StudioError> {
    kit.ask(RestoreFromBin { id })
}

/// What the lists and the snapshot have.
fn listed(kit: &mut Kit) -> Vec<GenerationId> {
    let page = kit.ask(ListGenerations::default()).unwrap();
    let listed: Vec<_> = page.generations.into_iter().map(|one| one.id).collect();
    let (generations, _) = kit.snapshot();
    let snapshot: Vec<_> = generations.into_iter().map(|one| one.id).collect();
    assert_eq!(listed, snapshot);
    listed
}

fn keys(kit: &mut Kit) -> Vec<String> {
    let key = |item| match item {
        Effect::DeleteObjects { keys, .. } => keys[0].clone(),
        other => panic!("{other:?}"),
    };
    let mut keys: Vec<_> = kit.due().into_iter().map(|item| key(item.effect)).collect();
    keys.sort_unstable();
    keys
}

#[test]
fn a_deleted_generation_is_found_in_the_bin_alone() {
    let mut kit = Kit::new();
    let (kept, _) = kit.succeeded(1);
    let (id, pictures) = kit.succeeded_as("p2", 2);
    assert!(kit.due().is_empty());
    let outcome = kit.tell(DeleteGeneration { id: id.clone() }).unwrap();
    let gone = Event::GenerationDeleted {
        generation: id.clone(),
    };
    assert_eq!(events(&outcome), [gone, Event::BinChanged]);
    assert_eq!(
        outcome.alarm,
        Some(kit.now.plus_milliseconds(BIN_MILLISECONDS))
    );

    assert_eq!(listed(&mut kit), [kept]);
    let missing = Err(StudioError::NotFound);
    assert_eq!(kit.ask(GetGeneration { id: id.clone() }), missing);
    let cancel = CancelGeneration { id: id.clone() };
    assert_eq!(kit.ask(cancel), missing);
    assert_eq!(
        kit.ask(DeleteGeneration { id: id.clone() }),
        Err(StudioError::NotFound)
    );
    for id in &pictures {
        let id = id.clone();
        let missing = StudioError::NotFound;
        assert_eq!(
            kit.ask(LocatePicture {
                id: id.clone(),
                size: None
            }),
            Err(missing.clone())
        );
        assert_eq!(kit.ask(GetPicture { id: id.clone() }), Err(missing.clone()));
        assert_eq!(
            kit.ask(DeletePicture { id: id.clone() }),
            Err(missing.clone())
        );
        assert_eq!(restore(&mut kit, picture(&id)), Err(missing));
    }

    let [entry] = &entries(&mut kit)[..] else {
        panic!("one entry");
    };
    assert_eq!(entry.id, generation(&id));
    assert_eq!(entry.deleted_at, kit.now);
    assert_eq!(entry.gone_at, kit.now.plus_milliseconds(BIN_MILLISECONDS));
    assert_eq!(summary(entry).request.text, "reading in a café");
    assert_eq!(summary(entry).pictures.len(), 2);
    assert!(kit.due().is_empty(), "the objects stay");
    assert_eq!(kit.allowance().used, 3, "they were made");
}

#[test]
fn a_restored_generation_is_what_it_was() {
    let mut kit = Kit::new();
    let (id, pictures) = kit.succeeded(2);
    let before = kit.generation(&id);
    delete(&mut kit, &id);
    let id_in_bin = generation(&id);
    let outcome = kit.tell(RestoreFromBin { id: id_in_bin }).unwrap();
    let after = kit.generation(&id);
    assert_eq!(broadcast(&outcome), std::slice::from_ref(&after));
    assert!(after.revision > before.revision);
    assert_eq!(
        (after.pictures, after.prompt),
        (before.pictures, before.prompt)
    );
    assert_eq!(listed(&mut kit), std::slice::from_ref(&id));
    for id in pictures {
        kit.ask(LocatePicture { id, size: None }).unwrap();
    }
    assert!(entries(&mut kit).is_empty());
    assert_eq!(
        restore(&mut kit, generation(&id)),
        Err(StudioError::NotFound)
    );
    kit.pass(BIN_MILLISECONDS);
    assert!(kit.due().is_empty());
}

#[test]
fn a_generation_under_way_cannot_be_deleted() {
    let mut kit = Kit::new();
    let id = kit.generate(1);
    let refused = kit.ask(DeleteGeneration { id: id.clone() });
    assert_eq!(refused, Err(StudioError::UnderWay));
    assert_eq!(refused.unwrap_err().code().as_str(), "generation_under_way");
    kit.ask(CancelGeneration { id: id.clone() }).unwrap();
    delete(&mut kit, &id);
}

#[test]
fn after_thirty_days_nothing_of_a_generation_is_left_but_its_price() {
    let mut kit = Kit::new();
    let mut request = kit.request(2);
    request.text = "under the wisteria".to_owned();
    let (id, pictures) = kit.succeeded_with(request);
    delete_picture(&mut kit, &pictures[1]);
    kit.pass(MINUTE);
    delete(&mut kit, &id);
    let words = ["wisteria", id.as_str(), pictures[0].as_str()];
    assert_ne!(kit.database.tables_with("wisteria"), [""; 0]);

    // The picture's own thirty days are over a minute before its generation's.
    kit.pass(BIN_MILLISECONDS - MINUTE - 1);
    assert_eq!(keys(&mut kit), [""; 0]);
    kit.pass(MINUTE + 1);
    let outcome = kit.studio.due(
        kit.now,
        selfsame_studio::schedule::EffectSlots::default().room(),
    );
    let outcome = outcome.unwrap();
    assert!(events(&outcome).contains(&Event::BinChanged));
    for word in words {
        let found = kit.database.tables_with(word);
        let allowed = ["changes", "idempotency", "ledger", "outbox"];
        assert!(
            found.iter().all(|table| allowed.contains(&table.as_str())),
            "{word}: {found:?}"
        );
    }
    assert_eq!(kit.database.tables_with("wisteria"), [""; 0]);

    // One deletion at a time, and both objects go.
    let mut items = outcome.value.items;
    let mut deleted = Vec::new();
    while let Some(item) = items.pop() {
        let Effect::DeleteObjects { keys, .. } = &item.effect else {
            panic!("{item:?}");
        };
        deleted.push(keys[0].clone());
        kit.observe(&item, Observation::ObjectsDeleted);
        items.extend(kit.due());
    }
    deleted.sort_unstable();
    let mut expected: Vec<_> = pictures
        .iter()
        .map(|id| format!("people/ada/pictures/{id}"))
        .collect();
    expected.sort_unstable();
    assert_eq!(deleted, expected);
    assert_eq!(kit.next_alarm(), None);
}

#[test]
fn what_is_past_its_time_cannot_be_restored_although_the_alarm_is_late() {
    let mut kit = Kit::new();
    let (id, _) = kit.succeeded(1);
    delete(&mut kit, &id);
    let binned = "UPDATE generations SET binned_at = binned_at - 2592000000";
    kit.database.execute(binned);
    assert!(entries(&mut kit).is_empty());
    assert_eq!(
        restore(&mut kit, generation(&id)),
        Err(StudioError::NotFound)
    );
}

#[test]
fn a_picture_can_be_deleted_and_restored_by_itself() {
    let mut kit = Kit::new();
    let (id, pictures) = kit.succeeded(2);
    delete_picture(&mut kit, &pictures[0]);
    assert_eq!(kit.generation(&id).pictures.len(), 1);
    let entry = entries(&mut kit).remove(0);
    assert_eq!(entry.id, picture(&pictures[0]));
    let shown = &summary(&entry).pictures;
    assert_eq!((shown.len(), &shown[0].id), (1, &pictures[0]));

    let listed = kit.ask(ListGenerations::default()).unwrap().generations;
    assert_eq!(listed[0].pictures.len(), 1);
    restore(&mut kit, picture(&pictures[0])).unwrap();
    assert_eq!(kit.generation(&id).pictures.len(), 2);
    assert!(entries(&mut kit).is_empty());
}

#[test]
fn a_picture_deleted_before_its_generation_is_no_entry_until_that_is_restored() {
    let mut kit = Kit::new();
    let (id, pictures) = kit.succeeded(2);
    delete_picture(&mut kit, &pictures[0]);
    delete(&mut kit, &id);
    assert_eq!(ids(&mut kit), [generation(&id)]);
    assert_eq!(summary(&entries(&mut kit)[0]).pictures.len(), 1);
    let from_bin = DeleteFromBin {
        id: picture(&pictures[0]),
    };
    assert_eq!(kit.ask(from_bin), Err(StudioError::NotFound));
    restore(&mut kit, generation(&id)).unwrap();
    assert_eq!(ids(&mut kit), [picture(&pictures[0])]);
    assert_eq!(kit.generation(&id).pictures.len(), 1);
}

#[test]
fn one_entry_or_all_can_be_deleted_at_once() {
    let mut kit = Kit::new();
    let (first, pictures) = kit.succeeded(2);
    let (second, others) = kit.succeeded_as("p2", 1);
    let outside = DeleteFromBin {
        id: generation(&first),
    };
    assert_eq!(
        kit.ask(outside),
        Err(StudioError::NotFound),
        "not in the bin"
    );

    delete_picture(&mut kit, &pictures[0]);
    delete(&mut kit, &second);
    kit.ask(DeleteFromBin {
        id: picture(&pictures[0]),
    })
    .unwrap();
    assert_eq!(
        keys(&mut kit),
        [format!("people/ada/pictures/{}", pictures[0])]
    );
    assert_eq!(ids(&mut kit), [generation(&second)]);
    kit.ask(EmptyBin).unwrap();
    assert!(entries(&mut kit).is_empty());
    assert_eq!(
        keys(&mut kit),
        [format!("people/ada/pictures/{}", others[0])]
    );
    assert_eq!(listed(&mut kit), std::slice::from_ref(&first));
    assert_eq!(kit.generation(&first).pictures.len(), 1);
}

#[test]
fn the_bin_comes_in_pages_the_last_deleted_first() {
    let mut kit = Kit::new();
    let (_, pictures) = kit.succeeded(4);
    for id in &pictures {
        delete_picture(&mut kit, id);
        // Two at a time, so that a page ends between equals.
        kit.pass(if *id == pictures[1] { 1_000 } else { 0 });
    }
    let mut seen = Vec::new();
    let mut cursor = None;
    loop {
        let limit = Some(1);
        let page = kit.ask(ListBin { cursor, limit }).unwrap();
        assert_eq!(page.entries.len(), 1);
        seen.push((page.entries[0].deleted_at, page.entries[0].id.to_string()));
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    let mut expected = seen.clone();
    expected.sort_unstable();
    expected.reverse();
    expected.dedup();
    assert_eq!(seen, expected);
    assert_eq!(seen.len(), 4);
    let cursor = Some("AAAA".to_owned());
    let limit = None;
    let refused = kit.ask(ListBin { cursor, limit });
    assert_eq!(refused, Err(StudioError::InvalidQuery { field: "cursor" }));
}

#[test]
fn an_object_reported_again_stays_while_its_picture_is_in_the_bin() {
    let mut kit = Kit::new();
    let (id, fetches) = kit.saving(2);
    kit.observe(&fetches[0], stored());
    let first = kit.generation(&id).pictures[0].id.clone();
    delete_picture(&mut kit, &first);
    kit.observe(&fetches[0], stored());
    assert!(kit.due().is_empty());
    kit.observe(&fetches[1], stored());
    assert_eq!(kit.status(&id), GenerationStatus::Succeeded);
    restore(&mut kit, picture(&first)).unwrap();
    assert_eq!(kit.generation(&id).pictures.len(), 2);
}

#[test]
fn an_object_reported_again_after_its_picture_is_gone_is_deleted_once_more() {
    let mut kit = Kit::new();
    let (id, fetches) = kit.saving(2);
    kit.observe(&fetches[0], stored());
    let first = kit.generation(&id).pictures[0].id.clone();
    delete_picture(&mut kit, &first);
    kit.ask(EmptyBin).unwrap();
    let deletion = kit.only_due();
    kit.observe(&fetches[0], stored());
    kit.observe(&deletion, Observation::ObjectsDeleted);
    assert_eq!(kind(&kit.only_due()), "delete", "to be sure");
    kit.observe(&fetches[1], stored());
    assert_eq!(kit.generation(&id).pictures.len(), 1);
}

#[test]
fn a_generation_in_the_bin_is_not_revived() {
    let mut kit = Kit::new();
    let (id, poll) = kit.accepted(1, "p1");
    kit.ask(CancelGeneration { id: id.clone() }).unwrap();
    drop(poll);
    kit.database.execute("DELETE FROM outbox");
    kit.database.execute(
        "UPDATE generations SET status = 'canceled', given_up = 1, finished_at = 1800000000000",
    );
    delete(&mut kit, &id);
    let hint = |n: u32| Hint {
        webhook_id: format!("msg-{n}"),
        generation: id.clone(),
        nonce: Nonce::from_random(2),
        provider_id: "p1".parse().unwrap(),
    };
    assert!(broadcast(&kit.handle(hint(1)).unwrap()).is_empty());
    assert_eq!(ids(&mut kit), [generation(&id)]);
    // Once restored, it is.
    restore(&mut kit, generation(&id)).unwrap();
    assert_eq!(broadcast(&kit.handle(hint(2)).unwrap()).len(), 1);
    let item = kit.due().into_iter().find(|item| kind(item) == "poll");
    kit.observe(&item.unwrap(), polled(succeeded("p1", 1)));
    assert_eq!(kit.status(&id), GenerationStatus::Saving);
}

#[test]
fn a_request_repeated_after_its_generation_is_gone_makes_no_pictures() {
    let mut kit = Kit::new();
    let request = kit.request(1);
    let command = kit.generate_command(request);
    let id = command.generation.clone();
    kit.ask(command.clone()).unwrap();
    kit.ask(CancelGeneration { id: id.clone() }).unwrap();
    delete(&mut kit, &id);
    assert_eq!(kit.ask(command.clone()), Err(StudioError::NotFound));
    kit.ask(EmptyBin).unwrap();
    assert_eq!(kit.ask(command), Err(StudioError::IdempotencyConflict));
    assert!(kit.due().is_empty());
}
