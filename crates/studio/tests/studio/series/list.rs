//! Listing, renaming, deleting and restoring series.

use selfsame_api::Event;
use selfsame_studio::{
    BIN_MILLISECONDS, DeleteSeries, GetSeries, ListSeries, RenameSeriesTo, RestoreSeries,
    SeriesError, StudioError,
};

use super::{finish, newest, shown};
use crate::kit::{Kit, events, set_aside};

#[test]
fn a_series_is_listed_by_pages_and_renamed() {
    let mut kit = Kit::with_allowance(None);
    let mut ids = Vec::new();
    for _ in 0..3 {
        kit.pass(1);
        let request = kit.new_shoot(1);
        ids.insert(0, kit.series(request).series.id);
    }
    let list = |cursor| ListSeries {
        cursor,
        limit: Some(2),
    };
    let first = kit.ask(list(None)).unwrap();
    let second = kit.ask(list(first.next_cursor)).unwrap();
    assert_eq!(second.next_cursor, None);
    let listed = first
        .series
        .into_iter()
        .chain(second.series)
        .map(|series| series.id);
    assert!(listed.eq(ids.clone()));

    let rename = |title: &str| RenameSeriesTo {
        id: ids[0].clone(),
        title: title.to_owned(),
    };
    let renamed = kit.ask(rename(" Spring ")).unwrap();
    assert_eq!(
        (renamed.series.title.as_str(), renamed.series.revision),
        ("Spring", 2)
    );
    assert_eq!(
        kit.ask(rename("")).unwrap_err().field().as_deref(),
        Some("title")
    );
}

#[test]
fn a_deleted_series_lies_in_the_bin_and_comes_back_whole() {
    let mut kit = Kit::new();
    let request = kit.new_shoot(2);
    let id = kit.series(request).series.id;
    let delete = DeleteSeries { id: id.clone() };
    assert_eq!(
        kit.ask(delete.clone()),
        Err(StudioError::Series(SeriesError::UnderWay))
    );
    finish(&mut kit);
    let before = shown(&mut kit, &id);
    let gone = kit.tell(delete.clone()).unwrap();
    let told = Event::SeriesDeleted { series: id.clone() };
    assert!(events(&gone).contains(&told));
    assert_eq!(
        kit.ask(GetSeries { id: id.clone() }),
        Err(StudioError::NotFound)
    );
    assert_eq!(kit.ask(delete.clone()), Err(StudioError::NotFound));
    assert!(kit.ask(ListSeries::default()).unwrap().series.is_empty());
    for retry in [0, 1] {
        let retry = kit.retry_command(&id, retry);
        assert_eq!(kit.ask(retry), Err(StudioError::NotFound));
    }

    let restored = kit.ask(RestoreSeries { id: id.clone() }).unwrap();
    assert_eq!(newest(&restored), newest(&before));
    assert_eq!(
        kit.ask(RestoreSeries { id: id.clone() }),
        Err(StudioError::NotFound)
    );

    kit.ask(delete).unwrap();
    kit.pass(BIN_MILLISECONDS);
    kit.leased();
    assert_eq!(kit.database.integers("SELECT count(*) FROM series"), [0]);
}

#[test]
fn an_unreadable_picture_is_left_out_of_the_cover() {
    let mut kit = Kit::new();
    let request = kit.new_shoot(2);
    kit.series(request);
    finish(&mut kit);
    kit.database
        .execute("UPDATE pictures SET format = '?' WHERE rowid = 1");
    let listed = kit.tell(ListSeries::default()).unwrap();
    assert_eq!(listed.value.series[0].cover.len(), 1);
    assert_eq!(set_aside(&listed).len(), 1);
}
