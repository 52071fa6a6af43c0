//! One message: parsed, applied and answered.

use selfsame_prompt::placement::MAX_CHARACTERS;
use serde::Serialize;

use super::apply::{Note, apply};
use super::disambiguate::disambiguate;
use super::draft::{Context, PictureDraft};
use super::edit::Edit;
use super::lexicon::{ENGLISH, Lexicon};
use super::message::Message;
use super::reading::{Kept, Reading};
use super::scene::Scene;
use super::{reply, rules};

/// The answer to one message.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
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
pub struct Director(pub(super) &'static Lexicon);

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
