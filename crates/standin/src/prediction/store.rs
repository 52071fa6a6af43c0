//! Keeps the predictions in memory. Every change goes through [`Store::change`].

use std::collections::HashMap;
use std::sync::Mutex;

use serde_json::Value;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::watch;
use tokio::time::{Duration, Instant};

use super::{Prediction, Status};
use crate::lock;
use crate::webhook::{Event, Report};

/// All predictions, in order of creation.
#[derive(Debug)]
pub(crate) struct Store {
    origin: String,
    /// The shortest time between two reports of `output`, and between two of `logs`.
    throttle: Duration,
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    entries: Vec<Entry>,
    by_id: HashMap<String, usize>,
    by_token: HashMap<String, usize>,
}

#[derive(Debug)]
struct Entry {
    prediction: Prediction,
    status: watch::Sender<Status>,
    /// Dropped with the terminal event, which tells the reporter that it was the last.
    reports: Option<UnboundedSender<Report>>,
    last_logs: Option<Instant>,
    last_output: Option<Instant>,
}

impl Store {
    /// An empty store whose predictions have URLs under `origin`.
    pub(crate) fn new(origin: String, throttle: Duration) -> Self {
        Self {
            origin,
            throttle,
            inner: Mutex::default(),
        }
    }

    /// Adds and numbers a prediction. `reports` receives its webhook events.
    pub(crate) fn insert(
        &self,
        mut prediction: Prediction,
        reports: Option<UnboundedSender<Report>>,
    ) -> watch::Receiver<Status> {
        let mut guard = lock(&self.inner);
        let inner = &mut *guard;
        let place = inner.entries.len();
        prediction.number = place as u64;
        inner.by_id.insert(prediction.id.clone(), place);
        inner.by_token.insert(prediction.token.clone(), place);
        let (status, watcher) = watch::channel(prediction.status);
        inner.entries.push(Entry {
            prediction,
            status,
            reports,
            last_logs: None,
            last_output: None,
        });
        watcher
    }

    /// Copies a prediction.
    pub(crate) fn get(&self, id: &str) -> Option<Prediction> {
        let inner = lock(&self.inner);
        inner
            .by_id
            .get(id)
            .map(|place| inner.entries[*place].prediction.clone())
    }

    /// Copies the prediction whose output URLs contain `token`.
    pub(crate) fn by_token(&self, token: &str) -> Option<Prediction> {
        let inner = lock(&self.inner);
        inner
            .by_token
            .get(token)
            .map(|place| inner.entries[*place].prediction.clone())
    }

    /// Copies all predictions, oldest first.
    pub(crate) fn all(&self) -> Vec<Prediction> {
        lock(&self.inner)
            .entries
            .iter()
            .map(|entry| entry.prediction.clone())
            .collect()
    }

    /// Changes a prediction and reports `event` with the new state. Returns false and changes nothing if it has ended or
    /// does not exist.
    pub(crate) fn change(
        &self,
        id: &str,
        event: Event,
        change: impl FnOnce(&mut Prediction),
    ) -> bool {
        let mut inner = lock(&self.inner);
        let Some(place) = inner.by_id.get(id).copied() else {
            return false;
        };
        let entry = &mut inner.entries[place];
        if entry.prediction.status.is_terminal() {
            return false;
        }
        change(&mut entry.prediction);
        entry.report(event, &self.origin, self.throttle);
        // This wakes up creates that wait for the end.
        entry.status.send_replace(entry.prediction.status);
        true
    }

    /// Removes inputs, outputs and logs of a prediction in any state.
    pub(crate) fn remove_data(&self, id: &str) {
        let mut inner = lock(&self.inner);
        if let Some(place) = inner.by_id.get(id).copied() {
            inner.entries[place].prediction.remove_data();
        }
    }
}

impl Entry {
    fn report(&mut self, event: Event, origin: &str, throttle: Duration) {
        let Some(hook) = &self.prediction.webhook else {
            return;
        };
        let wanted = hook.wants(event);
        let body = || -> Value { self.prediction.json(origin) };
        let last = match event {
            Event::Logs => Some(&mut self.last_logs),
            Event::Output => Some(&mut self.last_output),
            Event::Start | Event::Completed => None,
        };
        let too_soon = last
            .as_ref()
            .is_some_and(|last| last.is_some_and(|last| last.elapsed() < throttle));
        if wanted && !too_soon {
            let report = Report {
                event,
                body: body(),
            };
            if let Some(last) = last {
                *last = Some(Instant::now());
            }
            if let Some(reports) = &self.reports {
                // The reporter ends before its senders only if the server stops.
                let _ = reports.send(report);
            }
        }
        if event == Event::Completed {
            self.reports = None;
        }
    }
}
