//! Where a phrase belongs: into which slot, to which verb, or into the person's own words.

use super::describe::{MAX_PIECES, Noun};

use super::desk::{Desk, How, Phrase};
use super::lexicon::Kind;
use super::pieces::{Kept, NO_LINE};
use selfsame_prompt::slots::Slot;

impl Desk<'_> {
    /// Puts one noun where it belongs; `start` is where its opener stands.
    pub(super) fn place(
        &mut self,
        noun: &Noun,
        opener: Option<Kind>,
        start: usize,
        behind: bool,
        how: How,
    ) {
        let bare = noun.from + usize::from(self.kind(noun.from) == Some(Kind::Det));
        let is_plain =
            (bare..noun.to).all(|at| matches!(self.kind(at), Some(Kind::Adj | Kind::It)));
        if bare == noun.to {
            return;
        }
        let is_in = self
            .pieces
            .get(start)
            .is_some_and(|piece| piece.text == "in");
        let worn = opener == Some(Kind::Wearing) || (opener == Some(Kind::Prep) && is_in);
        if is_plain
            && (worn || self.kind(noun.to - 1) == Some(Kind::It))
            && self.describe_it(bare, noun.to)
        {
            return;
        }
        if noun.to == bare + 1 && self.text(bare, noun.to) == "look" {
            return;
        }
        let is_own = (noun.from..noun.to).any(|at| self.kind(at) == Some(Kind::Own));
        let slot = match (opener, self.kind(noun.head)) {
            _ if behind && (&self.text(noun.to, noun.to + 1)).contains("hand") => Slot::Props,
            _ if behind => Slot::Setting,
            (Some(Kind::Holding), _) => Slot::Props,
            (Some(Kind::As), _) => Slot::Subject,
            (Some(Kind::Style), _) => Slot::Mood,
            _ if is_own => return self.keep(start, noun.to, Kept::Own),
            (Some(Kind::Wearing), _) => Slot::Wardrobe,
            (Some(Kind::Prep), Some(Kind::Head(Slot::Wardrobe) | Kind::Adj)) if is_in => {
                Slot::Wardrobe
            }
            (
                Some(Kind::Prep),
                Some(
                    Kind::Head(Slot::Wardrobe | Slot::Props | Slot::Subject)
                    | Kind::Support
                    | Kind::Word,
                ),
            ) => Slot::Setting,
            (_, Some(Kind::Head(Slot::Mood)))
                if noun.head > bare && self.head_slot(noun.head - 1) == Some(Slot::Expression) =>
            {
                Slot::Expression
            }
            (_, Some(Kind::Head(slot))) => slot,
            (Some(Kind::Add), Some(Kind::Word | Kind::Support)) => Slot::Props,
            (None, Some(Kind::Word)) if how == How::Add => Slot::Props,
            (_, Some(Kind::Support)) => Slot::Setting,
            // "a warrior pose"
            (_, Some(Kind::Name))
                if noun.head > bare && self.named_slot(noun.head, noun.to) == Some(Slot::Pose) =>
            {
                Slot::Pose
            }
            // "tweed": what is made of a cloth is worn.
            (None, Some(Kind::Adj)) if self.line_at(noun.head) == self.lexicon.line_of("wool") => {
                Slot::Wardrobe
            }
            // "tie: burgundy"
            (None, Some(Kind::Adj)) if self.is_colour_of_fresh(noun) => {
                self.describe_it(bare, noun.to);
                return;
            }
            (None, Some(Kind::Adj)) => Slot::Mood,
            _ => return self.keep(start, noun.to, self.kept_as(noun.to)),
        };
        if noun.to - start > MAX_PIECES {
            return self.keep(start, noun.to, Kept::Unknown);
        }
        let is_led = match slot {
            Slot::Setting | Slot::Time => opener == Some(Kind::Prep),
            Slot::Lighting => opener == Some(Kind::Prep) && !is_in,
            _ => matches!(opener, Some(Kind::Holding | Kind::As | Kind::Style)),
        };
        let to = noun.to + usize::from(behind);
        let text = self.text(if is_led { start } else { bare }, to);
        let head_line = match self.kind(noun.head) {
            Some(Kind::Head(of)) if of == slot && !behind => self.line_at(noun.head),
            // What is behind somebody takes no place away.
            _ if behind => NO_LINE,
            _ => self.line_of_unknown(&text, slot),
        };
        let adjectives = (!is_led
            && !behind
            && noun.head + 1 == noun.to
            && (bare..noun.head).all(|at| self.kind(at) == Some(Kind::Adj)))
        .then(|| self.text(bare, noun.head).len());
        let phrase = Phrase {
            slot,
            text,
            line: head_line,
            adjectives,
        };
        if !self.put(phrase, how) {
            self.keep(start, noun.to, Kept::Own);
        }
    }

    /// A colour, right after a garment or a thing was named.
    fn is_colour_of_fresh(&self, noun: &Noun) -> bool {
        let is_colour = self.line_at(noun.head) == self.lexicon.line_of("red");
        let last = self.fresh.last().map(|(slot, _)| *slot);
        let is_it = || self.it().is_some_and(|found| Some(found.slot) == last);
        is_colour && matches!(last, Some(Slot::Wardrobe | Slot::Props)) && is_it()
    }

    /// Words that end with a clear one need no question mark.
    pub(super) fn kept_as(&self, to: usize) -> Kept {
        let last = self.written(to - 1, to).to_ascii_lowercase();
        if self.lexicon.has("words-clear", &last) {
            Kept::Own
        } else {
            Kept::Unknown
        }
    }

    /// "in yellow", "a black one": how the garment is that was named last.
    fn describe_it(&mut self, from: usize, to: usize) -> bool {
        let to = to - usize::from(self.kind(to - 1) == Some(Kind::It));
        let Some(found) = self.it().filter(|_| to > from) else {
            return false;
        };
        let text = self.described(&self.item(&found), &self.text(from, to));
        self.rewrite(&found, text);
        true
    }

    /// A verb with what it is done to and where: "leaning against a wall". Places are settings of their own.
    pub(super) fn pose(&mut self, at: usize, end: usize, how: How) -> usize {
        let mut stop = at + 1;
        let mut rest = Vec::new();
        while stop < end && !self.breaks(stop) && rest.is_empty() {
            let is_led = self.kind(stop) == Some(Kind::Prep);
            let start = stop + usize::from(is_led);
            let run = self.run(start, end);
            let mut nouns = self.nouns(start, run).into_iter();
            let Some(first) = nouns
                .next()
                .filter(|first| self.belongs(first.head, stop, is_led))
            else {
                break;
            };
            stop = first.to;
            rest.extend(nouns);
        }
        if stop - at > MAX_PIECES {
            self.keep(at, stop, Kept::Unknown);
        } else {
            let phrase = Phrase {
                slot: Slot::Pose,
                text: self.text(at, stop),
                line: self.line_at(at),
                adjectives: None,
            };
            self.put(phrase, how);
        }
        for noun in &rest {
            self.place(noun, None, noun.from, false, how);
            stop = noun.to;
        }
        stop
    }

    /// Whether the noun at `head` belongs to the verb before it.
    fn belongs(&self, head: usize, prep: usize, is_led: bool) -> bool {
        const PLACES: [&str; 7] = ["in", "at", "near", "through", "around", "across", "by"];
        let is_in = self
            .pieces
            .get(prep)
            .is_some_and(|piece| piece.text == "in");
        let names_place = is_led
            && self
                .pieces
                .get(prep)
                .is_some_and(|piece| PLACES.contains(&piece.text.as_str()));
        match self.kind(head) {
            Some(Kind::Support | Kind::Own) => is_in || !names_place,
            Some(Kind::Head(Slot::Setting | Slot::Subject)) => !is_led,
            Some(Kind::Word | Kind::Head(Slot::Props)) => !names_place,
            _ => false,
        }
    }
}
