//! Descriptions: which phrase goes into which slot.
//!
//! A phrase is what stands between function words. Its last word says what it is ("summer dress" is a dress), the
//! words before it belong to it as far as they can, and a preposition or verb in front decides what no word decides.

use super::desk::{Desk, How};
use super::lexicon::Kind;
use super::pieces::Kept;
use selfsame_prompt::slots::Slot;

/// Longest phrase that goes into a slot, in pieces; what is longer is prose, and stays in the person's own words.
pub(super) const MAX_PIECES: usize = 12;

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
            self.keep(at, stop, self.kept_as(stop));
            return stop;
        }
        let is_behind = stop < end && self.kind(stop) == Some(Kind::Behind) && !self.breaks(stop);
        let mut nouns = if is_behind {
            Vec::from([Noun {
                from: start,
                to: stop,
                head: stop - 1,
            }])
        } else {
            self.nouns(start, stop)
        };
        let mut stop = stop;
        if let Some(last) = nouns.last_mut()
            && let Some(to) = self.support(last, opener.map(|_| at), end)
        {
            last.to = to;
            stop = to;
        }
        for (index, noun) in nouns.iter().enumerate() {
            let opener = opener.filter(|_| index == 0);
            let from = if opener.is_some() { at } else { noun.from };
            self.place(noun, opener, from, is_behind, how);
        }
        let stop = stop + usize::from(is_behind);
        self.kept_place(stop, end)
    }

    /// "a helmet under my arm", "add a cup on the table": the end of what the thing is on. "With a dog on a bench" says
    /// where somebody is.
    fn support(&self, thing: &Noun, opener: Option<usize>, end: usize) -> Option<usize> {
        let is_thing = matches!(
            self.kind(thing.head),
            Some(Kind::Head(Slot::Props | Slot::Wardrobe) | Kind::Word)
        );
        let is_led =
            thing.to < end && self.kind(thing.to) == Some(Kind::Prep) && !self.breaks(thing.to);
        if !is_thing || !is_led {
            return None;
        }
        let run = self.run(thing.to + 1, end);
        let below = self.nouns(thing.to + 1, run);
        let below = below.first()?;
        let is_added = opener.is_some_and(|at| {
            self.kind(at) == Some(Kind::Add) && !self.text(at, at + 1).starts_with('w')
        });
        match self.kind(below.head) {
            Some(Kind::Own) => Some(below.to),
            Some(Kind::Support) if is_added => Some(below.to),
            _ => None,
        }
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
            Some(Kind::Support) => &[Slot::Props, Slot::Mood, Slot::Setting],
            // A thing with an unknown name: "rain drops".
            Some(Kind::Word) => &[
                Slot::Time,
                Slot::Lighting,
                Slot::Mood,
                Slot::Setting,
                Slot::Props,
            ],
            Some(Kind::Own) => &[Slot::Props, Slot::Mood],
            Some(Kind::Name) => &[Slot::Subject, Slot::Expression, Slot::Mood],
            _ => &[],
        };
        match kind {
            Some(Kind::Word) => {
                let piece = self.pieces.get(at);
                let first = piece.and_then(|piece| piece.text.bytes().next());
                is_noun || first.is_some_and(|byte| byte.is_ascii_digit())
            }
            Some(Kind::Support) => is_noun && head_kind != Some(Kind::Head(Slot::Time)),
            Some(Kind::Adj | Kind::Num | Kind::Own) => is_noun,
            Some(Kind::Head(slot)) => {
                let line = self.line_at(at);
                let is_other_camera = slot == Slot::Camera
                    && if head_kind == kind {
                        self.line_at(head) != line
                    } else {
                        ["lens", "wide open"]
                            .iter()
                            .any(|part| self.lexicon.line_of(part) == line)
                    };
                taken.contains(&slot) && !is_other_camera
            }
            _ => false,
        }
    }

    /// A place without a name.
    fn is_place(&self, at: usize) -> bool {
        self.line_at(at) == self.line_of_unknown("", Slot::Setting)
    }
}
