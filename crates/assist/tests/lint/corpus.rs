//! `tests/corpus/lint.jsonl`: the codes of every case, and what its fixes must do.

use crate::fixtures::{Case, cases};
use selfsame_assist::lint::{LintCode, apply_fix};

#[test]
fn every_case_has_its_codes() {
    let mut wrong = Vec::new();
    for case in cases() {
        let codes = case.codes_found();
        if codes != case.codes {
            wrong.push(format!(
                "{}\n  expected {:?}\n  found    {codes:?}",
                case.input, case.codes
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn there_are_enough_cases_of_each_kind() {
    let cases = cases();
    assert!(cases.len() >= 80, "{}", cases.len());
    let clean = cases.iter().filter(|case| case.codes.is_empty()).count();
    assert!(clean >= 25, "{clean}");
}

#[test]
fn a_fix_removes_its_finding_and_adds_no_other() {
    for case in cases() {
        let before = case.findings();
        for finding in &before {
            let Some(fix) = &finding.fix else { continue };
            let fixed = Case {
                input: apply_fix(&case.input, fix),
                ..case.clone()
            };
            let after = fixed.findings();
            let of = |code: LintCode, findings: &[selfsame_assist::lint::Finding]| {
                findings.iter().filter(|other| other.code == code).count()
            };
            let report = format!("{:?} -> {:?}: {after:?}", case.input, fixed.input);
            assert_eq!(
                of(finding.code, &after) + 1,
                of(finding.code, &before),
                "{report}"
            );
            for other in &after {
                assert!(
                    of(other.code, &before) > 0 || other.code == LintCode::NoLight,
                    "{report}"
                );
            }
        }
    }
}
