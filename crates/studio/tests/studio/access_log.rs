//! The access log: written with what it records, and read page by page.

use selfsame_api::{AccessAction, Actor};
use selfsame_primitives::ids::RequestId;
use selfsame_studio::{
    AccountRequest, AddModel, Administered, Administrator, EndSession, GetAccessLog, IssueLink,
    NoteEmail, NoteEmailRemoval, ReinstatePerson, RevokeLinks, Signal, StudioError, SuspendPerson,
};

use crate::kit::{Kit, START, link, model, sign_in};

const DAY: i64 = 24 * 60 * 60 * 1_000;

fn by_operator<R: AccountRequest>(request: R) -> Administered<R> {
    Administered {
        by: Administrator::Operator("studio".parse().unwrap()),
        request,
    }
}

fn actions(kit: &mut Kit) -> Vec<AccessAction> {
    let page = kit.ask(GetAccessLog::default()).unwrap();
    page.entries.iter().map(|entry| entry.action).collect()
}

#[test]
fn what_an_operator_does_names_the_operator_and_the_request() {
    let mut kit = Kit::new();
    let id = RequestId::mint(START, 5);
    let bind = by_operator(AddModel {
        model: model(2),
        canary: None,
    });
    kit.studio.serve(kit.now, &id, bind).unwrap();
    let entry = kit.ask(GetAccessLog::default()).unwrap().entries.remove(0);
    assert_eq!(entry.actor, Actor::Operator);
    assert_eq!(entry.operator, Some("studio".parse().unwrap()));
    assert_eq!(entry.action, AccessAction::ModelBound);
    assert_eq!(entry.detail.as_deref(), Some("studio/ada-selfie-lora"));
    assert_eq!(entry.request, Some(id));
    assert_eq!(entry.at, kit.now);
}

#[test]
fn a_change_of_the_email_address_says_who_made_it_and_which() {
    let mut kit = Kit::new();
    kit.handle(by_operator(NoteEmail { set: true })).unwrap();
    kit.ask(NoteEmailRemoval).unwrap();
    let entries = kit.ask(GetAccessLog::default()).unwrap().entries;
    let of_email = entries
        .iter()
        .filter(|entry| entry.action == AccessAction::EmailChanged);
    let who_and_what: Vec<_> = of_email
        .map(|entry| (entry.actor, entry.detail.as_deref()))
        .collect();
    assert_eq!(
        who_and_what,
        [
            (Actor::Person, Some("removed")),
            (Actor::Operator, Some("set"))
        ]
    );
}

#[test]
fn every_change_is_in_the_log_newest_first() {
    let mut kit = Kit::new();
    kit.handle(by_operator(IssueLink)).unwrap();
    kit.handle(by_operator(RevokeLinks)).unwrap();
    kit.ask(EndSession).unwrap();
    kit.handle(by_operator(SuspendPerson)).unwrap();
    kit.handle(by_operator(ReinstatePerson)).unwrap();
    let mut link = link(2);
    link.validity = selfsame_studio::credentials::LinkValidity::Epoch(START.as_millisecond() + 2);
    kit.session = kit.handle(sign_in(link, 2)).unwrap().value.claims;
    assert_eq!(
        actions(&mut kit),
        [
            AccessAction::SignedIn,
            AccessAction::Reinstated,
            AccessAction::Suspended,
            AccessAction::SignedOut,
            AccessAction::LinksRevoked,
            AccessAction::LinkMinted,
            AccessAction::SignedIn,
        ]
    );
}

#[test]
fn what_is_refused_is_not_in_the_log() {
    let mut kit = Kit::new();
    let before = actions(&mut kit);
    let mut vague = model(3);
    vague.version = "latest".to_owned();
    kit.handle(by_operator(AddModel {
        model: vague,
        canary: None,
    }))
    .unwrap_err();
    kit.handle(sign_in(link(1), 9)).unwrap_err();
    assert_eq!(actions(&mut kit), before);
}

#[test]
fn the_log_has_pages() {
    let mut kit = Kit::new();
    for _ in 0..6 {
        kit.handle(by_operator(IssueLink)).unwrap();
    }
    let mut seen = Vec::new();
    let mut cursor = None;
    loop {
        let limit = Some(3);
        let page = kit.ask(GetAccessLog { cursor, limit }).unwrap();
        assert!(page.entries.len() <= 3);
        seen.extend(page.entries.into_iter().map(|entry| entry.id));
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen, [7, 6, 5, 4, 3, 2, 1]);
    for (cursor, limit, field) in [
        (Some("?".to_owned()), None, "cursor"),
        (Some("LTE".to_owned()), None, "cursor"),
        (None, Some(0), "limit"),
        (None, Some(101), "limit"),
    ] {
        let refused = kit.ask(GetAccessLog { cursor, limit });
        assert_eq!(refused, Err(StudioError::InvalidQuery { field }));
    }
}

#[test]
fn entries_are_kept_for_a_year() {
    let mut kit = Kit::new();
    let count = |kit: &Kit| kit.database.integers("SELECT count(*) FROM access_log")[0];
    kit.pass(365 * DAY - 1);
    kit.handle(by_operator(IssueLink)).unwrap();
    assert_eq!(count(&kit), 2);
    kit.pass(1);
    kit.handle(by_operator(IssueLink)).unwrap();
    assert_eq!(count(&kit), 2);
}

#[test]
fn an_entry_of_a_newer_release_is_left_out_and_reported() {
    let mut kit = Kit::new();
    kit.database
        .execute("INSERT INTO access_log (at, actor, action) VALUES (0, 'person', 'teleported')");
    let outcome = kit.tell(GetAccessLog::default()).unwrap();
    assert_eq!(outcome.value.entries.len(), 1);
    let [Signal::Unreadable { id, cause }] = &outcome.signals[..] else {
        panic!("{:?}", outcome.signals);
    };
    assert!(id.contains("access log 2") && cause.contains("teleported"));
}
