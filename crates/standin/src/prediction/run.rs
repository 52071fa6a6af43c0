//! Runs predictions: each waits for a machine, runs and ends, and later loses its data.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, sleep_until};

use super::Prediction;
use crate::faults::StuckPhase;
use crate::job::Status;
use crate::job::log::{progress_line, seed_line};
use crate::job::pace::{BOOT_SECONDS, Pace};
use crate::model::size::Size;
use crate::server::App;
use crate::webhook::Event;

/// Seconds of denoising, for all steps together.
const DENOISE_SECONDS: f64 = 7.6;
/// Seconds of encoding and uploading.
const UPLOAD_SECONDS: f64 = 0.4;

/// The error if the safety checker drops every picture.
const ALL_NSFW: &str =
    "All generated images contained NSFW content. Try running it again with a different prompt.";

/// Starts the run of a new prediction, its deadline and the removal of its data.
pub(crate) fn start(
    app: &Arc<App>,
    prediction: &Prediction,
    deadline: Option<Duration>,
    status: watch::Receiver<Status>,
) {
    let id = prediction.id.clone();
    if let Some(deadline) = deadline {
        let at = Instant::now() + app.speed.shorten(deadline);
        tokio::spawn(enforce_deadline(Arc::clone(app), id.clone(), at));
    }
    tokio::spawn(remove_data_later(Arc::clone(app), id, status));
    tokio::spawn(Run::new(Arc::clone(app), prediction).run());
}

/// At the deadline, aborts the prediction if it has not started, and cancels it if it is running.
async fn enforce_deadline(app: Arc<App>, id: String, at: Instant) {
    sleep_until(at).await;
    app.store.change(&id, Event::Completed, |prediction| {
        let status = match prediction.status {
            Status::Starting => Status::Aborted,
            _ => Status::Canceled,
        };
        prediction.finish(status, None);
    });
}

/// Removes the data when it expires.
async fn remove_data_later(app: Arc<App>, id: String, mut status: watch::Receiver<Status>) {
    if status.wait_for(|status| status.is_terminal()).await.is_ok() {
        sleep(app.expiry).await;
        app.store.amend(&id, Prediction::remove_data);
    }
}

/// One run of the model.
struct Run {
    app: Arc<App>,
    prediction: Prediction,
    pace: Pace,
}

impl Run {
    fn new(app: Arc<App>, prediction: &Prediction) -> Self {
        Self {
            pace: Pace::new(app.speed, prediction.faults.slowness()),
            app,
            prediction: prediction.clone(),
        }
    }

    async fn run(self) {
        let faults = &self.prediction.faults;
        let stuck = faults.stuck();
        self.pace.until(BOOT_SECONDS).await;
        if stuck == Some(StuckPhase::Starting) {
            return;
        }
        if faults.aborted() {
            self.end(Status::Aborted, None);
            return;
        }
        let seed = self
            .prediction
            .effective("seed")
            .map(Value::to_string)
            .unwrap_or_default();
        let started = self.change(Event::Start, |prediction| {
            prediction.status = Status::Processing;
            prediction.times.started = Some(crate::clock::now());
            prediction.logs = seed_line(&seed);
        });
        if !started {
            return;
        }
        if let Err(error) = Size::of(&self.prediction.effective) {
            self.end(Status::Failed, Some(error.to_string()));
            return;
        }
        if self.denoise(stuck.is_some()).await {
            self.deliver().await;
        }
    }

    /// Logs progress. Returns false if the prediction has ended or goes no further.
    async fn denoise(&self, stuck: bool) -> bool {
        let steps = self.number("num_inference_steps").max(1);
        let failure = self.prediction.faults.failure();
        let last = if stuck || failure.is_some() {
            steps / 2
        } else {
            steps
        };
        for step in 0..=last {
            let logged = match step.checked_sub(steps / 2 + 1) {
                Some(again) if self.prediction.faults.regresses() => again,
                _ => step,
            };
            let line = progress_line(logged, steps, DENOISE_SECONDS);
            if !self.change(Event::Logs, |prediction| prediction.logs.push_str(&line)) {
                return false;
            }
            if step < last {
                let done = f64::from(step + 1) / f64::from(steps);
                self.pace.until(BOOT_SECONDS + DENOISE_SECONDS * done).await;
            }
        }
        if let Some(message) = failure {
            self.end(Status::Failed, Some(message.to_owned()));
        }
        !stuck && failure.is_none()
    }

    /// Outputs the pictures that the safety checker keeps.
    async fn deliver(&self) {
        let count = self.number("num_outputs").max(1);
        let kept = self.prediction.faults.kept(count);
        for dropped in (0..count).filter(|index| !kept.contains(index)) {
            let line = format!("NSFW content detected in image {dropped}\n");
            self.change(Event::Logs, |prediction| prediction.logs.push_str(&line));
        }
        if kept.is_empty() {
            self.end(Status::Failed, Some(ALL_NSFW.to_owned()));
            return;
        }
        let format = self.prediction.format();
        let (origin, token) = (&self.app.origin, &self.prediction.token);
        let url = |index: &u32| format!("{origin}/delivery/{token}/out-{index}.{format}");
        let output = match self.prediction.faults.output_urls() {
            Some(urls) => urls.to_vec(),
            None => kept.iter().map(url).collect(),
        };
        self.change(Event::Output, |prediction| prediction.output = Some(output));
        self.pace
            .until(BOOT_SECONDS + DENOISE_SECONDS + UPLOAD_SECONDS)
            .await;
        self.end(Status::Succeeded, None);
        if self.prediction.faults.expired() {
            let id = &self.prediction.id;
            self.app.store.amend(id, Prediction::remove_data);
        }
    }

    fn number(&self, name: &str) -> u32 {
        let value = self
            .prediction
            .effective(name)
            .and_then(Value::as_f64)
            .unwrap_or(1.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "validated: 1 to 50 steps, 1 to 4 outputs"
        )]
        let number = value as u32;
        number
    }

    fn change(&self, event: Event, change: impl FnOnce(&mut Prediction)) -> bool {
        self.app.store.change(&self.prediction.id, event, change)
    }

    fn end(&self, status: Status, error: Option<String>) {
        self.change(Event::Completed, |prediction| {
            prediction.finish(status, error);
        });
    }
}
