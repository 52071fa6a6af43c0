//! How many pictures, and whose seed.

use super::desk::Desk;
use super::lexicon::Kind;

/// Most pictures in one request.
const MOST: u32 = 4;

impl Desk<'_> {
    /// A number at `at`: of pictures, or of one of them. The index behind it; None: it counts something else.
    pub(super) fn number(&mut self, at: usize, end: usize, text: &str) -> Option<usize> {
        let number = self
            .lexicon
            .find(text)
            .map_or(text, |entry| entry.text)
            .parse()
            .ok()?;
        let rest = at + 1..end;
        let next = self.kind(at + 1).filter(|_| at + 1 < end);
        let is_alone = rest
            .clone()
            .all(|index| matches!(self.kind(index), Some(Kind::Fill | Kind::It)))
            && (at == 0
                || self.breaks(at)
                || matches!(self.kind(at - 1), Some(Kind::Fill | Kind::Change)));
        if next == Some(Kind::More) {
            self.free_seed();
            self.ready = true;
            self.set_pictures(number);
            return Some(at + 2);
        }
        let names_one = at > 0
            && self.kind(at - 1) == Some(Kind::Unit)
            && !self.breaks(at)
            && !self.text(at - 1, at).ends_with('s')
            && !self.is_before_thing(at);
        if names_one {
            self.like_picture(text);
            return Some(at + 1);
        }
        if next != Some(Kind::Unit) && !is_alone {
            return None;
        }
        self.set_pictures(number);
        Some(at + 1)
    }

    /// So many, from 1 to 4.
    pub(super) fn set_pictures(&mut self, pictures: u32) {
        if pictures > MOST {
            self.note("say-most", &[]);
        }
        self.now.pictures = pictures.clamp(1, MOST);
    }

    /// Keeps the seed of a picture that is shown.
    pub(super) fn like_picture(&mut self, number: &str) {
        let number = match number.parse() {
            Ok(0) => u32::try_from(self.context.shown.len()).unwrap_or(0),
            Ok(number) => number,
            Err(_) => 0,
        };
        if let Some(seed) = self.seed_of(number) {
            self.now.overrides.seed = Some(seed.into());
            self.like = Some(number);
        } else {
            self.note("say-nopicture", &[&super::reply::digits(number)]);
        }
    }

    /// The seed of a picture, from 1.
    pub(super) fn seed_of(&self, number: u32) -> Option<u32> {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        self.context.shown.get(index).copied()
    }

    /// Any seed again.
    pub(super) fn free_seed(&mut self) {
        self.now.overrides.seed = None;
        self.like = None;
        self.seed_freed = true;
    }
}
