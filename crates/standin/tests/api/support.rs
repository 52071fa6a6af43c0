//! Starts a stand-in for one test, and calls it.

use std::time::{Duration, Instant};

use selfsame_standin::{Running, Settings, start};
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use ureq::Agent;

/// A running stand-in, which stops when the test ends.
pub(crate) struct StandIn {
    runtime: Runtime,
    running: Running,
    agent: Agent,
}

/// A complete response.
#[derive(Debug)]
pub(crate) struct Response {
    pub status: u16,
    pub headers: ureq::http::HeaderMap,
    pub body: Vec<u8>,
}

impl Response {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

impl StandIn {
    /// Starts one in which a prediction takes 20 ms.
    pub(crate) fn fast() -> Self {
        Self::with(Settings {
            speed: 500.0,
            ..Settings::default()
        })
    }

    pub(crate) fn with(settings: Settings) -> Self {
        let runtime = Runtime::new().unwrap();
        let running = runtime.block_on(start(settings)).unwrap();
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .timeout_global(Some(Duration::from_secs(20)))
            .build()
            .into();
        Self {
            runtime,
            running,
            agent,
        }
    }

    pub(crate) fn origin(&self) -> String {
        self.running.origin()
    }

    pub(crate) fn runtime(&self) -> &Runtime {
        &self.runtime
    }

    /// Sends a request with a token. `path` may be an absolute URL.
    pub(crate) fn request(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Result<Response, ureq::Error> {
        let mut all = vec![("authorization", "Bearer r8_stand_in_token")];
        all.extend_from_slice(headers);
        let body = body.map(|body| body.to_string().into_bytes());
        self.bare(method, path, &all, body)
    }

    /// Sends a request without adding a token.
    pub(crate) fn bare(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Vec<u8>>,
    ) -> Result<Response, ureq::Error> {
        let url = if path.starts_with("http") {
            path.to_owned()
        } else {
            format!("{}{path}", self.origin())
        };
        let mut request = ureq::http::Request::builder().method(method).uri(url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.unwrap_or_default()).unwrap();
        let mut response = self.agent.run(request)?;
        let body = response
            .body_mut()
            .with_config()
            .limit(100 << 20)
            .read_to_vec()?;
        Ok(Response {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body,
        })
    }

    pub(crate) fn get(&self, path: &str) -> Response {
        self.request("GET", path, &[], None).unwrap()
    }

    pub(crate) fn delete(&self, path: &str) -> Response {
        self.request("DELETE", path, &[], None).unwrap()
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Response {
        self.request("POST", path, &[], Some(body)).unwrap()
    }

    /// The version id of a model.
    pub(crate) fn version(&self, model: &str) -> String {
        let model = self.get(&format!("/v1/models/{model}")).json();
        model["latest_version"]["id"].as_str().unwrap().to_owned()
    }

    /// Creates a prediction of Ada's model; `more` is added to the body.
    pub(crate) fn create(&self, input: &Value, more: &Value) -> Response {
        let body = self.body(input, more);
        self.post("/v1/predictions", &body)
    }

    /// The body of such a create.
    pub(crate) fn body(&self, input: &Value, more: &Value) -> Value {
        let mut body = json!({"version": self.version("studio/ada-selfie-lora"), "input": input});
        for (name, value) in more.as_object().into_iter().flatten() {
            body[name] = value.clone();
        }
        body
    }

    /// Creates a prediction and waits for its end.
    pub(crate) fn run(&self, input: &Value) -> Value {
        let created = self.create(input, &json!({}));
        assert_eq!(created.status, 201, "{}", created.json());
        self.ended(created.json()["id"].as_str().unwrap())
    }

    /// Polls until the prediction has ended.
    pub(crate) fn ended(&self, id: &str) -> Value {
        self.eventually(|| {
            let prediction = self.get(&format!("/v1/predictions/{id}")).json();
            let ended = !matches!(
                prediction["status"].as_str(),
                Some("starting" | "processing")
            );
            ended.then_some(prediction)
        })
    }

    pub(crate) fn fault(&self, script: &Value) {
        let response = self.post("/_control/faults", script);
        assert_eq!(response.status, 201, "{}", response.json());
    }

    /// Repeats `attempt` until it succeeds, for ten seconds at most.
    #[expect(clippy::disallowed_methods, reason = "tests run natively")]
    pub(crate) fn eventually<T>(&self, attempt: impl Fn() -> Option<T>) -> T {
        let end = Instant::now() + Duration::from_secs(10);
        loop {
            if let Some(found) = attempt() {
                return found;
            }
            assert!(
                Instant::now() < end,
                "timed out; the predictions are {}",
                self.get("/_control/predictions").json()
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}
