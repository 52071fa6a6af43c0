//! `webhook` and `webhook_events_filter` in the body of a create.

use serde_json::{Map, Value};
use url::{Host, Url};

use crate::model::schema::Violation;
use crate::webhook::{Event, Webhook};

/// The events that are reported by default.
const DEFAULT_EVENTS: [Event; 2] = [Event::Output, Event::Completed];

/// Reads both, and adds what is wrong with them to `violations`.
pub(super) fn read(body: &Map<String, Value>, violations: &mut Vec<Violation>) -> Option<Webhook> {
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

    fn read_json(body: &Value) -> (Option<Webhook>, Vec<Violation>) {
        let mut violations = Vec::new();
        let webhook = read(body.as_object().unwrap(), &mut violations);
        (webhook, violations)
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
        for filter in [Value::Null, json!([])] {
            let body = json!({"webhook": "https://example.com/", "webhook_events_filter": filter});
            let (webhook, violations) = read_json(&body);
            assert_eq!(webhook.unwrap().events, DEFAULT_EVENTS);
            assert!(violations.is_empty());
        }
        let (_, violations) = read_json(&json!({"webhook_events_filter": ["start", "unknown"]}));
        assert_eq!(violations[0].field, "webhook_events_filter.1");
    }
}
