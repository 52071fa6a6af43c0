//! The body of a create, except for the values of its inputs.

use serde_json::{Map, Value};
use url::{Host, Url};

use crate::http::errors::ApiError;
use crate::model::schema::Violation;
use crate::webhook::{Event, Webhook};

/// The events that are reported by default.
const DEFAULT_EVENTS: [Event; 2] = [Event::Output, Event::Completed];

/// A valid body.
pub(super) struct CreateBody<'a> {
    pub(super) version: Option<&'a str>,
    pub(super) input: &'a Map<String, Value>,
    pub(super) webhook: Option<Webhook>,
}

impl<'a> CreateBody<'a> {
    /// Checks everything except the values of the inputs. `versioned` tells whether the body names the version.
    pub(super) fn parse(body: &'a Value, versioned: bool) -> Result<Self, ApiError> {
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
        if let Some(input) = input.filter(|input| !input.is_object()) {
            violations.push(Violation::invalid_type("input", "object", input));
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

fn webhook(body: &Map<String, Value>, violations: &mut Vec<Violation>) -> Option<Webhook> {
    let events = match body.get("webhook_events_filter") {
        None | Some(Value::Null) => DEFAULT_EVENTS.to_vec(),
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
    if !is_allowed(&url) {
        let text = "Webhook must be a valid HTTPS URL";
        violations.push(Violation::new("format", "webhook", text));
    }
    Some(Webhook { url, events })
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
    for (index, name) in names.iter().enumerate() {
        if let Ok(event) = serde_json::from_value(name.clone()) {
            events.push(event);
        } else {
            let field = format!("webhook_events_filter.{index}");
            let text = format!(
                "{field} must be one of the following: \"start\", \"output\", \"logs\", \"completed\""
            );
            violations.push(Violation::new("enum", &field, text));
        }
    }
    // An empty filter counts as absent.
    if names.is_empty() {
        DEFAULT_EVENTS.to_vec()
    } else {
        events
    }
}

/// Whether a webhook may have this URL: HTTPS, or HTTP on this machine, which the real service would refuse.
fn is_allowed(url: &str) -> bool {
    let Ok(url) = Url::parse(url) else {
        return false;
    };
    let is_local = match url.host() {
        Some(Host::Domain(host)) => host == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    match url.scheme() {
        "https" => true,
        "http" => is_local,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fields(body: &Value, versioned: bool) -> Vec<(&'static str, String, String)> {
        match CreateBody::parse(body, versioned) {
            Err(ApiError::InvalidInput(violations)) => violations
                .into_iter()
                .map(|v| (v.kind, v.field, v.description))
                .collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn an_unknown_or_missing_property_is_refused() {
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
    fn a_webhook_uses_https_or_this_machine() {
        for good in [
            "https://example.com/h",
            "http://127.0.0.1:1/h?x=1",
            "http://localhost",
            "http://[::1]:9/h",
        ] {
            assert!(is_allowed(good), "{good}");
        }
        for bad in [
            "http://example.com/h",
            "ftp://127.0.0.1",
            "/h",
            "",
            "http://10.0.0.1/",
        ] {
            assert!(!is_allowed(bad), "{bad}");
        }
    }

    #[test]
    fn the_default_events_are_output_and_completed() {
        let body = json!({"input": {}, "version": "v", "webhook": "https://example.com/"});
        let hook = CreateBody::parse(&body, true)
            .ok()
            .and_then(|e| e.webhook)
            .unwrap();
        assert_eq!(hook.events, DEFAULT_EVENTS);
        let body = json!({"input": {}, "webhook_events_filter": ["start", "unknown"]});
        assert_eq!(fields(&body, false)[0].1, "webhook_events_filter.1");
    }
}
