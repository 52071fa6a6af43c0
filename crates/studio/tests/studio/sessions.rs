//! The life of a session: replaced, repeated, timed out, listed and ended.

use selfsame_api::{AccessAction, Event};
use selfsame_primitives::ids::SessionId;
use selfsame_studio::credentials::{Browser, SessionClaims};
use selfsame_studio::schedule::EffectSlots;
use selfsame_studio::{
    BeginSession, DismissNotices, EndOtherSessions, EndSession, EndSessionById, GetMe,
    IDLE_MILLISECONDS, ListSessions, Nonce, SESSION_MILLISECONDS, Signal, StudioError,
    SuspendPerson,
};

use crate::kit::{Kit, MINUTE, SECOND, START, events, link, sign_in};

/// A sign-in of the browser with `id` in its cookie.
fn sign_in_with(browser: u128, nonce: u128, session: u128) -> BeginSession {
    BeginSession {
        browser: Browser::new(
            Some(Nonce::from_random(browser)),
            "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
            "203.0.113.77",
        ),
        ..sign_in(link(nonce), session)
    }
}

fn begin(kit: &mut Kit, request: BeginSession) -> SessionClaims {
    kit.handle(request).unwrap().value.claims
}

fn is_alive(kit: &mut Kit, session: &SessionClaims) -> bool {
    kit.session = session.clone();
    let accepted = kit.studio.accepts(kit.now, session).unwrap();
    assert_eq!(kit.ask(GetMe).is_ok(), accepted);
    accepted
}

#[test]
fn the_same_browser_gets_the_same_session_for_a_minute() {
    let mut kit = Kit::new();
    let first = begin(&mut kit, sign_in_with(7, 2, 2));
    kit.pass(MINUTE - 1);
    assert_eq!(begin(&mut kit, sign_in_with(7, 2, 3)), first);
    kit.pass(1);
    assert_eq!(
        kit.handle(sign_in_with(7, 2, 3)),
        Err(StudioError::LinkUsed)
    );
}

#[test]
fn another_browser_cannot_repeat_a_sign_in() {
    let mut kit = Kit::new();
    begin(&mut kit, sign_in_with(7, 2, 2));
    for repeated in [sign_in_with(8, 2, 3), sign_in(link(2), 3)] {
        assert_eq!(kit.handle(repeated), Err(StudioError::LinkUsed));
    }
    // Two clients without a cookie are not one browser.
    assert_eq!(kit.handle(sign_in(link(1), 3)), Err(StudioError::LinkUsed));
}

#[test]
fn a_session_that_has_ended_is_not_given_again() {
    let mut kit = Kit::new();
    kit.session = begin(&mut kit, sign_in_with(7, 2, 2));
    kit.ask(EndSession).unwrap();
    assert_eq!(
        kit.handle(sign_in_with(7, 2, 3)),
        Err(StudioError::LinkUsed)
    );
}

#[test]
fn a_new_sign_in_replaces_the_session_of_the_same_browser_only() {
    let mut kit = Kit::new();
    let cookieless = kit.session.clone();
    let first = begin(&mut kit, sign_in_with(7, 2, 2));
    let other = begin(&mut kit, sign_in_with(8, 3, 3));
    let outcome = kit.handle(sign_in_with(7, 4, 4)).unwrap();
    let closed = Signal::CloseSession(first.session.clone());
    assert!(outcome.signals.contains(&closed));
    let second = outcome.value.claims;
    assert!(!is_alive(&mut kit, &first));
    for session in [&second, &other, &cookieless] {
        assert!(is_alive(&mut kit, session));
    }
}

#[test]
fn a_browser_that_gets_its_first_cookie_replaces_the_session_it_names() {
    let mut kit = Kit::new();
    let earlier = kit.session.clone();
    let mut request = sign_in_with(7, 2, 2);
    request.replaces = Some(earlier.session.clone());
    let later = begin(&mut kit, request);
    assert!(!is_alive(&mut kit, &earlier));
    assert!(is_alive(&mut kit, &later));
}

#[test]
fn no_more_than_32_sessions_are_alive() {
    let mut kit = Kit::new();
    let oldest = kit.session.clone();
    for number in 2..=33 {
        kit.pass(1);
        kit.session = begin(&mut kit, sign_in_with(number, number, number));
    }
    assert_eq!(kit.ask(ListSessions).unwrap().len(), 32);
    assert!(!is_alive(&mut kit, &oldest));
}

#[test]
fn a_session_ends_when_it_is_not_used_for_14_days() {
    let mut kit = Kit::new();
    kit.pass(IDLE_MILLISECONDS - 1);
    kit.ask(GetMe).unwrap();
    kit.pass(IDLE_MILLISECONDS - 1);
    kit.ask(GetMe).unwrap();
    kit.pass(SESSION_MILLISECONDS - 2 * IDLE_MILLISECONDS + 1);
    kit.ask(GetMe).unwrap();
    // The 30th day ends it although it was just used.
    kit.pass(1);
    assert_eq!(kit.ask(GetMe), Err(StudioError::Unauthenticated));

    let mut kit = Kit::new();
    kit.pass(IDLE_MILLISECONDS);
    assert_eq!(kit.ask(GetMe), Err(StudioError::Unauthenticated));
}

#[test]
fn a_request_is_noted_every_five_minutes() {
    let mut kit = Kit::new();
    let seen = |kit: &Kit| kit.database.integers("SELECT last_seen_at FROM sessions")[0];
    let start = START.as_millisecond();
    kit.pass(5 * MINUTE - 1);
    kit.ask(GetMe).unwrap();
    assert_eq!(seen(&kit), start);
    kit.pass(1);
    kit.ask(GetMe).unwrap();
    assert_eq!(seen(&kit), start + 5 * MINUTE);
}

#[test]
fn the_sockets_of_a_session_that_timed_out_are_closed() {
    let mut kit = Kit::new();
    let idle = kit.session.clone();
    kit.pass(MINUTE);
    kit.session = begin(&mut kit, sign_in_with(7, 2, 2));
    let end = START.plus_milliseconds(IDLE_MILLISECONDS);
    assert_eq!(kit.studio.next_session_end(), Ok(Some(end)));

    let slots = EffectSlots::default();
    let before = end.plus_milliseconds(-1);
    let outcome = kit.studio.due(before, slots.room()).unwrap();
    assert_eq!(outcome.signals, []);
    let outcome = kit.studio.due(end, slots.room()).unwrap();
    let closed = Signal::CloseSession(idle.session.clone());
    assert_eq!(outcome.signals, [closed]);
    let outcome = kit.studio.due(end, slots.room()).unwrap();
    assert_eq!(outcome.signals, [], "once");
    let next = end.plus_milliseconds(MINUTE);
    assert_eq!(kit.studio.next_session_end(), Ok(Some(next)));
}

#[test]
fn sessions_of_a_suspended_person_have_no_end_to_wait_for() {
    let mut kit = Kit::new();
    kit.handle(SuspendPerson).unwrap();
    assert_eq!(kit.studio.next_session_end(), Ok(None));
}

#[test]
fn sessions_are_listed_the_last_seen_first() {
    let mut kit = Kit::new();
    let first = kit.session.clone();
    kit.pass(MINUTE);
    let second = begin(&mut kit, sign_in_with(7, 2, 2));
    let listed = kit.ask(ListSessions).unwrap();
    let ids: Vec<_> = listed.iter().map(|session| &session.id).collect();
    assert_eq!(ids, [&second.session, &first.session]);
    let [newest, mine] = &listed[..] else {
        panic!("{listed:?}");
    };
    assert_eq!((newest.current, mine.current), (false, true));
    assert_eq!(newest.browser, "Firefox on Linux");
    assert_eq!(newest.network.as_deref(), Some("203.0.113.0/24"));
    assert_eq!(newest.first_seen, kit.now);
    assert_eq!(newest.last_seen, Some(kit.now));
    assert_eq!(
        newest.expires_at,
        kit.now.plus_milliseconds(IDLE_MILLISECONDS)
    );
}

#[test]
fn one_session_or_all_others_can_be_ended() {
    let mut kit = Kit::new();
    let mine = kit.session.clone();
    let [a, b, c] = [2, 3, 4].map(|n| begin(&mut kit, sign_in_with(n, n, n)));
    let outcome = kit
        .tell(EndSessionById {
            id: a.session.clone(),
        })
        .unwrap();
    assert_eq!(outcome.signals, [Signal::CloseSession(a.session.clone())]);
    for id in [a.session.clone(), SessionId::mint(START, 99)] {
        let again = kit.ask(EndSessionById { id });
        assert_eq!(again, Err(StudioError::NotFound));
    }
    let outcome = kit.tell(EndOtherSessions).unwrap();
    assert_eq!(outcome.signals.len(), 2);
    for session in [&a, &b, &c] {
        assert!(!is_alive(&mut kit, session));
    }
    assert!(is_alive(&mut kit, &mine));
    kit.ask(EndSessionById { id: mine.session }).unwrap();
    assert_eq!(kit.ask(GetMe), Err(StudioError::Unauthenticated));
}

#[test]
fn the_other_sessions_are_told_of_a_new_one_until_it_is_dismissed() {
    let mut kit = Kit::new();
    assert_eq!(kit.ask(GetMe).unwrap().notices, []);
    let outcome = kit.handle(sign_in_with(7, 2, 2)).unwrap();
    let told: Vec<_> = events(&outcome)
        .into_iter()
        .filter_map(|event| match event {
            Event::Notice { entry } => Some(entry),
            _ => None,
        })
        .collect();
    let notices = kit.ask(GetMe).unwrap().notices;
    assert_eq!(notices, told);
    assert_eq!(notices[0].action, AccessAction::SignedIn);
    assert_eq!(
        notices[0].detail.as_deref(),
        Some("Firefox on Linux, 203.0.113.0/24")
    );

    // The same browser again is no news.
    kit.pass(SECOND);
    kit.handle(sign_in_with(7, 3, 3)).unwrap();
    assert_eq!(kit.ask(GetMe).unwrap().notices.len(), 1);
    kit.ask(DismissNotices).unwrap();
    assert_eq!(kit.ask(GetMe).unwrap().notices, []);
    kit.handle(sign_in_with(8, 4, 4)).unwrap();
    assert_eq!(kit.ask(GetMe).unwrap().notices.len(), 1);
}

#[test]
fn a_session_of_an_older_release_goes_on_and_is_noted() {
    let mut kit = Kit::new();
    kit.database.execute(
        "UPDATE sessions SET browser = NULL, name = NULL, network = NULL, last_seen_at = NULL",
    );
    kit.pass(IDLE_MILLISECONDS + 1);
    let listed = kit.ask(ListSessions).unwrap();
    assert_eq!(listed[0].browser, "An earlier sign-in");
    assert_eq!(
        kit.database.integers("SELECT last_seen_at FROM sessions"),
        [kit.now.as_millisecond()]
    );
}
