//! What holds for any edits, whoever writes them.

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use selfsame_assist::director::{
    Applied, Change, Context, Director, Edit, Note, PictureDraft, apply,
};
use selfsame_prompt::compose::Composition;
use selfsame_prompt::parameters::{AspectRatio, Overrides, Parameters, PresetId};
use selfsame_prompt::slots::Slot;

const TUNED: &str = include_str!("../../../tests/corpus/director.jsonl");
const SHOWN: [u32; 3] = [11, 22, 33];

fn slot() -> impl Strategy<Value = Slot> {
    select(Slot::ALL)
}

fn phrase() -> impl Strategy<Value = String> {
    const KNOWN: [&str; 9] = [
        "red coat",
        "hat",
        "in Rome",
        "Leica",
        "85mm lens",
        "Leica, f/1.4",
        "",
        "İ",
        "é, ü",
    ];
    prop_oneof![
        4 => select(&KNOWN[..]).prop_map(str::to_owned),
        1 => any::<String>().prop_map(|any| any.chars().take(8).collect()),
    ]
}

fn overrides() -> impl Strategy<Value = Overrides> {
    (
        of(-1.0..20.0),
        of(0..60_u32),
        of(any::<u64>()),
        of(select(AspectRatio::ALL)),
    )
        .prop_map(|(guidance, steps, seed, aspect_ratio)| Overrides {
            guidance,
            steps,
            seed,
            aspect_ratio,
            ..Overrides::default()
        })
}

fn edit() -> impl Strategy<Value = Edit> {
    let presets = vec![PresetId::Likeness, PresetId::Natural];
    prop_oneof![
        (slot(), vec(phrase(), 0..15)).prop_map(|(slot, phrases)| Edit::Set { slot, phrases }),
        (slot(), phrase()).prop_map(|(slot, phrase)| Edit::Add { slot, phrase }),
        (slot(), phrase()).prop_map(|(slot, phrase)| Edit::Remove { slot, phrase }),
        (slot(), phrase(), phrase()).prop_map(|(slot, old, new)| Edit::Replace { slot, old, new }),
        phrase().prop_map(|text| Edit::AddText { text }),
        (phrase(), phrase()).prop_map(|(old, new)| Edit::ReplaceText { old, new }),
        phrase().prop_map(|text| Edit::RemoveText { text }),
        any::<u32>().prop_map(|count| Edit::Pictures { count }),
        select(presets).prop_map(|preset| Edit::Preset { preset }),
        overrides().prop_map(|overrides| Edit::Override { overrides }),
        (0..6_u32).prop_map(|picture| Edit::LikePicture { picture }),
        Just(Edit::KeepSeed {}),
        Just(Edit::NewSeed {}),
        Just(Edit::Undo {}),
        Just(Edit::StartOver {}),
    ]
}

/// Any draft that an earlier call can have left.
fn draft() -> impl Strategy<Value = PictureDraft> {
    vec(vec(edit(), 0..4), 0..24).prop_map(|calls| {
        let start = PictureDraft::default();
        calls
            .iter()
            .fold(start, |draft, edits| applied(&draft, edits).draft)
    })
}

fn applied(draft: &PictureDraft, edits: &[Edit]) -> Applied {
    let shown = SHOWN.to_vec();
    apply(draft, edits, &Context { shown })
}

fn resolves(composition: &Composition) -> bool {
    let Composition {
        preset,
        overrides,
        pictures,
        ..
    } = composition;
    Parameters::resolve(*preset, overrides, *pictures).is_ok()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_edits_leave_a_draft_within_its_limits(draft in draft(), edits in vec(edit(), 0..12)) {
        let after = applied(&draft, &edits);
        prop_assert_eq!(&after, &applied(&draft, &edits), "the same again");
        let composition = &after.draft.composition;
        prop_assert!(resolves(composition), "{:?}", composition.overrides);
        prop_assert!(after.draft.past.len() <= 20);
        for slot in Slot::ALL.iter().copied() {
            let most = if slot.holds_one() { 1 } else { 12 };
            let phrases = composition.slots.get(slot);
            prop_assert!(phrases.len() <= most && phrases.iter().all(|phrase| !phrase.is_empty()));
        }
        prop_assert!(after.notes.iter().all(|(edit, _)| *edit < edits.len()));
    }

    #[test]
    fn one_undo_takes_all_edits_of_a_call_back(draft in draft(), edits in vec(edit(), 0..12)) {
        prop_assume!(!edits.contains(&Edit::Undo {}));
        let after = applied(&draft, &edits).draft;
        prop_assume!(after.composition != draft.composition);
        let undone = applied(&after, &[Edit::Undo {}]);
        prop_assert_eq!(undone.draft.composition, draft.composition);
        prop_assert!(undone.changes.contains(&Change::Undone));
    }

    #[test]
    fn changes_are_reported_exactly_when_slots_differ(draft in draft(), edits in vec(edit(), 0..6)) {
        let after = applied(&draft, &edits);
        for slot in Slot::ALL.iter().copied() {
            let is_reported = after.changes.iter().any(|change| match change {
                Change::Added(of, _)
                | Change::Removed(of, _)
                | Change::Replaced { slot: of, .. } => *of == slot,
                _ => false,
            });
            let [old, new] = [&draft, &after.draft].map(|draft| draft.composition.slots.get(slot));
            let is_same = old.iter().all(|phrase| new.contains(phrase))
                && new.iter().all(|phrase| old.contains(phrase));
            prop_assert_eq!(is_reported, !is_same, "{:?}: {:?}, then {:?}", slot, old, new);
        }
    }

    #[test]
    fn an_edit_survives_json(edit in edit()) {
        let json = serde_json::to_string(&edit).unwrap();
        prop_assert_eq!(serde_json::from_str::<Edit>(&json).unwrap(), edit, "{}", json);
    }

    #[test]
    fn an_edit_with_an_unknown_field_is_refused(edit in edit()) {
        let mut json = serde_json::to_value(&edit).unwrap();
        json["index"] = 1.into();
        prop_assert!(serde_json::from_value::<Edit>(json).is_err());
    }
}

#[test]
fn the_edits_of_a_message_lead_to_its_draft() {
    let director = Director::english();
    let context = Context {
        shown: SHOWN.to_vec(),
    };
    let mut edited = 0;
    for line in TUNED.lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let mut draft = PictureDraft::default();
        for turn in case["turns"].as_array().unwrap() {
            let say = turn["say"].as_str().unwrap();
            let parsed = director.parse(&draft, say, &context);
            let json = serde_json::to_string(&parsed.edits).unwrap();
            let edits: Vec<Edit> = serde_json::from_str(&json).unwrap();
            let after = director.direct(&draft, say, &context).draft;
            assert_eq!(apply(&draft, &edits, &context).draft, after, "{say}");
            edited += usize::from(after != draft);
            draft = after;
        }
    }
    assert!(edited > 200, "{edited}");
}

#[test]
fn an_edit_is_written_by_its_name() {
    for (json, edit) in [
        (
            r#"{"edit":"set","slot":"mood","phrases":[]}"#,
            Edit::Set {
                slot: Slot::Mood,
                phrases: Vec::new(),
            },
        ),
        (
            r#"{"edit":"override","overrides":{"aspect_ratio":"4:5"}}"#,
            Edit::Override {
                overrides: Overrides {
                    aspect_ratio: AspectRatio::named("4:5"),
                    ..Overrides::default()
                },
            },
        ),
        (
            r#"{"edit":"like_picture","picture":2}"#,
            Edit::LikePicture { picture: 2 },
        ),
        (r#"{"edit":"start_over"}"#, Edit::StartOver {}),
    ] {
        assert_eq!(serde_json::to_string(&edit).unwrap(), json);
        assert_eq!(serde_json::from_str::<Edit>(json).unwrap(), edit);
    }
    for json in [
        r#"{"edit":"paint"}"#,
        r#"{"edit":"add","slot":"hats","phrase":"red hat"}"#,
        r#"{"edit":"add","slot":"wardrobe"}"#,
    ] {
        assert!(serde_json::from_str::<Edit>(json).is_err(), "{json}");
    }
}

fn add(slot: Slot, phrase: &str) -> Edit {
    let phrase = phrase.to_owned();
    Edit::Add { slot, phrase }
}

#[test]
fn an_edit_that_cannot_be_carried_out_is_noted_and_changes_nothing() {
    let full: Vec<Edit> = (0..12)
        .map(|n| add(Slot::Props, &format!("cup {n}")))
        .collect();
    let draft = applied(&PictureDraft::default(), &full).draft;
    let zero_seed = Overrides {
        seed: Some(0),
        ..Overrides::default()
    };
    let no_phrase = |slot| Edit::Remove {
        slot,
        phrase: "hat".to_owned(),
    };
    let no_text = Edit::RemoveText {
        text: "fog".to_owned(),
    };
    for (edit, note) in [
        (
            add(Slot::Props, "book"),
            Note::Full(Slot::Props, "book".to_owned()),
        ),
        (no_phrase(Slot::Wardrobe), Note::NotFound("hat".to_owned())),
        (no_text, Note::NotFound("fog".to_owned())),
        (
            Edit::Override {
                overrides: zero_seed,
            },
            Note::OutOfRange,
        ),
        (Edit::LikePicture { picture: 4 }, Note::NoPicture(4)),
    ] {
        let after = applied(&draft, std::slice::from_ref(&edit));
        assert_eq!(after.notes, [(0, note)], "{edit:?}");
        assert_eq!(after.draft, draft, "{edit:?}");
        assert_eq!(after.changes, [], "{edit:?}");
    }
}

#[test]
fn a_camera_consists_of_parts() {
    let edits = [add(Slot::Camera, "Leica"), add(Slot::Camera, "85mm lens")];
    let draft = applied(&PictureDraft::default(), &edits).draft;
    assert_eq!(
        draft.composition.slots.get(Slot::Camera),
        ["Leica, 85mm lens"]
    );
    let slot = Slot::Camera;
    let phrase = "Leica".to_owned();
    let draft = applied(&draft, &[Edit::Remove { slot, phrase }]).draft;
    assert_eq!(draft.composition.slots.get(Slot::Camera), ["85mm lens"]);
}

#[test]
fn of_equal_phrases_the_last_one_is_replaced() {
    let slot = Slot::Wardrobe;
    let phrases = ["scarf", "hat", "scarf"].map(str::to_owned).to_vec();
    let (old, new) = ("scarf".to_owned(), "tie".to_owned());
    let edits = [
        Edit::Set { slot, phrases },
        Edit::Replace { slot, old, new },
    ];
    let draft = applied(&PictureDraft::default(), &edits).draft;
    assert_eq!(draft.composition.slots.get(slot), ["scarf", "hat", "tie"]);
}

#[test]
fn the_last_20_states_are_kept() {
    let mut draft = PictureDraft::default();
    for count in 0..25 {
        let text = count.to_string();
        draft = applied(&draft, &[Edit::AddText { text }]).draft;
    }
    let texts: Vec<&str> = draft.past.iter().map(|past| past.text.as_str()).collect();
    assert_eq!(texts.len(), 20);
    assert_eq!(texts.first().copied(), Some("0, 1, 2, 3, 4"));
    assert!(texts.last().is_some_and(|text| text.ends_with(", 23")));
}
