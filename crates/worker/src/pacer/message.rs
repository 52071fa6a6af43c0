//! What crosses between the Worker's other parts and the pacer's object, as JSON.

use selfsame_provider::pacer::Call;
use serde::{Deserialize, Serialize};

/// A request to the pacer's object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "message")]
pub(super) enum Message {
    /// May this call go out? The response is an [`Answer`](selfsame_provider::pacer::Answer).
    Ask {
        /// Whose turn it takes.
        person: String,
        /// The call.
        call: Call,
    },
    /// The provider has answered a call with 429. The response is empty.
    Throttled {
        /// The call.
        call: Call,
        /// How long the provider asks to wait.
        seconds: u32,
    },
}
