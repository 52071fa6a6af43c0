//! What holds for any pasted text. The checks do not use the importer's own functions.

#[path = "../../../tests/support/growth.rs"]
mod growth;

use growth::{check_near_linear, repeated};
use proptest::collection::vec;
use proptest::prelude::*;
use selfsame_assist::import::{DiffKind, DroppedCode, Import, NoticeCode, import};
use selfsame_prompt::parameters::Overrides;

/// Pieces of pasted prompts, whole and broken.
const FRAGMENTS: &[&str] = &[
    "a woman",
    "red coat",
    " ",
    ", ",
    ",",
    "\n",
    ". ",
    "(",
    ")",
    "((",
    "))",
    "[",
    "]",
    "{",
    "}",
    "<",
    ">",
    ":",
    "::",
    "|",
    ":1.3)",
    ":1.3",
    ":0.5]",
    "::2",
    "::-0.5",
    " 1.2",
    "\\(",
    "\\)",
    "\\",
    "\\[",
    "(x:1.3)",
    "((x))",
    "[x]",
    "[a:b:0.5]",
    "[a::0.7]",
    "[a|b]",
    "[trigger]",
    "{a|0.5::b}",
    "(16:9)",
    "3:4",
    "<lora:foo:0.8>",
    "<LoRA:x>",
    "<lora",
    "< lora : y >",
    "＜lora：z：1＞",
    "<l\u{200b}ora:x:1>",
    "<lo",
    "ra:q:1>",
    "<lyco:a:1>",
    "<hypernet:h:1>",
    "<lora:a\n",
    "«lora:b»",
    "<sd_cpp_extra_args>",
    "</sd_cpp_extra_args>",
    "{\"seed\": 5}",
    "<sd_cpp",
    "_extra_args>",
    "<foo:bar>",
    "<3",
    "<b>",
    "embedding:",
    "embedding:easy",
    "EMBEDDING:x:1.2",
    "BREAK",
    "BRE",
    "AK",
    " BREAK ",
    "ADDCOL",
    "--",
    " --",
    "--ar 3:4",
    " --ar 7:5",
    " --seed 42",
    " --seed 0",
    " --no hat, glasses",
    " --no",
    " --v 6",
    " —v 6.1",
    " --style raw",
    " --s 250",
    " --sref https://x.y/z 123",
    " --zzz 5",
    "--v,",
    "--sref,",
    "—v(",
    "--ar,",
    "--no,",
    " - ",
    "https://a.b/c.png ",
    "http://",
    "h",
    "https://a.b,",
    "Negative prompt:",
    "\nNegative prompt: blurry, bad hands",
    "negative prompt",
    "\nSteps: 30, Sampler: Euler a, Seed: 5, Size: 832x1216",
    "Steps: 20,",
    "Seed: 99999999999,",
    "Sampler: x",
    "CFG scale: 7",
    "Model: m",
    "\nSize: 640x480\n",
    "steps:",
    "Prompt:",
    "/imagine prompt:",
    "/imagine",
    "parameters\n",
    "Lora hashes: \"a: b, c: d\"",
    "ü",
    "東京",
    "🙂",
    "\u{200b}",
    "\u{feff}",
    "\0",
    "é",
    "e\u{301}",
    "\u{202e}",
    "\t",
    "1",
    "0.5",
    "-",
    "—",
    "'",
    "\"",
    "{\"prompt\": \"a cat\", \"steps\": 5}",
    "{\"1\":",
    "\"class_type\":",
    "{\"nodes\":[",
    "\"text\":\"x\"",
    "\\u00e9",
    "*",
    "#",
    "__a__",
    "$$",
    "2$$",
];

fn pasted() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => vec(0..FRAGMENTS.len(), 0..24)
            .prop_map(|picked| picked.into_iter().map(|at| FRAGMENTS[at]).collect()),
        1 => ".{0,80}",
    ]
}

fn pieces(imported: &Import, wanted: [DiffKind; 2]) -> String {
    let pieces = imported.diff.iter();
    pieces
        .filter(|piece| wanted.contains(&piece.kind))
        .map(|piece| piece.text.as_str())
        .collect()
}

/// The text without case, width, spaces and most marks: as another tool could read a tag in it.
fn seen(text: &str) -> String {
    let narrow = text.chars().map(|c| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '«' | '‹' | '〈' | '⟨' | '﹤' => '<',
        c => c,
    });
    let kept = narrow.filter(|c| {
        c.is_alphanumeric()
            || matches!(
                c,
                '<' | '>' | ',' | ':' | ';' | '|' | '(' | ')' | '{' | '}' | '[' | ']' | '»' | '›'
            )
    });
    kept.collect::<String>().to_lowercase()
}

/// The runs of letters and the runs of digits, because removed pieces can touch.
fn words(text: &str) -> Vec<&str> {
    let letters = text.split(|c: char| !c.is_alphabetic());
    let digits = text.split(|c: char| !c.is_numeric());
    letters
        .chain(digits)
        .filter(|word| !word.is_empty())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn the_diff_is_between_what_was_pasted_and_the_text(pasted in pasted()) {
        let imported = import(&pasted);
        prop_assert_eq!(pieces(&imported, [DiffKind::Kept, DiffKind::Removed]), pasted);
        prop_assert_eq!(pieces(&imported, [DiffKind::Kept, DiffKind::Added]), imported.text);
    }

    #[test]
    fn importing_again_changes_nothing(pasted in pasted()) {
        let once = import(&pasted);
        let twice = import(&once.text);
        prop_assert_eq!(&twice.text, &once.text, "from {:?}", pasted);
        prop_assert_eq!(twice.dropped, vec![], "from {:?}", pasted);
        prop_assert_eq!(twice.moved, Overrides::default());
    }

    #[test]
    fn no_tag_that_loads_a_model_is_left(pasted in pasted()) {
        let text = seen(&import(&pasted).text);
        for name in ["<lora", "<lyco", "<hypernet", "<sdcpp"] {
            prop_assert!(!text.contains(name), "{:?} of {:?}", text, pasted);
        }
    }

    #[test]
    fn every_word_is_in_the_text_or_is_listed(pasted in pasted()) {
        let imported = import(&pasted);
        let mut known = imported.text.clone();
        for text in imported.dropped.iter().map(|one| &one.text).chain(imported.notices.iter().map(|one| &one.text)) {
            known.push(' ');
            known.push_str(text);
        }
        let known = known.to_lowercase();
        for piece in imported.diff.iter().filter(|piece| piece.kind == DiffKind::Removed) {
            for word in words(&piece.text.to_lowercase()) {
                let label = ["negative", "prompt", "no", "seed"].contains(&word);
                let side_by_side = word.char_indices().any(|(at, _)| known.contains(&word[..at]) && known.contains(&word[at..]));
                prop_assert!(label || side_by_side, "{:?} of {:?}: {:?}", word, pasted, imported);
            }
        }
    }

    #[test]
    fn dropped_parts_and_moved_settings_have_notices(pasted in pasted()) {
        let imported = import(&pasted);
        let dropped = |code| imported.dropped.iter().any(|one| one.code == code);
        let told = |code| imported.notices.iter().any(|one| one.code == code);
        prop_assert_eq!(dropped(DroppedCode::NegativePrompt), told(NoticeCode::NegativePrompt));
        prop_assert_eq!(dropped(DroppedCode::LoraTag) || dropped(DroppedCode::ExtraArgs), told(NoticeCode::ModelDropped));
        let settings = [imported.moved.steps.is_some(), imported.moved.seed.is_some(), imported.moved.guidance.is_some(), imported.moved.aspect_ratio.is_some()];
        let moved = imported.notices.iter().filter(|one| one.code == NoticeCode::Moved).count();
        prop_assert_eq!(moved, settings.iter().filter(|set| **set).count());
    }

    #[test]
    fn plain_words_stay_as_they_are(text in "[a-z0-9 ,.'’é\n-]{0,60}") {
        prop_assume!(!text.contains("--") && !text.contains("—"));
        let imported = import(&text);
        prop_assert_eq!(imported.text, text);
        prop_assert!(imported.dropped.is_empty() && imported.notices.is_empty());
    }
}

#[test]
fn repeated_fragments_take_linear_time() {
    for fragment in FRAGMENTS {
        for unit in [
            (*fragment).to_owned(),
            format!("{fragment} "),
            format!("{fragment}a"),
        ] {
            check_near_linear(
                &unit,
                16_000,
                &|characters| repeated(&unit, characters),
                &|text| {
                    let imported = import(text);
                    assert_eq!(pieces(&imported, [DiffKind::Kept, DiffKind::Removed]), text);
                },
            );
        }
    }
}

/// Half of the text opens brackets, the other half closes them.
#[test]
fn openings_before_closings_take_linear_time() {
    for (opened, closed) in [
        ("(a", ")b"),
        ("(a:", "1)"),
        ("(", ":1.1)"),
        ("[a:", "]b"),
        ("[a|", ":0.5]"),
        ("{a|", "}b"),
        ("<lora:", ">"),
        ("<sd_cpp_extra_args>", "</sd_cpp_extra_args>"),
        ("--v,", "1,"),
        ("--sref,", "://"),
        ("--ar ", "a b "),
        ("{\"1\":", "}"),
        ("BREAK(", ")BREAK"),
    ] {
        check_near_linear(
            opened,
            16_000,
            &|characters| {
                [opened, closed]
                    .map(|piece| repeated(piece, characters / 2))
                    .concat()
            },
            &|text| {
                let imported = import(text);
                assert_eq!(pieces(&imported, [DiffKind::Kept, DiffKind::Removed]), text);
            },
        );
    }
}
