//! The pacer from outside: people who ask, wait and come back, in random order, against a clock.

#![expect(clippy::unwrap_used, reason = "a test's helpers fail as its body does")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use selfsame_primitives::time::Timestamp;
use selfsame_provider::pacer::{Answer, Call, Kind, LONGEST_WAIT, PATIENCE, PaceLimits, Pacer};

const START: i64 = 1_800_000_000_000;
const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;

fn at(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds)
}

/// A call, and what became of it.
#[derive(Debug, Clone)]
struct Asked {
    person: usize,
    call: Call,
    since: i64,
    answer: Option<(i64, Answer)>,
}

impl Asked {
    fn let_out_at(&self) -> Option<i64> {
        self.answer
            .filter(|(_, answer)| *answer == Answer::Go)
            .map(|(at, _)| at)
    }
}

/// A pacer with the clock and the timers of its shell.
struct World {
    pacer: Pacer,
    now: i64,
    asked: Vec<Asked>,
    /// The tickets that were let out, in order.
    out: Vec<usize>,
    /// The back-offs: their kind, begin and end.
    holds: Vec<(Kind, i64, i64)>,
}

impl World {
    fn new(limits: PaceLimits) -> Self {
        Self {
            pacer: Pacer::new(limits),
            now: START,
            asked: Vec::new(),
            out: Vec::new(),
            holds: Vec::new(),
        }
    }

    fn ask(&mut self, person: usize, call: Call) -> usize {
        let ticket = self.asked.len();
        self.asked.push(Asked {
            person,
            call,
            since: self.now,
            answer: None,
        });
        let id = u64::try_from(ticket).unwrap();
        self.pacer
            .ask(at(self.now), &format!("person-{person}"), call, id);
        self.settle(call.kind());
        ticket
    }

    fn settle(&mut self, kind: Kind) {
        for (ticket, answer) in self.pacer.settle(at(self.now), kind) {
            let ticket = usize::try_from(ticket).unwrap();
            let asked = &mut self.asked[ticket];
            assert_eq!(asked.answer, None, "answered twice");
            asked.answer = Some((self.now, answer));
            if answer == Answer::Go {
                self.out.push(ticket);
            }
        }
    }

    /// The next moment at which the shell settles, and for which kind.
    fn next_timer(&self) -> Option<(i64, Kind)> {
        [Kind::Creates, Kind::Others]
            .into_iter()
            .filter_map(|kind| Some((self.pacer.next(kind)?.as_millisecond(), kind)))
            .min_by_key(|(at, _)| *at)
    }

    fn pass(&mut self, milliseconds: i64) {
        let end = self.now + milliseconds;
        while let Some((at, kind)) = self.next_timer().filter(|(at, _)| *at <= end) {
            self.now = self.now.max(at);
            self.settle(kind);
        }
        self.now = end;
    }

    fn throttled(&mut self, kind: Kind, seconds: u32) {
        self.pacer.throttled(at(self.now), kind, seconds);
        let seconds = i64::from(seconds.min(300));
        self.holds
            .push((kind, self.now, self.now + seconds * SECOND));
    }

    /// When calls of `kind` went out.
    fn times(&self, kind: Kind) -> Vec<i64> {
        let of_kind = |ticket: &&usize| self.asked[**ticket].call.kind() == kind;
        let out = self.out.iter().filter(of_kind);
        out.map(|ticket| self.asked[*ticket].let_out_at().unwrap())
            .collect()
    }
}

#[derive(Debug, Clone)]
enum Step {
    Ask(usize, Call),
    Pass(i64),
    Throttled(Kind, u32),
}

fn call() -> impl Strategy<Value = Call> {
    prop_oneof![
        3 => Just(Call::Create),
        1 => Just(Call::Cancel),
        4 => Just(Call::Read),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let kind = prop_oneof![Just(Kind::Creates), Just(Kind::Others)];
    prop_oneof![
        20 => (0..6_usize, call()).prop_map(|(person, call)| Step::Ask(person, call)),
        4 => (0..400_i64).prop_map(Step::Pass),
        1 => (0..40_000_i64).prop_map(Step::Pass),
        1 => (kind, 0..60_u32).prop_map(|(kind, seconds)| Step::Throttled(kind, seconds)),
    ]
}

fn limits() -> impl Strategy<Value = PaceLimits> {
    let limit = || prop_oneof![1..20_u32, 20..700_u32];
    (limit(), limit()).prop_map(|(creates, others)| PaceLimits { creates, others })
}

/// Never more than the limit in any minute.
fn check_rate(times: &[i64], limit: u32) {
    let limit = usize::try_from(limit).unwrap();
    for (first, one_too_many) in times.iter().zip(times.iter().skip(limit)) {
        assert!(
            one_too_many - first >= MINUTE,
            "more than {limit} in a minute"
        );
    }
}

/// While a call waits, nobody else has two turns of its urgency, unless its person has other calls in front of it.
fn check_turns(world: &World) {
    for (place, ticket) in world.out.iter().enumerate() {
        let call = &world.asked[*ticket];
        let rivals = world.out[..place]
            .iter()
            .map(|ticket| &world.asked[*ticket]);
        let rivals = rivals.filter(|rival| rival.call == call.call);
        let waited_for: Vec<_> = rivals
            .filter(|rival| rival.let_out_at() > Some(call.since))
            .collect();
        let turns = |person| {
            let of_person = |rival: &&&Asked| rival.person == person;
            waited_for.iter().filter(of_person).count()
        };
        let own = turns(call.person);
        for person in (0..6).filter(|person| *person != call.person) {
            assert!(turns(person) <= own + 1, "{call:?}: {waited_for:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn every_call_is_paced_and_answered_in_time(
        limits in limits(),
        steps in prop::collection::vec(step(), 1..400),
    ) {
        let mut world = World::new(limits);
        for step in steps {
            match step {
                Step::Ask(person, call) => { world.ask(person, call); }
                Step::Pass(milliseconds) => world.pass(milliseconds),
                Step::Throttled(kind, seconds) => world.throttled(kind, seconds),
            }
        }
        world.pass(PATIENCE);
        check_rate(&world.times(Kind::Creates), limits.creates);
        check_rate(&world.times(Kind::Others), limits.others);
        check_turns(&world);
        for asked in &world.asked {
            let (answered_at, answer) = asked.answer.expect("an answer");
            assert!(answered_at - asked.since <= PATIENCE);
            if let Answer::Later { milliseconds } = answer {
                assert!((1_000..=LONGEST_WAIT).contains(&milliseconds));
            }
        }
        for (kind, begin, end) in &world.holds {
            // A call that went out in the same millisecond may have gone before.
            let early = world.times(*kind).into_iter().find(|at| begin < at && at < end);
            assert_eq!(early, None, "a back-off is not honoured");
        }
    }

    /// People with many calls each, who come back when they are told to.
    #[test]
    fn nobody_waits_longer_than_one_turn_of_everybody(
        creates in prop_oneof![1..10_u32, 10..200_u32],
        people in 2..30_usize,
        greedy in 1..20_usize,
        throttled in prop::option::of(1..60_u32),
    ) {
        let limits = PaceLimits { creates, others: 1 };
        let mut world = World::new(limits);
        if let Some(seconds) = throttled {
            world.throttled(Kind::Creates, seconds);
        }
        // Person 0 has many calls before anybody else comes; the others have one.
        let mut due: BTreeMap<(i64, usize), usize> = BTreeMap::new();
        let mut wanted: Vec<usize> = vec![0; greedy];
        wanted.extend(1..people);
        for (number, person) in wanted.iter().enumerate() {
            due.insert((START + i64::try_from(number).unwrap(), number), *person);
        }
        let mut served_at = BTreeMap::new();
        let mut waiting: Vec<(usize, usize)> = Vec::new();
        while !due.is_empty() || !waiting.is_empty() {
            let arrival = due.first_key_value().map(|((at, _), _)| *at);
            let timer = world.next_timer().map(|(at, _)| at);
            let next = arrival.into_iter().chain(timer).min().expect("something happens");
            world.pass((next - world.now).max(0));
            while let Some(entry) = due.first_entry().filter(|entry| entry.key().0 <= world.now) {
                let ((_, number), person) = entry.remove_entry();
                waiting.push((number, world.ask(person, Call::Create)));
            }
            waiting.retain(|(number, ticket)| match world.asked[*ticket].answer {
                None => true,
                Some((at, Answer::Go)) => {
                    served_at.insert(*number, at);
                    false
                }
                Some((at, Answer::Later { milliseconds })) => {
                    due.insert((at + i64::from(milliseconds), *number), wanted[*number]);
                    false
                }
            });
        }
        check_rate(&world.times(Kind::Creates), limits.creates);
        let interval = MINUTE / i64::from(creates) + 1;
        let back_off = i64::from(throttled.unwrap_or(0)) * SECOND + 2 * SECOND;
        let turn_of_all = i64::try_from(people).unwrap() * 2 * interval;
        for (number, person) in wanted.iter().enumerate().filter(|(_, person)| **person > 0) {
            let waited = served_at[&number] - START;
            prop_assert!(
                waited <= back_off + turn_of_all + 2 * PATIENCE,
                "person {person} of {people} waited {waited} ms at {creates} a minute"
            );
        }
    }
}

#[test]
fn another_persons_create_goes_before_the_rest_of_forty_that_wait() {
    let mut world = World::new(PaceLimits {
        creates: 60,
        others: 3_000,
    });
    for _ in 0..40 {
        world.ask(0, Call::Create);
    }
    world.ask(1, Call::Create);
    world.pass(3 * SECOND);
    let people: Vec<_> = world
        .out
        .iter()
        .map(|ticket| world.asked[*ticket].person)
        .collect();
    assert_eq!(people, [0, 0, 0, 0, 0, 0, 0, 1]);
}

#[test]
fn a_cancel_goes_before_all_reads() {
    let mut world = World::new(PaceLimits {
        creates: 1,
        others: 60,
    });
    for person in 0..12 {
        world.ask(person, Call::Read);
    }
    let cancel = world.ask(0, Call::Cancel);
    world.pass(2 * SECOND);
    assert_eq!(world.out[6], cancel);
}

#[test]
fn a_back_off_holds_its_own_kind_only() {
    let mut world = World::new(PaceLimits::REPLICATE);
    world.throttled(Kind::Creates, 2);
    let create = world.ask(0, Call::Create);
    let read = world.ask(0, Call::Read);
    world.pass(3 * SECOND);
    let since = |ticket: usize| world.asked[ticket].let_out_at().map(|at| at - START);
    assert_eq!((since(create), since(read)), (Some(2 * SECOND), Some(0)));
}

#[test]
fn calls_go_out_at_once_while_nobody_waits() {
    let mut world = World::new(PaceLimits::REPLICATE);
    for _ in 0..200 {
        for person in 0..4 {
            let ticket = world.ask(person, Call::Read);
            assert_eq!(world.asked[ticket].let_out_at(), Some(world.now));
        }
        world.pass(SECOND / 10);
    }
}
