//! Conversations with Maya. In the addresses and the JSON of the API they are sessions.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use selfsame_primitives::ids::{ConversationId, GenerationId};
use selfsame_primitives::time::Timestamp;
use selfsame_primitives::{string_enum, string_newtype};

use super::{ErrorDetail, RawJson, Title};

/// The most characters of what is said at once.
const LONGEST_WORDS: usize = 4_000;

string_newtype!(
    /// What somebody says in one turn: up to 4,000 characters.
    Words,
    "words: up to 4,000 characters",
    |text| text.chars().count() <= LONGEST_WORDS
);

string_enum! {
    /// Who begins a turn.
    Speaker {
        /// The person.
        Person = "person",
        /// Maya, unasked.
        Maya = "maya",
    }
}

/// A conversation, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Conversation {
    /// Its id.
    pub id: ConversationId,
    /// Raised by one at every change.
    pub revision: u32,
    /// Its title.
    pub title: Title,
    /// Pinned conversations come first.
    pub pinned: bool,
    /// The version of its draft, 0 before the first.
    pub draft_version: u32,
    /// When it began.
    pub created_at: Timestamp,
    /// When something was last said or asked for in it.
    pub active_at: Timestamp,
    /// When it was deleted, of one that can be restored.
    pub deleted_at: Option<Timestamp>,
}

/// What is written and chosen and not yet sent.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Draft {
    /// Raised by one whenever the draft is replaced.
    pub version: u32,
    /// The draft, as the client wrote it.
    #[cfg_attr(feature = "typescript", ts(type = "Record<string, unknown>"))]
    pub content: RawJson<Map<String, Value>>,
}

/// One turn: what was said, and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Turn {
    /// Its number. Later turns have higher ones.
    pub number: u32,
    /// What was said and answered.
    #[serde(flatten)]
    pub content: NewTurn,
    /// When it was said.
    pub created_at: Timestamp,
}

/// `POST /api/sessions/{id}/turns`: what was said and answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct NewTurn {
    /// Who began.
    pub by: Speaker,
    /// What they said.
    pub said: Words,
    /// What it changed in the draft, as the director wrote it; at most 32.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(type = "Array<unknown>"))]
    pub edits: Vec<Value>,
    /// The answer.
    pub reply: Words,
    /// A question without whose answer nothing can be made.
    #[serde(default)]
    pub question: Option<Words>,
    /// Suggestions for what to say next; at most 8.
    #[serde(default)]
    pub suggestions: Vec<Words>,
    /// The generation that it led to, which belongs to the conversation from then on. One that was asked for with this
    /// conversation as its `session` belongs to it already.
    #[serde(default)]
    pub generation: Option<GenerationId>,
}

/// `POST /api/sessions`: begins a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct NewConversation {
    /// Its title.
    pub title: Title,
}

/// `PATCH /api/sessions/{id}`: what becomes different.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(default, deny_unknown_fields)]
pub struct ChangeConversation {
    /// Another title.
    pub title: Option<Title>,
    /// Whether it is pinned.
    pub pinned: Option<bool>,
    /// Another draft.
    pub draft: Option<ChangeDraft>,
}

/// Another draft.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct ChangeDraft {
    /// The version that it was made from. If the draft has another one now, it is not replaced.
    pub base: u32,
    /// The draft, at most 32 KiB of JSON. The studio keeps it as it is.
    #[cfg_attr(feature = "typescript", ts(type = "Record<string, unknown>"))]
    pub content: Map<String, Value>,
}

/// The body of a 409 `draft_conflict`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DraftConflict {
    /// The error.
    pub error: ErrorDetail,
    /// The draft as it is now; `null` in a conversation without one.
    pub draft: Option<Draft>,
}

/// `GET /api/sessions/{id}`: a conversation with its newest turns.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ConversationRecord {
    /// The conversation.
    pub session: Conversation,
    /// Its draft; absent before the first.
    pub draft: Option<Draft>,
    /// At most `limit` turns (default 50, at most 100), newest first.
    pub turns: Vec<Turn>,
    /// For `?cursor=`; absent on the last page.
    pub next_cursor: Option<String>,
}

/// `GET /api/sessions`: pinned ones first, then those that were last active.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ConversationPage {
    /// At most `limit` (default 20, at most 100).
    pub sessions: Vec<Conversation>,
    /// For `?cursor=`; absent on the last page.
    pub next_cursor: Option<String>,
}
