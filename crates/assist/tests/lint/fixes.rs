//! What is left of a text when each of its findings is mended by itself.

use crate::fixtures::model;
use selfsame_assist::lint::{LintCode, Linter, apply_fix};
use selfsame_prompt::placement::QualityId;

/// The text after the fix of its only finding of `code`; `None` when there is no fix.
#[track_caller]
fn mended(text: &str, code: LintCode) -> Option<String> {
    let findings = Linter::new(&model("woman")).lint(text, QualityId::Lean);
    let finding = findings.iter().find(|finding| finding.code == code);
    let fix = finding.expect("a finding").fix.as_ref();
    fix.map(|fix| apply_fix(text, fix))
}

#[test]
fn what_would_leave_half_a_sentence_has_no_fix() {
    for text in [
        "there are no cars, soft light",
        "she isn't smiling, soft light",
        "my hands cannot be seen, soft light",
    ] {
        assert_eq!(mended(text, LintCode::Negative), None, "{text}");
    }
    for text in [
        "me and two friends at a bar, soft light",
        "two friends at a bar, soft light",
        "a crowd behind me, soft light",
        "me with a crowd behind me, soft light",
        "a friend of mine's jacket, soft light",
        "hugging friends, soft light",
    ] {
        assert_eq!(mended(text, LintCode::OtherPeople), None, "{text}");
    }
}

#[test]
fn what_is_said_instead_fits() {
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
        let found = mended(text, LintCode::Negative);
        assert_eq!(found.as_deref(), Some(expected));
    }
    let found = mended(
        "dinner with friends in Rome, candlelight",
        LintCode::OtherPeople,
    );
    assert_eq!(found.as_deref(), Some("dinner in Rome, candlelight"));
    let found = mended(
        "red coat, aged 40 years, soft light",
        LintCode::FaceDescription,
    );
    assert_eq!(found.as_deref(), Some("red coat, soft light"));
}
