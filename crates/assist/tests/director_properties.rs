//! Properties of the director that hold for any message.

#[path = "../../../tests/support/growth.rs"]
mod growth;

use std::sync::LazyLock;

use growth::{check_near_linear, repeated};
use proptest::collection::vec;
use proptest::prelude::*;
use selfsame_assist::director::{Context, Director, DirectorTurn, PictureDraft};
use selfsame_prompt::parameters::AspectRatio;
use selfsame_prompt::slots::Slot;

const LEXICON: &str = include_str!("../data/lexicon/en.toml");
const TUNED: &str = include_str!("../../../tests/corpus/director.jsonl");
/// Words of no language.
const NONSENSE: [&str; 8] = [
    "zorb",
    "quix",
    "Vlemmich",
    "grobnat",
    "blefusk",
    "ünzwy",
    "kq7z",
    "wibbertang",
];
const HOSTILE: [&str; 18] = [
    ",", ".", "\n", "😊", "\u{200b}", "\0", "((", "4:5", "7:30", "24/7", "#2", "f/1.4", "’", "&",
    "w/", "é", "undo", "İ",
];

const DIRECTOR: Director = Director::english();

/// The phrases of the lexicon, each with the kind of its group.
static PHRASES: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let lexicon: toml::Table = toml::from_str(LEXICON).unwrap_or_default();
    let groups = lexicon.get("group").and_then(|groups| groups.as_array());
    let phrases = groups.into_iter().flatten().flat_map(|group| {
        let kind = group.get("kind").and_then(|kind| kind.as_str());
        let plain = group.get("phrases").and_then(|phrases| phrases.as_array());
        let plain = plain
            .into_iter()
            .flatten()
            .filter_map(|phrase| phrase.as_str());
        let written = group.get("written").and_then(|written| written.as_table());
        let written = written
            .into_iter()
            .flatten()
            .map(|(phrase, _)| phrase.as_str());
        plain
            .chain(written)
            .map(move |phrase| (kind.unwrap_or_default().to_owned(), phrase.to_owned()))
    });
    phrases.collect()
});

fn direct(draft: &PictureDraft, say: &str) -> DirectorTurn {
    let context = Context {
        shown: vec![11, 22, 33],
    };
    DIRECTOR.direct(draft, say, &context)
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (0..PHRASES.len()).prop_map(|at| PHRASES[at].1.clone()),
        2 => (0..NONSENSE.len()).prop_map(|at| NONSENSE[at].to_owned()),
        1 => (0..HOSTILE.len()).prop_map(|at| HOSTILE[at].to_owned()),
        1 => any::<String>().prop_map(|any| any.chars().take(12).collect()),
    ]
}

fn say() -> impl Strategy<Value = String> {
    vec(
        (word(), prop_oneof![4 => Just(" "), 1 => Just(", ")]),
        0..14,
    )
    .prop_map(|words| {
        words
            .into_iter()
            .map(|(word, joint)| word + joint)
            .collect()
    })
}

/// Words of letters and digits, in lower case.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn check(draft: &PictureDraft, say: &str) -> Result<DirectorTurn, TestCaseError> {
    let turn = direct(draft, say);
    prop_assert_eq!(
        &turn,
        &direct(draft, say),
        "the same message has the same answer"
    );
    let heard = [turn.understood.join(" "), turn.not_understood.join(" ")].join(" ");
    let (mut heard, mut said) = (words(&heard), words(say));
    heard.sort();
    said.sort();
    prop_assert_eq!(heard, said, "every word was heard once");
    let composition = &turn.draft.composition;
    for kept in &turn.not_understood {
        prop_assert!(composition.text.contains(kept.as_str()), "{kept:?} is kept");
        prop_assert!(turn.reply.contains(kept.as_str()), "{kept:?} is named");
    }
    let all = [
        serde_json::to_string(composition).unwrap_or_default(),
        turn.reply.clone(),
    ]
    .join(" ");
    let all = words(&all);
    // A message that undoes, removes or replaces may also drop an unknown word.
    let takes = [
        "remove",
        "undo",
        "start-over",
        "change",
        "instead-of",
        "fewer",
    ];
    let said = [" ", &words(say).join(" "), " "].concat();
    let takes_away = PHRASES.iter().any(|(kind, phrase)| {
        let phrase = [" ", &words(phrase).join(" "), " "].concat();
        takes.contains(&kind.as_str()) && said.contains(&phrase)
    });
    for nonsense in NONSENSE
        .iter()
        .filter(|word| words(say).contains(&word.to_lowercase()))
    {
        prop_assert!(
            takes_away || all.contains(&nonsense.to_lowercase()),
            "{nonsense} is in a slot, in the text or in the answer"
        );
    }
    prop_assert!((1..=4).contains(&composition.pictures));
    prop_assert!(turn.suggestions.len() <= 3);
    prop_assert!(turn.draft.past.len() <= 20);
    Ok(turn)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn no_word_is_lost(says in vec(say(), 1..4)) {
        let mut draft = PictureDraft::default();
        for say in says {
            draft = check(&draft, &say)?.draft;
        }
    }

    #[test]
    fn undo_restores_the_draft_before_the_turn(first in say(), second in say()) {
        let before = direct(&PictureDraft::default(), &first).draft;
        let after = direct(&before, &second).draft;
        prop_assume!(after.past.len() == before.past.len() + 1);
        let undone = direct(&after, "undo").draft;
        prop_assert_eq!(undone.composition, before.composition);
        prop_assert_eq!(undone.past, before.past);
    }

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        check(&PictureDraft::default(), &text)?;
    }
}

#[test]
fn time_grows_linearly_with_the_length_of_a_message() {
    let start = "me in Rome, red hat, grey coat, smiling, holding a book";
    let draft = direct(&PictureDraft::default(), start).draft;
    for piece in [
        "waist-up zorb ",
        "the hat and the coat ",
        "the hat is too ",
        "hat red ",
        "too serious ",
        "less zorb ",
        "the coat in ",
        "be ",
    ] {
        let make = |characters| ["make ", &repeated(piece, characters)].concat();
        check_near_linear(piece, 1200, &make, &|say| {
            direct(&draft, say);
        });
    }
}

#[test]
fn messages_that_once_failed_are_answered() {
    for say in [
        "a\0p",
        "i\0K",
        "n\0l",
        "r\0m",
        "s\0t",
        "wi\0c",
        "make the cat r",
        "make the hood o",
        "make the coat red",
    ] {
        check(&PictureDraft::default(), say).unwrap();
    }
}

#[test]
fn a_quality_is_understood_together_with_its_thing() {
    let turn = direct(&PictureDraft::default(), "make the sky stormy");
    assert_eq!(turn.understood, ["make the sky stormy"]);
    assert_eq!(turn.draft.composition.slots.get(Slot::Time), ["stormy sky"]);
}

/// The answer to the last of several messages.
fn replies(says: &[&str]) -> DirectorTurn {
    let mut turn = direct(&PictureDraft::default(), "");
    for say in says {
        turn = direct(&turn.draft, say);
    }
    turn
}

#[test]
fn the_reply_reports_changes_of_own_words() {
    for (says, reply) in [
        (
            &["me with short hair and a beard"][..],
            "Added: with short hair and a beard.",
        ),
        (
            &["me in Rome", "make my hair blonde"],
            "Added: my hair blonde.",
        ),
        (
            &["me in Rome, glitter", "remove the glitter"],
            "Taken out: glitter.",
        ),
        (&["me in Rome, no makeup", "no makeup"], "Nothing changed."),
        (&["me in Rome", "go"], "Here we go."),
        (&["Prague, not Vienna"], "Lovely. You, in Prague."),
        (
            &["me in Rome", "Prague, not Rome"],
            "Now Prague instead of in Rome.",
        ),
        (
            &["me in Rome, red tie", "remove the tie and the hat"],
            "Taken out: a red tie. FLUX can only be told what to show, so I wrote “hair uncovered”.",
        ),
    ] {
        assert_eq!(replies(says).reply, reply, "{says:?}");
    }
    let over = replies(&["me in Rome", "like the second one", "start over"]);
    assert_eq!(over.draft.like, None);
}

#[test]
fn names_keep_their_capitals() {
    for (say, slot, item) in [
        ("me at the White House", Slot::Setting, "at the White House"),
        ("Golden Gate bridge", Slot::Setting, "Golden Gate bridge"),
        ("me by the Black Sea", Slot::Setting, "by the Black Sea"),
        ("christmas sweater", Slot::Wardrobe, "Christmas sweater"),
        ("Red coat, a BLACK hat", Slot::Wardrobe, "red coat"),
        ("me with a MacBook", Slot::Props, "MacBook"),
        ("leica look", Slot::Film, "Leica look"),
    ] {
        let turn = direct(&PictureDraft::default(), say);
        let items = turn.draft.composition.slots.get(slot);
        assert_eq!(items.first().map(String::as_str), Some(item), "{say}");
    }
    let turn = direct(&PictureDraft::default(), "ME IN THE BLACK COAT");
    assert_eq!(
        turn.draft.composition.slots.get(Slot::Wardrobe),
        ["black coat"]
    );
}

#[test]
fn suggestions_are_understood_and_change_the_picture() {
    let mut seen = 0;
    for line in TUNED.lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let mut draft = PictureDraft::default();
        for turn in case["turns"].as_array().unwrap() {
            let answer = direct(&draft, turn["say"].as_str().unwrap());
            for suggestion in &answer.suggestions {
                let next = direct(&answer.draft, suggestion);
                assert_eq!(next.not_understood, [""; 0], "{suggestion}");
                assert_ne!(
                    next.draft.composition, answer.draft.composition,
                    "{suggestion}"
                );
                seen += 1;
            }
            draft = answer.draft;
        }
    }
    assert!(seen > 100);
}

#[test]
fn a_message_that_is_too_long_changes_nothing() {
    let draft = direct(&PictureDraft::default(), "me in Paris").draft;
    let turn = direct(&draft, &"a hat ".repeat(1_000));
    assert_eq!(turn.draft, draft);
    assert!(turn.reply.contains("more than I can read"));
}

#[test]
fn a_draft_survives_json() {
    let draft = direct(&PictureDraft::default(), "me in Paris, 4:5, red coat").draft;
    let json = serde_json::to_string(&draft).unwrap();
    assert_eq!(serde_json::from_str::<PictureDraft>(&json).unwrap(), draft);
    assert_eq!(
        serde_json::from_str::<PictureDraft>("{}").unwrap(),
        PictureDraft::default()
    );
}

/// The draft behind `says`, and the phrases in its slots.
fn in_slots(says: &[&str]) -> (PictureDraft, Vec<String>) {
    let mut draft = PictureDraft::default();
    for say in says {
        draft = direct(&draft, say).draft;
    }
    let slots = &draft.composition.slots;
    let items = Slot::ALL.iter().flat_map(|slot| slots.get(*slot).to_vec());
    let items = items.collect();
    (draft, items)
}

#[test]
fn two_numbers_set_the_aspect_ratio_where_one_is_meant() {
    for (say, format) in [
        ("4:5", "4:5"),
        ("me in Paris, 4x5", "4:5"),
        ("4X5", "4:5"),
        ("in 16:9", "16:9"),
        ("a portrait in 16:9", "16:9"),
        ("make it 3:2", "3:2"),
        ("make it 6:4 please", "3:2"),
        ("in 8x10", "4:5"),
        ("change the aspect ratio to 8/10", "4:5"),
        ("me in Paris in 8x10 format", "4:5"),
        ("me in Paris with a 6:4 crop", "3:2"),
        ("11x14, two pictures", "4:5"),
    ] {
        let (draft, _) = in_slots(&[say]);
        let ratio = draft.composition.overrides.aspect_ratio;
        assert_eq!(ratio.map(AspectRatio::as_str), Some(format), "{say}");
    }
}

#[test]
fn times_and_fractions_do_not_set_the_aspect_ratio() {
    for (say, word) in [
        ("dinner at 7:30 in Rome", "7:30"),
        ("at 4:30", "4:30"),
        ("breakfast at 10:15", "10:15"),
        ("me at 7:10 in a cafe", "7:10"),
        ("open 24/7 diner", "24/7"),
        ("1/2 profile", "1/2"),
        ("1/2", "1/2"),
        ("a 4x4 truck", "4x4"),
        ("50/50 light and shade", "50/50"),
        ("a 9/11 memorial", "9/11"),
        ("5:1", "5:1"),
    ] {
        let (draft, items) = in_slots(&[say]);
        let composition = &draft.composition;
        assert_eq!(composition.overrides.aspect_ratio, None, "{say}");
        let all = [items.join(" "), composition.text.clone()].join(" ");
        assert!(all.contains(word), "{say}: {all}");
    }
    let (draft, _) = in_slots(&["dinner at 7:30 in Rome"]);
    let slots = &draft.composition.slots;
    assert_eq!(slots.get(Slot::Time), ["at 7:30"]);
    assert_eq!(slots.get(Slot::Setting), ["in Rome"]);
}

#[test]
fn own_words_are_removed_only_as_whole_words() {
    let mut draft = PictureDraft::default();
    draft.composition.text = "party, art on walls".to_owned();
    let turn = direct(&draft, "remove art");
    assert_eq!(turn.draft.composition.text, "party, on walls");
    draft.composition.text = "smartzorbs and ünzwyzorb, zorb".to_owned();
    let turn = direct(&draft, "remove zorb");
    assert_eq!(turn.draft.composition.text, "smartzorbs and ünzwyzorb");
}

#[test]
fn one_sentence_can_make_two_changes() {
    let before = "me wearing a red coat and a blue hat";
    for (say, after) in [
        (
            "make the hat green and the coat black",
            ["black coat", "green hat"],
        ),
        (
            "make the hat green and my coat black",
            ["black coat", "green hat"],
        ),
        (
            "turn the coat black and the hat green",
            ["black coat", "green hat"],
        ),
        (
            "make the coat long and black and the hat green",
            ["long and black coat", "green hat"],
        ),
        (
            "change the coat to a jacket and the hat to a beret",
            ["a jacket", "a beret"],
        ),
        (
            "swap the hat for a beret and the coat for a jacket",
            ["a jacket", "a beret"],
        ),
        ("make the hat green", ["red coat", "green hat"]),
    ] {
        let (_, items) = in_slots(&[before, say]);
        assert_eq!(items, after, "{say}");
    }
    let (_, items) = in_slots(&["a red coat", "make the coat black and the sky stormy"]);
    assert_eq!(items, ["black coat", "stormy sky"]);
    let (_, items) = in_slots(&["a red coat", "change the coat to a dress and a hat"]);
    assert!(items.iter().any(|item| item.contains("dress")), "{items:?}");
    assert!(items.iter().any(|item| item.contains("hat")), "{items:?}");
}

#[test]
fn a_zero_width_space_separates_words_like_a_space() {
    let say = "me in Rome, red coat, make the coat black, zorb quix";
    let spaced = direct(&PictureDraft::default(), say).draft;
    let zero_width = direct(&PictureDraft::default(), &say.replace(' ', "\u{200b}")).draft;
    assert_eq!(zero_width.composition.slots, spaced.composition.slots);
    assert_ne!(
        spaced.composition.slots,
        PictureDraft::default().composition.slots
    );
}
