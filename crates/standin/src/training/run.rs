//! Runs trainings: each waits for a machine, runs, and adds a version to its destination.

use std::sync::Arc;

use super::{Trained, Training};
use crate::clock;
use crate::faults::StuckPhase;
use crate::job::Status;
use crate::job::log::progress_line;
use crate::job::pace::{BOOT_SECONDS, Pace};
use crate::random;
use crate::server::App;
use crate::webhook::Event;

/// Seconds of training.
const TRAIN_SECONDS: f64 = 120.0;
/// Lines of progress.
const STEPS: u32 = 20;

/// Starts the run of a new training.
pub(crate) fn start(app: &Arc<App>, training: &Training) {
    let run = Run {
        app: Arc::clone(app),
        training: training.clone(),
        pace: Pace::new(app.speed, training.faults.slowness()),
    };
    tokio::spawn(run.run());
}

struct Run {
    app: Arc<App>,
    training: Training,
    pace: Pace,
}

impl Run {
    async fn run(self) {
        let faults = &self.training.faults;
        let stuck = faults.stuck();
        self.pace.until(BOOT_SECONDS).await;
        if stuck == Some(StuckPhase::Starting) {
            return;
        }
        if faults.aborted() {
            self.end(Status::Aborted, None);
            return;
        }
        let started = self.change(Event::Start, |training| {
            training.status = Status::Processing;
            training.times.started = Some(clock::now());
        });
        let failure = faults.failure();
        let last = if stuck.is_some() || failure.is_some() {
            STEPS / 2
        } else {
            STEPS
        };
        if !started || !self.train(last).await || stuck.is_some() {
            return;
        }
        match failure {
            Some(message) => self.end(Status::Failed, Some(message.to_owned())),
            None => self.deliver(),
        }
    }

    /// Logs progress up to step `last`. Returns false if the training has ended.
    async fn train(&self, last: u32) -> bool {
        for step in 0..=last {
            let done = f64::from(step) / f64::from(STEPS);
            self.pace.until(BOOT_SECONDS + TRAIN_SECONDS * done).await;
            let line = progress_line(step, STEPS, TRAIN_SECONDS);
            if !self.change(Event::Logs, |training| training.logs.push_str(&line)) {
                return false;
            }
        }
        true
    }

    /// Adds the version, and ends the training.
    fn deliver(&self) {
        let Training {
            id, destination, ..
        } = &self.training;
        let created_at = clock::iso(clock::now());
        let Some(version) = self.app.catalogue.add_version(destination, id, created_at) else {
            let error = format!("The destination {destination} does not exist.");
            self.end(Status::Failed, Some(error));
            return;
        };
        let (origin, token) = (&self.app.origin, random::delivery_token());
        let trained = Trained {
            version: format!("{destination}:{version}"),
            weights: format!("{origin}/delivery/{token}/trained_model.tar"),
        };
        let delivered = self.change(Event::Completed, |training| {
            training.output = Some(trained);
            training.finish(Status::Succeeded, None);
        });
        if !delivered {
            // It was canceled meanwhile.
            self.app.catalogue.remove_version(&version);
        }
    }

    fn change(&self, event: Event, change: impl FnOnce(&mut Training)) -> bool {
        self.app.trainings.change(&self.training.id, event, change)
    }

    fn end(&self, status: Status, error: Option<String>) {
        self.change(Event::Completed, |training| training.finish(status, error));
    }
}
