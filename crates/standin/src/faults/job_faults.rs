//! The scripted faults of one prediction or training.

use std::time::Duration;

use serde::Serialize;

use super::action::{Action, Nsfw, StuckPhase, WebhookMode};
use crate::webhook::Event;

/// Determined when the prediction or training is created.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct JobFaults(Vec<Action>);

impl JobFaults {
    /// Keeps those of `actions` that apply to a prediction or training.
    pub(crate) fn from_actions(actions: &[Action]) -> Self {
        Self(
            actions
                .iter()
                .filter(|action| action.is_of_job())
                .cloned()
                .collect(),
        )
    }

    /// The factor by which the run is prolonged.
    pub(crate) fn slowness(&self) -> f64 {
        let factors = self.0.iter().map(|action| match action {
            Action::Slow { factor } => *factor,
            _ => 1.0,
        });
        factors.product()
    }

    /// The error with which it fails.
    pub(crate) fn failure(&self) -> Option<&str> {
        self.0.iter().find_map(|action| match action {
            Action::Failed { message } => Some(message.as_str()),
            _ => None,
        })
    }

    /// The last phase that it reaches.
    pub(crate) fn stuck(&self) -> Option<StuckPhase> {
        self.0.iter().find_map(|action| match action {
            Action::Stuck { phase } => Some(*phase),
            _ => None,
        })
    }

    /// Whether it is aborted before it starts.
    pub(crate) fn aborted(&self) -> bool {
        self.0.contains(&Action::Aborted {})
    }

    /// Whether its data is removed as soon as it succeeds.
    pub(crate) fn expired(&self) -> bool {
        self.0.contains(&Action::Expired {})
    }

    /// Whether its progress goes back.
    pub(crate) fn regresses(&self) -> bool {
        self.0.contains(&Action::Regress {})
    }

    /// The URLs of its outputs, if they are scripted.
    pub(crate) fn output_urls(&self) -> Option<&[String]> {
        self.0.iter().find_map(|action| match action {
            Action::OutputUrls { urls } => Some(urls.as_slice()),
            _ => None,
        })
    }

    /// How long after its creation it is missing from lists.
    pub(crate) fn listed_after(&self) -> Duration {
        let delays = self.0.iter().map(|action| match action {
            Action::ListedLate { ms } => Duration::from_millis(*ms),
            _ => Duration::ZERO,
        });
        delays.max().unwrap_or_default()
    }

    /// The indices of the pictures that the safety checker keeps.
    pub(crate) fn kept(&self, count: u32) -> Vec<u32> {
        let nsfw = self.0.iter().find_map(|action| match action {
            Action::Nsfw { images } => Some(*images),
            _ => None,
        });
        match nsfw {
            None => (0..count).collect(),
            Some(Nsfw::All) => Vec::new(),
            Some(Nsfw::Some) if count == 1 => vec![0],
            Some(Nsfw::Some) => (0..count).filter(|index| index % 2 == 1).collect(),
        }
    }

    /// Whether `mode` applies to the webhook of `event`.
    pub(crate) fn webhook(&self, mode: WebhookMode, event: Event) -> bool {
        self.0.iter().any(|action| match action {
            Action::Webhook {
                mode: scripted,
                events,
            } => *scripted == mode && (events.is_empty() || events.contains(&event)),
            _ => false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(action: Action) -> JobFaults {
        JobFaults::from_actions(&[action])
    }

    #[test]
    fn some_never_drops_the_only_picture() {
        let some = faults(Action::Nsfw { images: Nsfw::Some });
        assert_eq!(some.kept(1), [0]);
        assert_eq!(some.kept(2), [1]);
        assert_eq!(some.kept(4), [1, 3]);
        assert!(
            faults(Action::Nsfw { images: Nsfw::All })
                .kept(4)
                .is_empty()
        );
        assert_eq!(JobFaults::default().kept(2), [0, 1]);
    }

    #[test]
    fn a_webhook_fault_applies_to_its_events() {
        let lost = faults(Action::Webhook {
            mode: WebhookMode::Lost,
            events: vec![Event::Completed],
        });
        assert!(lost.webhook(WebhookMode::Lost, Event::Completed));
        assert!(!lost.webhook(WebhookMode::Lost, Event::Start));
        assert!(!lost.webhook(WebhookMode::Duplicated, Event::Completed));
    }
}
