//! What happens around a studio: time comes in, signals and effects go out.
//!
//! The studio keeps every effect as a row until its outcome is observed, so nothing here has to survive. When this
//! object dies in the middle of an effect, the alarm wakes the next one, and the studio hands the effect out again
//! (a create only to be looked for, never to be repeated).

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use selfsame_api::ErrorCode;
use selfsame_primitives::time::Timestamp;
use selfsame_studio::credentials::SessionClaims;
use selfsame_studio::{
    Authenticated, GetSnapshot, OutboxItem, Outcome, Signal, Studio, StudioError,
};
use worker::durable::ScheduledTime;
use worker::{Env, Error, Request, Response, State, js_sys};

use super::database::ObjectDatabase;
use super::effects::Performer;
use super::sockets;
use crate::call::Call;
use crate::config;
use crate::log::{Level, Line};
use crate::platform;
use crate::studio::{REQUEST_ID, SESSION};

/// Effects under way at most: a Worker may have six connections open.
const MOST_EFFECTS: usize = 6;
/// Milliseconds after which a busy shell looks again, in case it dies while it is busy.
const BUSY: i64 = 10_000;

/// The state of one Durable Object while it lives.
pub struct Shell {
    state: State,
    performer: Performer,
    studio: RefCell<Option<Studio<ObjectDatabase>>>,
    under_way: Cell<usize>,
    alarm: Cell<Alarm>,
}

/// What the alarm is set to, as far as this life knows: every write of it costs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Alarm {
    Unknown,
    Off,
    At(Timestamp),
}

impl Shell {
    /// The shell of a Durable Object that has just been started.
    pub fn new(state: State, env: Env) -> Self {
        sockets::answer_pings(&state);
        let settings = config::of(&env);
        Self {
            state,
            performer: Performer::new(settings, env),
            studio: RefCell::new(None),
            under_way: Cell::new(0),
            alarm: Cell::new(Alarm::Unknown),
        }
    }

    /// Carries out a [`Call`].
    pub async fn call<R: Call>(
        self: &Rc<Self>,
        call: R,
        request: &Request,
    ) -> Result<Response, Error> {
        match self.turn(|studio, now| studio.handle(now, call)).await? {
            Ok(reply) => Response::from_json(&reply),
            Err(error) => refuse(&error, request),
        }
    }

    /// `GET /events`.
    pub async fn events(self: &Rc<Self>, request: &Request) -> Result<Response, Error> {
        let claims = request.headers().get(SESSION)?.unwrap_or_default();
        let session: SessionClaims = serde_json::from_str(&claims)?;
        let id = session.session.clone();
        let snapshot = Authenticated {
            session,
            request: GetSnapshot,
        };
        match self
            .turn(|studio, now| studio.handle(now, snapshot))
            .await?
        {
            Ok(event) => sockets::accept(&self.state, &id, &event),
            Err(error) => refuse(&error, request),
        }
    }

    /// The alarm: something is due.
    pub async fn alarm(self: &Rc<Self>) -> Result<(), Error> {
        self.alarm.set(Alarm::Unknown);
        self.work().await
    }

    /// Starts whatever is due, without waiting for it.
    async fn work(self: &Rc<Self>) -> Result<(), Error> {
        if self.under_way.get() >= MOST_EFFECTS {
            return self
                .wake_at(Some(platform::now().plus_milliseconds(BUSY)))
                .await;
        }
        match self.in_studio(Studio::due) {
            Ok(outcome) => {
                for item in outcome.value {
                    self.start(item);
                }
                self.tell(&outcome.signals);
                self.wake_at(outcome.alarm).await
            }
            Err(error) => Err(Error::RustError(error.to_string())),
        }
    }

    fn start(self: &Rc<Self>, item: OutboxItem) {
        self.under_way.set(self.under_way.get() + 1);
        let shell = Rc::clone(self);
        self.state.wait_until(async move {
            let observation = shell.performer.perform(&item.effect).await;
            shell.under_way.set(shell.under_way.get() - 1);
            let taken_in = shell
                .turn(|studio, now| studio.observe(now, &item, observation))
                .await;
            match taken_in {
                Ok(Ok(())) => {}
                Ok(Err(error)) => shell.log(Level::Error, "observe", &error.to_string()),
                Err(error) => shell.log(Level::Error, "observe", &error.to_string()),
            }
        });
    }

    /// One call of the studio and all that follows from it: signals are passed on, what is due is started, the
    /// alarm is set to what comes later.
    async fn turn<T>(
        self: &Rc<Self>,
        call: impl FnOnce(&mut Studio<ObjectDatabase>, Timestamp) -> Result<Outcome<T>, StudioError>,
    ) -> Result<Result<T, StudioError>, Error> {
        let outcome = match self.in_studio(call) {
            Ok(outcome) => outcome,
            Err(error) => return Ok(Err(error)),
        };
        self.tell(&outcome.signals);
        if outcome.alarm.is_some_and(|at| at <= platform::now()) {
            self.work().await?;
        } else {
            self.wake_at(outcome.alarm).await?;
        }
        Ok(Ok(outcome.value))
    }

    fn in_studio<T>(
        &self,
        call: impl FnOnce(&mut Studio<ObjectDatabase>, Timestamp) -> Result<T, StudioError>,
    ) -> Result<T, StudioError> {
        let now = platform::now();
        let mut slot = self.studio.borrow_mut();
        let studio = match slot.take() {
            Some(studio) => studio,
            None => Studio::open(ObjectDatabase::new(&self.state.storage()), now)?,
        };
        call(slot.insert(studio), now)
    }

    fn tell(&self, signals: &[Signal]) {
        for signal in signals {
            sockets::signal(&self.state, signal);
        }
    }

    async fn wake_at(&self, at: Option<Timestamp>) -> Result<(), Error> {
        let alarm = at.map_or(Alarm::Off, Alarm::At);
        if self.alarm.replace(alarm) == alarm {
            return Ok(());
        }
        let storage = self.state.storage();
        match at {
            None => storage.delete_alarm().await,
            Some(at) => {
                #[expect(
                    clippy::cast_precision_loss,
                    reason = "milliseconds of this age are exact in a double"
                )]
                let milliseconds = at.as_millisecond() as f64;
                let date = js_sys::Date::new(&milliseconds.into());
                storage.set_alarm(ScheduledTime::new(date)).await
            }
        }
    }

    fn log(&self, level: Level, event: &str, detail: &str) {
        let user = self.state.id().name();
        Line {
            level,
            event,
            subject: user.as_deref(),
            detail: Some(detail),
        }
        .write();
    }
}

/// The refusal for the Worker; a fault of ours goes to the log here, where its cause is known.
fn refuse(error: &StudioError, request: &Request) -> Result<Response, Error> {
    if error.code() == ErrorCode::Internal {
        let id = request.headers().get(REQUEST_ID)?;
        Line {
            level: Level::Error,
            event: "studio",
            subject: id.as_deref(),
            detail: Some(&error.to_string()),
        }
        .write();
    }
    let response = Response::from_json(&error.refusal())?;
    Ok(response.with_status(crate::status::status(error.code())))
}
