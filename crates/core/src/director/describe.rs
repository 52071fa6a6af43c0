//! Descriptions: which phrase goes into which slot.
//!
//! A phrase is what stands between function words. Its last word says what it is ("summer dress" is a dress), the
//! words before it belong to it as far as they can, and a preposition or verb in front decides what no word decides.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::desk::{Desk, How, Phrase, push_word};
use super::lexicon::Kind;
use super::pieces::{Kept, NO_LINE};
use crate::slots::Slot;
use crate::text::contains;

/// Longest phrase that goes into a slot, in pieces; what is longer is prose, and stays in the person's own words.
const MAX_PIECES: usize = 12;

/// Of each slot, in order: what a thing that belongs there takes before it. "Wool coat", "summer street".
const TAKEN: [&[Slot]; 12] = {
    use Slot::{Camera, Expression, Film, Lighting, Mood, Props, Setting, Subject, Time, Wardrobe};
    [
        &[Subject, Mood, Expression],
        &[Wardrobe, Subject, Mood, Time, Props],
        &[],
        &[Expression, Mood],
        &[Setting, Time, Props, Subject, Mood],
        &[Time],
        &[Lighting, Time, Setting, Mood, Camera, Props, Film],
        &[],
        &[Camera],
        &[],
        &[Mood, Subject, Setting, Time, Wardrobe, Film, Expression],
        &[Props, Mood],
    ]
};

/// Pieces `from..to`, and the piece that says what they are.
pub(super) struct Noun {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) head: usize,
}

impl Desk<'_> {
    #[inline(never)]
    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.pieces.get(at).map(|piece| piece.kind)
    }

    #[inline(never)]
    pub(super) fn breaks(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|piece| piece.breaks)
    }

    /// The pieces as they are written; a word is left out when `keep` says so.
    pub(super) fn text(&self, from: usize, to: usize) -> String {
        let pieces = self.pieces.get(from..to).unwrap_or_default();
        let mut text = String::new();
        for piece in pieces {
            push_word(&mut text, &piece.text);
        }
        text
    }

    pub(super) fn head_slot(&self, at: usize) -> Option<Slot> {
        match self.kind(at)? {
            Kind::Head(slot) => Some(slot),
            _ => None,
        }
    }

    /// Reads one phrase at `at` and puts it where it belongs; the index behind it.
    pub(super) fn phrase(&mut self, at: usize, end: usize, how: How) -> usize {
        let opener = self.kind(at).filter(|kind| {
            matches!(
                kind,
                Kind::Prep
                    | Kind::Wearing
                    | Kind::Holding
                    | Kind::As
                    | Kind::Style
                    | Kind::Add
                    | Kind::To
            )
        });
        if opener.is_none() && self.head_slot(at) == Some(Slot::Pose) {
            return self.pose(at, end, how);
        }
        let start = at + usize::from(opener.is_some());
        let stop = self.run(start, end);
        if stop == start {
            // A preposition before a verb or a command says nothing.
            return at + 1;
        }
        if opener == Some(Kind::To) {
            self.keep(at, stop, Kept::Unknown);
            return stop;
        }
        let is_behind = stop < end && self.kind(stop) == Some(Kind::Behind) && !self.breaks(stop);
        let nouns = if is_behind {
            Vec::from([Noun {
                from: start,
                to: stop,
                head: stop - 1,
            }])
        } else {
            self.nouns(start, stop)
        };
        for (index, noun) in nouns.iter().enumerate() {
            let opener = opener.filter(|_| index == 0);
            let from = if opener.is_some() { at } else { noun.from };
            self.place(noun, opener, from, is_behind, how);
        }
        let stop = stop + usize::from(is_behind);
        self.kept_place(stop, end)
    }

    /// "rain drops on glass": what belongs to words that stay as they are, stays with them.
    fn kept_place(&mut self, at: usize, end: usize) -> usize {
        let kept = self.kept(at.wrapping_sub(1));
        if kept == Kept::No || at >= end || self.breaks(at) || self.kind(at) != Some(Kind::Prep) {
            return at;
        }
        let stop = self.run(at + 1, end);
        let nouns = self.nouns(at + 1, stop);
        let Some(noun) = nouns.first() else {
            return at;
        };
        let prep = self.text(at, at + 1);
        let belongs = match self.kind(noun.head) {
            Some(Kind::Head(Slot::Props) | Kind::Own | Kind::Support) => true,
            Some(Kind::Head(Slot::Wardrobe)) => prep == "on",
            _ => prep == "from",
        };
        if !belongs {
            return at;
        }
        let to = noun.to;
        self.keep(at, to, kept);
        to
    }

    /// The end of the words that make up nouns.
    pub(super) fn run(&self, start: usize, end: usize) -> usize {
        let mut stop = start;
        while stop < end && (stop == start || !self.breaks(stop)) {
            let is_nominal = match self.kind(stop) {
                Some(Kind::Head(slot)) => slot != Slot::Pose,
                Some(
                    Kind::Word
                    | Kind::Adj
                    | Kind::Det
                    | Kind::Num
                    | Kind::Own
                    | Kind::Support
                    | Kind::Of
                    | Kind::Name,
                ) => true,
                Some(Kind::It) => stop > start && self.kind(stop - 1) == Some(Kind::Adj),
                _ => false,
            };
            if !is_nominal {
                break;
            }
            stop += 1;
        }
        stop
    }

    /// `from..to` as nouns, from left to right.
    pub(super) fn nouns(&self, from: usize, to: usize) -> Vec<Noun> {
        let mut nouns = Vec::new();
        let mut end = to;
        while end > from {
            let mut head = end - 1;
            let mut start = head;
            while start > from {
                match self.kind(start - 1) {
                    Some(Kind::Of) if start >= from + 2 => {
                        start -= 2;
                        if matches!(self.kind(start), Some(Kind::Head(_) | Kind::Support)) {
                            head = start;
                        }
                    }
                    Some(Kind::Det) => {
                        start -= 1;
                        let after_of = start > from && self.kind(start - 1) == Some(Kind::Of);
                        if !after_of {
                            break;
                        }
                    }
                    _ if self.absorbs(head, start - 1) => start -= 1,
                    _ => break,
                }
            }
            nouns.push(Noun {
                from: start,
                to: end,
                head,
            });
            end = start;
        }
        nouns.reverse();
        nouns
    }

    /// Whether the noun at `head` takes the word at `at` before it.
    fn absorbs(&self, head: usize, at: usize) -> bool {
        let (kind, head_kind) = (self.kind(at), self.kind(head));
        let is_noun = self.pieces.get(head).is_some_and(|piece| {
            self.lexicon
                .line(piece.line)
                .is_none_or(|line| line.is_noun)
        });
        let taken: &[Slot] = match head_kind {
            Some(Kind::Head(Slot::Wardrobe)) if self.is_place(at) => &[Slot::Setting],
            Some(Kind::Head(Slot::Mood | Slot::Expression)) if !is_noun => &[],
            Some(Kind::Head(slot)) => TAKEN.get(slot as usize).copied().unwrap_or_default(),
            Some(Kind::Support) => &[Slot::Props, Slot::Mood],
            // A thing with an unknown name: "rain drops".
            Some(Kind::Word) => &[
                Slot::Time,
                Slot::Lighting,
                Slot::Mood,
                Slot::Setting,
                Slot::Props,
            ],
            Some(Kind::Own) => &[Slot::Props],
            _ => &[],
        };
        match kind {
            Some(Kind::Word) => {
                let piece = self.pieces.get(at);
                let first = piece.and_then(|piece| piece.text.bytes().next());
                is_noun || first.is_some_and(|byte| byte.is_ascii_digit())
            }
            Some(Kind::Adj | Kind::Num | Kind::Own | Kind::Support) => is_noun,
            Some(Kind::Head(slot)) => {
                let is_other_camera = slot == Slot::Camera
                    && head_kind == kind
                    && self.line_at(head) != self.line_at(at);
                taken.contains(&slot) && !is_other_camera
            }
            _ => false,
        }
    }

    /// A place without a name.
    fn is_place(&self, at: usize) -> bool {
        self.line_at(at) == self.line_of_unknown("", Slot::Setting)
    }

    pub(super) fn line_at(&self, at: usize) -> u8 {
        self.pieces.get(at).map_or(NO_LINE, |piece| piece.line)
    }

    /// Puts one noun where it belongs; `start` is where its opener stands.
    fn place(&mut self, noun: &Noun, opener: Option<Kind>, start: usize, behind: bool, how: How) {
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
            _ if behind && contains(&self.text(noun.to, noun.to + 1), "hand") => Slot::Props,
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
            // "tweed": what is made of a cloth is worn.
            (None, Some(Kind::Adj)) if self.line_at(noun.head) == self.lexicon.line_of("wool") => {
                Slot::Wardrobe
            }
            (None, Some(Kind::Adj)) => Slot::Mood,
            _ => return self.keep(start, noun.to, Kept::Unknown),
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
            Some(Kind::Head(of)) if of == slot => self.line_at(noun.head),
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
            self.keep(start, noun.to, Kept::Unknown);
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
    fn pose(&mut self, at: usize, end: usize, how: How) -> usize {
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
            Some(Kind::Head(Slot::Props | Slot::Setting | Slot::Subject)) => !is_led,
            Some(Kind::Word) => !names_place,
            _ => false,
        }
    }

    /// Leaves pieces in the person's own words.
    pub(super) fn keep(&mut self, from: usize, to: usize, kept: Kept) {
        for piece in self.pieces.get_mut(from..to).unwrap_or_default() {
            piece.kept = kept;
        }
    }

    pub(super) fn kept(&self, at: usize) -> Kept {
        self.pieces.get(at).map_or(Kept::No, |piece| piece.kept)
    }

    /// What the person wrote, from one piece to another.
    pub(super) fn written(&self, from: usize, to: usize) -> String {
        let start = self.pieces.get(from).map_or(0, |piece| piece.at.start);
        let end = to
            .checked_sub(1)
            .and_then(|last| self.pieces.get(last))
            .map_or(start, |piece| piece.at.end);
        self.said.get(start..end).unwrap_or_default().to_owned()
    }
}
