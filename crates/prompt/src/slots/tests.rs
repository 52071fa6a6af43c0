use super::{Slot, Slots, prose};

/// Builds slots, each from phrases separated by `; `.
fn slots(lines: &[(Slot, &str)]) -> Slots {
    let mut slots = Slots::default();
    for (slot, phrases) in lines {
        slots.set(*slot, phrases.split("; ").map(String::from).collect());
    }
    slots
}

#[track_caller]
fn check(lines: &[(Slot, &str)], free: &str, expected: &str) {
    assert_eq!(prose(&slots(lines), free).text, expected);
}

#[test]
fn the_prose_follows_the_order_of_the_slots() {
    check(
        &[
            (Slot::Props, "umbrella; holding a coffee"),
            (Slot::Mood, "moody; muted colours"),
            (Slot::Film, "Kodak Portra 400"),
            (Slot::Camera, "85mm lens, f/1.4"),
            (Slot::Shot, "close-up; low angle"),
            (Slot::Lighting, "soft window light"),
            (Slot::Time, "dusk"),
            (Slot::Setting, "in a small café; Paris"),
            (Slot::Expression, "slight smile"),
            (Slot::Pose, "leaning against a wall"),
            (Slot::Wardrobe, "red coat; jeans; old hat"),
            (Slot::Subject, "confident woman"),
        ],
        "thinking of home",
        "confident woman, thinking of home, wearing a red coat with jeans and an old hat, leaning against a wall, \
         with a slight smile, in a small café in Paris at dusk, lit by soft window light, close-up, low angle, \
         shot with an 85mm lens, f/1.4, on Kodak Portra 400 film, moody, muted colours, with an umbrella, \
         holding a coffee",
    );
}

#[test]
fn a_place_gets_the_preposition_that_it_needs() {
    for (place, expected) in [
        ("after a marathon", "after a marathon"),
        ("during a concert", "during a concert"),
        ("out of a vintage car", "out of a vintage car"),
        ("off the coast", "off the coast"),
        ("outdoors", "outdoors"),
        ("flowers around me", "with flowers around me"),
        ("beach", "on a beach"),
        ("snowy mountain", "on a snowy mountain"),
        ("snowy mountains", "in snowy mountains"),
        ("Paris", "in Paris"),
    ] {
        check(&[(Slot::Setting, place)], "", expected);
    }
}

#[test]
fn a_time_without_a_preposition_follows_a_comma() {
    for (time, expected) in [
        ("golden hour", "in Tuscany at golden hour"),
        ("spring", "in Tuscany, spring"),
        ("morning fog", "in Tuscany, morning fog"),
        ("in the rain", "in Tuscany in the rain"),
        ("winter", "in Tuscany, winter"),
    ] {
        check(
            &[(Slot::Setting, "Tuscany"), (Slot::Time, time)],
            "",
            expected,
        );
    }
}

#[test]
fn uncountable_nouns_have_no_article() {
    check(&[(Slot::Props, "bread; tea")], "", "with bread, with tea");
}

#[test]
fn free_text_alone_is_unchanged() {
    check(&[], " as  it is. ", " as  it is. ");
    check(&[], "", "");
}

#[test]
fn a_sentence_keeps_its_end_and_a_comma_is_not_doubled() {
    check(
        &[(Slot::Film, "film look")],
        "I walk. ",
        "I walk. film look",
    );
    check(
        &[(Slot::Film, "film look")],
        "I walk, ",
        "I walk, film look",
    );
}

#[test]
fn phrases_without_words_are_skipped() {
    check(
        &[(Slot::Wardrobe, "; ,; hat"), (Slot::Film, " ")],
        "",
        "wearing a hat",
    );
}

#[test]
fn a_slot_that_holds_one_thing_keeps_the_last() {
    let mut slots = Slots::default();
    for slot in Slot::ALL.iter().copied() {
        slots.set(slot, Vec::from(["one".into(), "two".into()]));
        let kept = slots.get(slot).len();
        let holds_one = [
            Slot::Subject,
            Slot::Expression,
            Slot::Lighting,
            Slot::Camera,
            Slot::Film,
        ];
        let expected = if holds_one.contains(&slot) { 1 } else { 2 };
        assert_eq!(kept, expected, "{slot:?}");
        assert_eq!(slots.get(slot).last().map(String::as_str), Some("two"));
    }
}
