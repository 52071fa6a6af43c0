//! The text after a single fix.

use crate::fixtures::model;
use selfsame_assist::lint::{LintCode, Linter, apply_fix};
use selfsame_prompt::placement::QualityId;

/// The text after the fix of its first finding with this code. `None` when that has no fix.
#[track_caller]
fn fixed(text: &str, code: LintCode) -> Option<String> {
    let findings = Linter::new(&model("woman")).lint(text, QualityId::Lean);
    let finding = findings.iter().find(|finding| finding.code == code);
    let fix = finding.expect("a finding").fix.as_ref();
    fix.map(|fix| apply_fix(text, fix))
}

#[test]
fn a_removal_that_would_leave_half_a_sentence_is_not_offered() {
    for text in [
        "there are no cars, soft light",
        "she isn't smiling, soft light",
        "my hands cannot be seen, soft light",
    ] {
        assert_eq!(fixed(text, LintCode::Negative), None, "{text}");
    }
    for text in [
        "me and two friends at a bar, soft light",
        "two friends at a bar, soft light",
        "a crowd behind me, soft light",
        "me with a crowd behind me, soft light",
        "a friend of mine's jacket, soft light",
        "hugging friends, soft light",
    ] {
        assert_eq!(fixed(text, LintCode::OtherPeople), None, "{text}");
    }
}

#[test]
fn a_replacement_fits_its_sentence() {
    for (text, expected) in [
        ("not a cloud in the sky, noon", "a clear blue sky, noon"),
        ("no cars on the street, noon", "an empty street, noon"),
        (
            "woman wearing no shoes, soft light",
            "woman with bare feet, soft light",
        ),
        (
            "a woman not smiling, soft light",
            "a woman with a calm expression, soft light",
        ),
    ] {
        let found = fixed(text, LintCode::Negative);
        assert_eq!(found.as_deref(), Some(expected));
    }
    let found = fixed(
        "dinner with friends in Rome, candlelight",
        LintCode::OtherPeople,
    );
    assert_eq!(found.as_deref(), Some("dinner in Rome, candlelight"));
    let found = fixed(
        "red coat, aged 40 years, soft light",
        LintCode::FaceDescription,
    );
    assert_eq!(found.as_deref(), Some("red coat, soft light"));
}
