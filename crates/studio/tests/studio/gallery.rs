//! The gallery: filters, search, albums, and changes of many pictures at once.

use std::collections::BTreeSet;

use selfsame_api::{
    Album, ChangePictures, ErrorCode, Event, GenerationRequest, ListedPicture, MOST_CHANGED,
    PictureChange, PictureQuery, PicturesChanged, Selection,
};
use selfsame_primitives::ids::{AlbumId, PictureId};
use selfsame_prompt::parameters::{AspectRatio, OutputFormat, PresetId};
use selfsame_prompt::slots::Slot;
use selfsame_studio::{
    AddAlbum, DeleteAlbum, DeleteGeneration, DeletePicture, Effect, EmptyBin, GetAlbum, GetPicture,
    ListAlbums, ListBin, ListPictures, MOST_ALBUMS, RenameAlbum, StudioError,
};

use crate::kit::{Kit, MINUTE, events, set_aside};

fn said(text: &str) -> PictureQuery {
    PictureQuery {
        q: Some(text.to_owned()),
        ..PictureQuery::default()
    }
}

fn list(kit: &mut Kit, query: PictureQuery) -> Vec<ListedPicture> {
    let list = ListPictures {
        query,
        ..ListPictures::default()
    };
    kit.ask(list).unwrap().pictures
}

fn ids(kit: &mut Kit, query: PictureQuery) -> Vec<PictureId> {
    list(kit, query).into_iter().map(|one| one.id).collect()
}

fn make(kit: &mut Kit, text: &str) -> PictureId {
    let request = kit.request(1);
    make_with(
        kit,
        GenerationRequest {
            text: text.to_owned(),
            ..request
        },
    )
}

/// A picture of its own moment.
fn make_with(kit: &mut Kit, request: GenerationRequest) -> PictureId {
    kit.pass(MINUTE);
    let (_, mut pictures) = kit.succeeded_with(request);
    pictures.remove(0)
}

fn change(
    kit: &mut Kit,
    pictures: Selection,
    change: PictureChange,
) -> Result<PicturesChanged, StudioError> {
    kit.ask(ChangePictures { pictures, change })
}

fn these(pictures: &[PictureId]) -> Selection {
    Selection::Ids(pictures.to_vec())
}

fn all(query: PictureQuery) -> Selection {
    Selection::Query(Box::new(query))
}

fn album(kit: &mut Kit, name: &str) -> Album {
    let random = kit.ask(ListAlbums).unwrap().len() as u128;
    let id = AlbumId::mint(kit.now, random);
    let name = name.parse().unwrap();
    kit.ask(AddAlbum { id, name }).unwrap()
}

fn in_album(id: &AlbumId) -> PictureQuery {
    PictureQuery {
        album: Some(id.clone()),
        ..PictureQuery::default()
    }
}

#[test]
fn the_gallery_has_each_picture_once_the_last_stored_first() {
    let mut kit = Kit::with_allowance(None);
    let (generation, pictures) = kit.succeeded(3);
    let later = make(&mut kit, "on a tram");
    let listed = list(&mut kit, PictureQuery::default());
    let found: Vec<_> = listed.iter().map(|one| one.id.clone()).collect();
    let mut expected = vec![later];
    expected.extend(pictures.into_iter().rev());
    assert_eq!(found, expected);
    let third = &listed[1];
    assert_eq!(third.generation, generation);
    assert_eq!((third.index, third.bytes), (2, 1_234));
    assert_eq!(third.format, OutputFormat::Webp);
    assert_eq!(third.model, kit.model.id);
    assert_eq!(third.aspect_ratio, Some(AspectRatio::Portrait4x5));
    assert_eq!(
        (third.text.as_str(), third.text_truncated),
        ("reading in a café", false)
    );
    assert!(!third.favourite);
}

#[test]
fn pages_go_on_where_the_one_before_ended_while_pictures_come_and_go() {
    let mut kit = Kit::with_allowance(None);
    let mut made: Vec<_> = (0..7).map(|_| make(&mut kit, "on a tram")).collect();
    made.reverse();
    let page = |cursor| ListPictures {
        query: said("tram"),
        cursor,
        limit: Some(3),
    };
    let first = kit.ask(page(None)).unwrap();
    make(&mut kit, "on a tram");
    let id = first.pictures[2].id.clone();
    kit.ask(DeletePicture { id }).unwrap();
    let second = kit.ask(page(first.next_cursor)).unwrap();
    let third = kit.ask(page(second.next_cursor)).unwrap();
    assert_eq!(third.next_cursor, None);
    let found: Vec<_> = [first.pictures, second.pictures, third.pictures]
        .into_iter()
        .flatten()
        .map(|one| one.id)
        .collect();
    assert_eq!(found, made);
}

#[test]
fn filters_hold_together() {
    let mut kit = Kit::with_allowance(None);
    let plain = make(&mut kit, "on a tram");
    let middle = kit.now;
    let mut request = kit.request(1);
    request.preset = PresetId::Natural;
    let natural = make_with(&mut kit, request);
    kit.pass(MINUTE);
    kit.database
        .execute("UPDATE gallery SET format = 'png' WHERE preset = 'natural'");
    let none = PictureQuery::default;
    for (query, expected) in [
        (
            PictureQuery {
                preset: Some(PresetId::Natural),
                ..none()
            },
            vec![&natural],
        ),
        (
            PictureQuery {
                format: Some(OutputFormat::Webp),
                ..none()
            },
            vec![&plain],
        ),
        (
            PictureQuery {
                model: Some(kit.model.id.clone()),
                ..none()
            },
            vec![&natural, &plain],
        ),
        (
            PictureQuery {
                from: Some(middle.plus_milliseconds(MINUTE)),
                ..none()
            },
            vec![&natural],
        ),
        (
            PictureQuery {
                to: Some(middle.plus_milliseconds(MINUTE)),
                ..none()
            },
            vec![&plain],
        ),
        (
            PictureQuery {
                preset: Some(PresetId::Natural),
                format: Some(OutputFormat::Webp),
                ..none()
            },
            vec![],
        ),
        (
            PictureQuery {
                model: Some("mdl_00000000000000000000000000".parse().unwrap()),
                ..none()
            },
            vec![],
        ),
        (
            PictureQuery {
                preset: Some(PresetId::Natural),
                ..said("café")
            },
            vec![&natural],
        ),
    ] {
        let found = ids(&mut kit, query.clone());
        assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{query:?}");
    }
}

#[test]
fn words_are_found_whatever_their_case_accents_and_ends() {
    let mut kit = Kit::with_allowance(None);
    let tram = make(&mut kit, "in a yellow tram, looking out");
    let mut request = kit.request(1);
    request
        .slots
        .set(Slot::Wardrobe, vec!["a Scarlet Coat".to_owned()]);
    let cafe = make_with(&mut kit, request);
    for (words, expected) in [
        ("CAFE", vec![&cafe]),
        ("yell tram", vec![&tram]),
        ("tram café", vec![]),
        ("scarlet", vec![&cafe]),
        ("  ", vec![&cafe, &tram]),
        // One and two characters are whole words.
        ("tr", vec![]),
        ("in", vec![&cafe, &tram]),
    ] {
        let found = ids(&mut kit, said(words));
        assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{words}");
    }
    let [slots, _] = &list(&mut kit, PictureQuery::default())[..] else {
        panic!("two pictures");
    };
    assert!(slots.text.contains("Scarlet Coat"), "{}", slots.text);
}

#[test]
fn hostile_search_words_never_fail() {
    let mut kit = Kit::with_allowance(None);
    let tram = make(&mut kit, "in a tram");
    for words in [
        "\"",
        "\"\"",
        "'",
        "*",
        "^",
        "(",
        "tram)",
        "NEAR(",
        "AND",
        "tram NOT tram",
        "OR OR",
        "prompt:",
        "{prompt said}:tram",
        "-tram -",
        "tram*\"",
        "\u{0}",
        "tr\u{0}am\"",
        "+",
        ":",
        "\\",
        "; DROP TABLE gallery",
        "%",
        "_",
        "𝕏",
        "\u{202e}",
        "a\u{300}\u{301}",
        "!!! ???",
        "日本語",
    ] {
        for words in [words.to_owned(), format!("{words} tram"), words.repeat(20)] {
            let words: String = words.chars().take(200).collect();
            let found = ids(&mut kit, said(&words));
            assert!(found.is_empty() || found == [tram.clone()], "{words:?}");
        }
    }
    let list = |words: String| ListPictures {
        query: said(&words),
        ..ListPictures::default()
    };
    kit.ask(list("ä".repeat(200))).unwrap();
    let refused = kit.ask(list("ä".repeat(201)));
    assert_eq!(refused, Err(StudioError::InvalidQuery { field: "q" }));
}

#[test]
fn what_lies_in_the_bin_is_in_no_list_and_comes_back() {
    let mut kit = Kit::with_allowance(None);
    let (generation, pictures) = kit.succeeded(2);
    let id = pictures[0].clone();
    kit.ask(DeletePicture { id }).unwrap();
    assert_eq!(ids(&mut kit, said("café")), pictures[1..]);
    let id = generation.clone();
    kit.ask(DeleteGeneration { id }).unwrap();
    assert_eq!(ids(&mut kit, PictureQuery::default()), []);
    let id = selfsame_api::BinnedId::Generation(generation);
    kit.ask(selfsame_studio::RestoreFromBin { id }).unwrap();
    assert_eq!(ids(&mut kit, said("café")), pictures[1..]);
    let restored = change(&mut kit, these(&pictures), PictureChange::Restore).unwrap();
    assert_eq!((restored.selected, restored.changed), (1, 1));
    assert_eq!(ids(&mut kit, said("café")).len(), 2);
}

#[test]
fn words_of_what_is_gone_for_good_are_in_no_table() {
    let mut kit = Kit::with_allowance(None);
    let gone = make(&mut kit, "beside a zanzibar palm");
    let kept = make(&mut kit, "beside a rhubarb field");
    let album = album(&mut kit, "Plants");
    let both = these(&[gone.clone(), kept.clone()]);
    let add = PictureChange::AddToAlbum(album.id.clone());
    change(&mut kit, both, add).unwrap();
    change(
        &mut kit,
        these(std::slice::from_ref(&gone)),
        PictureChange::Bin,
    )
    .unwrap();
    let outcome = change(
        &mut kit,
        these(std::slice::from_ref(&gone)),
        PictureChange::DeleteForGood,
    )
    .unwrap();
    assert_eq!((outcome.selected, outcome.changed), (1, 1));
    // The index leaves out the beginning that a word shares with the one before it.
    let indexed = |word: &str| {
        let sql = format!("SELECT count(*) FROM gallery_words_data WHERE instr(block, '{word}')");
        kit.database.integers(&sql)[0]
    };
    assert_eq!((indexed("anzibar"), indexed("hubarb")), (0, 1));
    let rows = |sql| kit.database.integers(sql)[0];
    assert_eq!(rows("SELECT count(*) FROM gallery"), 1);
    assert_eq!(rows("SELECT count(*) FROM gallery_words"), 1);
    assert_eq!(rows("SELECT count(*) FROM album_pictures"), 1);
    assert_eq!(ids(&mut kit, said("palm")), []);
    assert_eq!(ids(&mut kit, said("rhubarb")), [kept]);
}

#[test]
fn favourites_are_found_and_told() {
    let mut kit = Kit::with_allowance(None);
    let (_, pictures) = kit.succeeded(3);
    let request = ChangePictures {
        pictures: these(&pictures[..2]),
        change: PictureChange::Favourite,
    };
    let outcome = kit.tell(request.clone()).unwrap();
    assert_eq!((outcome.value.selected, outcome.value.changed), (2, 2));
    assert_eq!(events(&outcome), [Event::GalleryChanged]);
    let again = kit.tell(request).unwrap();
    assert_eq!((again.value.selected, again.value.changed), (2, 0));
    assert_eq!(again.signals, []);
    let favourites = |favourite| PictureQuery {
        favourite: Some(favourite),
        ..PictureQuery::default()
    };
    let found: BTreeSet<_> = ids(&mut kit, favourites(true)).into_iter().collect();
    assert_eq!(found, pictures[..2].iter().cloned().collect());
    assert_eq!(ids(&mut kit, favourites(false)), pictures[2..]);
    let id = pictures[0].clone();
    assert!(kit.ask(GetPicture { id: id.clone() }).unwrap().favourite);

    let none = all(favourites(true));
    change(&mut kit, none, PictureChange::Unfavourite).unwrap();
    assert_eq!(ids(&mut kit, favourites(true)), []);
    assert!(!kit.ask(GetPicture { id }).unwrap().favourite);
}

#[test]
fn an_album_has_its_pictures_and_a_picture_its_albums() {
    let mut kit = Kit::with_allowance(None);
    let (_, pictures) = kit.succeeded(3);
    let album = album(&mut kit, "Lisbon");
    assert_eq!((album.pictures, &album.cover), (0, &None));
    let add = PictureChange::AddToAlbum(album.id.clone());
    let added = change(&mut kit, these(&pictures[..2]), add.clone()).unwrap();
    assert_eq!(added.changed, 2);
    assert_eq!(change(&mut kit, these(&pictures), add).unwrap().changed, 1);
    let newest_first: Vec<_> = pictures.iter().rev().cloned().collect();
    assert_eq!(ids(&mut kit, in_album(&album.id)), newest_first);
    let searched = PictureQuery {
        album: Some(album.id.clone()),
        ..said("café")
    };
    assert_eq!(ids(&mut kit, searched), newest_first);

    let id = pictures[2].clone();
    let record = kit.ask(GetPicture { id: id.clone() }).unwrap();
    assert_eq!(record.albums, std::slice::from_ref(&album.id));
    kit.ask(DeletePicture { id }).unwrap();
    let id = album.id.clone();
    let seen = kit.ask(GetAlbum { id: id.clone() }).unwrap();
    assert_eq!(
        (seen.pictures, &seen.cover),
        (2, &Some(pictures[1].clone()))
    );

    let take_out = PictureChange::RemoveFromAlbum(id.clone());
    assert_eq!(
        change(&mut kit, these(&pictures[..1]), take_out)
            .unwrap()
            .changed,
        1
    );
    assert_eq!(ids(&mut kit, in_album(&id)), pictures[1..2]);
    kit.ask(DeleteAlbum { id: id.clone() }).unwrap();
    assert_eq!(ids(&mut kit, PictureQuery::default()).len(), 2);
    assert_eq!(kit.ask(ListAlbums).unwrap(), []);
    assert_eq!(
        kit.ask(DeleteAlbum { id: id.clone() }),
        Err(StudioError::NotFound)
    );
    let add = PictureChange::AddToAlbum(id.clone());
    let refused = change(&mut kit, these(&pictures), add);
    assert_eq!(refused, Err(StudioError::NotFound));
    let list = ListPictures {
        query: in_album(&id),
        ..ListPictures::default()
    };
    assert_eq!(kit.ask(list), Err(StudioError::NotFound));
}

#[test]
fn no_two_albums_have_a_name_that_reads_the_same() {
    let mut kit = Kit::new();
    let first = album(&mut kit, "Lisbon");
    let second = album(&mut kit, "Porto");
    let rename = |name: &str| RenameAlbum {
        id: second.id.clone(),
        name: name.parse().unwrap(),
    };
    let refused = kit.ask(rename("LISBON")).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::NameTaken);
    assert_eq!(kit.ask(rename("PORTO")).unwrap().name.as_str(), "PORTO");
    let id = AlbumId::mint(kit.now, 99);
    let name = first.name;
    let refused = kit.ask(AddAlbum { id, name }).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::NameTaken);
    for number in 2..MOST_ALBUMS {
        album(&mut kit, &format!("Album {number}"));
    }
    let id = AlbumId::mint(kit.now, 999);
    let name = "One more".parse().unwrap();
    let refused = kit.ask(AddAlbum { id, name }).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::LimitReached);
}

#[test]
fn pictures_are_moved_to_the_bin_and_deleted_together() {
    let mut kit = Kit::with_allowance(None);
    let (generation, pictures) = kit.succeeded(2);
    let other = make(&mut kit, "on a tram");
    let before = kit.generation(&generation).revision;
    let request = ChangePictures {
        pictures: all(said("café")),
        change: PictureChange::Bin,
    };
    let outcome = kit.tell(request).unwrap();
    assert_eq!((outcome.value.selected, outcome.value.changed), (2, 2));
    let deleted = |event: &&Event| matches!(event, Event::PictureDeleted { picture, .. } if pictures.contains(picture));
    assert_eq!(events(&outcome).iter().filter(deleted).count(), 2);
    let after = kit.generation(&generation);
    assert_eq!((after.revision, after.pictures.len()), (before + 1, 0));
    assert_eq!(kit.ask(ListBin::default()).unwrap().entries.len(), 2);
    assert_eq!(
        ids(&mut kit, PictureQuery::default()),
        std::slice::from_ref(&other)
    );

    let gone = all(PictureQuery::default());
    let outcome = change(&mut kit, gone, PictureChange::DeleteForGood).unwrap();
    assert_eq!((outcome.selected, outcome.changed), (2, 2));
    let deletions = kit.due();
    assert_eq!(deletions.len(), 2);
    assert!(
        deletions
            .iter()
            .all(|item| matches!(item.effect, Effect::DeleteObjects { .. }))
    );
    assert_eq!(ids(&mut kit, PictureQuery::default()), [other]);
}

#[test]
fn pictures_that_do_not_fit_the_change_are_left_out() {
    let mut kit = Kit::with_allowance(None);
    let (generation, pictures) = kit.succeeded(2);
    let missing = PictureId::mint(kit.now, 1);
    let some = these(&[pictures[0].clone(), missing, pictures[0].clone()]);
    let outcome = change(&mut kit, some, PictureChange::Favourite).unwrap();
    assert_eq!((outcome.selected, outcome.changed), (1, 1));
    // What is not in the bin cannot be restored or deleted for good.
    for way in [PictureChange::Restore, PictureChange::DeleteForGood] {
        let outcome = change(&mut kit, these(&pictures), way).unwrap();
        assert_eq!((outcome.selected, outcome.changed), (0, 0));
    }
    // What lies there with its generation comes back with it alone.
    let id = generation;
    kit.ask(DeleteGeneration { id }).unwrap();
    for way in [PictureChange::Restore, PictureChange::DeleteForGood] {
        let outcome = change(&mut kit, these(&pictures), way).unwrap();
        assert_eq!(outcome.changed, 0);
    }
    kit.ask(EmptyBin).unwrap();
    assert_eq!(kit.database.integers("SELECT count(*) FROM gallery"), [0]);
}

#[test]
fn a_change_of_too_many_is_refused_with_their_number_and_changes_nothing() {
    let mut kit = Kit::with_allowance(None);
    let (_, pictures) = kit.succeeded(1);
    kit.database.execute(&format!(
        "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {MOST_CHANGED})
         INSERT INTO pictures (id, generation, position, format, bytes, etag, recipe, created_at)
         SELECT printf('pic_%026d', n), generation, n + 10, format, bytes, etag, recipe, created_at
         FROM pictures, n"
    ));
    let everything = all(PictureQuery::default());
    let refused = change(&mut kit, everything, PictureChange::Bin).unwrap_err();
    let selected = MOST_CHANGED + 1;
    assert_eq!(refused, StudioError::TooManySelected { selected });
    assert_eq!(refused.field().as_deref(), Some("pictures"));
    let some = vec![pictures[0].clone(); MOST_CHANGED as usize + 1];
    let refused = change(&mut kit, Selection::Ids(some), PictureChange::Favourite);
    assert_eq!(refused.unwrap_err().code(), ErrorCode::OutOfRange);
    assert_eq!(kit.ask(ListBin::default()).unwrap().entries, []);

    kit.ask(DeletePicture {
        id: pictures[0].clone(),
    })
    .unwrap();
    let rest = all(PictureQuery::default());
    let outcome = change(&mut kit, rest, PictureChange::Bin).unwrap();
    assert_eq!(outcome.changed, MOST_CHANGED);
}

#[test]
fn a_damaged_row_hides_no_other_picture() {
    let mut kit = Kit::with_allowance(None);
    let kept = make(&mut kit, "on a tram");
    let lost = make(&mut kit, "in a garden");
    kit.database.execute(&format!(
        "UPDATE generations SET request = '?' WHERE id = (SELECT generation FROM gallery WHERE picture = '{lost}')"
    ));
    assert_eq!(ids(&mut kit, PictureQuery::default()), [kept]);
}

#[test]
fn an_unreadable_album_keeps_nobody_from_adding_another_one() {
    let mut kit = Kit::new();
    let damaged = album(&mut kit, "Trams").id;
    kit.database.execute("UPDATE albums SET name = ''");
    let added = kit
        .tell(AddAlbum {
            id: AlbumId::mint(kit.now, 99),
            name: "Cafés".parse().unwrap(),
        })
        .unwrap();
    assert_eq!(set_aside(&added), [damaged.as_str()]);
}
