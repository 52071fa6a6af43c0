//! The shell of one studio: passes time in and signals out, performs the effects that are due, and sets the alarm.
//!
//! Nothing here has to survive, because the studio keeps every effect as a row until its outcome is observed. When
//! the object dies in the middle of an effect, the alarm starts it again, and the studio hands the effect out again
//! (a submit as a reconcile, so that it is never sent twice).
//!
//! **Invariant:** what is due never fails a request. A request that is committed is answered with its reply; failures
//! of effects and of the alarm go to the log, and the shell tries again. [`Shell::alarm`] itself never fails, because
//! the platform gives up on an alarm that keeps failing.
//!
//! **What a panic costs.** The Worker is built with `panic = "abort"`, so a panic traps the whole wasm instance, and
//! with it every object and every request that the platform has placed in the same isolate. `worker-build`'s shim
//! catches the trap, resets the instance before the next call and constructs the objects anew. What was under way is
//! lost; open requests fail. Nothing stored is lost: a transaction that was not committed is rolled back by the
//! platform, and each object's outbox hands its leased effects out again when the object is next opened, by a
//! request or by its alarm, which is never later than the end of the first lease.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use axum::http::Method;
use selfsame_primitives::ids::RequestId;
use selfsame_primitives::time::Timestamp;
use selfsame_studio::credentials::SessionClaims;
use selfsame_studio::schedule::{Alarm, EffectSlots, within_lease};
use selfsame_studio::{
    Authenticated, FollowEvents, Observation, OutboxItem, Outcome, SetAside, Signal, Studio,
    StudioError,
};
use worker::durable::{ScheduledTime, Storage};
use worker::{Delay, Env, Error, State, WebSocket, js_sys};

use super::database::ObjectDatabase;
use super::effects::Performer;
use super::rates::Rates;
use super::sockets;
use crate::config::{self, Config};
use crate::http::ApiError;
use crate::platform::{self, Level, Line};

/// The pause before the shell tries again, after the database did not say what is due or the alarm could not be set.
const RETRY: Duration = Duration::from_secs(30);

/// The state of one Durable Object while it lives.
pub(super) struct Shell {
    state: State,
    performer: Performer,
    studio: RefCell<Option<Studio<ObjectDatabase>>>,
    slots: EffectSlots,
    alarm: RefCell<Alarm>,
    /// Whether a retry waits for its time.
    retrying: Cell<bool>,
    rates: RefCell<Rates>,
}

impl Shell {
    /// The shell of a Durable Object that has just been started.
    pub(super) fn new(state: State, env: Env) -> Self {
        sockets::answer_pings(&state);
        let settings = config::of(&env);
        // Not every runtime tells an object its name. Its id is as good for taking turns.
        let person = state.id().name();
        let person = person.unwrap_or_else(|| state.id().to_string());
        Self {
            state,
            performer: Performer::new(settings, env, person),
            studio: RefCell::new(None),
            slots: EffectSlots::default(),
            alarm: RefCell::default(),
            retrying: Cell::new(false),
            rates: RefCell::new(Rates::new(platform::now())),
        }
    }

    /// The settings of this deployment.
    pub(super) fn config(&self) -> &Config {
        self.performer.config()
    }

    /// The bindings.
    pub(super) const fn env(&self) -> &Env {
        self.performer.env()
    }

    /// Counts a request of this session. Fails when there were too many.
    pub(super) fn admit(&self, session: &SessionClaims, method: &Method) -> Result<(), ApiError> {
        let is_accepted = self.in_studio(|studio, now| studio.accepts(now, session))?;
        let mut rates = self.rates.borrow_mut();
        rates.admit(is_accepted, method, platform::now())
    }

    /// Accepts a WebSocket and sends it its first message. The client's end comes back.
    pub(super) async fn accept(
        self: &Rc<Self>,
        id: &RequestId,
        request: Authenticated<FollowEvents>,
    ) -> Result<WebSocket, ApiError> {
        let session = request.session.session.clone();
        // Nothing is awaited before the socket is accepted, so it misses no event that comes after its first message.
        let outcome = self.in_studio(|studio, now| studio.serve(now, id, request))?;
        self.tell(&outcome.signals);
        let socket = sockets::accept(&self.state, &session, &outcome.value)?;
        // Sets the alarm to the end of the session, which closes the socket.
        self.work().await;
        Ok(socket)
    }

    /// The alarm rang: something is due.
    pub(super) async fn alarm(self: &Rc<Self>) {
        self.alarm.borrow_mut().rang();
        self.work().await;
    }

    /// Starts the effects that are due and fit into the free slots, without waiting for them, and sets the alarm.
    /// Takes back effects whose lease has ended even if no slot is free.
    async fn work(self: &Rc<Self>) {
        let due = self.in_studio(|studio, now| studio.due(now, self.slots.room()));
        let alarm = match due {
            Ok(outcome) => {
                for item in outcome.value.items {
                    self.start(item);
                }
                for SetAside { row, cause } in outcome.value.set_aside {
                    let detail = format!("outbox row {row}: {cause}");
                    self.log(Level::Error, "set_aside", &detail);
                }
                self.tell(&outcome.signals);
                outcome.alarm
            }
            Err(error) => {
                self.log(Level::Error, "due", &error.to_string());
                let again = i64::try_from(RETRY.as_millis()).unwrap_or(i64::MAX);
                Some(platform::now().plus_milliseconds(again))
            }
        };
        self.wake_at(alarm).await;
    }

    /// Starts what is due after a pause, by a timer in memory, because the alarm could not be set. At most one retry
    /// waits at a time.
    fn retry_later(self: &Rc<Self>) {
        if self.retrying.replace(true) {
            return;
        }
        let shell = Rc::clone(self);
        self.state.wait_until(async move {
            Delay::from(RETRY).await;
            shell.retrying.set(false);
            shell.work().await;
        });
    }

    fn start(self: &Rc<Self>, item: OutboxItem) {
        let slot = self.slots.reserve(item.effect.class());
        let lease = u64::try_from(item.lease_milliseconds()).unwrap_or_default();
        let shell = Rc::clone(self);
        self.state.wait_until(async move {
            let lease = Delay::from(Duration::from_millis(lease));
            let start_sending = || shell.start_sending(&item);
            let effect = shell.performer.perform(&item.effect, start_sending);
            let observation = match within_lease(slot, effect, lease).await {
                Some(Observation::Erased) => return shell.delete_storage().await,
                Some(observation) => observation,
                None => {
                    shell.log(Level::Warning, "lease_ended", item.effect.name());
                    return shell.work().await;
                }
            };
            let observed = shell
                .turn(|studio, now| studio.observe(now, &item, observation))
                .await;
            if let Err(error) = observed {
                shell.log(Level::Error, "observe", &error.to_string());
                shell.work().await;
            }
        });
    }

    /// Records that a submit is sent now. Returns false if it must not be. Nothing may run between this and the request.
    fn start_sending(&self, item: &OutboxItem) -> bool {
        match self.in_studio(|studio, now| studio.start_sending(now, item)) {
            Ok(outcome) => {
                self.tell(&outcome.signals);
                outcome.value
            }
            Err(error) => {
                self.log(Level::Error, "start_sending", &error.to_string());
                false
            }
        }
    }

    /// Deletes the database of a person of whom nothing else is left, and the alarm with it. What asks for the object later
    /// finds a new one. If it fails, the erasure is performed again when its lease has ended.
    async fn delete_storage(&self) {
        match self.state.storage().delete_all().await {
            Ok(()) => {
                self.studio.take();
                self.alarm.take();
            }
            Err(error) => self.log(Level::Error, "delete_storage", &error.to_string()),
        }
    }

    /// Calls the studio and then delivers the signals, starts what is due and sets the alarm. Fails only if the call
    /// does, and then nothing is committed.
    pub(super) async fn turn<T>(
        self: &Rc<Self>,
        call: impl FnOnce(&mut Studio<ObjectDatabase>, Timestamp) -> Result<Outcome<T>, StudioError>,
    ) -> Result<T, StudioError> {
        let outcome = self.in_studio(call)?;
        self.tell(&outcome.signals);
        if outcome.alarm.is_some_and(|at| at <= platform::now()) {
            self.work().await;
        } else {
            self.wake_at(outcome.alarm).await;
        }
        Ok(outcome.value)
    }

    fn in_studio<T>(
        &self,
        call: impl FnOnce(&mut Studio<ObjectDatabase>, Timestamp) -> Result<T, StudioError>,
    ) -> Result<T, StudioError> {
        let now = platform::now();
        let mut slot = self.studio.borrow_mut();
        let studio = match slot.take() {
            Some(studio) => studio,
            None => Studio::open(ObjectDatabase::new(&self.state.storage()), now)?
                .with_limits(self.config().limits),
        };
        call(slot.insert(studio), now)
    }

    fn tell(&self, signals: &[Signal]) {
        for signal in signals {
            sockets::signal(&self.state, signal);
        }
    }

    /// Sets the alarm to ring at `at` or earlier, or at the next end of a session if that is earlier and sockets are open,
    /// unless it is known to be set so. Without either, an alarm that is set stays: clearing it would cost a write, and
    /// ringing for nothing costs none.
    async fn wake_at(self: &Rc<Self>, at: Option<Timestamp>) {
        let at = at.into_iter().chain(self.next_session_end()).min();
        let change = at.and_then(|at| self.alarm.borrow_mut().set(at, platform::now()));
        let Some(change) = change else {
            return;
        };
        match set_alarm(&self.state.storage(), change.at).await {
            Ok(()) => self.alarm.borrow_mut().confirm(change),
            Err(error) => {
                self.log(Level::Error, "set_alarm", &error.to_string());
                self.retry_later();
            }
        }
    }

    /// When the next session ends, if its sockets may have to be closed then.
    fn next_session_end(&self) -> Option<Timestamp> {
        if !sockets::any(&self.state) {
            return None;
        }
        let end = self.in_studio(|studio, _| studio.next_session_end());
        end.unwrap_or_else(|error| {
            self.log(Level::Error, "next_session_end", &error.to_string());
            None
        })
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

async fn set_alarm(storage: &Storage, at: Timestamp) -> Result<(), Error> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds since 1970 are exact in a double"
    )]
    let milliseconds = at.as_millisecond() as f64;
    let date = js_sys::Date::new(&milliseconds.into());
    storage.set_alarm(ScheduledTime::new(date)).await
}
