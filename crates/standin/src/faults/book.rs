//! The scripts in force, and which of them a request meets.

use std::sync::Mutex;

use serde::{Deserialize, Serialize};

use super::action::{Action, ActionError};
use crate::lock::lock;
use crate::target::Endpoint;

/// Which requests a script is for; what is left out matches everything.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Matcher {
    /// The usual endpoint of the action if not given.
    #[serde(default)]
    endpoint: Option<Endpoint>,
    /// `owner/name`, or the name alone.
    #[serde(default)]
    model: Option<String>,
    /// A part of the prompt.
    #[serde(default)]
    prompt: Option<String>,
    /// The first matching request it applies to, counted from 1.
    #[serde(default)]
    nth: Option<u32>,
}

/// A script as posted.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Script {
    #[serde(default, rename = "match")]
    matcher: Matcher,
    /// How many requests it applies to; `null` is all until it is deleted.
    #[serde(default = "once")]
    times: Option<u32>,
    action: Action,
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "the default of an optional number"
)]
fn once() -> Option<u32> {
    Some(1)
}

/// A script in force.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Rule {
    id: u64,
    #[serde(flatten)]
    script: Script,
    /// Matching requests so far.
    seen: u32,
    /// Requests it was applied to.
    applied: u32,
}

/// What is known of a request when the scripts are consulted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Circumstance<'a> {
    pub(crate) endpoint: Endpoint,
    /// `owner/name`.
    pub(crate) model: Option<&'a str>,
    pub(crate) prompt: Option<&'a str>,
}

/// All scripts in force.
#[derive(Debug, Default)]
pub(crate) struct Book(Mutex<Vec<Rule>>);

impl Book {
    /// Adds scripts and returns their ids; either all or none.
    pub(crate) fn add(&self, scripts: Vec<Script>) -> Result<Vec<u64>, ActionError> {
        for script in &scripts {
            script.action.check(script.endpoint())?;
        }
        let mut rules = lock(&self.0);
        Ok(scripts
            .into_iter()
            .map(|script| {
                let id = rules.last().map_or(1, |rule| rule.id + 1);
                rules.push(Rule {
                    id,
                    script,
                    seen: 0,
                    applied: 0,
                });
                id
            })
            .collect())
    }

    /// Every script, with how often it was met and applied.
    pub(crate) fn list(&self) -> Vec<Rule> {
        lock(&self.0).clone()
    }

    /// Forgets all scripts; predictions that already met their fate keep it.
    pub(crate) fn clear(&self) {
        lock(&self.0).clear();
    }

    /// What happens to this request. Of the actions that decide the answer only the oldest script's is taken, so that
    /// several scripts for one endpoint follow each other.
    pub(crate) fn take(&self, circumstance: Circumstance<'_>) -> Vec<Action> {
        let mut taken = false;
        let mut actions = Vec::new();
        for rule in lock(&self.0).iter_mut() {
            if !rule.script.matches(circumstance) {
                continue;
            }
            rule.seen += 1;
            let due = rule.seen >= rule.script.matcher.nth.unwrap_or(1);
            let left = rule.script.times.is_none_or(|times| rule.applied < times);
            let decides = rule.script.action.decides_the_answer();
            if due && left && !(decides && taken) {
                taken |= decides;
                rule.applied += 1;
                actions.push(rule.script.action.clone());
            }
        }
        actions
    }
}

impl Script {
    fn endpoint(&self) -> Endpoint {
        self.matcher
            .endpoint
            .unwrap_or(self.action.usual_endpoint())
    }

    fn matches(&self, circumstance: Circumstance<'_>) -> bool {
        let model = self.matcher.model.as_deref().is_none_or(|wanted| {
            circumstance.model.is_some_and(|model| {
                model == wanted
                    || model
                        .split_once('/')
                        .is_some_and(|(_, name)| name == wanted)
            })
        });
        let prompt = self.matcher.prompt.as_deref().is_none_or(|part| {
            circumstance
                .prompt
                .is_some_and(|prompt| prompt.contains(part))
        });
        self.endpoint() == circumstance.endpoint && model && prompt
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn book(scripts: Value) -> Book {
        let book = Book::default();
        book.add(serde_json::from_value(scripts).unwrap()).unwrap();
        book
    }

    fn create(prompt: &str) -> Circumstance<'_> {
        Circumstance {
            endpoint: Endpoint::Create,
            model: Some("studio/ada-selfie-lora"),
            prompt: Some(prompt),
        }
    }

    #[test]
    fn a_script_applies_once_unless_told_otherwise() {
        let book = book(json!([
            {"action": {"kind": "hang"}},
            {"times": null, "action": {"kind": "delay", "ms": 5}},
        ]));
        assert_eq!(
            book.take(create("p")),
            [Action::Hang {}, Action::Delay { ms: 5 }]
        );
        assert_eq!(book.take(create("p")), [Action::Delay { ms: 5 }]);
    }

    #[test]
    fn scripts_for_one_endpoint_follow_each_other() {
        let book = book(json!([
            {"action": {"kind": "hang"}},
            {"action": {"kind": "drop"}},
        ]));
        assert_eq!(book.take(create("p")), [Action::Hang {}]);
        assert_eq!(book.take(create("p")), [Action::Drop {}]);
        assert!(book.take(create("p")).is_empty());
    }

    #[test]
    fn nth_model_and_prompt_narrow_it_down() {
        let book = book(json!([{
            "match": {"model": "ada-selfie-lora", "prompt": "boat", "nth": 2},
            "action": {"kind": "aborted"},
        }]));
        assert!(book.take(create("a boat")).is_empty());
        assert!(book.take(create("a train")).is_empty());
        let other = Circumstance {
            model: Some("studio/ben-selfie-lora"),
            ..create("a boat")
        };
        assert!(book.take(other).is_empty());
        let get = Circumstance {
            endpoint: Endpoint::Get,
            ..create("a boat")
        };
        assert!(book.take(get).is_empty());
        assert_eq!(book.take(create("a boat")), [Action::Aborted {}]);
    }

    #[test]
    fn nonsense_is_refused() {
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
            assert_eq!(Book::default().add(vec![script]), Err(error));
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
