//! What the scripted faults make of one prediction.

use serde::Serialize;

use super::action::{Action, Nsfw, Phase, WebhookMode};
use crate::webhook::Event;

/// Decided when the prediction is created.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Fate(Vec<Action>);

impl Fate {
    /// Keeps the actions that belong to a prediction.
    pub(crate) fn of(actions: &[Action]) -> Self {
        Self(
            actions
                .iter()
                .filter(|action| action.is_fate())
                .cloned()
                .collect(),
        )
    }

    /// How many times as long everything takes.
    pub(crate) fn slowness(&self) -> f64 {
        let factors = self.0.iter().map(|action| match action {
            Action::Slow { factor } => *factor,
            _ => 1.0,
        });
        factors.product()
    }

    /// The error it fails with half-way.
    pub(crate) fn failure(&self) -> Option<&str> {
        self.0.iter().find_map(|action| match action {
            Action::Failed { message } => Some(message.as_str()),
            _ => None,
        })
    }

    /// Where it stays for ever.
    pub(crate) fn stuck(&self) -> Option<Phase> {
        self.0.iter().find_map(|action| match action {
            Action::Stuck { phase } => Some(*phase),
            _ => None,
        })
    }

    /// Given up before it starts.
    pub(crate) fn aborted(&self) -> bool {
        self.0.contains(&Action::Aborted {})
    }

    /// Its data goes as soon as it is there.
    pub(crate) fn expired(&self) -> bool {
        self.0.contains(&Action::Expired {})
    }

    /// Which of `count` pictures the safety checker leaves.
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

    /// Whether `mode` befalls the webhook of `event`.
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

    fn fate(action: Action) -> Fate {
        Fate::of(&[action])
    }

    #[test]
    fn the_checker_never_drops_the_last_picture_of_some() {
        let some = fate(Action::Nsfw { images: Nsfw::Some });
        assert_eq!(some.kept(1), [0]);
        assert_eq!(some.kept(2), [1]);
        assert_eq!(some.kept(4), [1, 3]);
        assert!(fate(Action::Nsfw { images: Nsfw::All }).kept(4).is_empty());
        assert_eq!(Fate::default().kept(2), [0, 1]);
    }

    #[test]
    fn webhook_faults_can_be_limited_to_events() {
        let lost = fate(Action::Webhook {
            mode: WebhookMode::Lost,
            events: vec![Event::Completed],
        });
        assert!(lost.webhook(WebhookMode::Lost, Event::Completed));
        assert!(!lost.webhook(WebhookMode::Lost, Event::Start));
        assert!(!lost.webhook(WebhookMode::Duplicated, Event::Completed));
    }
}
