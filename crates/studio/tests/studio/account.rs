//! Opening, signing in and out, suspending, binding.

use std::fmt::Debug;

use selfsame_api::{ErrorCode, PersonStatus, Role};
use selfsame_primitives::ids::SessionId;
use selfsame_studio::credentials::{LinkClaims, LinkValidity};
use selfsame_studio::{
    AddModel, Authenticated, CheckOperator, EndSession, GetMe, ListModels, LocatePicture, Nonce,
    OpenStudio, ReinstatePerson, Request, SESSION_MILLISECONDS, Signal, Studio, StudioError,
    SuspendPerson, ThumbnailSize,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::database::Sqlite;
use crate::kit::{Kit, MINUTE, START, link, model, open_ada, sign_in};

/// A link that is made after the links were ended `ended` times.
fn later_link(nonce: u128, ended: i64) -> LinkClaims {
    LinkClaims {
        validity: LinkValidity::Epoch(START.as_millisecond() + ended),
        ..link(nonce)
    }
}

fn code(result: Result<impl std::fmt::Debug, StudioError>) -> ErrorCode {
    result.unwrap_err().code()
}

#[test]
fn opening_twice_changes_nothing_and_another_person_is_refused() {
    let mut kit = Kit::new();
    let again = kit.handle(open_ada(Some(10))).unwrap();
    assert!(again.signals.is_empty());
    assert_eq!(kit.allowance().granted, Some(10));
    for command in [
        open_ada(Some(11)),
        open_ada(None),
        OpenStudio {
            user: "ben".parse().unwrap(),
            name: "Ada".to_owned(),
            role: Role::Person,
            allowance: Some(10),
        },
        OpenStudio {
            user: "ada".parse().unwrap(),
            name: "Ada".to_owned(),
            role: Role::Operator,
            allowance: Some(10),
        },
    ] {
        assert_eq!(kit.handle(command), Err(StudioError::PersonExists));
    }
}

#[test]
fn a_link_works_once_even_after_its_nonce_is_forgotten() {
    let mut kit = Kit::new();
    assert_eq!(kit.handle(sign_in(link(1), 2)), Err(StudioError::LinkUsed));
    kit.pass(60 * MINUTE);
    let mut fresh = link(2);
    fresh.expires = kit.now.plus_milliseconds(1);
    kit.handle(sign_in(fresh, 3)).unwrap();
    assert_eq!(
        kit.database.integers("SELECT count(*) FROM nonces"),
        [1],
        "expired nonces are pruned"
    );
    assert_eq!(
        kit.handle(sign_in(link(1), 4)),
        Err(StudioError::LinkExpired)
    );
}

#[test]
fn a_refused_link_is_not_burnt() {
    let mut kit = Kit::new();
    kit.handle(SuspendPerson).unwrap();
    assert_eq!(kit.handle(sign_in(link(2), 2)), Err(StudioError::Suspended));
    kit.handle(ReinstatePerson).unwrap();
    kit.handle(sign_in(later_link(2, 1), 2)).unwrap();
}

#[test]
fn links_for_nobody_for_another_person_or_role_are_invalid() {
    let mut kit = Kit::new();
    let mut empty = Studio::open(Sqlite::in_memory(), START).unwrap();
    assert_eq!(
        code(empty.handle(START, sign_in(link(1), 1))),
        ErrorCode::LinkInvalid
    );
    let mut other = link(2);
    other.user = "ben".parse().unwrap();
    assert_eq!(code(kit.handle(sign_in(other, 2))), ErrorCode::LinkInvalid);
    let mut operator = link(2);
    operator.role = Role::Operator;
    assert_eq!(
        code(kit.handle(sign_in(operator, 2))),
        ErrorCode::LinkInvalid
    );
}

#[test]
fn an_operators_link_opens_the_operators_own_studio() {
    let mut studio = Studio::open(Sqlite::in_memory(), START).unwrap();
    let operator = LinkClaims {
        user: "studio".parse().unwrap(),
        role: Role::Operator,
        nonce: Nonce::from_random(1),
        expires: START.plus_milliseconds(MINUTE),
        validity: LinkValidity::Epoch(0),
    };
    let outcome = studio.handle(START, sign_in(operator, 1)).unwrap();
    let signed_in = outcome.value;
    assert_eq!(signed_in.me.role, Role::Operator);
    assert_eq!(signed_in.me.allowance.granted, None);
    assert_eq!(
        signed_in.claims.expires,
        START.plus_milliseconds(SESSION_MILLISECONDS)
    );
}

#[test]
fn a_session_ends_by_signing_out_or_by_age_and_others_go_on() {
    let mut kit = Kit::new();
    kit.handle(sign_in(link(2), 2)).unwrap();
    let first = kit.session.clone();
    let mut second = first.clone();
    second.session = SessionId::mint(START, 2);

    let outcome = kit.tell(EndSession).unwrap();
    assert_eq!(
        outcome.signals,
        [Signal::CloseSession(first.session.clone())]
    );
    assert_eq!(kit.ask(GetMe), Err(StudioError::Unauthenticated));
    kit.session = second;
    kit.ask(GetMe).unwrap();
    for _ in 0..3 {
        kit.pass(SESSION_MILLISECONDS / 4);
        kit.ask(GetMe).unwrap();
    }
    kit.pass(SESSION_MILLISECONDS / 4);
    assert_eq!(kit.ask(GetMe), Err(StudioError::Unauthenticated));
}

#[test]
fn sessions_of_nobody_of_others_or_of_another_role_are_refused() {
    let mut kit = Kit::new();
    let mine = kit.session.clone();
    let mut unknown = mine.clone();
    unknown.session = SessionId::mint(START, 99);
    let mut bens = mine.clone();
    bens.user = "ben".parse().unwrap();
    let mut operators = mine.clone();
    operators.role = Role::Operator;
    for session in [unknown, bens, operators] {
        kit.session = session;
        assert_eq!(kit.ask(ListModels), Err(StudioError::Unauthenticated));
    }
    let mut empty = Studio::open(Sqlite::in_memory(), START).unwrap();
    let request = Authenticated {
        session: mine,
        request: GetMe,
    };
    assert_eq!(
        empty.handle(START, request),
        Err(StudioError::Unauthenticated)
    );
}

#[test]
fn suspending_ends_every_session_for_good() {
    let mut kit = Kit::new();
    let outcome = kit.handle(SuspendPerson).unwrap();
    assert_eq!(outcome.signals, [Signal::CloseAll]);
    assert_eq!(outcome.value.status, PersonStatus::Suspended);
    assert_eq!(kit.ask(GetMe), Err(StudioError::Suspended));
    // Twice is once.
    assert!(kit.handle(SuspendPerson).unwrap().signals.is_empty());

    kit.handle(ReinstatePerson).unwrap();
    assert_eq!(kit.ask(GetMe), Err(StudioError::Unauthenticated));
    kit.handle(sign_in(later_link(2, 1), 2)).unwrap();
}

#[test]
fn the_operators_requests_to_a_studio_that_was_never_opened_are_not_found() {
    let mut studio = Studio::open(Sqlite::in_memory(), START).unwrap();
    let add = AddModel {
        model: model(1),
        canary: None,
    };
    assert_eq!(
        code(studio.handle(START, SuspendPerson)),
        ErrorCode::NotFound
    );
    assert_eq!(
        code(studio.handle(START, ReinstatePerson)),
        ErrorCode::NotFound
    );
    assert_eq!(code(studio.handle(START, add)), ErrorCode::NotFound);
}

#[test]
fn only_an_operator_passes_the_operator_check() {
    let mut kit = Kit::new();
    assert_eq!(kit.ask(CheckOperator), Err(StudioError::Forbidden));

    let mut studio = Studio::open(Sqlite::in_memory(), START).unwrap();
    let mut link = link(1);
    link.role = Role::Operator;
    let session = studio.handle(START, sign_in(link, 1)).unwrap().value.claims;
    let request = Authenticated {
        session,
        request: CheckOperator,
    };
    studio.handle(START, request).unwrap();
}

#[test]
fn binding_again_corrects_the_words_and_keeps_the_id() {
    let mut kit = Kit::new();
    let mut again = model(1);
    again.id = selfsame_primitives::ids::ModelId::mint(kit.now, 500);
    again.class_word = "person".parse().unwrap();
    let bound = kit
        .handle(AddModel {
            model: again,
            canary: None,
        })
        .unwrap()
        .value;
    assert_eq!(bound.id, kit.model.id);
    assert_eq!(bound.class_word.as_str(), "person");

    kit.pass(1);
    let mut newer = model(2);
    newer.created_at = kit.now;
    kit.handle(AddModel {
        model: newer.clone(),
        canary: None,
    })
    .unwrap();
    assert_eq!(kit.ask(ListModels).unwrap(), [newer, bound]);
}

#[test]
fn a_model_without_an_exact_version_is_not_bound() {
    let mut kit = Kit::new();
    let mut vague = model(3);
    vague.version = "latest".to_owned();
    let refused = kit.handle(AddModel {
        model: vague,
        canary: None,
    });
    assert_eq!(code(refused), ErrorCode::ModelUnusable);
}

#[test]
fn the_operator_sees_no_prompt_and_no_picture() {
    let mut kit = Kit::new();
    kit.succeeded(1);
    let person = kit.handle(SuspendPerson).unwrap().value;
    assert_eq!(person.models.len(), 1);
    let json = serde_json::to_string(&person).unwrap();
    assert!(!json.contains("café"));
    assert!(!json.contains("pic_"));
}

#[test]
fn requests_and_replies_that_cross_to_the_object_read_back_as_they_were() {
    fn check<R>(studio: &mut Studio<Sqlite>, request: R)
    where
        R: Request + Serialize + DeserializeOwned + Debug + PartialEq,
        R::Reply: Serialize + DeserializeOwned + Debug + PartialEq,
    {
        let json = serde_json::to_string(&request).unwrap();
        assert_eq!(serde_json::from_str::<R>(&json).unwrap(), request);
        let reply = studio.handle(START, request).unwrap().value;
        let json = serde_json::to_string(&reply).unwrap();
        assert_eq!(serde_json::from_str::<R::Reply>(&json).unwrap(), reply);
    }
    let mut kit = Kit::new();
    let (_, pictures) = kit.succeeded(1);
    let session = kit.session.clone();
    let request = LocatePicture {
        id: pictures[0].clone(),
        size: Some(ThumbnailSize::Small),
    };
    let studio = &mut kit.studio;
    check(studio, Authenticated { session, request });
    check(studio, open_ada(Some(10)));
    check(studio, sign_in(link(2), 2));
    check(
        studio,
        AddModel {
            model: model(1),
            canary: None,
        },
    );
    check(studio, SuspendPerson);
    check(studio, ReinstatePerson);
}
