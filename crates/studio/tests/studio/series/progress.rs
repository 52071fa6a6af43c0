//! How a series goes on: its turns in the queue, pauses, and canceling the rest.

use selfsame_api::SeriesState;
use selfsame_provider::prediction::Phase;
use selfsame_studio::{CancelRest, Effect, Observation, PauseSeries, ResumeSeries, SuspendPerson};

use super::{accept, finish, newest, refuse, series_events, shown, submitted};
use crate::kit::{Kit, polled, stored, succeeded};

#[test]
fn a_series_goes_on_by_itself_until_every_frame_has_its_picture() {
    let mut kit = Kit::new();
    let request = kit.new_shoot(7);
    let id = kit.series(request).series.id;
    finish(&mut kit);
    let record = shown(&mut kit, &id);
    assert_eq!(record.series.state, SeriesState::Succeeded);
    assert_eq!(record.series.counts.succeeded, 7);
    assert_eq!(
        (record.series.cost.reserved, record.series.cost.used),
        (0, 7)
    );
    assert_eq!(record.series.cover.len(), 4);
    let first = record.frames[0].generation.as_ref().unwrap();
    assert!(first.prompt.contains("café number 0"), "{}", first.prompt);
    assert_eq!(record.series.cover[0], first.summary.pictures[0]);
}

#[test]
fn a_paused_series_sends_nothing_and_goes_on_when_it_is_resumed() {
    let mut kit = Kit::new();
    let request = kit.new_shoot(6);
    let id = kit.series(request).series.id;
    // One is being sent; three wait for their turn at the provider.
    let leased = kit.leased();
    assert!(kit.start_sending(&leased[0]));
    let paused = kit.tell(PauseSeries { id: id.clone() }).unwrap();
    assert_eq!(series_events(&paused).len(), 1);
    assert!(paused.value.series.paused);
    for item in &leased[1..] {
        assert!(!kit.start_sending(item), "sent after the pause");
        kit.observe(item, Observation::PutOff { milliseconds: 0 });
    }
    accept(&mut kit, &leased[0], "p1", Phase::Starting);
    let poll = kit.next_due();
    kit.observe(&poll, polled(succeeded("p1", 1)));
    for fetch in kit.due() {
        kit.observe(&fetch, stored());
    }
    assert!(kit.due().is_empty());
    kit.crash();
    assert!(kit.due().is_empty());
    let record = shown(&mut kit, &id);
    assert_eq!(record.series.state, SeriesState::Paused);
    assert_eq!(
        (record.series.counts.waiting, record.series.counts.succeeded),
        (5, 1)
    );
    // It holds back nobody else, and its pictures stay reserved.
    assert_eq!(kit.allowance().reserved, 5);
    let single = kit.generate(1);
    assert_eq!(submitted(&kit.due()), [single]);

    let again = kit.tell(PauseSeries { id: id.clone() }).unwrap();
    assert_eq!(series_events(&again), []);
    let resumed = kit.ask(ResumeSeries { id: id.clone() }).unwrap();
    assert_eq!(resumed.series.state, SeriesState::Running);
    assert_eq!(submitted(&kit.due()), newest(&resumed)[1..4]);
}

#[test]
fn a_pause_leaves_what_may_have_been_sent_alone() {
    let mut kit = Kit::new();
    let request = kit.new_shoot(1);
    let id = kit.series(request).series.id;
    let submit = kit.only_due();
    kit.ask(PauseSeries { id: id.clone() }).unwrap();
    kit.crash();
    let reconcile = kit.only_due();
    assert!(
        matches!(reconcile.effect, Effect::Reconcile { .. }),
        "{submit:?}"
    );
}

#[test]
fn canceling_the_rest_ends_what_has_not_begun_and_costs_nothing() {
    let mut kit = Kit::new();
    let request = kit.new_shoot(6);
    let id = kit.series(request).series.id;
    let items = kit.due();
    accept(&mut kit, &items[0], "p1", Phase::Processing);
    kit.ask(PauseSeries { id: id.clone() }).unwrap();
    for item in &items[1..] {
        refuse(&mut kit, item);
    }
    let record = kit.ask(CancelRest { id: id.clone() }).unwrap();
    let counts = record.series.counts;
    assert_eq!(
        (counts.under_way, counts.failed, counts.canceled),
        (1, 3, 2)
    );
    assert!(!record.series.paused);
    assert_eq!(kit.allowance().reserved, 1);
    finish(&mut kit);
    let series = shown(&mut kit, &id).series;
    assert_eq!(series.state, SeriesState::Succeeded);
    assert_eq!(series.cost.used, 1);
}

#[test]
fn suspending_a_person_ends_what_a_pause_holds_back() {
    let mut kit = Kit::new();
    let request = kit.new_shoot(6);
    let id = kit.series(request).series.id;
    kit.ask(PauseSeries { id }).unwrap();
    kit.handle(SuspendPerson).unwrap();
    let open = "SELECT count(*) FROM generations WHERE finished_at IS NULL";
    assert_eq!(kit.database.integers(open), [0]);
    assert_eq!(kit.database.integers("SELECT count(*) FROM outbox"), [0]);
}

#[test]
fn series_and_single_requests_take_turns() {
    let mut kit = Kit::with_allowance(None);
    kit.limit(1, 40);
    let (one, other) = (kit.new_shoot(3), kit.new_shoot(3));
    let one = newest(&kit.series(one));
    let other = newest(&kit.series(other));
    let singles = [kit.generate(1), kit.generate(1)];
    let mut order = Vec::new();
    while order.len() < 8 {
        kit.pass(1_000);
        let submit = kit.only_due();
        order.extend(submitted(std::slice::from_ref(&submit)));
        refuse(&mut kit, &submit);
    }
    let expected = [
        &one[0],
        &other[0],
        &singles[0],
        &one[1],
        &other[1],
        &singles[1],
        &one[2],
        &other[2],
    ];
    assert!(order.iter().eq(expected), "{order:?}");
}

#[test]
fn places_in_the_queue_are_told_in_the_order_in_which_they_are_sent() {
    let mut kit = Kit::with_allowance(None);
    kit.limit(2, 40);
    let request = kit.new_shoot(5);
    let frames = newest(&kit.series(request));
    let singles = [kit.generate(1), kit.generate(1), kit.generate(1)];
    let expected = [
        &singles[0],
        &singles[1],
        &frames[2],
        &singles[2],
        &frames[3],
        &frames[4],
    ];
    for (position, id) in (1..).zip(expected) {
        assert_eq!(kit.generation(id).queue_position, Some(position), "{id}");
    }
}
