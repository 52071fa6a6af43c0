//! The active scripts, and which of them apply to a request.

use std::sync::Mutex;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use super::action::{Action, ActionError};
use super::matcher::{Match, RequestFacts};
use super::rate_limit::Window;
use crate::lock;

/// A script as sent to the control API.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Script {
    #[serde(default, rename = "match")]
    matcher: Match,
    /// To how many requests it applies; `null` means all until it is deleted.
    #[serde(default = "once")]
    times: Option<u32>,
    action: Action,
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "serde's default for an optional number"
)]
fn once() -> Option<u32> {
    Some(1)
}

/// An active script.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ActiveScript {
    id: u64,
    #[serde(flatten)]
    script: Script,
    /// Matching requests so far.
    seen: u32,
    /// Requests to which it was applied.
    applied: u32,
    #[serde(skip)]
    added: Instant,
    /// The requests that a rate limit counts.
    #[serde(skip)]
    window: Window,
}

/// All active scripts.
#[derive(Debug, Default)]
pub(crate) struct FaultScripts(Mutex<Vec<ActiveScript>>);

impl FaultScripts {
    /// Adds all scripts and returns their ids, or adds none if one is invalid.
    pub(crate) fn add(&self, scripts: Vec<Script>, now: Instant) -> Result<Vec<u64>, ActionError> {
        for script in &scripts {
            script.action.check(script.matcher.endpoint.as_ref())?;
        }
        let mut active = lock(&self.0);
        Ok(scripts
            .into_iter()
            .map(|script| {
                let id = active.last().map_or(1, |script| script.id + 1);
                active.push(ActiveScript {
                    id,
                    script,
                    seen: 0,
                    applied: 0,
                    added: now,
                    window: Window::default(),
                });
                id
            })
            .collect())
    }

    /// Copies the scripts with their counts.
    pub(crate) fn list(&self) -> Vec<ActiveScript> {
        lock(&self.0).clone()
    }

    /// Removes all scripts. Predictions keep the faults that they have.
    pub(crate) fn clear(&self) {
        lock(&self.0).clear();
    }

    /// Takes the actions for a request. Of those that determine the response, only the oldest script's is taken, so that
    /// several scripts for one endpoint apply one after the other.
    pub(crate) fn take(&self, facts: RequestFacts<'_>, now: Instant) -> Vec<Action> {
        let mut taken = false;
        let mut actions = Vec::new();
        for active in lock(&self.0).iter_mut() {
            let age = now.saturating_duration_since(active.added);
            let default = active.script.action.default_endpoint();
            if !active.script.matcher.matches(facts, default, age) {
                continue;
            }
            active.seen += 1;
            let due = active.seen >= active.script.matcher.nth.unwrap_or(1);
            let left = active
                .script
                .times
                .is_none_or(|times| active.applied < times);
            let decides = active.script.action.decides_response();
            if due
                && left
                && !(decides && taken)
                && let Some(action) = active.action(now)
            {
                taken |= decides;
                active.applied += 1;
                actions.push(action);
            }
        }
        actions
    }
}

impl ActiveScript {
    /// The action for a request to which the script applies; `None` if it is a rate limit that still admits it.
    fn action(&mut self, now: Instant) -> Option<Action> {
        let Action::RateLimit { requests, seconds } = self.script.action else {
            return Some(self.script.action.clone());
        };
        let length = Duration::from_secs(seconds);
        let wait = self.window.refuse(requests, length, now)?;
        Some(Action::Status {
            status: 429,
            retry_after: Some(wait),
            detail: None,
            body: None,
            content_type: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::http::path::Endpoint;

    fn with(scripts: Value) -> FaultScripts {
        let active = FaultScripts::default();
        active
            .add(serde_json::from_value(scripts).unwrap(), Instant::now())
            .unwrap();
        active
    }

    fn take(scripts: &FaultScripts, facts: RequestFacts<'_>) -> Vec<Action> {
        scripts.take(facts, Instant::now())
    }

    fn create(prompt: &str) -> RequestFacts<'_> {
        RequestFacts {
            endpoint: Endpoint::Create,
            model: Some("studio/ada-selfie-lora"),
            prompt: Some(prompt),
        }
    }

    #[test]
    fn a_script_applies_once_by_default() {
        let scripts = with(json!([
            {"action": {"kind": "hang"}},
            {"times": null, "action": {"kind": "delay", "ms": 5}},
        ]));
        assert_eq!(
            take(&scripts, create("p")),
            [Action::Hang {}, Action::Delay { ms: 5 }]
        );
        assert_eq!(take(&scripts, create("p")), [Action::Delay { ms: 5 }]);
    }

    #[test]
    fn scripts_that_determine_the_response_apply_one_after_the_other() {
        let scripts = with(json!([
            {"action": {"kind": "hang"}},
            {"action": {"kind": "drop"}},
        ]));
        assert_eq!(take(&scripts, create("p")), [Action::Hang {}]);
        assert_eq!(take(&scripts, create("p")), [Action::Drop {}]);
        assert!(take(&scripts, create("p")).is_empty());
    }

    #[test]
    fn a_script_matches_by_endpoint_model_prompt_and_count() {
        let scripts = with(json!([{
            "match": {"model": "ada-selfie-lora", "prompt": "boat", "nth": 2},
            "action": {"kind": "aborted"},
        }]));
        assert!(take(&scripts, create("a boat")).is_empty());
        assert!(take(&scripts, create("a train")).is_empty());
        let other = RequestFacts {
            model: Some("studio/ben-selfie-lora"),
            ..create("a boat")
        };
        assert!(take(&scripts, other).is_empty());
        let get = RequestFacts {
            endpoint: Endpoint::Get,
            ..create("a boat")
        };
        assert!(take(&scripts, get).is_empty());
        assert_eq!(take(&scripts, create("a boat")), [Action::Aborted {}]);
    }

    #[test]
    fn a_rate_limit_refuses_what_exceeds_it_and_admits_the_next_window() {
        let scripts = with(json!([{
            "match": {"endpoint": "create"},
            "times": null,
            "action": {"kind": "rate_limit", "requests": 1, "seconds": 10},
        }]));
        let start = Instant::now();
        let at = |seconds| scripts.take(create("p"), start + Duration::from_secs(seconds));
        assert!(at(0).is_empty());
        let refused = at(4);
        assert!(
            matches!(
                refused[..],
                [Action::Status {
                    status: 429,
                    retry_after: Some(6),
                    ..
                }]
            ),
            "{refused:?}"
        );
        assert!(at(10).is_empty());
    }

    #[test]
    fn an_outage_begins_and_ends() {
        let scripts = with(json!([{
            "match": {"endpoint": "any", "after_ms": 1000, "for_ms": 1000},
            "times": null,
            "action": {"kind": "hang"},
        }]));
        let start = Instant::now();
        let at = |ms| scripts.take(create("p"), start + Duration::from_millis(ms));
        assert!(at(500).is_empty());
        assert_eq!(at(1500), [Action::Hang {}]);
        assert!(at(2500).is_empty());
    }

    #[test]
    fn an_invalid_script_is_refused() {
        for (script, error) in [
            (
                json!({"match": {"endpoint": "get"}, "action": {"kind": "aborted"}}),
                ActionError::WrongEndpoint(&[Endpoint::Create, Endpoint::Train]),
            ),
            (
                json!({"match": {"endpoint": "create"}, "action": {"kind": "oversize", "bytes": 1}}),
                ActionError::WrongEndpoint(&[Endpoint::Output]),
            ),
            (
                json!({"match": {"endpoint": "any"}, "action": {"kind": "stale"}}),
                ActionError::WrongEndpoint(&[Endpoint::Get]),
            ),
            (
                json!({"match": {"endpoint": ["list", "get"]}, "action": {"kind": "truncate", "results": 1}}),
                ActionError::WrongEndpoint(&[Endpoint::List]),
            ),
            (
                json!({"action": {"kind": "status", "status": 200}}),
                ActionError::Status,
            ),
            (
                json!({"action": {"kind": "slow", "factor": 0.0}}),
                ActionError::Factor,
            ),
        ] {
            let script: Script = serde_json::from_value(script).unwrap();
            assert_eq!(
                FaultScripts::default().add(vec![script], Instant::now()),
                Err(error)
            );
        }
        for script in [
            json!({"action": {"kind": "explode"}}),
            json!({"action": {"kind": "hang", "for": 3}}),
            json!({"action": {"kind": "hang"}, "when": "now"}),
            json!({"match": {"modle": "x"}, "action": {"kind": "hang"}}),
        ] {
            assert!(
                serde_json::from_value::<Script>(script.clone()).is_err(),
                "{script}"
            );
        }
    }
}
