//! The allowance: changes, renewal, history and requests for more.

use proptest::prelude::*;
use selfsame_api::{
    AllowanceLimit, AllowanceRequest, AllowanceState, ChangeAllowance, LedgerEntryKind,
};
use selfsame_studio::{
    AdjustAllowance, DeclineMore, GetAllowance, GetAllowanceState, GetMe, RequestMore, StudioError,
};

use crate::kit::{Kit, SECOND, START, link, lost, sign_in, stored};

const DAY: i64 = 24 * 60 * 60 * SECOND;

fn adjust(kit: &mut Kit, change: ChangeAllowance) -> AllowanceState {
    let request = format!("at {} {change}", kit.now);
    kit.handle(AdjustAllowance { change, request })
        .unwrap()
        .value
}

const fn set(pictures: u32) -> ChangeAllowance {
    ChangeAllowance::Set(AllowanceLimit::Pictures(pictures))
}

const UNLIMITED: ChangeAllowance = ChangeAllowance::Set(AllowanceLimit::Unlimited);

fn left(kit: &mut Kit) -> u32 {
    let allowance = kit.allowance();
    allowance.granted.unwrap() - allowance.used - allowance.reserved
}

#[test]
fn the_operator_sees_a_renewal_that_nobody_has_looked_at() {
    let mut kit = Kit::new();
    adjust(&mut kit, ChangeAllowance::Monthly(Some(20)));
    adjust(&mut kit, set(5));
    kit.now = kit.now.plus_milliseconds(40 * DAY);
    let seen = kit.handle(GetAllowanceState).unwrap().value;
    assert!(seen.monthly.unwrap().renews_at > kit.now);
    assert_eq!(seen.allowance.granted, Some(20));
}

#[test]
fn a_grant_is_made_once_for_each_request() {
    let mut kit = Kit::new();
    for (request, granted) in [("a", 15), ("a", 15), ("b", 20)] {
        let adjust = AdjustAllowance {
            change: ChangeAllowance::Grant(5),
            request: request.to_owned(),
        };
        let state = kit.handle(adjust).unwrap().value;
        assert_eq!(state.allowance.granted, Some(granted));
        kit.crash();
    }
}

#[test]
fn the_allowance_is_never_set_below_what_is_used_and_reserved() {
    let mut kit = Kit::new();
    kit.succeeded(2);
    kit.generate(3);
    let state = adjust(&mut kit, set(1));
    assert_eq!(state.allowance.granted, Some(5));
    let request = kit.request(1);
    let command = kit.generate_command(request);
    let asked = kit.ask(command);
    assert_eq!(
        asked,
        Err(StudioError::AllowanceExhausted { asked: 1, left: 0 })
    );
    assert_eq!(adjust(&mut kit, set(40)).allowance.granted, Some(40));
    assert_eq!(left(&mut kit), 35);
}

#[test]
fn no_limit_is_set_and_taken_away() {
    let mut kit = Kit::with_allowance(Some(1));
    adjust(&mut kit, ChangeAllowance::Monthly(Some(1)));
    let state = adjust(&mut kit, UNLIMITED);
    assert_eq!((state.allowance.granted, state.monthly), (None, None));
    kit.generate(4);
    assert_eq!(adjust(&mut kit, set(2)).allowance.granted, Some(4));
    assert_eq!(left(&mut kit), 0);
}

#[test]
fn a_renewal_tops_up_at_the_beginning_of_the_month() {
    let mut kit = Kit::with_allowance(Some(0));
    let state = adjust(&mut kit, ChangeAllowance::Monthly(Some(10)));
    assert_eq!(state.allowance.granted, Some(10));
    let renews_at = state.monthly.unwrap().renews_at;
    assert_eq!(renews_at, START.next_month().unwrap());
    kit.generate(4);
    kit.now = renews_at.plus_milliseconds(-1);
    kit.handle(sign_in(fresh_link(&kit, 2), 2)).unwrap();
    let signed_in = sign_in(fresh_link(&kit, 3), 3);
    kit.session = kit.handle(signed_in).unwrap().value.claims;
    assert_eq!(left(&mut kit), 6);
    kit.pass(1);
    assert_eq!(left(&mut kit), 10, "topped up, not added");
    assert_eq!(left(&mut kit), 10, "once");
}

#[test]
fn months_without_a_visit_are_renewed_once() {
    let mut kit = Kit::with_allowance(Some(0));
    adjust(&mut kit, ChangeAllowance::Monthly(Some(10)));
    kit.generate(4);
    kit.generate(4);
    kit.pass(200 * DAY);
    let back = kit.handle(sign_in(fresh_link(&kit, 2), 2)).unwrap().value;
    let allowance = back.me.allowance;
    assert_eq!(
        allowance.granted,
        Some(18),
        "the sign-in shows the renewed allowance"
    );
    kit.session = back.claims;
    let account = kit.ask(GetAllowance::default()).unwrap();
    assert_eq!(
        account.monthly.unwrap().renews_at,
        kit.now.next_month().unwrap()
    );
    adjust(&mut kit, ChangeAllowance::Monthly(None));
    kit.pass(10 * DAY);
    assert_eq!(left(&mut kit), 10, "what is left stays");
}

fn fresh_link(kit: &Kit, nonce: u128) -> selfsame_studio::credentials::LinkClaims {
    let mut link = link(nonce);
    link.expires = kit.now.plus_milliseconds(SECOND);
    link
}

#[test]
fn the_history_says_in_words_where_pictures_went() {
    let mut kit = Kit::new();
    let (_, fetches) = kit.saving(2);
    kit.observe(&fetches[0], stored());
    kit.observe(&fetches[1], lost());
    adjust(&mut kit, set(5));
    let account = kit.ask(GetAllowance::default()).unwrap();
    let told: Vec<_> = account
        .entries
        .iter()
        .map(|entry| (entry.kind, entry.left, entry.text.as_str()))
        .collect();
    let expected = [
        (
            LedgerEntryKind::Withdraw,
            4,
            "5 pictures taken off your allowance.",
        ),
        (
            LedgerEntryKind::Release,
            9,
            "1 picture given back, because the request did not need them.",
        ),
        (LedgerEntryKind::Settle, 8, "1 picture used."),
        (
            LedgerEntryKind::Reserve,
            8,
            "2 pictures set aside for a request.",
        ),
        (
            LedgerEntryKind::Grant,
            10,
            "10 pictures added to your allowance.",
        ),
    ];
    assert_eq!(
        told,
        expected.map(|(kind, left, text)| (kind, Some(left), text))
    );
    let page = GetAllowance {
        cursor: None,
        limit: Some(2),
    };
    let first = kit.ask(page).unwrap();
    let rest = GetAllowance {
        cursor: first.next_cursor,
        limit: Some(3),
    };
    let rest = kit.ask(rest).unwrap();
    let paged = [first.entries, rest.entries].concat();
    assert_eq!((paged, rest.next_cursor), (account.entries, None));
}

#[test]
fn one_request_for_more_is_open_until_it_is_answered() {
    let mut kit = Kit::new();
    let ask = |kit: &mut Kit, note: &str| {
        let note = Some(note.to_owned());
        kit.ask(RequestMore { note }).unwrap()
    };
    let first = ask(&mut kit, "for the wedding");
    kit.pass(SECOND);
    assert_eq!(ask(&mut kit, "please"), first);
    let open = |kit: &mut Kit| kit.ask(GetAllowance::default()).unwrap().request;
    assert_eq!(open(&mut kit), Some(first));
    adjust(&mut kit, ChangeAllowance::Grant(5));
    assert_eq!(open(&mut kit), None);
    let second: AllowanceRequest = ask(&mut kit, "more");
    assert_eq!(second.at, kit.now);
    kit.handle(DeclineMore).unwrap();
    assert_eq!(open(&mut kit), None);
}

fn change() -> impl Strategy<Value = ChangeAllowance> {
    prop_oneof![
        (0..20_u32).prop_map(ChangeAllowance::Grant),
        (0..20_u32).prop_map(set),
        Just(UNLIMITED),
        prop::option::of(0..20_u32).prop_map(ChangeAllowance::Monthly),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever the operator does while pictures are made, what is left is never negative.
    #[test]
    fn the_books_balance_under_any_changes(
        steps in prop::collection::vec((change(), 0..4_u32, any::<bool>(), 0..40_i64), 1..12),
    ) {
        let mut kit = Kit::new();
        for (step, (change, pictures, crash, days)) in steps.into_iter().enumerate() {
            adjust(&mut kit, change);
            if pictures > 0 {
                let request = kit.request(pictures);
                let command = kit.generate_command(request);
                let asked = kit.ask(command);
                let exhausted = matches!(asked, Err(StudioError::AllowanceExhausted { .. }));
                prop_assert!(asked.is_ok() || exhausted, "{asked:?}");
            }
            if crash {
                kit.crash();
            }
            kit.pass(days * DAY);
            let number = 10 + step as u128;
            let fresh = sign_in(fresh_link(&kit, number), number);
            kit.session = kit.handle(fresh).unwrap().value.claims;
            let allowance = kit.ask(GetMe).unwrap().allowance;
            if let Some(granted) = allowance.granted {
                prop_assert!(granted >= allowance.used + allowance.reserved);
            }
            let sums = kit.database.integers(
                "SELECT ifnull(sum(CASE WHEN kind IN ('grant', 'cover', 'renew') THEN pictures
                        WHEN kind = 'withdraw' THEN -pictures ELSE 0 END), 0)
                    - (SELECT granted FROM ledger ORDER BY id DESC LIMIT 1) FROM ledger",
            );
            prop_assert_eq!(sums, vec![0]);
        }
    }
}
