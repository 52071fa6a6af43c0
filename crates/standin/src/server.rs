//! Starts and stops the service, and holds what its routes share.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::JoinHandle;
use ureq::Agent;

use crate::clock::Speed;
use crate::faults::{FaultScripts, JobFaults};
use crate::files::Files;
use crate::job::Job;
use crate::job::store::Store;
use crate::model::catalogue::Catalogue;
use crate::model::schema::SchemaError;
use crate::prediction::Prediction;
use crate::request_log::RequestLog;
use crate::training::Training;
use crate::webhook::{Deliveries, Report, Reporter, agent, channel};
use crate::{http, routes};

/// Time between two reports of outputs or logs, before it is divided by the speed.
const THROTTLE: Duration = Duration::from_millis(500);

/// The token that is accepted by default, which is no secret.
pub const TOKEN: &str = "r8_stand_in_token";

/// How to run the service.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Port on 127.0.0.1; 0 lets the system choose one.
    pub port: u16,
    /// How many times faster than the real service. A value that is not positive and finite counts as 1.
    pub speed: f64,
    /// How long inputs, outputs and logs of a finished prediction are kept, in real time.
    pub expiry: Duration,
    /// The only token that is accepted.
    pub token: String,
}

impl Default for Settings {
    /// A free port, real time, one hour, and [`TOKEN`].
    fn default() -> Self {
        Self {
            port: 0,
            speed: 1.0,
            expiry: Duration::from_hours(1),
            token: TOKEN.to_owned(),
        }
    }
}

/// Why the service did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port cannot be listened on, usually because another program does.
    #[error("cannot listen on 127.0.0.1:{port}: {cause}")]
    Port {
        /// The requested port.
        port: u16,
        /// The system's error.
        #[source]
        cause: std::io::Error,
    },
    /// An embedded model schema is invalid.
    #[error(transparent)]
    Schema(#[from] SchemaError),
}

/// A running service. It stops when this is dropped.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    server: JoinHandle<()>,
}

impl Running {
    /// `http://127.0.0.1:8788`, without a slash at the end.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// Starts the service on the current tokio runtime.
pub async fn start(settings: Settings) -> Result<Running, StartError> {
    let port = settings.port;
    let unavailable = |cause| StartError::Port { port, cause };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .await
        .map_err(unavailable)?;
    let address = listener.local_addr().map_err(unavailable)?;
    let app = Arc::new(App::new(format!("http://{address}"), settings)?);
    let router: Router = routes::control().fallback(http::handle).with_state(app);
    let server = tokio::spawn(async move {
        // `axum::serve` returns only on a graceful shutdown, which is not configured.
        let _ = axum::serve(listener, router).await;
    });
    Ok(Running { address, server })
}

/// What all routes share.
#[derive(Debug)]
pub(crate) struct App {
    /// `http://127.0.0.1:8788`.
    pub(crate) origin: String,
    pub(crate) speed: Speed,
    /// How long the data of a finished prediction is kept.
    pub(crate) expiry: Duration,
    /// The only token that is accepted.
    pub(crate) token: String,
    pub(crate) catalogue: Catalogue,
    pub(crate) store: Store<Prediction>,
    pub(crate) trainings: Store<Training>,
    pub(crate) files: Files,
    pub(crate) faults: FaultScripts,
    pub(crate) request_log: RequestLog,
    pub(crate) deliveries: Arc<Deliveries>,
    pub(crate) agent: Agent,
}

impl App {
    /// A service at `origin` without any predictions.
    fn new(origin: String, settings: Settings) -> Result<Self, SchemaError> {
        let speed = Speed::new(settings.speed);
        Ok(Self {
            store: Store::new(origin.clone(), speed.shorten(THROTTLE)),
            trainings: Store::new(origin.clone(), speed.shorten(THROTTLE)),
            files: Files::default(),
            origin,
            speed,
            expiry: settings.expiry,
            token: settings.token,
            catalogue: Catalogue::new()?,
            faults: FaultScripts::default(),
            request_log: RequestLog::default(),
            deliveries: Arc::default(),
            agent: agent(),
        })
    }

    /// Starts to report the events of `job`, if it has a webhook. They are sent to the returned channel.
    pub(crate) fn report(
        &self,
        job: &impl Job,
        faults: &JobFaults,
    ) -> Option<UnboundedSender<Report>> {
        let (sender, receiver) = channel();
        let reporter = Reporter {
            job: job.id().to_owned(),
            url: job.webhook()?.url.clone(),
            faults: faults.clone(),
            speed: self.speed,
            agent: self.agent.clone(),
            deliveries: Arc::clone(&self.deliveries),
        };
        tokio::spawn(reporter.run(receiver));
        Some(sender)
    }

    /// Copies the prediction whose output and stream URLs contain `token`.
    pub(crate) fn by_token(&self, token: &str) -> Option<Prediction> {
        self.store.find(|prediction| prediction.token == token)
    }
}
