//! A studio, a shell and a provider that a test drives step by step.
//!
//! The shell uses the real [`schedule`](selfsame_studio::schedule) and is otherwise as careless as a shell can be: it
//! performs effects late or never, loses answers, repeats old ones, breaks its leases, and dies.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use selfsame_api::{
    BinnedId, Event, FailureCode, Generation, GenerationStatus, Numbered, Series, SeriesRecord,
};
use selfsame_primitives::ids::{GenerationId, PictureId, SeriesId};
use selfsame_primitives::time::Timestamp;
use selfsame_studio::schedule::{EffectSlots, within_lease};
use selfsame_studio::{
    CancelGeneration, CancelRest, DeleteFromBin, DeletePicture, Effect, EffectClass, Hint, Nonce,
    Observation, OutboxItem, Outcome, PauseSeries, ResumeSeries, SeriesError, StudioError,
};

use crate::kit::{Kit, MINUTE, SECOND, START, broadcast, events, messages};
use crate::provider::{Fault, Provider};

/// Something that happens.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// The person asks for pictures. All twins have the same seed, and so the same input.
    Generate { pictures: u32, twin: bool },
    /// The person asks for pictures several times in a row.
    Burst { generations: u32 },
    /// The person asks for a shoot.
    Shoot { frames: u32 },
    /// The person pauses a series, or resumes it.
    Pause { which: usize, paused: bool },
    /// The person cancels what has not begun of a series.
    CancelRest { which: usize },
    /// The person asks for a frame once more.
    Retry { which: usize, frame: u32 },
    /// The alarm rings: the shell starts what is due.
    Wake,
    /// The provider or the object store performs an effect that is under way.
    Perform { which: usize, fault: Fault },
    /// The answer of a performed effect reaches the shell.
    Answer { which: usize },
    /// An old answer reaches the studio once more.
    Repeat { which: usize },
    /// A submit has its turn, and is about to be sent.
    StartSending { which: usize },
    /// An effect has to wait for its turn at the provider, and is put off.
    PutOff { which: usize },
    /// An effect hangs: it is never performed, and no answer comes.
    Hang { which: usize },
    /// An effect whose lease has ended is performed after all, and its answer reaches the studio.
    BreakLease { which: usize },
    /// The shell dies and forgets every effect that is under way.
    Crash,
    /// The outbox gets a row that this release cannot read.
    Spoil,
    /// Seconds pass.
    Pass { seconds: i64 },
    /// A prediction makes progress.
    Advance { job: usize, well: bool },
    /// The provider cannot be reached for some minutes.
    Outage { minutes: i64 },
    /// The provider sends a webhook, possibly a repeated one.
    Webhook { job: usize, id: u8 },
    /// The person cancels.
    Cancel { which: usize },
    /// The person deletes a picture for good.
    Delete { which: usize },
}

/// An effect that the shell has started.
struct Running {
    item: OutboxItem,
    /// What the provider made of it, when the answer has not arrived yet.
    performed: Option<Observation>,
    hangs: bool,
    /// Whether it may be performed; a submit has to ask first.
    may_be_sent: Option<bool>,
    /// The answer, when it has arrived.
    answer: Rc<RefCell<Option<Observation>>>,
    future: Pin<Box<dyn Future<Output = Option<Observation>>>>,
}

impl Running {
    fn poll(&mut self) -> Poll<Option<Observation>> {
        let mut context = Context::from_waker(Waker::noop());
        self.future.as_mut().poll(&mut context)
    }
}

/// A studio, a shell and a provider, and what has been seen of them.
pub(crate) struct World {
    pub kit: Kit,
    pub provider: Provider,
    /// The time, for the timers of the effects under way.
    clock: Rc<Cell<Timestamp>>,
    slots: EffectSlots,
    /// When the alarm rings.
    pub alarm: Option<Timestamp>,
    running: Vec<Running>,
    /// Effects that the shell dropped at the end of their lease, whether each was being sent, and what the provider had
    /// made of it.
    dropped: Vec<(OutboxItem, Option<bool>, Option<Observation>)>,
    answered: Vec<(OutboxItem, Observation)>,
    pub(crate) asked: Vec<GenerationId>,
    /// Rows that cannot be read.
    spoiled: usize,
    /// URLs of pictures that the person deleted.
    pub deleted: Vec<String>,
    pub last_seen: BTreeMap<GenerationId, Generation>,
    pub series: Vec<SeriesId>,
    pub last_series: BTreeMap<SeriesId, Series>,
    /// Everything that was broadcast.
    pub messages: Vec<Numbered<Event>>,
}

impl World {
    pub(crate) fn new(provider: Provider, allowance: u32) -> Self {
        Self {
            kit: Kit::with_allowance(Some(allowance)),
            provider,
            clock: Rc::new(Cell::new(START)),
            slots: EffectSlots::default(),
            alarm: None,
            running: Vec::new(),
            dropped: Vec::new(),
            answered: Vec::new(),
            asked: Vec::new(),
            spoiled: 0,
            deleted: Vec::new(),
            last_seen: BTreeMap::new(),
            series: Vec::new(),
            last_series: BTreeMap::new(),
            messages: Vec::new(),
        }
    }

    pub(crate) fn take(&mut self, step: &Step) {
        match *step {
            Step::Generate { pictures, twin } => self.generate(pictures, twin),
            Step::Burst { generations } => {
                for _ in 0..generations {
                    self.generate(4, false);
                }
            }
            Step::Shoot { frames } => self.shoot(frames),
            Step::Pause { which, paused } => self.pause(which, paused),
            Step::CancelRest { which } => {
                if let Some(id) = pick(&self.series, which).cloned() {
                    let outcome = self.kit.tell(CancelRest { id });
                    self.note_of_series(outcome);
                }
            }
            Step::Retry { which, frame } => self.retry(which, frame),
            Step::Wake => self.wake(),
            Step::Perform { which, fault } => self.perform(which, fault),
            Step::Answer { which } => self.answer(which),
            Step::Repeat { which } => {
                if let Some((item, observation)) = pick(&self.answered, which).cloned() {
                    self.observe(item, observation);
                }
            }
            Step::Hang { which } => {
                let count = self.running.len().max(1);
                if let Some(running) = self.running.get_mut(which % count) {
                    running.hangs = true;
                }
            }
            Step::StartSending { which } => self.start_sending(which),
            Step::PutOff { which } => self.put_off(which),
            Step::BreakLease { which } => self.break_lease(which),
            Step::Crash => {
                self.running.clear();
                self.dropped.clear();
                self.slots = EffectSlots::default();
                // The alarm outlives the shell.
                self.kit.crash();
            }
            Step::Spoil => self.spoil(),
            Step::Pass { seconds } => self.pass(seconds * SECOND),
            Step::Outage { minutes } => {
                let until = self.kit.now.plus_milliseconds(minutes * MINUTE);
                self.provider.down_until = self.provider.down_until.max(until);
            }
            Step::Advance { job, well } => self.provider.advance(job, well),
            Step::Webhook { job, id } => self.webhook(job, id),
            Step::Cancel { which } => {
                if let Some(id) = pick(&self.asked, which).cloned() {
                    let outcome = self.kit.tell(CancelGeneration { id }).unwrap();
                    self.note(&outcome);
                }
            }
            Step::Delete { which } => self.delete(which),
        }
    }

    pub(crate) fn generate(&mut self, pictures: u32, twin: bool) {
        let mut request = self.kit.request(pictures);
        if twin {
            request.overrides.seed = Some(7);
        }
        let command = self.kit.generate_command(request);
        let id = command.generation.clone();
        match self.kit.tell(command) {
            Ok(outcome) => {
                self.asked.push(id);
                self.note(&outcome);
            }
            Err(StudioError::AllowanceExhausted { .. } | StudioError::QueueFull { .. }) => {}
            Err(error) => panic!("{error}"),
        }
    }

    pub(crate) fn shoot(&mut self, frames: u32) {
        let request = self.kit.new_shoot(frames);
        let command = self.kit.series_command(request);
        let made = command.frames.iter().map(|ids| ids.generation.clone());
        let made: Vec<_> = made.take(frames as usize).collect();
        match self.kit.tell(command) {
            Ok(outcome) => {
                self.asked.extend(made);
                self.series.push(outcome.value.series.id.clone());
                self.note(&outcome);
            }
            Err(StudioError::AllowanceExhausted { .. } | StudioError::QueueFull { .. }) => {}
            Err(error) => panic!("{error}"),
        }
    }

    fn pause(&mut self, which: usize, paused: bool) {
        let Some(id) = pick(&self.series, which).cloned() else {
            return;
        };
        let outcome = if paused {
            self.kit.tell(PauseSeries { id })
        } else {
            self.kit.tell(ResumeSeries { id })
        };
        self.note_of_series(outcome);
    }

    /// Takes in what a change of a series gave, or that everything of it lies in the bin.
    fn note_of_series(&mut self, outcome: Result<Outcome<SeriesRecord>, StudioError>) {
        match outcome {
            Ok(outcome) => self.note(&outcome),
            Err(StudioError::NotFound) => {}
            Err(error) => panic!("{error}"),
        }
    }

    fn retry(&mut self, which: usize, frame: u32) {
        let Some(id) = pick(&self.series, which).cloned() else {
            return;
        };
        let command = self.kit.retry_command(&id, frame);
        let made = command.ids.generation.clone();
        match self.kit.tell(command) {
            Ok(outcome) => {
                self.asked.push(made);
                self.note(&outcome);
            }
            Err(
                StudioError::AllowanceExhausted { .. }
                | StudioError::QueueFull { .. }
                | StudioError::Series(SeriesError::FrameUnderWay | SeriesError::FrameDone)
                | StudioError::NotFound,
            ) => {}
            Err(error) => panic!("{error}"),
        }
    }

    fn pass(&mut self, milliseconds: i64) {
        self.kit.pass(milliseconds);
        self.tick();
    }

    /// Rings the alarm, if it is set.
    pub(crate) fn wake(&mut self) {
        let Some(alarm) = self.alarm.take() else {
            return;
        };
        self.kit.now = self.kit.now.max(alarm);
        self.tick();
        self.work();
    }

    /// Lets the timers of the effects under way see the time.
    fn tick(&mut self) {
        self.clock.set(self.kit.now);
        self.provider.now = self.kit.now;
        for mut running in std::mem::take(&mut self.running) {
            match running.poll() {
                Poll::Pending => self.running.push(running),
                Poll::Ready(None) => {
                    self.dropped
                        .push((running.item, running.may_be_sent, running.performed));
                    self.alarm = Some(self.kit.now);
                }
                Poll::Ready(Some(answer)) => panic!("{answer:?} did not arrive"),
            }
        }
    }

    /// Starts what is due, as the shell does.
    fn work(&mut self) {
        let now = self.kit.now;
        let rows = |world: &Self, filter: &str, at: Timestamp| {
            let sql = format!(
                "SELECT count(*) FROM outbox WHERE leased = 0 AND due_at <= {} {filter}",
                at.as_millisecond()
            );
            world.kit.database.integers(&sql)[0]
        };
        let overdue = rows(self, "", now.plus_milliseconds(-MINUTE));
        let outcome = self.kit.studio.due(now, self.slots.room()).unwrap();
        self.note(&outcome);
        let waiting_writes = rows(self, "AND kind IN ('submit', 'cancel')", now);
        for item in outcome.value.items {
            let class = item.effect.class();
            assert!(
                matches!(class, EffectClass::Cancel | EffectClass::Submit)
                    || waiting_writes == 0
                    || overdue > 0,
                "a write waits for {:?}",
                item.effect
            );
            self.start(item);
        }
        assert!(self.running.len() <= 6, "{} effects", self.running.len());
    }

    fn start(&mut self, item: OutboxItem) {
        if let Effect::FetchPicture { url, .. } = &item.effect {
            self.provider.remove_if_old(url);
        }
        let slot = self.slots.reserve(item.effect.class());
        let until = self.kit.now.plus_milliseconds(item.lease_milliseconds());
        let clock = Rc::clone(&self.clock);
        let lease = poll_fn(move |_| {
            if clock.get() < until {
                Poll::Pending
            } else {
                Poll::Ready(())
            }
        });
        let answer = Rc::new(RefCell::new(None));
        let arrived = Rc::clone(&answer);
        let effect = poll_fn(move |_| {
            let arrived = arrived.borrow_mut().take();
            arrived.map_or(Poll::Pending, Poll::Ready)
        });
        let may_be_sent = (!matches!(item.effect, Effect::Submit { .. })).then_some(true);
        self.running.push(Running {
            item,
            performed: None,
            hangs: false,
            may_be_sent,
            answer,
            future: Box::pin(within_lease(slot, effect, lease)),
        });
    }

    pub(crate) fn start_sending(&mut self, which: usize) {
        let count = self.running.len().max(1);
        if let Some(running) = self.running.get(which % count)
            && running.may_be_sent.is_none()
        {
            let item = running.item.clone();
            let may_be_sent = self.may_be_sent(&item);
            assert!(!(may_be_sent && is_paused(&self.kit, &item)), "{item:?}");
            self.running[which % count].may_be_sent = Some(may_be_sent);
        }
    }

    fn may_be_sent(&mut self, item: &OutboxItem) -> bool {
        let outcome = self.kit.studio.start_sending(self.kit.now, item).unwrap();
        self.note(&outcome);
        outcome.value
    }

    pub(crate) fn perform(&mut self, which: usize, fault: Fault) {
        self.start_sending(which);
        let count = self.running.len().max(1);
        let Some(running) = self.running.get_mut(which % count) else {
            return;
        };
        if running.performed.is_some() || running.hangs {
            return;
        }
        running.performed = Some(match running.may_be_sent {
            Some(true) => self.provider.perform(&running.item.effect, fault),
            _ => Observation::PutOff { milliseconds: 0 },
        });
    }

    /// Puts an effect off that is not being sent yet and goes to the provider.
    fn put_off(&mut self, which: usize) {
        let count = self.running.len().max(1);
        let Some(running) = self.running.get_mut(which % count) else {
            return;
        };
        let class = running.item.effect.class();
        let is_paced = !matches!(class, EffectClass::Fetch | EffectClass::Delete);
        let submit = matches!(running.item.effect, Effect::Submit { .. });
        if is_paced && running.performed.is_none() && !(submit && running.may_be_sent.is_some()) {
            running.performed = Some(Observation::PutOff {
                milliseconds: 7_000,
            });
            running.hangs = false;
        }
    }

    pub(crate) fn answer(&mut self, which: usize) {
        let count = self.running.len().max(1);
        let Some(running) = self.running.get_mut(which % count) else {
            return;
        };
        let Some(performed) = running.performed.take() else {
            return;
        };
        *running.answer.borrow_mut() = Some(performed);
        let Poll::Ready(Some(observation)) = running.poll() else {
            panic!("an answer that arrives within the lease is taken");
        };
        let running = self.running.remove(which % count);
        self.observe(running.item, observation);
    }

    fn break_lease(&mut self, which: usize) {
        if self.dropped.is_empty() {
            return;
        }
        let (item, may_be_sent, performed) = self.dropped.remove(which % self.dropped.len());
        let may_be_sent = may_be_sent.unwrap_or_else(|| self.may_be_sent(&item));
        let observation = match performed {
            Some(observation) => observation,
            None if may_be_sent => self.provider.perform(&item.effect, Fault::None),
            None => return,
        };
        self.observe(item, observation);
    }

    fn observe(&mut self, item: OutboxItem, observation: Observation) {
        let outcome = self.kit.observe(&item, observation.clone());
        self.note(&outcome);
        self.answered.push((item, observation));
    }

    fn spoil(&mut self) {
        self.spoiled += 1;
        self.kit.database.execute(&format!(
            "INSERT INTO outbox (kind, subject, created_at, due_at) VALUES ('telepathy', '{}', 0, {})",
            self.spoiled,
            self.kit.now.as_millisecond()
        ));
        self.alarm = Some(self.kit.now);
    }

    /// The provider reports every prediction once more, as it does at the end.
    pub(crate) fn report_everything(&mut self) {
        for job in 0..self.provider.jobs.len() {
            self.webhook(job, u8::MAX);
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

    pub(crate) fn pictures(&mut self) -> Vec<(GenerationId, PictureId)> {
        self.asked
            .clone()
            .into_iter()
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
        let id = BinnedId::Picture(id.clone());
        let outcome = self.kit.tell(DeleteFromBin { id }).unwrap();
        self.note(&outcome);
    }

    /// Sets the alarm, and checks that broadcasts are numbered one by one, and that those about a generation only move
    /// forward, and past its end only if it had been given up.
    pub(crate) fn note<T>(&mut self, outcome: &Outcome<T>) {
        self.alarm = outcome.alarm;
        // A release without the mark would lease such a row and send it, and the next one would send it again.
        let released_but_marked = "SELECT count(*) FROM outbox WHERE leased = 0 AND unsent = 1";
        assert_eq!(self.kit.database.integers(released_but_marked), [0]);
        let balance = self.kit.allowance();
        let granted = balance.granted.unwrap();
        assert!(balance.used + balance.reserved <= granted, "{balance:?}");
        for message in messages(outcome) {
            if let Some(before) = self.messages.last() {
                assert_eq!(message.seq, before.seq + 1);
            }
            self.messages.push(message);
        }
        for generation in broadcast(outcome) {
            if let Some(before) = self.last_seen.get(&generation.id) {
                assert!(generation.revision > before.revision);
                if before.status.is_final() && !was_given_up(before) {
                    assert_eq!(generation.status, before.status);
                    assert_eq!(generation.failure, before.failure);
                    assert_eq!(generation.finished_at, before.finished_at);
                    assert!(generation.pictures.len() < before.pictures.len());
                }
            }
            self.last_seen.insert(generation.id.clone(), generation);
        }
        for event in events(outcome) {
            if let Event::Series { series } = event {
                let before = self
                    .last_series
                    .insert(series.id.clone(), (*series).clone());
                assert!(before.is_none_or(|before| series.revision > before.revision));
            }
        }
    }

    /// Whether an effect is under way.
    pub(crate) fn is_busy(&self) -> bool {
        !self.running.is_empty()
    }

    /// From now on everything but the hanging effects goes well, until nothing is left to do.
    pub(crate) fn come_to_rest(&mut self) {
        self.provider.down_until = self.kit.now;
        for which in 0..self.series.len() {
            self.pause(which, false);
        }
        for _ in 0..2_000 {
            for which in (0..self.running.len()).rev() {
                self.perform(which, Fault::None);
                self.answer(which);
            }
            for job in 0..self.provider.jobs.len() {
                self.provider.advance(job, true);
            }
            if self.alarm.is_none() {
                self.pass(10 * MINUTE);
                self.alarm = None;
                assert_eq!(self.slots.room().total(), 6, "a slot was not given back");
                return;
            }
            self.wake();
        }
        panic!("never came to rest");
    }
}

/// Whether an effect serves a series that is paused.
fn is_paused(kit: &Kit, item: &OutboxItem) -> bool {
    let Effect::Submit { generation, .. } = &item.effect else {
        return false;
    };
    let sql = format!(
        "SELECT count(*) FROM series JOIN generations ON generations.series = series.id
         WHERE paused = 1 AND generations.id = '{generation}'"
    );
    kit.database.integers(&sql) == [1]
}

/// Whether a generation may have ended without the provider's last word.
fn was_given_up(ended: &Generation) -> bool {
    use FailureCode::{OutcomeUnknown, ProviderUnreachable, RequestLost, TimedOut};
    match &ended.failure {
        Some(failure) => matches!(
            failure.code,
            OutcomeUnknown | ProviderUnreachable | RequestLost | TimedOut
        ),
        None => ended.status == GenerationStatus::Canceled,
    }
}

fn pick<T>(items: &[T], which: usize) -> Option<&T> {
    items.get(which % items.len().max(1))
}
