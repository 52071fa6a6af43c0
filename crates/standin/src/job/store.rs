//! Keeps predictions or trainings in memory. Every change goes through [`Store::change`], which reports it.

use std::sync::Mutex;

use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::watch;
use tokio::time::{Duration, Instant};

use super::{Job, Status};
use crate::lock;
use crate::webhook::{Event, Report};

/// All jobs of one kind, in order of creation.
#[derive(Debug)]
pub(crate) struct Store<J> {
    origin: String,
    /// The shortest time between two reports of `output`, and between two of `logs`.
    throttle: Duration,
    inner: Mutex<Inner<J>>,
}

#[derive(Debug)]
struct Inner<J> {
    entries: Vec<Entry<J>>,
    /// How many were ever added.
    added: u64,
}

#[derive(Debug)]
struct Entry<J> {
    job: J,
    status: watch::Sender<Status>,
    /// Dropped with the terminal event, which tells the reporter that it was the last.
    reports: Option<UnboundedSender<Report>>,
    last_logs: Option<Instant>,
    last_output: Option<Instant>,
}

impl<J: Job> Store<J> {
    /// An empty store whose jobs have URLs under `origin`.
    pub(crate) fn new(origin: String, throttle: Duration) -> Self {
        Self {
            origin,
            throttle,
            inner: Mutex::new(Inner {
                entries: Vec::new(),
                added: 0,
            }),
        }
    }

    /// Adds and numbers a job. `reports` receives its webhook events.
    pub(crate) fn insert(
        &self,
        mut job: J,
        reports: Option<UnboundedSender<Report>>,
    ) -> watch::Receiver<Status> {
        let mut inner = lock(&self.inner);
        job.set_number(inner.added);
        inner.added += 1;
        let (status, watcher) = watch::channel(job.status());
        inner.entries.push(Entry {
            job,
            status,
            reports,
            last_logs: None,
            last_output: None,
        });
        watcher
    }

    /// Copies a job.
    pub(crate) fn get(&self, id: &str) -> Option<J> {
        self.find(|job| job.id() == id)
    }

    /// Copies the first job that matches.
    pub(crate) fn find(&self, matches: impl Fn(&J) -> bool) -> Option<J> {
        let inner = lock(&self.inner);
        let mut jobs = inner.entries.iter().map(|entry| &entry.job);
        jobs.find(|job| matches(job)).cloned()
    }

    /// Copies all jobs, oldest first.
    pub(crate) fn all(&self) -> Vec<J> {
        let inner = lock(&self.inner);
        inner
            .entries
            .iter()
            .map(|entry| entry.job.clone())
            .collect()
    }

    /// Follows the changes of a job. Every change counts, not only one of the status.
    pub(crate) fn watch(&self, id: &str) -> Option<watch::Receiver<Status>> {
        let inner = lock(&self.inner);
        let entry = inner.entries.iter().find(|entry| entry.job.id() == id)?;
        Some(entry.status.subscribe())
    }

    /// Changes a job and reports `event` with the new state. Returns false and changes nothing if it has ended or does not
    /// exist.
    pub(crate) fn change(&self, id: &str, event: Event, change: impl FnOnce(&mut J)) -> bool {
        let mut inner = lock(&self.inner);
        let entry = inner.entries.iter_mut().find(|entry| entry.job.id() == id);
        let Some(entry) = entry.filter(|entry| !entry.job.status().is_terminal()) else {
            return false;
        };
        change(&mut entry.job);
        entry.report(event, &self.origin, self.throttle);
        // This wakes up creates that wait for the end, and streams.
        entry.status.send_replace(entry.job.status());
        true
    }

    /// Changes a job in any state, without a report.
    pub(crate) fn amend(&self, id: &str, change: impl FnOnce(&mut J)) {
        let mut inner = lock(&self.inner);
        if let Some(entry) = inner.entries.iter_mut().find(|entry| entry.job.id() == id) {
            change(&mut entry.job);
        }
    }

    /// Removes the jobs that match.
    pub(crate) fn remove(&self, matches: impl Fn(&J) -> bool) {
        lock(&self.inner)
            .entries
            .retain(|entry| !matches(&entry.job));
    }
}

impl<J: Job> Entry<J> {
    fn report(&mut self, event: Event, origin: &str, throttle: Duration) {
        let Some(hook) = self.job.webhook() else {
            return;
        };
        let wanted = hook.wants(event);
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
                body: self.job.json(origin),
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
