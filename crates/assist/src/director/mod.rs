//! The director: turns what a person says into slots and parameters, and says what changed. Its persona is Maya.
//!
//! Without any model: a lexicon, a reader of phrases, and a few commands. Deterministic and total. What is not
//! understood stays in the person's own words and is named in the answer, so no word is lost.

mod apart;
mod change;
mod clause;
mod describe;
mod desk;
mod edit;
mod excess;
mod grade;
mod lexicon;
mod pictures;
mod pieces;
mod place;
mod ratio;
mod remove;
mod reply;
mod said;
mod spelling;

use serde::{Deserialize, Serialize};

use desk::Desk;
use lexicon::Lexicon;
use pieces::Kept;
use selfsame_prompt::compose::Composition;
use selfsame_prompt::placement::MAX_CHARACTERS;

/// How many steps back are kept.
const MAX_PAST: usize = 20;

/// What a conversation has come to. Plain data that the page keeps and hands in again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(default, deny_unknown_fields)]
pub struct Draft {
    /// The picture as it would be composed now: slots, own words, number of pictures, explicit values.
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Composition>"))]
    pub composition: Composition,
    /// The picture, from 1, whose seed is kept.
    pub like: Option<u32>,
    /// Earlier states, the latest last; at most 20.
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<Composition>>"))]
    pub past: Vec<Composition>,
}

impl Default for Draft {
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

impl From<Draft> for Composition {
    fn from(draft: Draft) -> Self {
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

/// The answer to one message.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Turn {
    /// What the conversation has come to.
    pub draft: Draft,
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

/// Directs in one language. Made once: reading the lexicon costs more than a turn.
pub struct Director(Lexicon);

impl Director {
    /// In English.
    #[must_use]
    pub fn english() -> Self {
        Self(Lexicon::english())
    }

    /// Takes in what was said. A message of more than 4,000 characters changes nothing, and the reply says so.
    #[must_use]
    pub fn direct(&self, draft: &Draft, say: &str, context: &Context) -> Turn {
        let is_too_long = say.chars().nth(MAX_CHARACTERS).is_some();
        let said = if is_too_long { "" } else { say };
        let before = &draft.composition;
        let mut desk = Desk {
            lexicon: &self.0,
            context,
            said,
            pieces: pieces::pieces(said, &self.0),
            before,
            now: before.clone(),
            like: draft.like,
            past: Vec::new(),
            fresh: Vec::new(),
            notes: String::new(),
            ready: false,
            undone: false,
            seed_freed: false,
        };
        let excess = draft.past.len().saturating_sub(MAX_PAST);
        for past in draft.past.iter().skip(excess) {
            desk.past.push(past.clone());
        }
        if is_too_long {
            desk.note("say-toolong", &[]);
        }
        desk.read();
        let (understood, not_understood) = desk.keep_own_words();
        if desk.now != *before && !desk.undone {
            desk.past.push(before.clone());
        }
        if desk.past.len() > MAX_PAST {
            desk.past.remove(0);
        }
        let question =
            (!reply::is_something(&desk.now)).then(|| reply::fill(&self.0, "say-ask", &[]));
        Turn {
            reply: desk.reply(before, &not_understood),
            suggestions: desk.suggestions(),
            question,
            ready: desk.ready,
            understood,
            not_understood,
            draft: Draft {
                composition: desk.now,
                like: desk.like,
                past: desk.past,
            },
        }
    }
}

/// [`Director::direct`] in English, for a single message.
#[must_use]
pub fn direct(draft: &Draft, say: &str, context: &Context) -> Turn {
    Director::english().direct(draft, say, context)
}

impl Desk<'_> {
    /// Appends what stays in the person's own words. Gives what was understood and what was not, in runs.
    fn keep_own_words(&mut self) -> (Vec<String>, Vec<String>) {
        let (mut understood, mut unknown) = (Vec::new(), Vec::new());
        let (mut since, mut at) = (0, 0);
        while at < self.pieces.len() {
            let kept = self.kept(at);
            let start = at;
            at += 1;
            while at < self.pieces.len() && self.kept(at) == kept && !self.breaks(at) {
                at += 1;
            }
            if kept == Kept::No {
                continue;
            }
            let words = self.written(start, at);
            if !self.now.text.is_empty() {
                self.now.text.push_str(", ");
            }
            self.now.text.push_str(&words);
            if kept == Kept::Unknown {
                if start > since {
                    understood.push(self.written(since, start));
                }
                since = at;
                unknown.push(words);
            }
        }
        if at > since {
            understood.push(self.written(since, at));
        }
        (understood, unknown)
    }
}
