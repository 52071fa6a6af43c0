//! Numbered events: a client that loses, reorders and repeats messages, and whose connection breaks, ends with the
//! studio's state.

use std::collections::{BTreeMap, VecDeque};

use proptest::prelude::*;
use selfsame_api::{BinnedId, Event, Generation, GenerationSummary, Numbered, Opening};
use selfsame_primitives::ids::{GenerationId, PictureId, SeriesId};
use selfsame_studio::{
    DeleteGeneration, DismissNotices, EmptyBin, FollowEvents, GetMe, ListBin, ListGenerations,
    ListSeries, RestoreFromBin,
};

use crate::interleavings;
use crate::kit::{Kit, MINUTE, link, messages, sign_in};
use crate::world::{self, World};

/// What a client shows of a generation.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Shown {
    revision: u32,
    pictures: Vec<PictureId>,
    queue_position: Option<u32>,
}

impl From<Generation> for Shown {
    fn from(generation: Generation) -> Self {
        Self {
            revision: generation.revision,
            pictures: generation.pictures.into_iter().map(|one| one.id).collect(),
            queue_position: generation.queue_position,
        }
    }
}

impl From<GenerationSummary> for Shown {
    fn from(generation: GenerationSummary) -> Self {
        Self {
            revision: generation.revision,
            pictures: generation.pictures.into_iter().map(|one| one.id).collect(),
            queue_position: generation.queue_position,
        }
    }
}

/// All that a client knows.
#[derive(Debug, Default, PartialEq, Eq)]
struct Known {
    generations: BTreeMap<GenerationId, Shown>,
    /// Each with its revision.
    series: BTreeMap<SeriesId, u32>,
    notices: Vec<u32>,
    bin: Vec<BinnedId>,
}

impl Known {
    /// The studio's state, asked for.
    fn of(kit: &mut Kit) -> Self {
        let all = ListGenerations {
            limit: Some(100),
            ..ListGenerations::default()
        };
        let generations = kit.ask(all).unwrap().generations.into_iter();
        Self {
            // A series tells of the frames that wait; each comes as a generation when it first changes.
            generations: generations
                .filter(|one| one.revision > 0)
                .map(|one| (one.id.clone(), one.into()))
                .collect(),
            series: series(kit),
            notices: notices(kit),
            bin: bin(kit),
        }
    }
}

fn series(kit: &mut Kit) -> BTreeMap<SeriesId, u32> {
    let page = kit.ask(ListSeries {
        limit: Some(100),
        cursor: None,
    });
    let series = page.unwrap().series.into_iter();
    series.map(|one| (one.id, one.revision)).collect()
}

fn notices(kit: &mut Kit) -> Vec<u32> {
    let notices = kit.ask(GetMe).unwrap().notices.into_iter();
    notices.rev().map(|entry| entry.id).collect()
}

fn bin(kit: &mut Kit) -> Vec<BinnedId> {
    let page = kit.ask(ListBin {
        limit: Some(100),
        cursor: None,
    });
    page.unwrap()
        .entries
        .into_iter()
        .map(|one| one.id)
        .collect()
}

/// A client that keeps to the rules of `selfsame_api::event`, and the messages that are on their way to it.
#[derive(Default)]
struct Client {
    seq: Option<u64>,
    known: Known,
    /// `None`: the connection is lost.
    line: Option<VecDeque<Numbered<Event>>>,
    snapshots: u32,
}

impl Client {
    fn connect(&mut self, kit: &mut Kit) {
        self.line = Some(VecDeque::new());
        let opening = kit.ask(FollowEvents { after: self.seq }).unwrap();
        self.seq = Some(opening.seq);
        match opening.message {
            Opening::Snapshot { generations, .. } => {
                self.snapshots += 1;
                self.known = Known {
                    series: series(kit),
                    notices: notices(kit),
                    bin: bin(kit),
                    ..Known::default()
                };
                self.update(generations);
            }
            Opening::Changes {
                generations,
                events,
            } => {
                self.update(generations);
                for event in events {
                    self.apply(kit, event);
                }
            }
        }
    }

    fn update(&mut self, generations: Vec<GenerationSummary>) {
        let shown = generations.into_iter();
        let shown = shown.map(|one| (one.id.clone(), one.into()));
        self.known.generations.extend(shown);
    }

    fn receive(&mut self, kit: &mut Kit, message: Numbered<Event>) {
        let next = self.seq.unwrap() + 1;
        if message.seq < next {
            return;
        }
        if message.seq > next {
            return self.connect(kit);
        }
        self.seq = Some(message.seq);
        self.apply(kit, message.message);
    }

    fn apply(&mut self, kit: &mut Kit, event: Event) {
        let known = &mut self.known;
        match event {
            Event::Generation { generation } => {
                let id = generation.id.clone();
                known.generations.insert(id, (*generation).into());
            }
            Event::GenerationDeleted { generation } => {
                known.generations.remove(&generation);
            }
            Event::PictureDeleted {
                generation,
                picture,
            } => {
                if let Some(shown) = known.generations.get_mut(&generation) {
                    shown.pictures.retain(|one| *one != picture);
                }
            }
            Event::Queue { generations } => {
                for (id, shown) in &mut known.generations {
                    let place = generations.iter().position(|one| one == id);
                    shown.queue_position = place.map(|place| u32::try_from(place).unwrap() + 1);
                }
            }
            Event::Series { series } => {
                known.series.insert(series.id, series.revision);
            }
            Event::SeriesDeleted { series } => {
                known.series.remove(&series);
            }
            // A client asks for them when it shows them.
            Event::GalleryChanged
            | Event::PresetsChanged
            | Event::Session { .. }
            | Event::SessionDeleted { .. } => {}
            Event::Notice { entry } => known.notices.push(entry.id),
            Event::BinChanged => known.bin = bin(kit),
        }
    }
}

#[derive(Debug, Clone)]
enum Step {
    World(world::Step),
    DeleteGeneration {
        which: usize,
    },
    RestoreFromBin {
        which: usize,
    },
    SignInElsewhere,
    /// The next messages arrive.
    Deliver {
        count: usize,
    },
    /// The next message is lost.
    Lose,
    /// The next message arrives, and will arrive again.
    Repeat,
    /// The next message is overtaken by the others.
    Delay,
    Disconnect,
    Connect,
    /// The bin is emptied, and everything under way ends.
    ComeToRest,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        12 => interleavings::step().prop_map(Step::World),
        1 => (0..8_usize).prop_map(|which| Step::DeleteGeneration { which }),
        1 => (0..8_usize).prop_map(|which| Step::RestoreFromBin { which }),
        1 => Just(Step::SignInElsewhere),
        4 => (1..6_usize).prop_map(|count| Step::Deliver { count }),
        1 => Just(Step::Lose),
        1 => Just(Step::Repeat),
        1 => Just(Step::Delay),
        1 => Just(Step::Disconnect),
        2 => Just(Step::Connect),
    ]
}

fn take(world: &mut World, client: &mut Client, step: Step) {
    let sent = world.messages.len();
    match step {
        // What lies in the bin rings the alarm after 30 days, when the session has ended.
        Step::World(world::Step::Wake) if alarm_is_far(world) => {}
        Step::World(step) => world.take(&step),
        Step::DeleteGeneration { which } => {
            let which = which % world.asked.len().max(1);
            if let Some(id) = world.asked.get(which).cloned()
                && let Ok(outcome) = world.kit.tell(DeleteGeneration { id })
            {
                world.asked.remove(which);
                world.note(&outcome);
            }
        }
        Step::RestoreFromBin { which } => {
            let bin = bin(&mut world.kit);
            if let Some(id) = bin.get(which % bin.len().max(1)).cloned() {
                let outcome = world.kit.tell(RestoreFromBin { id: id.clone() }).unwrap();
                // What had ended may have more pictures again.
                world.last_seen.clear();
                world.note(&outcome);
                if let BinnedId::Generation(id) = id {
                    world.asked.push(id);
                }
            }
        }
        Step::SignInElsewhere => {
            let number = 100 + world.messages.len() as u128;
            // The links are too old after an hour.
            if let Ok(outcome) = world.kit.handle(sign_in(link(number), number)) {
                world.note(&outcome);
            }
        }
        Step::ComeToRest => {
            let outcome = world.kit.tell(EmptyBin).unwrap();
            world.note(&outcome);
            world.come_to_rest();
        }
        Step::Connect => client.connect(&mut world.kit),
        Step::Disconnect => client.line = None,
        Step::Deliver { count } => {
            for _ in 0..count {
                let Some(message) = client.line.as_mut().and_then(VecDeque::pop_front) else {
                    break;
                };
                client.receive(&mut world.kit, message);
            }
        }
        Step::Lose => {
            client.line.as_mut().and_then(VecDeque::pop_front);
        }
        Step::Repeat => {
            let message = client.line.as_ref().and_then(|line| line.front().cloned());
            if let Some(message) = message {
                client.receive(&mut world.kit, message);
            }
        }
        Step::Delay => {
            if let Some(line) = &mut client.line
                && !line.is_empty()
            {
                line.rotate_left(1);
            }
        }
    }
    if let Some(line) = &mut client.line {
        line.extend(world.messages[sent..].iter().cloned());
    }
}

fn alarm_is_far(world: &World) -> bool {
    let tomorrow = world.kit.now.plus_milliseconds(24 * 60 * MINUTE);
    world.alarm.is_some_and(|alarm| alarm > tomorrow)
}

/// Delivers what is on its way, connects again and compares.
fn check(world: &mut World, client: &mut Client) {
    while client.line.as_ref().is_some_and(|line| !line.is_empty()) {
        take(world, client, Step::Deliver { count: 1 });
    }
    take(world, client, Step::Connect);
    assert_eq!(client.known, Known::of(&mut world.kit));
    // No history here is longer than what a client catches up with, so it has never started over.
    assert_eq!(client.snapshots, 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_client_on_a_bad_connection_ends_with_the_studios_state(
        provider in interleavings::provider(),
        steps in prop::collection::vec(step(), 1..120),
    ) {
        let mut world = World::new(provider, 10_000);
        world.generate(2, false);
        let mut client = Client::default();
        client.connect(&mut world.kit);
        for step in steps {
            take(&mut world, &mut client, step);
        }
        check(&mut world, &mut client);
        take(&mut world, &mut client, Step::ComeToRest);
        check(&mut world, &mut client);
    }
}

fn opening(kit: &mut Kit, after: u64) -> Numbered<Opening> {
    let after = Some(after);
    kit.ask(FollowEvents { after }).unwrap()
}

fn changed(opening: &Numbered<Opening>) -> Option<(usize, &[Event])> {
    match &opening.message {
        Opening::Snapshot { .. } => None,
        Opening::Changes {
            generations,
            events,
        } => Some((generations.len(), events)),
    }
}

#[test]
fn a_client_that_has_missed_nothing_is_told_nothing() {
    let mut kit = Kit::new();
    kit.generate(1);
    let snapshot = kit.ask(FollowEvents::default()).unwrap();
    let again = opening(&mut kit, snapshot.seq);
    assert_eq!(again.seq, snapshot.seq);
    assert_eq!(changed(&again), Some((0, &[][..])));
}

#[test]
fn a_generation_that_changed_often_is_told_once() {
    let mut kit = Kit::new();
    let before = kit.ask(FollowEvents::default()).unwrap().seq;
    let (id, _) = kit.succeeded(2);
    let missed = opening(&mut kit, before);
    assert!(missed.seq > before + 3);
    let Opening::Changes { generations, .. } = missed.message else {
        panic!("{missed:?}");
    };
    let revision = kit.generation(&id).revision;
    let told: Vec<_> = generations.iter().map(|one| one.revision).collect();
    assert_eq!(told, [revision]);
}

#[test]
fn a_number_ahead_of_the_studios_brings_a_snapshot() {
    let mut kit = Kit::new();
    kit.generate(1);
    let ahead = kit.ask(FollowEvents::default()).unwrap().seq + 1;
    for after in [ahead, u64::MAX] {
        assert_eq!(changed(&opening(&mut kit, after)), None);
    }
}

#[test]
fn more_than_200_changes_bring_a_snapshot_and_are_not_kept() {
    let mut kit = Kit::new();
    let before = kit.ask(FollowEvents::default()).unwrap().seq;
    let add = |kit: &mut Kit, count: u32, kind: &str| {
        kit.database.execute(&format!(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
             INSERT INTO changes (kind, subject) SELECT '{kind}', i FROM n"
        ));
    };
    // Of a newer release: they count, and are left out.
    add(&mut kit, 200, "telepathy");
    assert_eq!(changed(&opening(&mut kit, before)), Some((0, &[][..])));
    add(&mut kit, 1, "levitation");
    assert_eq!(changed(&opening(&mut kit, before)), None);
    assert_eq!(changed(&opening(&mut kit, before + 1)), Some((0, &[][..])));

    add(&mut kit, 300, "teleportation");
    let outcome = kit.tell(DismissNotices).unwrap();
    assert_eq!(messages(&outcome), []);
    let last = kit.ask(FollowEvents::default()).unwrap().seq;
    kit.generate(1);
    let count = "SELECT count(*) FROM changes";
    assert_eq!(kit.database.integers(count), [201]);
    assert_eq!(changed(&opening(&mut kit, last - 200)), None);
    assert_eq!(changed(&opening(&mut kit, last - 199)), Some((1, &[][..])));
}
