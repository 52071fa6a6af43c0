//! Starting and stopping the service.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::app::App;
use crate::clock::Pace;
use crate::schema::SchemaError;
use crate::{front, routes};

/// How the service runs.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Port on 127.0.0.1; 0 lets the system choose.
    pub port: u16,
    /// How many times faster than the real service; what is not positive and finite counts as 1.
    pub speed: f64,
    /// How long inputs, outputs and logs of a finished prediction stay, in real time.
    pub expiry: Duration,
}

impl Default for Settings {
    /// A free port, real time, one hour.
    fn default() -> Self {
        Self {
            port: 0,
            speed: 1.0,
            expiry: Duration::from_hours(1),
        }
    }
}

/// Why the service did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port cannot be listened on, usually because something else already does.
    #[error("cannot listen on 127.0.0.1:{port}: {cause}")]
    Port {
        /// The port asked for.
        port: u16,
        /// What the system says.
        #[source]
        cause: std::io::Error,
    },
    /// An embedded model schema is broken.
    #[error(transparent)]
    Schema(#[from] SchemaError),
}

/// A running service; it stops when this is dropped.
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

/// Starts the service on the runtime this is called from.
pub async fn start(settings: Settings) -> Result<Running, StartError> {
    let Settings {
        port,
        speed,
        expiry,
    } = settings;
    let broken = |cause| StartError::Port { port, cause };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .await
        .map_err(broken)?;
    let address = listener.local_addr().map_err(broken)?;
    let app = Arc::new(App::new(
        format!("http://{address}"),
        Pace::new(speed),
        expiry,
    )?);
    let router: Router = routes::control().fallback(front::answer).with_state(app);
    let server = tokio::spawn(async move {
        // `axum::serve` only returns when it is told to stop, which nobody does.
        let _ = axum::serve(listener, router).await;
    });
    Ok(Running { address, server })
}
