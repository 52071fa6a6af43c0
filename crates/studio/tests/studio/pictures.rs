//! Serving and deleting pictures.

use selfsame_api::Event;
use selfsame_primitives::ids::PictureId;
use selfsame_prompt::parameters::OutputFormat;
use selfsame_studio::{
    DeletePicture, Effect, EmptyBin, GetPicture, LocatePicture, Observation, PictureFile,
    StudioError,
};

use crate::kit::{Kit, START, broadcast, cause, events, kind};

fn file(kit: &mut Kit, id: &PictureId) -> Result<PictureFile, StudioError> {
    kit.ask(LocatePicture {
        id: id.clone(),
        size: None,
    })
}

fn delete(id: &PictureId) -> DeletePicture {
    DeletePicture { id: id.clone() }
}

#[test]
fn a_picture_says_where_its_bytes_are() {
    let mut kit = Kit::new();
    let (_, pictures) = kit.succeeded(1);
    let found = file(&mut kit, &pictures[0]).unwrap();
    assert_eq!(found.key, format!("people/ada/pictures/{}", pictures[0]));
    assert_eq!(found.format, OutputFormat::Webp);
    assert_eq!((found.bytes, found.etag.as_str()), (1_234, "abc"));
    let tail = &pictures[0].as_str()[24..];
    assert_eq!(
        found.download_name,
        format!("selfsame-2027-01-15-{tail}.webp")
    );
}

#[test]
fn a_pictures_record_has_its_recipe_and_its_generation() {
    let mut kit = Kit::new();
    let (generation, pictures) = kit.succeeded(2);
    let id = pictures[1].clone();
    let record = kit.ask(GetPicture { id }).unwrap();
    assert_eq!(record.generation, generation);
    assert_eq!(record.picture, kit.generation(&generation).pictures[1]);
    let id = PictureId::mint(START, 9);
    assert_eq!(kit.ask(GetPicture { id }), Err(StudioError::NotFound));
}

#[test]
fn deleting_for_good_takes_the_row_and_the_object() {
    let mut kit = Kit::new();
    let (id, pictures) = kit.succeeded(2);
    let outcome = kit.tell(delete(&pictures[0])).unwrap();
    let gone = Event::PictureDeleted {
        generation: id.clone(),
        picture: pictures[0].clone(),
    };
    assert!(events(&outcome).contains(&gone));
    assert_eq!(broadcast(&outcome)[0].pictures.len(), 1);
    assert_eq!(file(&mut kit, &pictures[0]), Err(StudioError::NotFound));
    assert_eq!(kit.ask(delete(&pictures[0])), Err(StudioError::NotFound));
    // It was made and paid for.
    assert_eq!(kit.allowance().used, 2);

    kit.ask(EmptyBin).unwrap();
    let item = kit.only_due();
    let Effect::DeleteObjects { keys, .. } = &item.effect else {
        panic!("{item:?}");
    };
    let smaller = [256, 512, 1024].map(|side| format!("thumbnails/{}/{side}", pictures[0]));
    let expected = [format!("pictures/{}", pictures[0])]
        .into_iter()
        .chain(smaller);
    let expected: Vec<_> = expected.map(|key| format!("people/ada/{key}")).collect();
    assert_eq!(*keys, expected);
    kit.observe(&item, Observation::ObjectsDeleted);
    kit.observe(&item, Observation::ObjectsDeleted);
    assert_eq!(kit.next_alarm(), None);
}

#[test]
fn an_object_is_deleted_however_long_it_takes() {
    let mut kit = Kit::new();
    let (_, pictures) = kit.succeeded(1);
    kit.ask(delete(&pictures[0])).unwrap();
    kit.ask(EmptyBin).unwrap();
    let mut item = kit.only_due();
    for _ in 0..200 {
        kit.observe(&item, Observation::ObjectsKept { cause: cause() });
        item = kit.next_due();
    }
    assert_eq!(kind(&item), "delete");
    kit.crash();
    assert_eq!(kind(&kit.next_due_after_pause()), "delete");
}

#[test]
fn what_is_not_there_is_not_found() {
    let mut kit = Kit::new();
    let id = PictureId::mint(START, 9);
    assert_eq!(file(&mut kit, &id), Err(StudioError::NotFound));
    assert_eq!(kit.ask(delete(&id)), Err(StudioError::NotFound));
}
