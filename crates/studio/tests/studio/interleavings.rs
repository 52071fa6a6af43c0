//! Every order of events that chance finds, with crashes in between, against a small provider.
//!
//! The shell here is as careless as a shell may be: it performs effects late or never, loses answers, repeats old
//! ones, and dies. Whatever it does, at the end of the day the books must balance.

use std::collections::BTreeMap;

use proptest::prelude::*;
use selfsame_api::{Generation, GenerationStatus};
use selfsame_primitives::ids::{GenerationId, PictureId};
use selfsame_primitives::time::Timestamp;
use selfsame_provider::prediction::Phase;
use selfsame_studio::schedule::EffectSlots;
use selfsame_studio::{
    CancelGeneration, DeletePicture, Hint, Nonce, Observation, OutboxItem, Outcome,
};

use crate::kit::{Kit, SECOND, broadcast};
use crate::provider::{Fault, Provider};

#[derive(Debug, Clone)]
enum Step {
    /// Ask for so many pictures; with the seed of all such requests, so that they are twins.
    Generate { pictures: u32, twin: bool },
    /// Go to the next alarm and lease what is due.
    Wake,
    /// Perform a leased effect.
    Perform { which: usize, fault: Fault },
    /// Bring the answer of a performed effect home.
    Answer { which: usize },
    /// Bring an old answer home once more.
    Repeat { which: usize },
    /// The shell dies: what was leased or performed and not answered is forgotten.
    Crash,
    /// Seconds pass.
    Pass { seconds: i64 },
    /// A prediction goes on.
    Advance { job: usize, well: bool },
    /// The provider sends a webhook, perhaps not for the first time.
    Webhook { job: usize, id: u8 },
    /// The person cancels.
    Cancel { which: usize },
    /// The person deletes a picture.
    Delete { which: usize },
}

fn fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        6 => Just(Fault::None),
        1 => Just(Fault::Unreachable),
        2 => Just(Fault::AnswerLost),
        1 => Just(Fault::Throttled),
        1 => Just(Fault::Refused),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let which = 0..8_usize;
    prop_oneof![
        2 => (1..=4_u32, any::<bool>()).prop_map(|(pictures, twin)| Step::Generate { pictures, twin }),
        8 => Just(Step::Wake),
        8 => (which.clone(), fault()).prop_map(|(which, fault)| Step::Perform { which, fault }),
        8 => which.clone().prop_map(|which| Step::Answer { which }),
        2 => which.clone().prop_map(|which| Step::Repeat { which }),
        2 => Just(Step::Crash),
        2 => (0..100_i64).prop_map(|seconds| Step::Pass { seconds }),
        4 => (which.clone(), prop::bool::weighted(0.8)).prop_map(|(job, well)| Step::Advance { job, well }),
        2 => (which.clone(), 0..4_u8).prop_map(|(job, id)| Step::Webhook { job, id }),
        1 => which.clone().prop_map(|which| Step::Cancel { which }),
        1 => which.prop_map(|which| Step::Delete { which }),
    ]
}

/// A studio, a shell and a provider, and what has been seen of them.
struct World {
    kit: Kit,
    provider: Provider,
    /// Leased, with the moment until which the shell may work on it.
    leased: Vec<(OutboxItem, Timestamp)>,
    performed: Vec<(OutboxItem, Observation, Timestamp)>,
    answered: Vec<(OutboxItem, Observation)>,
    asked: Vec<(GenerationId, u128)>,
    /// URLs of pictures that the person deleted.
    deleted: Vec<String>,
    last_seen: BTreeMap<GenerationId, Generation>,
}

impl World {
    fn new() -> Self {
        Self {
            kit: Kit::with_allowance(Some(10_000)),
            provider: Provider::default(),
            leased: Vec::new(),
            performed: Vec::new(),
            answered: Vec::new(),
            asked: Vec::new(),
            deleted: Vec::new(),
            last_seen: BTreeMap::new(),
        }
    }

    fn take(&mut self, step: &Step) {
        match *step {
            Step::Generate { pictures, twin } => self.generate(pictures, twin),
            Step::Wake => self.wake(),
            Step::Perform { which, fault } => self.perform(which, fault),
            Step::Answer { which } => self.answer(which),
            Step::Repeat { which } => {
                if let Some((item, observation)) = pick(&self.answered, which).cloned() {
                    let outcome = self.kit.observe(&item, observation);
                    self.note(&outcome);
                }
            }
            Step::Crash => {
                self.leased.clear();
                self.performed.clear();
                self.kit.crash();
            }
            Step::Pass { seconds } => self.kit.pass(seconds * SECOND),
            Step::Advance { job, well } => self.provider.advance(job, well),
            Step::Webhook { job, id } => self.webhook(job, id),
            Step::Cancel { which } => {
                if let Some((id, _)) = pick(&self.asked, which).cloned() {
                    let outcome = self.kit.tell(CancelGeneration { id }).unwrap();
                    self.note(&outcome);
                }
            }
            Step::Delete { which } => self.delete(which),
        }
    }

    fn generate(&mut self, pictures: u32, twin: bool) {
        let mut request = self.kit.request(pictures);
        if twin {
            request.overrides.seed = Some(7);
        }
        let command = self.kit.generate_command(request);
        let nonce = u128::from(command.seed);
        self.asked.push((command.generation.clone(), nonce));
        let outcome = self.kit.tell(command).unwrap();
        self.note(&outcome);
    }

    fn wake(&mut self) {
        let Some(alarm) = self.kit.next_alarm() else {
            return;
        };
        self.kit.now = self.kit.now.max(alarm);
        let room = EffectSlots::default().room();
        let outcome = self.kit.studio.due(self.kit.now, room).unwrap();
        self.note(&outcome);
        for item in outcome.value.items {
            let until = self.kit.now.plus_milliseconds(item.lease_milliseconds());
            self.leased.push((item, until));
        }
    }

    fn perform(&mut self, which: usize, fault: Fault) {
        if self.leased.is_empty() {
            return;
        }
        let (item, until) = self.leased.remove(which % self.leased.len());
        // A shell has given up on what it held longer than its lease.
        if self.kit.now < until {
            let observation = self.provider.perform(&item.effect, fault);
            self.performed.push((item, observation, until));
        }
    }

    fn answer(&mut self, which: usize) {
        if self.performed.is_empty() {
            return;
        }
        let (item, observation, until) = self.performed.remove(which % self.performed.len());
        if self.kit.now < until {
            let outcome = self.kit.observe(&item, observation.clone());
            self.note(&outcome);
            self.answered.push((item, observation));
        }
    }

    fn webhook(&mut self, job: usize, id: u8) {
        let Some(found) = self.provider.jobs.get(job) else {
            return;
        };
        let url = found.submission.webhook_url.clone().unwrap();
        let (rest, nonce) = url.rsplit_once('/').unwrap();
        let hint = Hint {
            webhook_id: format!("msg-{job}-{id}"),
            generation: rest.rsplit_once('/').unwrap().1.parse().unwrap(),
            nonce: nonce.parse::<Nonce>().unwrap(),
            provider_id: format!("p{job}").parse().unwrap(),
        };
        let outcome = self.kit.handle(hint).unwrap();
        self.note(&outcome);
    }

    fn pictures(&mut self) -> Vec<(GenerationId, PictureId)> {
        let ids: Vec<_> = self.asked.iter().map(|(id, _)| id.clone()).collect();
        ids.into_iter()
            .flat_map(|id| {
                let pictures = self.kit.generation(&id).pictures;
                pictures
                    .into_iter()
                    .map(move |picture| (id.clone(), picture.id))
            })
            .collect()
    }

    fn delete(&mut self, which: usize) {
        let pictures = self.pictures();
        let Some((_, id)) = pick(&pictures, which) else {
            return;
        };
        let key = format!("people/ada/pictures/{id}");
        self.deleted.push(self.provider.objects[&key].clone());
        let outcome = self.kit.tell(DeletePicture { id: id.clone() }).unwrap();
        self.note(&outcome);
    }

    /// What is told about a generation only ever moves forward, and an end is an end.
    fn note<T>(&mut self, outcome: &Outcome<T>) {
        for generation in broadcast(outcome) {
            if let Some(before) = self.last_seen.get(&generation.id) {
                assert!(generation.revision > before.revision);
                if before.status.is_final() {
                    assert_eq!(generation.status, before.status);
                    assert_eq!(generation.failure, before.failure);
                    assert_eq!(generation.finished_at, before.finished_at);
                    assert!(generation.pictures.len() < before.pictures.len());
                }
            }
            self.last_seen.insert(generation.id.clone(), generation);
        }
    }

    /// From now on all goes well, until there is nothing left to do.
    fn come_to_rest(&mut self) {
        for _ in 0..2_000 {
            while !self.performed.is_empty() {
                self.answer(0);
            }
            while !self.leased.is_empty() {
                self.perform(0, Fault::None);
                self.answer(0);
            }
            for job in 0..self.provider.jobs.len() {
                self.provider.advance(job, true);
            }
            if self.kit.next_alarm().is_none() {
                return;
            }
            self.wake();
        }
        panic!("never came to rest");
    }

    fn check(&mut self) {
        self.check_creates();
        self.check_objects();
        self.check_ledger();
        for (id, _) in self.asked.clone() {
            let generation = self.kit.generation(&id);
            assert!(generation.status.is_final());
            assert!(!generation.cancel_requested);
            assert_eq!(
                generation.failure.is_some(),
                generation.status == GenerationStatus::Failed
            );
            // Whoever listened knows as much as whoever asks.
            assert_eq!(self.last_seen[&id], generation);
        }
    }

    /// One create a generation, by the webhook's address that each carries.
    fn check_creates(&self) {
        let mut addresses: Vec<_> = self
            .provider
            .jobs
            .iter()
            .map(|job| job.submission.webhook_url.clone())
            .collect();
        let creates = addresses.len();
        addresses.sort();
        addresses.dedup();
        assert_eq!(addresses.len(), creates, "a generation was created twice");
    }

    /// Every file of every prediction that succeeded lies in the store once, but for those that were deleted or
    /// could not be fetched; and nothing else does.
    fn check_objects(&mut self) {
        let mut expected: Vec<String> = (0..self.provider.jobs.len())
            .filter(|job| self.provider.jobs[*job].phase == Phase::Succeeded)
            .flat_map(|job| self.provider.look(job).outputs)
            .map(|output| output.url)
            .filter(|url| !self.deleted.contains(url) && !self.provider.refused.contains(url))
            .collect();
        let mut stored: Vec<String> = self.provider.objects.values().cloned().collect();
        expected.sort();
        stored.sort();
        assert_eq!(stored, expected);

        let mut keys: Vec<String> = self
            .pictures()
            .into_iter()
            .map(|(_, id)| format!("people/ada/pictures/{id}"))
            .collect();
        keys.sort();
        let objects: Vec<String> = self.provider.objects.keys().cloned().collect();
        assert_eq!(objects, keys);
    }

    fn check_ledger(&mut self) {
        let allowance = self.kit.allowance();
        assert_eq!(allowance.reserved, 0);
        let stored = self.provider.objects.len() + self.deleted.len();
        assert_eq!(usize::try_from(allowance.used), Ok(stored));
        // The balance that each entry carries is the sum of the entries.
        let sums = self.kit.database.integers(
            "SELECT sum(CASE kind WHEN 'reserve' THEN pictures WHEN 'grant' THEN 0 ELSE -pictures END)
             FROM ledger
             UNION ALL SELECT ifnull(sum(pictures), 0) FROM ledger WHERE kind = 'settle'",
        );
        assert_eq!(sums, [0, i64::from(allowance.used)]);
    }
}

fn pick<T>(items: &[T], which: usize) -> Option<&T> {
    items.get(which % items.len().max(1))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn nothing_paid_is_lost_or_paid_twice(steps in prop::collection::vec(step(), 1..80)) {
        let mut world = World::new();
        world.generate(2, false);
        for step in steps {
            world.take(&step);
        }
        world.come_to_rest();
        world.check();
    }
}

/// The boundaries one by one: the shell dies before, between and after each lease, performance and answer.
#[test]
fn a_crash_at_any_one_boundary_loses_nothing() {
    for crash_at in 0..60 {
        let mut world = World::new();
        world.generate(2, false);
        let mut boundary = 0;
        let mut crash = |world: &mut World| {
            if boundary == crash_at {
                world.take(&Step::Crash);
            }
            boundary += 1;
        };
        for _ in 0..200 {
            crash(&mut world);
            if world.kit.next_alarm().is_none() {
                break;
            }
            world.wake();
            crash(&mut world);
            while !world.leased.is_empty() {
                world.perform(0, Fault::None);
                crash(&mut world);
                world.answer(0);
                crash(&mut world);
            }
            world.provider.advance(0, true);
        }
        world.check();
        assert!(world.provider.jobs.len() <= 1);
        let (id, _) = world.asked[0].clone();
        let expected = if world.provider.jobs.is_empty() {
            // It died with the submit in its hands: it cannot know, so it does not send it again.
            GenerationStatus::Failed
        } else {
            GenerationStatus::Succeeded
        };
        assert_eq!(world.kit.status(&id), expected, "crash at {crash_at}");
    }
}
