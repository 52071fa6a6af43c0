//! A studio with one person, Ada, and what the tests need to drive it.

use std::collections::BTreeMap;

use selfsame_api::{
    Allowance, Attestation, Consent, ConsentStatement, Event, Generation, GenerationRequest,
    GenerationStatus, GenerationSummary, LoraProof, Model, ModelState, Numbered, Opening, Provider,
    Role, SeriesRecord,
};
use selfsame_primitives::ids::{GenerationId, ModelId, PictureId, SeriesId, SessionId};
use selfsame_primitives::time::Timestamp;
use selfsame_prompt::compose::Composition;
use selfsame_prompt::enhancement::Enhancement;
use selfsame_prompt::parameters::{OutputFormat, Overrides, PresetId};
use selfsame_prompt::placement::{Placement, QualityId};
use selfsame_prompt::schema::InputSchema;
use selfsame_prompt::slots::Slots;
use selfsame_provider::outcome::SubmitOutcome;
use selfsame_provider::prediction::{OutputFile, Phase, Prediction};
use selfsame_provider::redact::Cause;
use selfsame_series::MOST_FRAMES;
use selfsame_series::shoots::NewShoot;
use selfsame_studio::credentials::{Browser, LinkClaims, LinkValidity, SessionClaims};
use selfsame_studio::schedule::EffectSlots;
use selfsame_studio::{
    AddModel, Authenticated, BeginSession, CreateSeries, Effect, FetchFailure, FollowEvents,
    FrameIds, Generate, GetGeneration, GetMe, Limits, NewSeries, Nonce, Observation, OpenStudio,
    OutboxItem, Outcome, PersonRequest, Request, RetryFrame, Signal, Studio, StudioError,
};
use serde_json::json;

use crate::database::Sqlite;

pub(crate) const START: Timestamp = Timestamp::from_millisecond(1_800_000_000_000);
pub(crate) const SECOND: i64 = 1_000;
pub(crate) const MINUTE: i64 = 60 * SECOND;

const SCHEMA: &str = include_str!("../../../../tests/fixtures/schemas/flux-lora-hotswap.json");

pub(crate) fn schema() -> InputSchema {
    InputSchema::from_openapi(&serde_json::from_str(SCHEMA).unwrap()).unwrap()
}

pub(crate) fn consent() -> Consent {
    let attestation = Attestation {
        by: "Ada".to_owned(),
        statement: ConsentStatement::OwnFace1,
    };
    Consent::of(attestation, START)
}

/// Two enhancements of a catalogue.
pub(crate) fn enhancements() -> Vec<Enhancement> {
    let enhancement = |id: &str, phrase: Option<&str>| Enhancement {
        id: id.parse().unwrap(),
        version: 3,
        title: id.to_owned(),
        reference: format!("huggingface.co/somebody/{id}/lora.safetensors"),
        phrase: phrase.map(|phrase| phrase.parse().unwrap()),
        default_scale: 0.6,
        max_scale: 1.0,
    };
    vec![
        enhancement("face-realism", Some("face realism")),
        enhancement("details", None),
    ]
}

pub(crate) fn model(number: u128) -> Model {
    Model {
        id: ModelId::mint(START, number),
        label: "Ada".to_owned(),
        provider: Provider::Replicate,
        provider_model: "studio/ada-selfie-lora".to_owned(),
        version: format!("{number:064x}"),
        trigger: "user42585527".parse().unwrap(),
        class_word: "woman".parse().unwrap(),
        schema: schema(),
        weights: None,
        state: ModelState::Active,
        proof: LoraProof::Unchecked,
        consent: Some(consent()),
        created_at: START,
    }
}

pub(crate) fn open_ada(allowance: Option<u32>) -> OpenStudio {
    OpenStudio {
        user: "ada".parse().unwrap(),
        name: "Ada".to_owned(),
        role: Role::Person,
        allowance,
    }
}

pub(crate) fn link(nonce: u128) -> LinkClaims {
    LinkClaims {
        user: "ada".parse().unwrap(),
        role: Role::Person,
        nonce: Nonce::from_random(nonce),
        expires: START.plus_milliseconds(60 * MINUTE),
        validity: LinkValidity::Epoch(START.as_millisecond()),
    }
}

/// A sign-in with a link, of a client without a cookie.
pub(crate) fn sign_in(link: LinkClaims, session: u128) -> BeginSession {
    BeginSession {
        link,
        session: SessionId::mint(START, session),
        browser: Browser::default(),
        replaces: None,
    }
}

pub(crate) fn cause() -> Cause {
    Cause::new("connection reset")
}

/// Ada's studio and the time.
pub(crate) struct Kit {
    pub database: Sqlite,
    pub studio: Studio<Sqlite>,
    pub now: Timestamp,
    pub session: SessionClaims,
    pub model: Model,
    limits: Limits,
    minted: u128,
}

impl Kit {
    pub(crate) fn new() -> Self {
        Self::with_allowance(Some(10))
    }

    pub(crate) fn with_allowance(allowance: Option<u32>) -> Self {
        let database = Sqlite::in_memory();
        let mut studio = Studio::open(database.clone(), START).unwrap();
        let model = model(1);
        studio.handle(START, open_ada(allowance)).unwrap();
        let bind = AddModel {
            model: model.clone(),
            canary: None,
        };
        studio.handle(START, bind).unwrap();
        let signed_in = studio.handle(START, sign_in(link(1), 1)).unwrap().value;
        Self {
            database,
            studio,
            now: START,
            session: signed_in.claims,
            model,
            limits: Limits::DEFAULT,
            minted: 1,
        }
    }

    pub(crate) fn pass(&mut self, milliseconds: i64) {
        self.now = self.now.plus_milliseconds(milliseconds);
    }

    /// The shell dies, and a new one opens the same database.
    pub(crate) fn crash(&mut self) {
        let studio = Studio::open(self.database.clone(), self.now).unwrap();
        self.studio = studio.with_limits(self.limits);
    }

    /// Opens the studio again, with these limits.
    pub(crate) fn limit(&mut self, under_way: u32, queued: u32) {
        self.limits = Limits {
            under_way,
            queued,
            ..self.limits
        };
        self.crash();
    }

    pub(crate) fn handle<R: Request>(
        &mut self,
        request: R,
    ) -> Result<Outcome<R::Reply>, StudioError> {
        self.studio.handle(self.now, request)
    }

    /// Ada's request, with all that it leaves to do.
    pub(crate) fn tell<R: PersonRequest>(
        &mut self,
        request: R,
    ) -> Result<Outcome<R::Reply>, StudioError> {
        let session = self.session.clone();
        self.handle(Authenticated { session, request })
    }

    /// Ada's request, with its reply alone.
    pub(crate) fn ask<R: PersonRequest>(&mut self, request: R) -> Result<R::Reply, StudioError> {
        Ok(self.tell(request)?.value)
    }

    /// When the next outbox row is due, or the next lease ends. Thumbnails do not count: see [`leased`](Self::leased).
    pub(crate) fn next_alarm(&self) -> Option<Timestamp> {
        let due = self.database.integers(
            "SELECT due_at FROM outbox WHERE kind <> 'thumbnails' ORDER BY due_at LIMIT 1",
        );
        due.first().copied().map(Timestamp::from_millisecond)
    }

    pub(crate) fn request(&self, pictures: u32) -> GenerationRequest {
        GenerationRequest {
            model: self.model.id.clone(),
            text: "reading in a café".to_owned(),
            preset: PresetId::default(),
            overrides: Overrides::default(),
            pictures,
            placement: Placement::default(),
            quality: QualityId::default(),
            slots: Slots::default(),
            enhancements: Vec::new(),
            session: None,
        }
    }

    /// The command for a request, with fresh ids.
    pub(crate) fn generate_command(&mut self, request: GenerationRequest) -> Generate {
        self.minted += 1;
        Generate {
            request,
            idempotency_key: format!("key-{}", self.minted),
            generation: GenerationId::mint(self.now, self.minted),
            nonce: Nonce::from_random(self.minted),
            seed: u32::try_from(self.minted).unwrap(),
            enhancements: enhancements(),
            webhook_origin: Some("https://studio.example".to_owned()),
        }
    }

    /// A shoot of this many compositions.
    pub(crate) fn new_shoot(&self, frames: u32) -> NewSeries {
        let compositions = (0..frames).map(|number| Composition {
            text: format!("reading in café number {number}"),
            pictures: 1,
            ..Composition::default()
        });
        NewSeries::Shoot(Box::new(NewShoot {
            model: self.model.id.clone(),
            collection: None,
            look: None,
            shots: None,
            outfits: BTreeMap::new(),
            preset: None,
            overrides: None,
            title: Some("Cafés".to_owned()),
            compositions: Some(compositions.collect()),
            session: None,
        }))
    }

    /// A comparison of the presets Classic and Likeness along the columns, and of `steps` along the rows.
    pub(crate) fn new_comparison(&self, steps: &[u32]) -> NewSeries {
        let mut axes = vec![json!({"parameter": "preset", "values": ["classic", "likeness"]})];
        if !steps.is_empty() {
            axes.push(json!({"parameter": "steps", "values": steps}));
        }
        let comparison = json!({
            "model": self.model.id,
            "composition": {"text": "reading in a café"},
            "axes": axes,
        });
        NewSeries::Comparison(Box::new(serde_json::from_value(comparison).unwrap()))
    }

    fn frame_ids(&mut self) -> FrameIds {
        self.minted += 1;
        FrameIds {
            generation: GenerationId::mint(self.now, self.minted),
            nonce: Nonce::from_random(self.minted),
        }
    }

    /// The command for a series, with fresh ids.
    pub(crate) fn series_command(&mut self, request: NewSeries) -> CreateSeries {
        let frames: Vec<FrameIds> = (0..MOST_FRAMES).map(|_| self.frame_ids()).collect();
        self.minted += 1;
        CreateSeries {
            request,
            idempotency_key: format!("key-{}", self.minted),
            id: SeriesId::mint(self.now, self.minted),
            frames: Box::new(frames.try_into().unwrap()),
            seed: u32::try_from(self.minted).unwrap(),
            enhancements: enhancements(),
            webhook_origin: Some("https://studio.example".to_owned()),
        }
    }

    /// A series that was begun.
    pub(crate) fn series(&mut self, request: NewSeries) -> SeriesRecord {
        let command = self.series_command(request);
        self.ask(command).unwrap()
    }

    /// The command that makes a frame again, with fresh ids.
    pub(crate) fn retry_command(&mut self, id: &SeriesId, frame: u32) -> RetryFrame {
        let ids = self.frame_ids();
        RetryFrame {
            id: id.clone(),
            frame,
            idempotency_key: format!("key-{}", self.minted),
            ids,
            enhancements: enhancements(),
            webhook_origin: Some("https://studio.example".to_owned()),
        }
    }

    pub(crate) fn generate(&mut self, pictures: u32) -> GenerationId {
        let request = self.request(pictures);
        let command = self.generate_command(request);
        let id = command.generation.clone();
        self.ask(command).unwrap();
        id
    }

    /// The first message of a client that has none yet: its generations, and where the list goes on.
    pub(crate) fn snapshot(&mut self) -> (Vec<GenerationSummary>, Option<String>) {
        match self.ask(FollowEvents::default()).unwrap().message {
            Opening::Snapshot {
                generations,
                next_cursor,
            } => (generations, next_cursor),
            other @ Opening::Changes { .. } => panic!("{other:?}"),
        }
    }

    pub(crate) fn generation(&mut self, id: &GenerationId) -> Generation {
        self.ask(GetGeneration { id: id.clone() }).unwrap()
    }

    pub(crate) fn status(&mut self, id: &GenerationId) -> GenerationStatus {
        self.generation(id).status
    }

    pub(crate) fn allowance(&mut self) -> Allowance {
        self.ask(GetMe).unwrap().allowance
    }

    /// Leases everything that is due, as a shell without a limit would, and begins to send the submits.
    pub(crate) fn due(&mut self) -> Vec<OutboxItem> {
        let items = self.leased();
        for item in &items {
            if matches!(item.effect, Effect::Submit { .. }) {
                assert!(self.start_sending(item), "{item:?}");
            }
        }
        items
    }

    pub(crate) fn start_sending(&mut self, submit: &OutboxItem) -> bool {
        let outcome = self.studio.start_sending(self.now, submit);
        outcome.unwrap().value
    }

    /// Leases everything that is due, and sends nothing yet. Thumbnails are made at once, because only their own tests are
    /// about them.
    pub(crate) fn leased(&mut self) -> Vec<OutboxItem> {
        let mut items = Vec::new();
        loop {
            let due = self
                .studio
                .due(self.now, EffectSlots::default().room())
                .unwrap();
            assert_eq!(due.value.set_aside, []);
            if due.value.items.is_empty() {
                return items;
            }
            for item in due.value.items {
                if matches!(item.effect, Effect::MakeThumbnails { .. }) {
                    self.observe(&item, Observation::ThumbnailsMade(Vec::new()));
                } else {
                    items.push(item);
                }
            }
        }
    }

    /// Leases the only effect that is due.
    pub(crate) fn only_due(&mut self) -> OutboxItem {
        let mut items = self.due();
        assert_eq!(items.len(), 1, "{items:?}");
        items.remove(0)
    }

    /// Moves to the next alarm and leases the only effect that is due then.
    pub(crate) fn next_due(&mut self) -> OutboxItem {
        self.now = self.next_alarm().unwrap().max(self.now);
        self.only_due()
    }

    /// After a crash: leases the effect that was never answered, which is due after a back-off.
    pub(crate) fn next_due_after_pause(&mut self) -> OutboxItem {
        assert!(self.due().is_empty(), "backs off first");
        self.next_due()
    }

    pub(crate) fn observe(&mut self, item: &OutboxItem, observation: Observation) -> Outcome<()> {
        self.studio.observe(self.now, item, observation).unwrap()
    }

    /// A generation whose submit was accepted as `name`, and its first poll.
    pub(crate) fn accepted(&mut self, pictures: u32, name: &str) -> (GenerationId, OutboxItem) {
        let id = self.generate(pictures);
        (id, self.accept(name))
    }

    fn accept(&mut self, name: &str) -> OutboxItem {
        let submit = self.only_due();
        let accepted = SubmitOutcome::Accepted(prediction(name, Phase::Starting));
        self.observe(&submit, Observation::Submitted(accepted));
        self.next_due()
    }

    /// A generation whose prediction has succeeded, and its fetches.
    pub(crate) fn saving(&mut self, pictures: u32) -> (GenerationId, Vec<OutboxItem>) {
        let (id, poll) = self.accepted(pictures, "p1");
        self.observe(&poll, polled(succeeded("p1", pictures)));
        (id, self.due())
    }

    /// A generation that succeeded, and its pictures.
    pub(crate) fn succeeded(&mut self, pictures: u32) -> (GenerationId, Vec<PictureId>) {
        self.succeeded_as("p1", pictures)
    }

    /// A generation that succeeded as the prediction `name`, and its pictures.
    pub(crate) fn succeeded_as(
        &mut self,
        name: &str,
        pictures: u32,
    ) -> (GenerationId, Vec<PictureId>) {
        let (id, poll) = self.accepted(pictures, name);
        self.save(id, &poll, succeeded(name, pictures))
    }

    /// A request that succeeded, and its pictures.
    pub(crate) fn succeeded_with(
        &mut self,
        request: GenerationRequest,
    ) -> (GenerationId, Vec<PictureId>) {
        let pictures = request.pictures;
        let command = self.generate_command(request);
        let id = command.generation.clone();
        self.ask(command).unwrap();
        // Each has a prediction of its own.
        let name = format!("prediction-{}", self.minted);
        let poll = self.accept(&name);
        self.save(id, &poll, succeeded(&name, pictures))
    }

    fn save(
        &mut self,
        id: GenerationId,
        poll: &OutboxItem,
        prediction: Prediction,
    ) -> (GenerationId, Vec<PictureId>) {
        self.observe(poll, polled(prediction));
        let fetches = self.due();
        for fetch in &fetches {
            self.observe(fetch, stored());
        }
        let pictures = self.generation(&id).pictures;
        (id, pictures.into_iter().map(|picture| picture.id).collect())
    }
}

pub(crate) fn prediction(name: &str, phase: Phase) -> Prediction {
    Prediction {
        id: name.parse().unwrap(),
        started: phase == Phase::Processing,
        phase,
        progress: None,
        seed: None,
        outputs: Vec::new(),
        data_removed: false,
        created_at: None,
    }
}

pub(crate) fn succeeded(name: &str, files: u32) -> Prediction {
    Prediction {
        seed: Some(77),
        outputs: (0..files)
            .map(|index| OutputFile {
                index,
                url: format!("https://replicate.delivery/{name}/out-{index}.webp"),
            })
            .collect(),
        ..prediction(name, Phase::Succeeded)
    }
}

pub(crate) fn polled(prediction: Prediction) -> Observation {
    Observation::Polled(selfsame_provider::outcome::ReadOutcome::Found(prediction))
}

pub(crate) fn stored() -> Observation {
    Observation::PictureStored {
        format: OutputFormat::Webp,
        bytes: 1_234,
        etag: "abc".to_owned(),
        fingerprint: None,
    }
}

pub(crate) fn lost() -> Observation {
    Observation::PictureFailed {
        kind: FetchFailure::Permanent,
        cause: cause(),
    }
}

/// The effect's kind, for comparing.
pub(crate) fn kind(item: &OutboxItem) -> &'static str {
    match item.effect {
        Effect::Submit { .. } => "submit",
        Effect::Reconcile { .. } => "reconcile",
        Effect::Poll { .. } => "poll",
        Effect::Cancel { .. } => "cancel",
        Effect::FetchPicture { .. } => "fetch",
        Effect::MakeThumbnails { .. } => "thumbnails",
        Effect::DeleteObjects { .. } => "delete",
        Effect::Erase(_) => "erase",
    }
}

/// The messages that were broadcast, in order.
pub(crate) fn messages<T>(outcome: &Outcome<T>) -> Vec<Numbered<Event>> {
    let message = |signal: &Signal| match signal {
        Signal::Broadcast(message) => Some(message.clone()),
        _ => None,
    };
    outcome.signals.iter().filter_map(message).collect()
}

/// The events that were broadcast, in order.
pub(crate) fn events<T>(outcome: &Outcome<T>) -> Vec<Event> {
    let messages = messages(outcome).into_iter();
    messages.map(|numbered| numbered.message).collect()
}

/// The generations that were broadcast, in order.
pub(crate) fn broadcast<T>(outcome: &Outcome<T>) -> Vec<Generation> {
    let generation = |event| match event {
        Event::Generation { generation } => Some(*generation),
        _ => None,
    };
    events(outcome).into_iter().filter_map(generation).collect()
}

/// The ids of the rows that were left out because they cannot be read.
pub(crate) fn set_aside<T>(outcome: &Outcome<T>) -> Vec<&str> {
    let signals = outcome.signals.iter();
    let ids = signals.filter_map(|signal| match signal {
        Signal::Unreadable { id, .. } => Some(id.as_str()),
        _ => None,
    });
    ids.collect()
}
