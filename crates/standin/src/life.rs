//! The life of a prediction: it waits for a machine, runs, and ends; an hour later its data is gone.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, sleep_until};

use crate::app::App;
use crate::faults::Phase;
use crate::logs::{progress_line, seed_line};
use crate::prediction::{Prediction, Status};
use crate::size::Size;
use crate::webhook::Event;

/// Waiting for a machine.
const BOOT: f64 = 2.0;
/// Denoising, all steps.
const DENOISE: f64 = 7.6;
/// Encoding and uploading.
const UPLOAD: f64 = 0.4;

/// What the model says when the safety checker has dropped every picture.
const ALL_NSFW: &str =
    "All generated images contained NSFW content. Try running it again with a different prompt.";

/// Lets a new prediction live: its run, its deadline and the removal of its data.
pub(crate) fn begin(
    app: &Arc<App>,
    prediction: &Prediction,
    deadline: Option<Duration>,
    status: watch::Receiver<Status>,
) {
    let id = prediction.id.clone();
    if let Some(deadline) = deadline {
        let at = Instant::now() + app.pace.shorten(deadline);
        tokio::spawn(end_at(Arc::clone(app), id.clone(), at));
    }
    tokio::spawn(forget(Arc::clone(app), id, status));
    tokio::spawn(Run::of(Arc::clone(app), prediction).live());
}

/// The deadline: what has not started is aborted, what runs is canceled.
async fn end_at(app: Arc<App>, id: String, at: Instant) {
    sleep_until(at).await;
    app.store.change(&id, Event::Completed, |prediction| {
        let status = match prediction.status {
            Status::Starting => Status::Aborted,
            _ => Status::Canceled,
        };
        prediction.finish(status, None);
    });
}

/// Removes the data when its time has come.
async fn forget(app: Arc<App>, id: String, mut status: watch::Receiver<Status>) {
    if status.wait_for(|status| status.is_terminal()).await.is_ok() {
        sleep(app.expiry).await;
        app.store.remove_data(&id);
    }
}

/// One run of the model. Every moment is reckoned from the start, so that a slow machine does not stretch a fast life.
struct Run {
    app: Arc<App>,
    prediction: Prediction,
    begun: Instant,
}

impl Run {
    fn of(app: Arc<App>, prediction: &Prediction) -> Self {
        Self {
            app,
            prediction: prediction.clone(),
            begun: Instant::now(),
        }
    }

    async fn live(self) {
        let fate = &self.prediction.fate;
        let stuck = fate.stuck();
        self.until(BOOT).await;
        if stuck == Some(Phase::Starting) {
            return;
        }
        if fate.aborted() {
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
            prediction.started_at = Some(crate::clock::now());
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

    /// Prints progress; false if the prediction ended meanwhile or goes no further.
    async fn denoise(&self, stuck: bool) -> bool {
        let steps = self.number("num_inference_steps").max(1);
        let failure = self.prediction.fate.failure();
        let last = if stuck || failure.is_some() {
            steps / 2
        } else {
            steps
        };
        for step in 0..=last {
            let line = progress_line(step, steps, DENOISE);
            if !self.change(Event::Logs, |prediction| prediction.logs.push_str(&line)) {
                return false;
            }
            if step < last {
                let done = f64::from(step + 1) / f64::from(steps);
                self.until(BOOT + DENOISE * done).await;
            }
        }
        if let Some(message) = failure {
            self.end(Status::Failed, Some(message.to_owned()));
        }
        !stuck && failure.is_none()
    }

    /// Puts out the pictures that the safety checker leaves.
    async fn deliver(&self) {
        let count = self.number("num_outputs").max(1);
        let kept = self.prediction.fate.kept(count);
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
        let address = |index: &u32| format!("{origin}/delivery/{token}/out-{index}.{format}");
        let output: Vec<String> = kept.iter().map(address).collect();
        self.change(Event::Output, |prediction| prediction.output = Some(output));
        self.until(BOOT + DENOISE + UPLOAD).await;
        self.end(Status::Succeeded, None);
        if self.prediction.fate.expired() {
            self.app.store.remove_data(&self.prediction.id);
        }
    }

    /// Sleeps until `seconds` of the real service's time after creation.
    async fn until(&self, seconds: f64) {
        let seconds = seconds * self.prediction.fate.slowness();
        // A script may ask for a slowness beyond all clocks; that is as good as for ever.
        let after = Duration::try_from_secs_f64(seconds).unwrap_or(Duration::from_secs(1 << 32));
        let at = self.begun.checked_add(self.app.pace.shorten(after));
        sleep_until(at.unwrap_or(self.begun + Duration::from_secs(1 << 32))).await;
    }

    fn number(&self, name: &str) -> u32 {
        let value = self
            .prediction
            .effective(name)
            .and_then(Value::as_f64)
            .unwrap_or(1.0);
        // Validated: 1 to 50 steps, 1 to 4 outputs.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "see above"
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
