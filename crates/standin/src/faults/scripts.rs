//! The active scripts, and which of them apply to a request.

use std::sync::Mutex;

use serde::{Deserialize, Serialize};

use super::action::{Action, ActionError};
use crate::http::path::Endpoint;
use crate::lock;

/// Which requests a script applies to. An absent field matches every request.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Match {
    /// The action's default endpoint if absent.
    #[serde(default)]
    endpoint: Option<Endpoint>,
    /// `owner/name`, or the name alone.
    #[serde(default)]
    model: Option<String>,
    /// A substring of the prompt.
    #[serde(default)]
    prompt: Option<String>,
    /// The first matching request to which it applies, counted from 1.
    #[serde(default)]
    nth: Option<u32>,
}

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
}

/// What scripts can match on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RequestFacts<'a> {
    pub(crate) endpoint: Endpoint,
    /// `owner/name`.
    pub(crate) model: Option<&'a str>,
    pub(crate) prompt: Option<&'a str>,
}

/// All active scripts.
#[derive(Debug, Default)]
pub(crate) struct FaultScripts(Mutex<Vec<ActiveScript>>);

impl FaultScripts {
    /// Adds all scripts and returns their ids, or adds none if one is invalid.
    pub(crate) fn add(&self, scripts: Vec<Script>) -> Result<Vec<u64>, ActionError> {
        for script in &scripts {
            script.action.check(script.endpoint())?;
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
    pub(crate) fn take(&self, facts: RequestFacts<'_>) -> Vec<Action> {
        let mut taken = false;
        let mut actions = Vec::new();
        for active in lock(&self.0).iter_mut() {
            if !active.script.matches(facts) {
                continue;
            }
            active.seen += 1;
            let due = active.seen >= active.script.matcher.nth.unwrap_or(1);
            let left = active
                .script
                .times
                .is_none_or(|times| active.applied < times);
            let decides = active.script.action.decides_response();
            if due && left && !(decides && taken) {
                taken |= decides;
                active.applied += 1;
                actions.push(active.script.action.clone());
            }
        }
        actions
    }
}

impl Script {
    fn endpoint(&self) -> Endpoint {
        self.matcher
            .endpoint
            .unwrap_or(self.action.default_endpoint())
    }

    fn matches(&self, facts: RequestFacts<'_>) -> bool {
        let model = self.matcher.model.as_deref().is_none_or(|wanted| {
            facts.model.is_some_and(|model| {
                model == wanted
                    || model
                        .split_once('/')
                        .is_some_and(|(_, name)| name == wanted)
            })
        });
        let prompt = self
            .matcher
            .prompt
            .as_deref()
            .is_none_or(|part| facts.prompt.is_some_and(|prompt| prompt.contains(part)));
        self.endpoint() == facts.endpoint && model && prompt
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn with(scripts: Value) -> FaultScripts {
        let active = FaultScripts::default();
        active
            .add(serde_json::from_value(scripts).unwrap())
            .unwrap();
        active
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
            scripts.take(create("p")),
            [Action::Hang {}, Action::Delay { ms: 5 }]
        );
        assert_eq!(scripts.take(create("p")), [Action::Delay { ms: 5 }]);
    }

    #[test]
    fn scripts_that_determine_the_response_apply_one_after_the_other() {
        let scripts = with(json!([
            {"action": {"kind": "hang"}},
            {"action": {"kind": "drop"}},
        ]));
        assert_eq!(scripts.take(create("p")), [Action::Hang {}]);
        assert_eq!(scripts.take(create("p")), [Action::Drop {}]);
        assert!(scripts.take(create("p")).is_empty());
    }

    #[test]
    fn a_script_matches_by_endpoint_model_prompt_and_count() {
        let scripts = with(json!([{
            "match": {"model": "ada-selfie-lora", "prompt": "boat", "nth": 2},
            "action": {"kind": "aborted"},
        }]));
        assert!(scripts.take(create("a boat")).is_empty());
        assert!(scripts.take(create("a train")).is_empty());
        let other = RequestFacts {
            model: Some("studio/ben-selfie-lora"),
            ..create("a boat")
        };
        assert!(scripts.take(other).is_empty());
        let get = RequestFacts {
            endpoint: Endpoint::Get,
            ..create("a boat")
        };
        assert!(scripts.take(get).is_empty());
        assert_eq!(scripts.take(create("a boat")), [Action::Aborted {}]);
    }

    #[test]
    fn an_invalid_script_is_refused() {
        for (script, error) in [
            (
                json!({"match": {"endpoint": "get"}, "action": {"kind": "aborted"}}),
                ActionError::WrongEndpoint("create"),
            ),
            (
                json!({"match": {"endpoint": "create"}, "action": {"kind": "oversize", "bytes": 1}}),
                ActionError::WrongEndpoint("output"),
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
            assert_eq!(FaultScripts::default().add(vec![script]), Err(error));
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
