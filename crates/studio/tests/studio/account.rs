//! Opening, signing in and out, suspending, binding.

use selfsame_api::{ErrorCode, PersonStatus, Role};
use selfsame_primitives::ids::SessionId;
use selfsame_studio::credentials::LinkClaims;
use selfsame_studio::{
    Command, Nonce, PersonCommand, Reply, SESSION_MILLISECONDS, Signal, Studio, StudioError,
};

use crate::database::Sqlite;
use crate::kit::{Kit, MINUTE, START, link, model, open_ada};

fn sign_in(link: LinkClaims, session: u128) -> Command {
    Command::SignIn {
        link,
        session: SessionId::mint(START, session),
    }
}

fn code(result: Result<impl std::fmt::Debug, StudioError>) -> ErrorCode {
    result.unwrap_err().code()
}

#[test]
fn opening_twice_changes_nothing_and_another_person_is_refused() {
    let mut kit = Kit::new();
    let again = kit.command(open_ada(Some(10))).unwrap();
    assert!(again.signals.is_empty());
    assert_eq!(kit.allowance().granted, Some(10));
    for command in [
        open_ada(Some(11)),
        open_ada(None),
        Command::Open {
            user: "ben".parse().unwrap(),
            name: "Ada".to_owned(),
            role: Role::Person,
            allowance: Some(10),
        },
        Command::Open {
            user: "ada".parse().unwrap(),
            name: "Ada".to_owned(),
            role: Role::Operator,
            allowance: Some(10),
        },
    ] {
        assert_eq!(kit.command(command), Err(StudioError::PersonExists));
    }
}

#[test]
fn a_link_works_once_even_after_its_nonce_is_forgotten() {
    let mut kit = Kit::new();
    assert_eq!(kit.command(sign_in(link(1), 2)), Err(StudioError::LinkUsed));
    kit.pass(60 * MINUTE);
    let mut fresh = link(2);
    fresh.expires = kit.now.plus_milliseconds(1);
    kit.command(sign_in(fresh, 3)).unwrap();
    assert_eq!(
        kit.database.integers("SELECT count(*) FROM nonces"),
        [1],
        "expired nonces are pruned"
    );
    assert_eq!(
        kit.command(sign_in(link(1), 4)),
        Err(StudioError::LinkExpired)
    );
}

#[test]
fn a_refused_link_is_not_burnt() {
    let mut kit = Kit::new();
    kit.command(Command::Suspend).unwrap();
    assert_eq!(
        kit.command(sign_in(link(2), 2)),
        Err(StudioError::Suspended)
    );
    kit.command(Command::Reinstate).unwrap();
    kit.command(sign_in(link(2), 2)).unwrap();
}

#[test]
fn links_for_nobody_for_another_person_or_role_are_invalid() {
    let mut kit = Kit::new();
    let mut empty = Studio::open(Sqlite::in_memory(), START).unwrap();
    assert_eq!(
        code(empty.command(START, sign_in(link(1), 1))),
        ErrorCode::LinkInvalid
    );
    let mut other = link(2);
    other.user = "ben".parse().unwrap();
    assert_eq!(code(kit.command(sign_in(other, 2))), ErrorCode::LinkInvalid);
    let mut operator = link(2);
    operator.role = Role::Operator;
    assert_eq!(
        code(kit.command(sign_in(operator, 2))),
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
    };
    let outcome = studio.command(START, sign_in(operator, 1)).unwrap();
    let Reply::SignedIn(signed_in) = outcome.value else {
        panic!("not signed in");
    };
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
    kit.command(sign_in(link(2), 2)).unwrap();
    let first = kit.session.clone();
    let mut second = first.clone();
    second.session = SessionId::mint(START, 2);

    let outcome = kit.tell(PersonCommand::SignOut).unwrap();
    assert_eq!(
        outcome.signals,
        [Signal::CloseSession(first.session.clone())]
    );
    assert_eq!(
        kit.ask(PersonCommand::Me),
        Err(StudioError::Unauthenticated)
    );
    kit.session = second;
    kit.ask(PersonCommand::Me).unwrap();
    kit.pass(SESSION_MILLISECONDS);
    assert_eq!(
        kit.ask(PersonCommand::Me),
        Err(StudioError::Unauthenticated)
    );
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
        assert_eq!(
            kit.ask(PersonCommand::Models),
            Err(StudioError::Unauthenticated)
        );
    }
    let mut empty = Studio::open(Sqlite::in_memory(), START).unwrap();
    let command = Command::As {
        session: mine,
        ask: PersonCommand::Me,
    };
    assert_eq!(
        empty.command(START, command),
        Err(StudioError::Unauthenticated)
    );
}

#[test]
fn suspending_ends_every_session_for_good() {
    let mut kit = Kit::new();
    let outcome = kit.command(Command::Suspend).unwrap();
    assert_eq!(outcome.signals, [Signal::CloseAll]);
    let Reply::Overview(person) = outcome.value else {
        panic!("no overview");
    };
    assert_eq!(person.status, PersonStatus::Suspended);
    assert_eq!(kit.ask(PersonCommand::Me), Err(StudioError::Suspended));
    // Twice is once.
    assert!(kit.command(Command::Suspend).unwrap().signals.is_empty());

    kit.command(Command::Reinstate).unwrap();
    assert_eq!(
        kit.ask(PersonCommand::Me),
        Err(StudioError::Unauthenticated)
    );
    kit.command(sign_in(link(2), 2)).unwrap();
}

#[test]
fn what_is_not_open_is_not_found() {
    let mut studio = Studio::open(Sqlite::in_memory(), START).unwrap();
    let bind = Command::BindModel {
        model: Box::new(model(1)),
    };
    for command in [
        Command::Suspend,
        Command::Reinstate,
        Command::Overview,
        bind,
    ] {
        assert_eq!(studio.command(START, command), Err(StudioError::NotFound));
    }
}

#[test]
fn binding_again_corrects_the_words_and_keeps_the_id() {
    let mut kit = Kit::new();
    let mut again = model(1);
    again.id = selfsame_primitives::ids::ModelId::mint(kit.now, 500);
    again.class_word = "person".parse().unwrap();
    let bind = Command::BindModel {
        model: Box::new(again),
    };
    let Reply::Model(bound) = kit.command(bind).unwrap().value else {
        panic!("not bound");
    };
    assert_eq!(bound.id, kit.model.id);
    assert_eq!(bound.class_word.as_str(), "person");

    kit.pass(1);
    let mut newer = model(2);
    newer.created_at = kit.now;
    kit.command(Command::BindModel {
        model: Box::new(newer.clone()),
    })
    .unwrap();
    let Reply::Models(models) = kit.ask(PersonCommand::Models).unwrap() else {
        panic!("no models");
    };
    assert_eq!(models, [newer, *bound]);
}

#[test]
fn a_model_without_an_exact_version_is_not_bound() {
    let mut kit = Kit::new();
    let mut vague = model(3);
    vague.version = "latest".to_owned();
    let bind = Command::BindModel {
        model: Box::new(vague),
    };
    assert_eq!(code(kit.command(bind)), ErrorCode::ModelUnusable);
}

#[test]
fn the_overview_tells_of_the_account_only() {
    let mut kit = Kit::new();
    kit.succeeded(1);
    let Reply::Overview(person) = kit.command(Command::Overview).unwrap().value else {
        panic!("no overview");
    };
    assert_eq!(person.models.len(), 1);
    let json = serde_json::to_string(&person).unwrap();
    assert!(!json.contains("café"));
    assert!(!json.contains("pic_"));
}

#[test]
fn commands_and_replies_travel_as_json() {
    let mut kit = Kit::new();
    let request = kit.request(2);
    let command = Command::As {
        session: kit.session.clone(),
        ask: PersonCommand::Generate(Box::new(kit.generate_command(request))),
    };
    let json = serde_json::to_string(&command).unwrap();
    assert_eq!(serde_json::from_str::<Command>(&json).unwrap(), command);
    let reply = kit.command(command).unwrap().value;
    let json = serde_json::to_string(&reply).unwrap();
    assert_eq!(serde_json::from_str::<Reply>(&json).unwrap(), reply);
}
