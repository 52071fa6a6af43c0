//! Links that show one picture: what they show, what ends them, and what the person sees of them.

use selfsame_api::{AccessAction, BinnedId, ErrorCode};
use selfsame_primitives::ids::{DeletionId, PictureId, ShareLinkId};
use selfsame_prompt::parameters::OutputFormat;
use selfsame_studio::{
    CountShareView, DeletePerson, DeletePicture, EmptyBin, EndShareLink, GetAccessLog,
    ListShareLinks, OpenShareLink, OpenedShare, ReinstatePerson, RestoreFromBin, SharePicture,
    SharedPicture, StudioError, SuspendPerson,
};

use crate::kit::{Kit, MINUTE, START, set_aside};

const DAY: i64 = 24 * 60 * MINUTE;

fn id(number: u128) -> ShareLinkId {
    ShareLinkId::mint(START, number)
}

fn share(
    kit: &mut Kit,
    number: u128,
    picture: &PictureId,
    days: Option<u32>,
) -> Result<SharedPicture, StudioError> {
    let (id, picture) = (id(number), picture.clone());
    kit.ask(SharePicture { id, picture, days })
}

fn open(kit: &mut Kit, number: u128) -> Result<OpenedShare, StudioError> {
    let opened = kit.handle(OpenShareLink { id: id(number) });
    Ok(opened?.value)
}

/// A studio with a shared picture.
fn shared() -> (Kit, PictureId) {
    let mut kit = Kit::new();
    let (_, mut pictures) = kit.succeeded(1);
    let picture = pictures.remove(0);
    share(&mut kit, 1, &picture, None).unwrap();
    (kit, picture)
}

#[test]
fn a_link_shows_its_picture_and_a_view_counts_when_it_is_reported() {
    let (mut kit, picture) = shared();
    let expected = OpenedShare {
        key: format!("people/ada/pictures/{picture}"),
        format: OutputFormat::Webp,
        bare: true,
    };
    assert_eq!(open(&mut kit, 1), Ok(expected));
    assert_eq!(kit.ask(ListShareLinks).unwrap()[0].views, 0);
    for _ in 0..2 {
        kit.handle(CountShareView { id: id(1) }).unwrap();
    }
    let links = kit.ask(ListShareLinks).unwrap();
    assert_eq!((links.len(), links[0].views), (1, 2));
    assert_eq!(links[0].picture, picture);
}

#[test]
fn a_link_lasts_a_week_unless_it_is_asked_otherwise_up_to_ninety_days() {
    let (mut kit, picture) = shared();
    share(&mut kit, 2, &picture, Some(90)).unwrap();
    kit.pass(7 * DAY - 1);
    assert!(open(&mut kit, 1).is_ok());
    kit.pass(1);
    assert_eq!(open(&mut kit, 1), Err(StudioError::NotFound));
    assert!(open(&mut kit, 2).is_ok());
    for days in [0, 91, u32::MAX] {
        let mut kit = Kit::new();
        let (_, pictures) = kit.succeeded(1);
        let refused = share(&mut kit, 3, &pictures[0], Some(days)).unwrap_err();
        assert_eq!(refused.code(), ErrorCode::OutOfRange);
        assert_eq!(refused.field().as_deref(), Some("days"));
    }
}

#[test]
fn an_ended_link_is_gone_at_once_and_once() {
    let (mut kit, _) = shared();
    kit.ask(EndShareLink { id: id(1) }).unwrap();
    assert_eq!(open(&mut kit, 1), Err(StudioError::NotFound));
    assert_eq!(kit.ask(ListShareLinks), Ok(Vec::new()));
    let again = kit.ask(EndShareLink { id: id(1) });
    assert_eq!(again, Err(StudioError::NotFound));
    assert_eq!(open(&mut kit, 2), Err(StudioError::NotFound), "unknown");
}

#[test]
fn a_picture_in_the_bin_is_not_shown_and_comes_back() {
    let (mut kit, picture) = shared();
    let id = picture.clone();
    kit.ask(DeletePicture { id }).unwrap();
    assert_eq!(open(&mut kit, 1), Err(StudioError::NotFound));
    let refused = share(&mut kit, 2, &picture, None);
    assert_eq!(refused, Err(StudioError::NotFound));
    let id = BinnedId::Picture(picture);
    kit.ask(RestoreFromBin { id }).unwrap();
    assert!(open(&mut kit, 1).is_ok());
}

#[test]
fn a_link_goes_with_its_picture() {
    let (mut kit, picture) = shared();
    kit.ask(DeletePicture { id: picture }).unwrap();
    kit.ask(EmptyBin).unwrap();
    let left = kit.database.integers("SELECT count(*) FROM share_links");
    assert_eq!(left, [0]);
}

#[test]
fn a_suspended_persons_links_show_nothing() {
    let (mut kit, _) = shared();
    kit.handle(SuspendPerson).unwrap();
    assert_eq!(open(&mut kit, 1), Err(StudioError::NotFound));
    kit.handle(ReinstatePerson).unwrap();
    assert!(open(&mut kit, 1).is_ok());
}

#[test]
fn a_deleted_persons_links_show_nothing() {
    let (mut kit, _) = shared();
    kit.handle(DeletePerson {
        user: "ada".parse().unwrap(),
        deletion: DeletionId::mint(START, 1),
        provider_versions: false,
    })
    .unwrap();
    assert_eq!(open(&mut kit, 1), Err(StudioError::NotFound));
}

#[test]
fn a_picture_stored_with_notes_is_shared_up_to_four_megabytes() {
    let (mut kit, picture) = shared();
    let store = |kit: &mut Kit, bytes: u32| {
        let set = format!("UPDATE pictures SET bare = 0, bytes = {bytes}");
        kit.database.execute(&set);
    };
    store(&mut kit, 4 * 1_048_576);
    share(&mut kit, 2, &picture, None).unwrap();
    assert!(!open(&mut kit, 1).unwrap().bare);
    store(&mut kit, 4 * 1_048_576 + 1);
    let refused = share(&mut kit, 3, &picture, None).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::OutOfRange);
    assert_eq!(open(&mut kit, 1), Err(StudioError::NotFound));
}

#[test]
fn a_person_has_a_hundred_links_at_a_time() {
    let (mut kit, picture) = shared();
    for number in 2..=100 {
        share(&mut kit, number, &picture, None).unwrap();
    }
    let refused = share(&mut kit, 101, &picture, None).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::LimitReached);
    kit.pass(7 * DAY);
    let links = kit.ask(ListShareLinks).unwrap();
    assert!(links.is_empty());
    share(&mut kit, 101, &picture, None).unwrap();
}

#[test]
fn sharing_is_in_the_access_log() {
    let (mut kit, _) = shared();
    kit.ask(EndShareLink { id: id(1) }).unwrap();
    let log = kit.ask(GetAccessLog::default()).unwrap();
    let actions: Vec<_> = log
        .entries
        .iter()
        .take(2)
        .map(|entry| entry.action)
        .collect();
    assert_eq!(
        actions,
        [AccessAction::ShareLinkEnded, AccessAction::PictureShared]
    );
}

#[test]
fn an_unreadable_link_hides_no_other_link() {
    let (mut kit, picture) = shared();
    share(&mut kit, 2, &picture, None).unwrap();
    let damaged = id(1);
    kit.database.execute(&format!(
        "UPDATE share_links SET picture = '?' WHERE id = '{damaged}'"
    ));
    let links = kit.tell(ListShareLinks).unwrap();
    assert_eq!(set_aside(&links), [damaged.as_str()]);
    let ids: Vec<_> = links.value.iter().map(|link| &link.id).collect();
    assert_eq!(ids, [&id(2)]);
    share(&mut kit, 3, &picture, None).unwrap();
}
