//! The words of a language: static tables that the build script makes of `data/lexicon`.

use selfsame_prompt::slots::Slot;

use super::spelling::{is_slip, singular};
use crate::rows::Rows;

include!(concat!(env!("OUT_DIR"), "/en.rs"));

/// What a phrase of the lexicon is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word that the lexicon does not know.
    Word,
    /// Says what stands in a slot: "coat".
    Head(Slot),
    /// Goes a step on a ladder: "closer".
    Step(Step),
    /// Adds to what is there: "add", "with".
    Add,
    /// "red", "long"
    Adjective,
    /// Asks for other pictures of the same: "once more".
    Again,
    /// "the", "my", "some"
    Article,
    /// "as a", "like a"
    As,
    /// Puts back: "back on".
    Back,
    /// Follows a thing and says where it is: "in the background".
    Behind,
    /// Separates clauses: "but", "while".
    But,
    /// A verb that changes: "make", "swap".
    Change,
    /// "fewer", "less"
    Fewer,
    /// A file format: "as a png".
    File,
    /// A word that carries no picture: "please".
    Filler,
    /// Asks for pictures: "go ahead".
    Go,
    /// "holding", "carrying"
    Holding,
    /// Ends black and white: "in colour".
    InColour,
    /// "instead"
    Instead,
    /// "instead of", "rather than"
    InsteadOf,
    /// "same seed"
    KeepSeed,
    /// "more"
    More,
    /// Makes a step larger: "much".
    Much,
    /// "another seed"
    NewSeed,
    /// A number, also in words: "two".
    Number,
    /// "of"
    Of,
    /// The number of a picture: "second".
    Ordinal,
    /// "another format"
    OtherFormat,
    /// "different light"
    OtherLight,
    /// A part of the person, for which there is no slot: "hair".
    OwnWords,
    /// What is counted: "pictures", "versions".
    Pictures,
    /// "in", "next to"
    Preposition,
    /// "it", "that one"
    Pronoun,
    /// An aspect ratio: "4:5", "square".
    Ratio,
    /// Removes: "no", "take off".
    Remove,
    /// A slot by its name: "the outfit".
    SlotName,
    /// "start over"
    StartOver,
    /// "in the style of"
    Style,
    /// What somebody is on or at: "bench".
    Support,
    /// "to", "into"
    To,
    /// "undo"
    Undo,
    /// "wearing"
    Wearing,
}

/// A step on a ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Closer,
    Wider,
    Warmer,
    Cooler,
    Brighter,
    Darker,
}

/// A group of phrases in the lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct GroupId(u8);

/// Phrases of one kind.
pub(super) struct Group {
    pub(super) kind: Kind,
    /// A later phrase of this group takes an earlier one's place.
    pub(super) is_one: bool,
    /// Its phrases are nouns: unknown words before them belong to them.
    pub(super) is_noun: bool,
}

/// A phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    /// As it is written into a prompt.
    pub(super) text: &'static str,
    pub(super) group: GroupId,
}

/// Phrases in order; each rung has its names, and the first is the one that is written.
pub(super) struct Ladder {
    pub(super) rungs: &'static [&'static [&'static str]],
    /// Where a step down from nowhere leads.
    pub(super) first_down: usize,
    /// Where a step up from nowhere leads.
    pub(super) first_up: usize,
}

/// Lists of words that decide by themselves what is meant.
pub(super) struct Words {
    pub(super) negations: &'static [&'static str],
    pub(super) stops: &'static [&'static str],
    pub(super) joints: &'static [&'static str],
    pub(super) new_things: &'static [&'static str],
    pub(super) off: &'static [&'static str],
    pub(super) praise: &'static [&'static str],
    pub(super) shapes: &'static [&'static str],
    pub(super) format: &'static [&'static str],
    pub(super) excess: &'static [&'static str],
    pub(super) whole_picture: &'static [&'static str],
    pub(super) clear: &'static [&'static str],
    pub(super) swaps: &'static [&'static str],
    pub(super) others: &'static [&'static str],
}

/// What Maya says; `{}` is filled in.
pub(super) struct Sentences {
    pub(super) first: &'static str,
    pub(super) done: &'static str,
    pub(super) now: &'static str,
    pub(super) added: &'static str,
    pub(super) removed: &'static str,
    pub(super) replaced: &'static str,
    pub(super) ratio: &'static str,
    pub(super) file: &'static str,
    pub(super) pictures: &'static str,
    pub(super) one_picture: &'static str,
    pub(super) too_many_pictures: &'static str,
    pub(super) seed_of_picture: &'static str,
    pub(super) same_seed: &'static str,
    pub(super) new_seed: &'static str,
    pub(super) no_seed: &'static str,
    pub(super) no_picture: &'static str,
    pub(super) not_found: &'static str,
    pub(super) by_what: &'static str,
    pub(super) shown_instead: &'static str,
    pub(super) kept: &'static str,
    pub(super) undone: &'static str,
    pub(super) nothing_to_undo: &'static str,
    pub(super) started_over: &'static str,
    pub(super) hello: &'static str,
    pub(super) unchanged: &'static str,
    pub(super) go: &'static str,
    pub(super) read_as: &'static str,
    pub(super) too_long: &'static str,
    pub(super) question: &'static str,
}

/// The words of one language.
pub(super) struct Lexicon {
    /// By phrase: the group, and the text where it is not the phrase itself.
    entries: Rows,
    groups: &'static [Group],
    /// Words that misspelled ones are corrected to; all of them are long.
    spelling: Rows,
    /// Crop, warmth and brightness.
    ladders: [Ladder; 3],
    /// What "another light" goes through.
    pub(super) lights: &'static [&'static str],
    /// What "another format" goes through.
    pub(super) ratios: &'static [&'static str],
    opposites: &'static [(&'static str, &'static str)],
    pub(super) words: Words,
    pub(super) sentences: Sentences,
    pub(super) first_suggestions: &'static [&'static str],
    /// Each with the slot that has to be empty.
    pub(super) next_suggestions: &'static [(Option<Slot>, &'static str)],
}

impl Lexicon {
    pub(super) fn group(&self, id: Option<GroupId>) -> Option<&Group> {
        self.groups.get(usize::from(id?.0))
    }

    pub(super) fn kind(&self, entry: Entry) -> Kind {
        let group = self.group(Some(entry.group));
        group.map_or(Kind::Word, |group| group.kind)
    }

    /// The entry of `phrase` in any case, with single spaces between its words.
    pub(super) fn find(&self, phrase: &str) -> Option<Entry> {
        let mut row = self.entries.find(phrase)?;
        let (phrase, group) = (row.next()?, row.next()?.parse().ok()?);
        Some(Entry {
            text: row.next().unwrap_or(phrase),
            group: GroupId(group),
        })
    }

    pub(super) fn group_of(&self, phrase: &str) -> Option<GroupId> {
        self.find(phrase).map(|entry| entry.group)
    }

    /// The word that `word` is a misspelling of, or `word` itself.
    pub(super) fn correct<'a>(&self, word: &'a str) -> &'a str {
        let is_known = |word: &str| self.spelling.find(word).is_some();
        if word.len() < SHORTEST_CORRECTED || is_known(word) || is_known(singular(word)) {
            return word;
        }
        let first = word.bytes().next();
        let mut alike = self
            .spelling
            .keys()
            .filter(|known| known.bytes().next() == first);
        alike.find(|known| is_slip(known, word)).unwrap_or(word)
    }

    /// The entry of a thing whose plural `word` is.
    pub(super) fn find_plural(&self, word: &str) -> Option<Entry> {
        let stem = singular(word);
        let entry = self.find(stem).filter(|_| stem.len() < word.len())?;
        let is_thing = matches!(
            self.kind(entry),
            Kind::Head(_) | Kind::OwnWords | Kind::Support
        );
        is_thing.then_some(entry)
    }

    /// What to be instead of `word`.
    pub(super) fn opposite(&self, word: &str) -> Option<&'static str> {
        let mut pairs = self.opposites.iter();
        let found = pairs.find(|(known, _)| known.eq_ignore_ascii_case(word))?;
        Some(found.1)
    }

    /// The ladder of a step, its slot, and whether the step goes down.
    pub(super) const fn ladder(&self, step: Step) -> (&Ladder, Slot, bool) {
        let [crop, warmth, brightness] = &self.ladders;
        match step {
            Step::Closer => (crop, Slot::Shot, true),
            Step::Wider => (crop, Slot::Shot, false),
            Step::Warmer => (warmth, Slot::Mood, true),
            Step::Cooler => (warmth, Slot::Mood, false),
            Step::Brighter => (brightness, Slot::Mood, true),
            Step::Darker => (brightness, Slot::Mood, false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_is_found_in_any_case() {
        for phrase in ENGLISH.entries.keys() {
            let entry = ENGLISH.find(phrase);
            assert!(
                ENGLISH.group(entry.map(|entry| entry.group)).is_some(),
                "{phrase}"
            );
            assert_eq!(ENGLISH.find(&phrase.to_ascii_uppercase()), entry);
        }
        assert_eq!(ENGLISH.find("a dozen").map(|entry| entry.text), Some("12"));
        assert!(ENGLISH.find("zorb").is_none());
    }

    #[test]
    fn slot_names_are_written_as_names_of_slots() {
        let entries = ENGLISH
            .entries
            .keys()
            .filter_map(|phrase| ENGLISH.find(phrase));
        let names = entries.filter(|entry| ENGLISH.kind(*entry) == Kind::SlotName);
        let names: Vec<_> = names.map(|entry| entry.text).collect();
        assert!(names.contains(&"wardrobe"));
        assert!(
            names.iter().all(|name| Slot::named(name).is_some()),
            "{names:?}"
        );
    }

    #[test]
    fn plurals_of_things_are_found() {
        let found = |word| ENGLISH.find_plural(word).map(|entry| entry.text);
        assert_eq!(found("umbrellas"), Some("umbrella"));
        assert_eq!(found("umbrella"), None);
        assert_eq!(found("reds"), None);
    }

    #[test]
    fn misspelled_words_are_corrected_and_known_ones_kept() {
        for (word, correct) in [
            ("sunglases", "sunglasses"),
            ("umbrela", "umbrella"),
            ("umbrellas", "umbrellas"),
            ("lisbom", "lisbom"),
            ("caot", "caot"),
        ] {
            assert_eq!(ENGLISH.correct(word), correct);
        }
    }

    #[test]
    fn opposites_are_found_in_any_case() {
        assert_eq!(ENGLISH.opposite("Formal"), Some("casual"));
        assert_eq!(ENGLISH.opposite("zorb"), None);
    }

    #[test]
    fn suggested_phrases_fill_their_slot() {
        let director = crate::director::Director::english();
        let (draft, context) = Default::default();
        for (slot, say) in ENGLISH.next_suggestions {
            let turn = director.direct(&draft, say, &context);
            let slots = &turn.draft.composition.slots;
            assert!(slot.is_none_or(|slot| !slots.get(slot).is_empty()), "{say}");
        }
    }
}
