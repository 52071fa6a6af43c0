//! Everything the routes share.

use std::sync::Arc;
use std::time::Duration;

use ureq::Agent;

use crate::catalogue::Catalogue;
use crate::clock::Pace;
use crate::faults::Book;
use crate::record::Record;
use crate::schema::SchemaError;
use crate::store::Store;
use crate::webhook::{Deliveries, agent};

/// Time between two reports of outputs or logs.
const THROTTLE: Duration = Duration::from_millis(500);

/// The running service.
#[derive(Debug)]
pub(crate) struct App {
    /// `http://127.0.0.1:8788`.
    pub(crate) origin: String,
    pub(crate) pace: Pace,
    /// How long the data of a finished prediction stays.
    pub(crate) expiry: Duration,
    pub(crate) catalogue: Catalogue,
    pub(crate) store: Store,
    pub(crate) faults: Book,
    pub(crate) record: Record,
    pub(crate) deliveries: Arc<Deliveries>,
    pub(crate) agent: Agent,
}

impl App {
    /// An empty service at `origin`.
    pub(crate) fn new(origin: String, pace: Pace, expiry: Duration) -> Result<Self, SchemaError> {
        Ok(Self {
            store: Store::new(origin.clone(), pace.shorten(THROTTLE)),
            origin,
            pace,
            expiry,
            catalogue: Catalogue::new()?,
            faults: Book::default(),
            record: Record::default(),
            deliveries: Arc::default(),
            agent: agent(),
        })
    }
}
