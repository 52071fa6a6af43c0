//! Which requests a script applies to, and when.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::http::path::Endpoint;

/// Which requests a script applies to. An absent field matches every request.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Match {
    /// The action's default endpoint if absent.
    #[serde(default)]
    pub(super) endpoint: Option<Endpoints>,
    /// `owner/name`, or the name alone.
    #[serde(default)]
    model: Option<String>,
    /// A substring of the prompt.
    #[serde(default)]
    prompt: Option<String>,
    /// The first matching request to which it applies, counted from 1.
    #[serde(default)]
    pub(super) nth: Option<u32>,
    /// Milliseconds of real time after which it begins to apply, counted from when it was added.
    #[serde(default)]
    after_ms: Option<u64>,
    /// Milliseconds for which it then applies.
    #[serde(default)]
    for_ms: Option<u64>,
}

/// One endpoint, several, or all of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Endpoints {
    /// Every endpoint.
    Any(Any),
    /// This one.
    One(Endpoint),
    /// Each of these.
    Several(Vec<Endpoint>),
}

/// The word for every endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Any {
    /// `any`.
    Any,
}

impl Endpoints {
    fn contains(&self, endpoint: Endpoint) -> bool {
        match self {
            Self::Any(_) => true,
            Self::One(one) => *one == endpoint,
            Self::Several(several) => several.contains(&endpoint),
        }
    }

    /// Whether all of them are in `allowed`.
    pub(super) fn are_within(&self, allowed: &[Endpoint]) -> bool {
        match self {
            Self::Any(_) => false,
            Self::One(one) => allowed.contains(one),
            Self::Several(several) => several.iter().all(|one| allowed.contains(one)),
        }
    }
}

/// What scripts can match on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RequestFacts<'a> {
    pub(crate) endpoint: Endpoint,
    /// `owner/name`.
    pub(crate) model: Option<&'a str>,
    pub(crate) prompt: Option<&'a str>,
}

impl Match {
    /// Whether it matches a request that arrives `age` after the script was added. `default` is the endpoint if it names
    /// none.
    pub(super) fn matches(
        &self,
        facts: RequestFacts<'_>,
        default: Endpoint,
        age: Duration,
    ) -> bool {
        let endpoint = match &self.endpoint {
            Some(endpoints) => endpoints.contains(facts.endpoint),
            None => facts.endpoint == default,
        };
        let model = self.model.as_deref().is_none_or(|wanted| {
            facts.model.is_some_and(|model| {
                model == wanted
                    || model
                        .split_once('/')
                        .is_some_and(|(_, name)| name == wanted)
            })
        });
        let prompt = self
            .prompt
            .as_deref()
            .is_none_or(|part| facts.prompt.is_some_and(|prompt| prompt.contains(part)));
        endpoint && model && prompt && self.is_during(age)
    }

    fn is_during(&self, age: Duration) -> bool {
        let start = Duration::from_millis(self.after_ms.unwrap_or(0));
        age.checked_sub(start).is_some_and(|elapsed| {
            self.for_ms
                .is_none_or(|length| elapsed < Duration::from_millis(length))
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn matches(matcher: serde_json::Value, endpoint: Endpoint, age_ms: u64) -> bool {
        let matcher: Match = serde_json::from_value(matcher).unwrap();
        let facts = RequestFacts {
            endpoint,
            model: None,
            prompt: None,
        };
        matcher.matches(facts, Endpoint::Create, Duration::from_millis(age_ms))
    }

    #[test]
    fn an_endpoint_is_one_or_several_or_any() {
        for (matcher, expected) in [
            (json!({}), [true, false, false]),
            (json!({"endpoint": "get"}), [false, true, false]),
            (json!({"endpoint": ["get", "list"]}), [false, true, true]),
            (json!({"endpoint": "any"}), [true, true, true]),
        ] {
            let found = [Endpoint::Create, Endpoint::Get, Endpoint::List]
                .map(|endpoint| matches(matcher.clone(), endpoint, 0));
            assert_eq!(found, expected, "{matcher}");
        }
        assert!(serde_json::from_value::<Match>(json!({"endpoint": "all"})).is_err());
    }

    #[test]
    fn a_window_begins_after_a_while_and_ends() {
        let window = json!({"after_ms": 100, "for_ms": 50});
        let found = [99, 100, 149, 150].map(|age| matches(window.clone(), Endpoint::Create, age));
        assert_eq!(found, [false, true, true, false]);
        assert!(matches(
            json!({"after_ms": 100}),
            Endpoint::Create,
            1_000_000
        ));
    }
}
