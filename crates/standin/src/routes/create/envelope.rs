//! The body of a create, without its input: what may stand beside `input`, and what may not.

use super::{ApiError, Event, Hook, Map, Value};
use crate::schema::Violation;

/// Events if the client does not choose.
const USUAL_EVENTS: [Event; 2] = [Event::Output, Event::Completed];

/// A checked body.
pub(super) struct Envelope<'a> {
    pub(super) version: Option<&'a str>,
    pub(super) input: &'a Map<String, Value>,
    pub(super) webhook: Option<Hook>,
}

impl<'a> Envelope<'a> {
    /// Checks everything but the input itself; `versioned` says whether the body names the version.
    pub(super) fn read(body: &'a Value, versioned: bool) -> Result<Self, ApiError> {
        let Some(body) = body.as_object() else {
            let violation = Violation::invalid_type("", "object", body);
            return Err(ApiError::InvalidInput(vec![violation]));
        };
        let mut violations = Vec::new();
        let version = body.get("version").filter(|_| versioned);
        if versioned && version.is_none() {
            violations.push(Violation::required("", "version"));
        }
        if !body.contains_key("input") {
            violations.push(Violation::required("", "input"));
        }
        for name in body.keys() {
            let known = matches!(
                name.as_str(),
                "input" | "webhook" | "webhook_events_filter" | "stream"
            ) || (versioned && name == "version");
            if !known {
                let text = format!("Additional property {name} is not allowed");
                violations.push(Violation::new("additional_property_not_allowed", "", text));
            }
        }
        if let Some(version) = version.filter(|version| !version.is_string()) {
            violations.push(Violation::invalid_type("version", "string", version));
        }
        if let Some(stream) = body.get("stream").filter(|stream| !stream.is_boolean()) {
            violations.push(Violation::invalid_type("stream", "boolean", stream));
        }
        let input = body.get("input");
        if let Some(wrong) = input.filter(|input| !input.is_object()) {
            violations.push(Violation::invalid_type("input", "object", wrong));
        }
        let webhook = webhook(body, &mut violations);
        match input.and_then(Value::as_object) {
            Some(input) if violations.is_empty() => Ok(Self {
                version: version.and_then(Value::as_str),
                input,
                webhook,
            }),
            _ => Err(ApiError::InvalidInput(violations)),
        }
    }
}

fn webhook(body: &Map<String, Value>, violations: &mut Vec<Violation>) -> Option<Hook> {
    let events = match body.get("webhook_events_filter") {
        None | Some(Value::Null) => USUAL_EVENTS.to_vec(),
        Some(filter) => events(filter, violations),
    };
    let url = match body.get("webhook")? {
        Value::Null => return None,
        Value::String(url) => url.clone(),
        other => {
            violations.push(Violation::invalid_type("webhook", "string", other));
            return None;
        }
    };
    if !may_be_called(&url) {
        let text = "Webhook must be a valid HTTPS URL";
        violations.push(Violation::new("format", "webhook", text));
    }
    Some(Hook { url, events })
}

fn events(filter: &Value, violations: &mut Vec<Violation>) -> Vec<Event> {
    let Some(names) = filter.as_array() else {
        violations.push(Violation::invalid_type(
            "webhook_events_filter",
            "array",
            filter,
        ));
        return Vec::new();
    };
    let mut events = Vec::new();
    for (place, name) in names.iter().enumerate() {
        if let Ok(event) = serde_json::from_value(name.clone()) {
            events.push(event);
        } else {
            let field = format!("webhook_events_filter.{place}");
            let text = format!(
                "{field} must be one of the following: \"start\", \"output\", \"logs\", \"completed\""
            );
            violations.push(Violation::new("enum", &field, text));
        }
    }
    // An empty choice is no choice.
    if names.is_empty() {
        USUAL_EVENTS.to_vec()
    } else {
        events
    }
}

/// HTTPS anywhere; HTTP only on this machine, which the real service could not reach.
fn may_be_called(url: &str) -> bool {
    let Ok(url) = url.parse::<axum::http::Uri>() else {
        return false;
    };
    let Some(host) = url.host().filter(|host| !host.is_empty()) else {
        return false;
    };
    match url.scheme_str() {
        Some("https") => true,
        Some("http") => {
            let address = host.trim_start_matches('[').trim_end_matches(']');
            host == "localhost"
                || address
                    .parse::<std::net::IpAddr>()
                    .is_ok_and(|address| address.is_loopback())
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fields(body: &Value, versioned: bool) -> Vec<(&'static str, String, String)> {
        match Envelope::read(body, versioned) {
            Err(ApiError::InvalidInput(violations)) => violations
                .into_iter()
                .map(|v| (v.kind, v.field, v.description))
                .collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn what_does_not_belong_beside_the_input_is_refused() {
        let found = fields(&json!({"input": {}, "model": "x"}), true);
        let expected = [
            ("required", String::new(), "version is required".to_owned()),
            (
                "additional_property_not_allowed",
                String::new(),
                "Additional property model is not allowed".to_owned(),
            ),
        ];
        assert_eq!(found, expected);
        let found = fields(&json!({"input": {}, "version": "x"}), false);
        assert_eq!(found[0].2, "Additional property version is not allowed");
    }

    #[test]
    fn webhooks_go_by_https_or_stay_on_this_machine() {
        for good in [
            "https://example.com/h",
            "http://127.0.0.1:1/h?x=1",
            "http://localhost",
            "http://[::1]:9/h",
        ] {
            assert!(may_be_called(good), "{good}");
        }
        for bad in [
            "http://example.com/h",
            "ftp://127.0.0.1",
            "/h",
            "",
            "http://10.0.0.1/",
        ] {
            assert!(!may_be_called(bad), "{bad}");
        }
    }

    #[test]
    fn events_are_outputs_and_the_end_unless_chosen() {
        let body = json!({"input": {}, "version": "v", "webhook": "https://example.com/"});
        let hook = Envelope::read(&body, true)
            .ok()
            .and_then(|e| e.webhook)
            .unwrap();
        assert_eq!(hook.events, USUAL_EVENTS);
        let body = json!({"input": {}, "webhook_events_filter": ["start", "nonsense"]});
        assert_eq!(fields(&body, false)[0].1, "webhook_events_filter.1");
    }
}
