//! The pacer of all calls to the provider: class `PacerObject`, one object for each provider.
//!
//! A shell around [`selfsame_provider::pacer`], which decides: it passes the time in, holds the requests of calls that
//! wait, and answers them. Only the Worker's own objects and its front reach it, over the platform's internal fetch,
//! through the [`client`]. No route leads to it.
//!
//! It stores nothing. An object that was evicted or restarted has forgotten what went out in the last minute and begins
//! with a full burst, which is a tenth of a minute's calls, and with no back-off, which the provider's next 429 brings
//! back. A write for each call would cost more than that.

mod client;
mod message;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use futures_channel::oneshot;
use selfsame_provider::pacer::{Answer, Call, Kind, Pacer, Ticket};
use worker::{Delay, DurableObject, Env, Error, Request, Response, Result, State, durable_object};

use self::message::Message;
use crate::config;
use crate::platform;

pub(crate) use self::client::{Later, PacerClient, Permit};

/// The Durable Object class that wrangler.toml names.
#[durable_object]
pub struct PacerObject {
    shell: Rc<PacerShell>,
}

impl DurableObject for PacerObject {
    fn new(state: State, env: Env) -> Self {
        let pacer = Pacer::new(config::of(&env).pace);
        Self {
            shell: Rc::new(PacerShell {
                state,
                pacer: RefCell::new(pacer),
                waiting: RefCell::default(),
                tickets: Cell::default(),
                timers: [Cell::new(false), Cell::new(false)],
            }),
        }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        match request.json().await? {
            Message::Ask { person, call } => {
                let answer = self.shell.ask(&person, call).await?;
                Response::from_json(&answer)
            }
            Message::Throttled { call, seconds } => {
                self.shell.throttled(call, seconds);
                Response::empty()
            }
        }
    }
}

struct PacerShell {
    state: State,
    pacer: RefCell<Pacer>,
    /// The calls that have no answer yet.
    waiting: RefCell<BTreeMap<Ticket, oneshot::Sender<Answer>>>,
    /// Tickets that have been given out.
    tickets: Cell<Ticket>,
    /// Whether a timer runs, for each kind.
    timers: [Cell<bool>; 2],
}

impl PacerShell {
    async fn ask(self: &Rc<Self>, person: &str, call: Call) -> Result<Answer> {
        let ticket = self.tickets.get();
        self.tickets.set(ticket + 1);
        let (sender, receiver) = oneshot::channel();
        self.waiting.borrow_mut().insert(ticket, sender);
        self.pacer
            .borrow_mut()
            .ask(platform::now(), person, call, ticket);
        self.settle(call.kind());
        self.start_timer(call.kind());
        let lost = |_| Error::RustError("the pacer forgot a call".to_owned());
        receiver.await.map_err(lost)
    }

    fn throttled(&self, call: Call, seconds: u32) {
        self.pacer
            .borrow_mut()
            .throttled(platform::now(), call.kind(), seconds);
    }

    fn settle(&self, kind: Kind) {
        let answers = self.pacer.borrow_mut().settle(platform::now(), kind);
        let mut waiting = self.waiting.borrow_mut();
        for (ticket, answer) in answers {
            if let Some(sender) = waiting.remove(&ticket) {
                // Whoever has gone away does not need the answer.
                let _ = sender.send(answer);
            }
        }
    }

    /// Settles whenever something is due, for as long as calls of `kind` wait. One timer a kind is enough, because
    /// another call never makes anything due earlier.
    fn start_timer(self: &Rc<Self>, kind: Kind) {
        if self.wait(kind).is_none() || self.timer(kind).replace(true) {
            return;
        }
        let shell = Rc::clone(self);
        self.state.wait_until(async move {
            while let Some(wait) = shell.wait(kind) {
                Delay::from(wait).await;
                shell.settle(kind);
            }
            shell.timer(kind).set(false);
        });
    }

    const fn timer(&self, kind: Kind) -> &Cell<bool> {
        let [creates, others] = &self.timers;
        match kind {
            Kind::Creates => creates,
            Kind::Others => others,
        }
    }

    /// The time until something is due, at least a millisecond; `None` if no call of `kind` waits.
    fn wait(&self, kind: Kind) -> Option<Duration> {
        let at = self.pacer.borrow().next(kind)?;
        let milliseconds = at.as_millisecond() - platform::now().as_millisecond();
        Some(Duration::from_millis(
            u64::try_from(milliseconds).unwrap_or(0).max(1),
        ))
    }
}
