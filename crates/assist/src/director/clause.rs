//! Clauses: what each asks for.

use super::desk::{Desk, How, last_word, push_word};
use super::edit::LONGEST;
use super::lexicon::Kind;
use super::ratio::ratio;
use super::spelling::same;
use selfsame_prompt::parameters::OutputFormat;
use selfsame_prompt::slots::Slot;

impl Desk<'_> {
    /// Reads everything.
    pub(super) fn read(&mut self) {
        for at in 0..self.pieces.len() {
            if self.pieces.get(at).is_some_and(|piece| piece.is_slip) {
                let (said, read) = (self.written(at, at + 1), self.text(at, at + 1));
                self.note("say-read", &[&said, &read]);
            }
        }
        self.tell_apart();
        let mut at = 0;
        while at < self.pieces.len() {
            let end = self.clause_end(at);
            at = self.clause(at, end);
        }
    }

    /// The end of the clause that begins at `at`.
    pub(super) fn clause_end(&self, at: usize) -> usize {
        let ends = |index: usize| self.breaks(index) || self.kind(index) == Some(Kind::But);
        (at + 1..self.pieces.len())
            .find(|index| ends(*index))
            .unwrap_or(self.pieces.len())
    }

    fn clause(&mut self, at: usize, end: usize) -> usize {
        let at = self.skip(at, end);
        if at >= end {
            return end;
        }
        if let Some(k) = self.first(Kind::InsteadOf, at, end) {
            return self.instead_of(at, k, end);
        }
        if let Some((from, to)) = self.off(at, end) {
            self.take_out(from, to);
            self.parts(to + 1, end, How::Set);
            return end;
        }
        if self.has(Kind::Back, at, end) && self.bring_back(at, end) {
            return end;
        }
        // "the coat should be red", "can the coat be red"
        if let Some(k) = (at + 1..end).find(|k| self.is_becoming(*k))
            && self.replace(at, k, k + 1, end)
        {
            return end;
        }
        if let Some((stop, how)) = self.said_of_thing(at, end)
            && self.replace(at, stop, how, end)
        {
            return end;
        }
        if let Some(rest) = self.thing_in_excess(at, end) {
            self.parts(rest, end, How::Set);
            return end;
        }
        self.parts(at, end, How::Set);
        end
    }

    /// "be", "should be".
    fn is_becoming(&self, at: usize) -> bool {
        let is_verb = matches!(self.kind(at), Some(Kind::Change | Kind::Fill));
        is_verb && last_word(&self.text(at, at + 1)) == "be"
    }

    /// "hat white", "the dress in gold": the end of a thing that is there, and where it begins how it should be, when
    /// nothing else follows.
    fn said_of_thing(&self, at: usize, end: usize) -> Option<(usize, usize)> {
        let is_how = |at| {
            matches!(
                self.kind(at),
                Some(Kind::Adj | Kind::Step | Kind::More | Kind::Much | Kind::Fill)
            )
        };
        let says = |at: usize| matches!(self.kind(at), Some(Kind::Adj | Kind::Step));
        (at + 1..end.min(at + LONGEST)).find_map(|stop| {
            let how = stop + usize::from(self.text(stop, stop + 1) == "in");
            let is_said = (how..end).all(is_how)
                && (how..end).any(says)
                && self.head_slot(stop - 1).is_some()
                && self.target(at, stop).is_some_and(|found| found.is_whole);
            is_said.then_some((stop, how))
        })
    }

    pub(super) fn first(&self, kind: Kind, from: usize, to: usize) -> Option<usize> {
        (from..to).find(|at| self.kind(*at) == Some(kind))
    }

    pub(super) fn has(&self, kind: Kind, from: usize, to: usize) -> bool {
        self.first(kind, from, to).is_some()
    }

    /// Past the words that carry no picture.
    pub(super) fn skip(&self, mut at: usize, end: usize) -> usize {
        while at < end && matches!(self.kind(at), Some(Kind::Fill | Kind::But)) {
            at += 1;
        }
        at
    }

    /// Commands and phrases, one after the other.
    pub(super) fn parts(&mut self, mut at: usize, end: usize, mut how: How) {
        while at < end {
            at = match self.kind(at) {
                Some(Kind::Add) => {
                    how = How::Add;
                    self.phrase(at, end, how).max(at + 1)
                }
                Some(Kind::Change) => {
                    // The next change is another one.
                    let stop = self.first(Kind::Change, at + 1, end).unwrap_or(end);
                    self.changes(at, stop);
                    stop
                }
                Some(Kind::Remove) => self.remove(at + 1, end),
                Some(kind) => self
                    .command(kind, at, end)
                    .unwrap_or_else(|| self.phrase(at, end, how).max(at + 1)),
                None => end,
            };
        }
    }

    /// Does what the piece at `at` commands; the index behind it. None: it is no command.
    fn command(&mut self, kind: Kind, at: usize, end: usize) -> Option<usize> {
        let text = self.text(at, at + 1);
        let next = self.kind(at + 1).filter(|_| at + 1 < end);
        match kind {
            Kind::Step => {
                let is_big = at > 0 && self.kind(at - 1) == Some(Kind::Much);
                self.step(&text, if is_big { 2 } else { 1 });
            }
            Kind::Colour => {
                let line = self.lexicon.line_of("black and white");
                let mut moods = Vec::new();
                for mood in self.items(Slot::Mood) {
                    if self.line_of(&mood, Slot::Mood) != line {
                        moods.push(mood);
                    }
                }
                self.set_items(Slot::Mood, moods);
            }
            Kind::OtherLight => {
                let now = self.items(Slot::Lighting).pop().unwrap_or_default();
                let is_fresh = self.fresh.iter().any(|(slot, _)| *slot == Slot::Lighting);
                if let Some(light) = self.after("lights", &now).filter(|_| !is_fresh) {
                    self.set_items(Slot::Lighting, Vec::from([light.to_owned()]));
                }
            }
            Kind::OtherFormat => {
                let now = self
                    .now
                    .overrides
                    .aspect_ratio
                    .map_or("", |ratio| ratio.as_str());
                self.now.overrides.aspect_ratio = self.after("formats", now).and_then(ratio);
            }
            Kind::More | Kind::Fewer
                if next == Some(Kind::Unit)
                    || (at + 1..end).all(|at| self.kind(at) == Some(Kind::Fill)) =>
            {
                let pictures = self.now.pictures;
                self.set_pictures(if kind == Kind::More {
                    pictures + 1
                } else {
                    pictures.max(2) - 1
                });
            }
            Kind::Fewer => return Some(self.less(at, end)),
            Kind::Fill
            | Kind::But
            | Kind::Unit
            | Kind::Instead
            | Kind::Much
            | Kind::More
            | Kind::It => {}
            Kind::Num => return self.number(at, end, &text),
            Kind::Ordinal => {
                self.like_picture(&text);
                let names_one = matches!(next, Some(Kind::It | Kind::Unit | Kind::Num));
                return Some(at + 1 + usize::from(names_one));
            }
            Kind::Same => match self
                .like
                .and_then(|like| self.seed_of(like))
                .or_else(|| self.seed_of(1))
            {
                Some(seed) => self.now.overrides.seed = Some(seed.into()),
                None => self.note("say-noseed", &[]),
            },
            Kind::Another | Kind::Again => {
                self.free_seed();
                self.ready |= kind == Kind::Again;
            }
            Kind::Go => self.ready = true,
            Kind::Undo => {
                // "undo the hat"
                let to = self.bare(at + 1, end);
                if to < end && !self.breaks(at + 1) && self.head_slot(to).is_some() {
                    return Some(self.remove(at + 1, end));
                }
                self.undo();
            }
            Kind::Reset => {
                self.now.text.clear();
                self.now.slots = selfsame_prompt::slots::Slots::default();
                self.now.overrides.seed = None;
                self.like = None;
                self.note("say-reset", &[]);
            }
            Kind::Aspect => self.now.overrides.aspect_ratio = ratio(&text),
            Kind::File => self.now.overrides.output_format = OutputFormat::named(&text),
            _ => return None,
        }
        Some(at + 1)
    }

    pub(super) fn step(&mut self, step: &str, by: usize) {
        let (ladder, is_down) = match step.split_at_checked(1) {
            Some((ladder, sign)) => (ladder.parse().unwrap_or(0), sign == "-"),
            None => return,
        };
        let Some(list) = self.lexicon.lists("ladder").nth(ladder) else {
            return;
        };
        let slot = if ladder == 0 { Slot::Shot } else { Slot::Mood };
        let mut items = self.items(slot);
        let mut now = None;
        let (mut lowest, mut highest, mut count) = (None, 0, 0);
        for (rung, names) in list.split(", ").enumerate() {
            count = rung + 1;
            if names.starts_with('*') {
                lowest = lowest.or(Some(rung));
                highest = rung;
            }
            for name in names.trim_start_matches(|c| c == '*').split('/') {
                if let Some(index) = items.iter().position(|item| item == name)
                    && now.is_none_or(|(earliest, _)| index < earliest)
                {
                    now = Some((index, rung));
                }
            }
        }
        let to = match now {
            Some((_, rung)) if is_down => rung.saturating_sub(by),
            Some((_, rung)) => (rung + by).min(count - 1),
            None if is_down => lowest.unwrap_or(0),
            None => highest,
        };
        let names = list.split(", ").nth(to).unwrap_or_default();
        let names = names.trim_start_matches(|c| c == '*');
        let name = names.split('/').next().unwrap_or_default();
        match now.and_then(|(index, _)| items.get_mut(index)) {
            Some(item) => name.clone_into(item),
            None => items.push(name.to_owned()),
        }
        self.set_items(slot, items);
    }

    /// What follows `now` in a list, round and round.
    fn after(&self, list: &str, now: &str) -> Option<&'static str> {
        let list = self.lexicon.lists(list).next()?;
        let mut all = list.split(", ");
        all.find(|item| *item == now);
        all.next().or_else(|| list.split(", ").next())
    }

    fn undo(&mut self) {
        self.undone = true;
        match self.past.pop() {
            Some(before) => self.now = before,
            None => self.note("say-nothingtoundo", &[]),
        }
        self.like = None;
    }

    /// "put the hat back": as it was before it was taken out.
    fn bring_back(&mut self, at: usize, end: usize) -> bool {
        let words = self.words(at, end);
        let last = last_word(&words);
        for before in self.past.iter().rev() {
            for slot in Slot::ALL {
                for item in before.slots.get(slot) {
                    if last.is_empty() || !same(last_word(item), last) {
                        continue;
                    }
                    let mut items = self.items(slot);
                    if !items.contains(item) {
                        items.push(item.clone());
                        self.set_items(slot, items);
                    }
                    return true;
                }
            }
        }
        false
    }

    /// The words that say what is meant, without articles and the like.
    pub(super) fn words(&self, from: usize, to: usize) -> String {
        let mut words = String::new();
        for piece in self.pieces.get(from..to).unwrap_or_default() {
            let says_nothing = matches!(
                piece.kind,
                Kind::Det
                    | Kind::Fill
                    | Kind::Of
                    | Kind::To
                    | Kind::Back
                    | Kind::Change
                    | Kind::Prep
                    | Kind::It
            );
            if !says_nothing {
                push_word(&mut words, &piece.text);
            }
        }
        words
    }
}
