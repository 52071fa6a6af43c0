//! Exports: everything that a person has, part by part.

use selfsame_api::{ChangePictures, PictureChange, Selection};
use selfsame_primitives::ids::AlbumId;
use selfsame_studio::{
    AddAlbum, DeleteGeneration, DeletePicture, Export, Exported, LeftOut, LeftOutReason,
    export_index,
};
use serde_json::{Value, json};

use crate::kit::{Kit, START};

/// Every part, with the most files that one had.
fn export(kit: &mut Kit) -> (Exported, usize) {
    let (mut all, mut most) = (kit.ask(Export { place: None }).unwrap(), 0);
    while let Some(place) = all.next.take() {
        let part = kit.ask(Export { place: Some(place) }).unwrap();
        most = most.max(part.files.len());
        all.files.extend(part.files);
        all.left_out.extend(part.left_out);
        all.pictures.extend(part.pictures);
        all.next = part.next;
    }
    (all, most)
}

fn read(export: &Exported, path: &str) -> Value {
    let file = export.files.iter().find(|file| file.path == path);
    serde_json::from_str(&file.unwrap().text).unwrap()
}

#[test]
fn an_export_has_everything_in_the_bin_or_not() {
    let mut kit = Kit::new();
    let (first, pictures) = kit.succeeded(2);
    let id = pictures[0].clone();
    kit.ask(DeletePicture { id }).unwrap();
    let (second, others) = kit.succeeded_as("p2", 1);
    let id = second.clone();
    kit.ask(DeleteGeneration { id }).unwrap();

    let (export, _) = export(&mut kit);
    let account = read(&export, "account.json");
    assert_eq!(
        (&account["id"], &account["models"][0]["label"]),
        (&"ada".into(), &"Ada".into())
    );
    for (id, count) in [(&first, 2), (&second, 1)] {
        let generation = read(&export, &format!("generations/{id}.json"));
        assert_eq!(generation["pictures"].as_array().unwrap().len(), count);
        assert!(generation["pictures"][0]["recipe"]["input"]["prompt"].is_string());
    }
    let ledger = read(&export, "ledger/000000005.json");
    let kinds: Vec<_> = ledger
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| &entry["kind"])
        .collect();
    assert_eq!(kinds, ["grant", "reserve", "settle", "reserve", "settle"]);
    assert_eq!(ledger[0]["at"], "2027-01-15T08:00:00.000Z");

    let paths: Vec<_> = export
        .pictures
        .iter()
        .map(|picture| &picture.path)
        .collect();
    let expected: Vec<_> = pictures
        .iter()
        .chain(&others)
        .map(|id| format!("pictures/{id}.webp"))
        .collect();
    assert_eq!(paths, expected.iter().collect::<Vec<_>>());
    assert_eq!(
        export.pictures[0].key,
        format!("people/ada/pictures/{}", pictures[0])
    );
}

#[test]
fn an_export_has_favourites_albums_and_presets() {
    let mut kit = Kit::new();
    let (_, pictures) = kit.succeeded(2);
    let id = AlbumId::mint(kit.now, 1);
    let name = "Lisbon".parse().unwrap();
    kit.ask(AddAlbum {
        id: id.clone(),
        name,
    })
    .unwrap();
    for (picture, change) in [
        (&pictures[0], PictureChange::Favourite),
        (&pictures[1], PictureChange::AddToAlbum(id)),
    ] {
        let pictures = Selection::Ids(vec![picture.clone()]);
        kit.ask(ChangePictures { pictures, change }).unwrap();
    }
    let (export, _) = export(&mut kit);
    let kept = json!([
        {"picture": pictures[0], "favourite": true, "albums": []},
        {"picture": pictures[1], "favourite": false, "albums": ["Lisbon"]},
    ]);
    assert_eq!(read(&export, "gallery/000000002.json"), kept);
    assert_eq!(read(&export, "albums.json")["albums"][0]["name"], "Lisbon");
    assert_eq!(read(&export, "presets.json"), json!({"presets": []}));
}

#[test]
fn a_part_has_few_generations_however_many_there_are() {
    let mut kit = Kit::with_allowance(None);
    for _ in 0..25 {
        kit.generate(1);
    }
    let (export, most) = export(&mut kit);
    let generations = export
        .files
        .iter()
        .filter(|file| file.path.starts_with("generations/"));
    assert_eq!((generations.count(), most), (25, 10));
}

#[test]
fn a_row_that_cannot_be_read_is_named_and_does_not_hold_up_the_others() {
    let mut kit = Kit::new();
    let lost = kit.generate(1);
    let kept = kit.generate(1);
    kit.database.execute(
        "UPDATE generations SET request = '?' WHERE id IN (SELECT min(id) FROM generations)",
    );
    let (export, _) = export(&mut kit);
    read(&export, &format!("generations/{kept}.json"));
    let left_out = LeftOut {
        path: format!("generations/{lost}.json"),
        reason: LeftOutReason::Unreadable,
    };
    assert_eq!(export.left_out, [left_out]);
}

#[test]
fn the_index_says_what_the_archive_holds_what_it_lacks_and_why() {
    let left_out = [LeftOut {
        path: "pictures/pic_1.webp".to_owned(),
        reason: LeftOutReason::Missing,
    }];
    let index = export_index(START, &left_out).unwrap();
    assert_eq!(index.path, "index.json");
    let index: Value = serde_json::from_str(&index.text).unwrap();
    assert_eq!(
        index["left_out"],
        json!([{"path": "pictures/pic_1.webp", "reason": "missing"}])
    );

    // Every folder of a real archive is described.
    let mut kit = Kit::new();
    kit.succeeded(1);
    let (export, _) = export(&mut kit);
    let contents = index["contents"].as_array().unwrap();
    let files = export.files.iter().map(|file| &file.path);
    for path in files.chain(export.pictures.iter().map(|picture| &picture.path)) {
        let described = |content: &Value| path.starts_with(content["path"].as_str().unwrap());
        assert!(contents.iter().any(described), "{path}");
    }
}
