//! The director: turns what a person says into edits of a draft, and says what changed. Its persona is Maya.
//!
//! Works without a language model, from a lexicon and rules. Deterministic and total. What is not understood stays in
//! the person's own words and is named in the reply, so that no word is lost.
//!
//! A message is parsed into [`Edit`]s ([`Director::parse`]), [`apply`] carries them out and reports what changed, and
//! the reply tells it. Only `apply` changes a draft.

mod apply;
mod disambiguate;
mod edit;
mod lexicon;
mod message;
mod nouns;
mod phrase;
mod pieces;
mod ratios;
mod reading;
mod reply;
mod rules;
mod scene;
mod spelling;
mod tokens;

use selfsame_prompt::compose::Composition;
use selfsame_prompt::placement::MAX_CHARACTERS;
use serde::{Deserialize, Serialize};

pub use apply::{Applied, Change, Note, apply};
pub use edit::Edit;

use disambiguate::disambiguate;
use lexicon::{ENGLISH, Lexicon};
use message::Message;
use reading::{Kept, Reading};
use scene::Scene;

/// The state of a conversation. Plain data that the page keeps and hands in again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "typescript",
    derive(ts_rs::TS),
    ts(optional_fields, rename = "Draft")
)]
#[serde(default, deny_unknown_fields)]
pub struct PictureDraft {
    /// The picture as it would be composed now: slots, own words, number of pictures, explicit values.
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Composition>"))]
    pub composition: Composition,
    /// The picture, from 1, whose seed is kept.
    pub like: Option<u32>,
    /// Earlier states, the latest last; at most 20.
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<Composition>>"))]
    pub past: Vec<Composition>,
}

impl Default for PictureDraft {
    fn default() -> Self {
        Self {
            composition: Composition {
                pictures: 1,
                ..Composition::default()
            },
            like: None,
            past: Vec::new(),
        }
    }
}

impl From<PictureDraft> for Composition {
    fn from(draft: PictureDraft) -> Self {
        draft.composition
    }
}

/// What the person can see while they speak.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(default, deny_unknown_fields)]
pub struct Context {
    /// The seeds of the last generation's pictures, in order.
    pub shown: Vec<u32>,
}

impl Context {
    /// The seed of a picture, from 1.
    fn seed_of(&self, picture: u32) -> Option<u32> {
        let index = usize::try_from(picture).ok()?.checked_sub(1)?;
        self.shown.get(index).copied()
    }
}

/// The answer to one message.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "Turn"))]
pub struct DirectorTurn {
    /// The state of the conversation behind it.
    pub draft: PictureDraft,
    /// A few short sentences about what changed.
    pub reply: String,
    /// Up to three things that could be said next.
    pub suggestions: Vec<String>,
    /// Asked only when nothing can be made yet.
    pub question: Option<String>,
    /// The person asked for pictures now: "again", "two more".
    pub ready: bool,
    /// The person's words that became slots, parameters or commands.
    pub understood: Vec<String>,
    /// The person's words that were only kept as they are.
    pub not_understood: Vec<String>,
}

/// What a message asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The edits, in order.
    pub edits: Vec<Edit>,
    /// What the reply mentions beside the changes, each with the number of edits that come before it.
    pub notes: Vec<(usize, Note)>,
    /// The person asks for pictures now.
    pub ready: bool,
    /// The words that became edits.
    pub understood: Vec<String>,
    /// The words that are kept because their meaning is unknown.
    pub not_understood: Vec<String>,
}

/// The rules with the words of one language.
#[derive(Clone, Copy)]
pub struct Director(&'static Lexicon);

impl Director {
    /// The director for English.
    #[must_use]
    pub const fn english() -> Self {
        Self(&ENGLISH)
    }

    /// Answers a message. One of more than 4,000 characters changes nothing, and the reply says so.
    #[must_use]
    pub fn direct(self, draft: &PictureDraft, say: &str, context: &Context) -> DirectorTurn {
        let parsed = self.parse(draft, say, context);
        let applied = apply(draft, &parsed.edits, context);
        let composition = &applied.draft.composition;
        DirectorTurn {
            reply: reply::reply(&self.0.sentences, &draft.composition, &parsed, &applied),
            suggestions: reply::suggestions(self.0, composition),
            question: reply::question(&self.0.sentences, composition),
            ready: parsed.ready,
            understood: parsed.understood,
            not_understood: parsed.not_understood,
            draft: applied.draft,
        }
    }

    /// Reads a message into edits of `draft`. One of more than 4,000 characters is not read.
    #[must_use]
    pub fn parse(self, draft: &PictureDraft, say: &str, context: &Context) -> Parsed {
        if say.chars().nth(MAX_CHARACTERS).is_some() {
            return Parsed {
                edits: Vec::new(),
                notes: vec![(0, Note::TooLong)],
                ready: false,
                understood: Vec::new(),
                not_understood: Vec::new(),
            };
        }
        let lexicon = self.0;
        let mut message = Message::new(say, lexicon);
        let mut notes = Vec::new();
        for piece in message.pieces.iter().filter(|piece| piece.is_slip) {
            let said = say.get(piece.at.clone()).unwrap_or_default().to_owned();
            let read = piece.text.clone();
            notes.push((0, Note::ReadAs { said, read }));
        }
        let scene = Scene {
            composition: &draft.composition,
            lexicon,
        };
        disambiguate(&mut message, scene);
        let mut reading = Reading::new(&message, draft, context);
        rules::read(&mut reading);
        let (understood, not_understood) = keep_own_words(&mut reading);
        notes.append(&mut reading.notes);
        Parsed {
            edits: reading.edits,
            notes,
            ready: reading.ready,
            understood,
            not_understood,
        }
    }
}

/// Appends what stays to the person's own words. Gives what was understood and what was not, in runs.
fn keep_own_words(reading: &mut Reading) -> (Vec<String>, Vec<String>) {
    let message = reading.message;
    let (mut understood, mut unknown) = (Vec::new(), Vec::new());
    let (mut since, mut at) = (0, 0);
    while at < message.len() {
        let kept = reading.kept(at);
        let start = at;
        at += 1;
        while at < message.len() && reading.kept(at) == kept && !message.breaks(at) {
            at += 1;
        }
        if kept == Kept::No {
            continue;
        }
        let text = message.written(start..at).to_owned();
        if kept == Kept::Unknown {
            if start > since {
                understood.push(message.written(since..start).to_owned());
            }
            since = at;
            unknown.push(text.clone());
        }
        reading.edit(Edit::AddText { text });
    }
    if at > since {
        understood.push(message.written(since..at).to_owned());
    }
    (understood, unknown)
}
