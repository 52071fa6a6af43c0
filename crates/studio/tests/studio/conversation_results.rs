//! The generations and series that belong to a conversation.

use selfsame_api::{
    Conversation, Event, GenerationRequest, NewConversation, NewTurn, PictureQuery, Speaker,
};
use selfsame_primitives::ids::{ConversationId, GenerationId};
use selfsame_series::comparisons::NewComparison;
use selfsame_series::shoots::NewShoot;
use selfsame_studio::{
    AddTurn, BIN_MILLISECONDS, BeginConversation, CancelRest, DeleteConversation, DeleteGeneration,
    EmptyBin, Generate, GetConversation, ListGenerations, ListPictures, ListSeries, NewSeries,
    Outcome, PlanSeries, RestoreConversation, StudioError,
};

use crate::kit::{Kit, MINUTE, events};
use crate::series::finish;

fn begin(kit: &mut Kit) -> ConversationId {
    let begin = BeginConversation {
        id: ConversationId::mint(kit.now, 1),
        new: NewConversation {
            title: "Lisbon".parse().unwrap(),
        },
        idempotency_key: "begin".to_owned(),
    };
    kit.ask(begin).unwrap().id
}

fn show(kit: &mut Kit, id: &ConversationId) -> Conversation {
    let id = id.clone();
    let get = GetConversation {
        id,
        cursor: None,
        limit: 50,
    };
    kit.ask(get).unwrap().session
}

/// The command for a picture in a conversation.
fn asked_in(kit: &mut Kit, session: &ConversationId) -> Generate {
    let request = kit.request(1);
    kit.generate_command(GenerationRequest {
        session: Some(session.clone()),
        ..request
    })
}

fn led_to(kit: &mut Kit, session: &ConversationId, generation: &GenerationId) -> AddTurn {
    let mut turn = says(kit, session, Speaker::Person, "a hat");
    turn.turn.generation = Some(generation.clone());
    turn
}

fn says(kit: &mut Kit, session: &ConversationId, by: Speaker, words: &str) -> AddTurn {
    kit.pass(1);
    AddTurn {
        id: session.clone(),
        turn: NewTurn {
            by,
            said: words.parse().unwrap(),
            edits: Vec::new(),
            reply: "With pleasure.".parse().unwrap(),
            question: None,
            suggestions: Vec::new(),
            generation: None,
        },
        idempotency_key: format!("turn-{}", kit.now.as_millisecond()),
    }
}

/// The generations that were told to have changed.
fn told<T>(outcome: &Outcome<T>) -> Vec<GenerationId> {
    let id = |event| match event {
        Event::Generation { generation } => Some(generation.id),
        _ => None,
    };
    events(outcome).into_iter().filter_map(id).collect()
}

#[test]
fn a_request_that_names_its_conversation_belongs_to_it() {
    let mut kit = Kit::new();
    let id = begin(&mut kit);
    kit.pass(MINUTE);
    let command = asked_in(&mut kit, &id);
    let generation = kit.ask(command).unwrap();
    assert_eq!(generation.session, Some(id.clone()));
    assert_eq!(generation.request.session, None);
    let listed = kit.ask(ListGenerations::default()).unwrap().generations;
    assert_eq!(listed[0].session, Some(id.clone()));
    assert_eq!(show(&mut kit, &id).active_at, kit.now);
    let other = kit.generate(1);
    assert_eq!(kit.generation(&other).session, None);
}

#[test]
fn a_request_in_a_conversation_that_is_unknown_or_deleted_is_not_found() {
    let mut kit = Kit::new();
    let unknown = ConversationId::mint(kit.now, 99);
    let command = asked_in(&mut kit, &unknown);
    assert_eq!(kit.ask(command), Err(StudioError::NotFound));
    let id = begin(&mut kit);
    let command = asked_in(&mut kit, &id);
    let made = kit.ask(command.clone()).unwrap();
    kit.ask(DeleteConversation { id: id.clone() }).unwrap();
    // The repeated request is still answered.
    assert_eq!(kit.ask(command).unwrap().id, made.id);
    let another = asked_in(&mut kit, &id);
    assert_eq!(kit.ask(another), Err(StudioError::NotFound));
    assert_eq!(kit.allowance().reserved, 1);
}

fn in_session(request: NewSeries, session: &ConversationId) -> NewSeries {
    let session = Some(session.clone());
    match request {
        NewSeries::Shoot(shoot) => NewSeries::Shoot(Box::new(NewShoot { session, ..*shoot })),
        NewSeries::Comparison(comparison) => NewSeries::Comparison(Box::new(NewComparison {
            session,
            ..*comparison
        })),
    }
}

#[test]
fn a_series_belongs_to_its_conversation_with_every_frame() {
    let mut kit = Kit::with_allowance(None);
    let id = begin(&mut kit);
    for request in [kit.new_shoot(2), kit.new_comparison(&[])] {
        let request = in_session(request, &id);
        let record = kit.series(request);
        assert_eq!(record.series.session, Some(id.clone()));
        let frames = record.frames.iter().map(|frame| &frame.generation);
        for generation in frames {
            assert_eq!(
                generation.as_ref().unwrap().summary.session.as_ref(),
                Some(&id)
            );
        }
    }
    let listed = kit.ask(ListSeries::default()).unwrap().series;
    assert!(
        listed
            .iter()
            .all(|series| series.session.as_ref() == Some(&id))
    );
}

#[test]
fn a_frame_that_is_made_again_stays_in_its_conversation() {
    let mut kit = Kit::new();
    let id = begin(&mut kit);
    let request = in_session(kit.new_shoot(1), &id);
    let series = kit.series(request).series.id;
    kit.ask(CancelRest { id: series.clone() }).unwrap();
    let retry = kit.retry_command(&series, 0);
    let record = kit.ask(retry).unwrap();
    let made = record.frames[0].generation.as_ref().unwrap();
    assert_eq!(made.summary.session, Some(id));
}

#[test]
fn a_series_in_an_unknown_conversation_is_neither_planned_nor_made() {
    let mut kit = Kit::new();
    let unknown = ConversationId::mint(kit.now, 99);
    let request = in_session(kit.new_shoot(1), &unknown);
    let plan = PlanSeries {
        request: request.clone(),
        seed: 1,
        enhancements: Vec::new(),
    };
    assert_eq!(kit.ask(plan), Err(StudioError::NotFound));
    let command = kit.series_command(request);
    assert_eq!(kit.ask(command), Err(StudioError::NotFound));
}

#[test]
fn a_turn_tells_that_its_generation_moves_into_the_conversation() {
    let mut kit = Kit::new();
    let id = begin(&mut kit);
    let generation = kit.generate(1);
    let turn = led_to(&mut kit, &id, &generation);
    let moved = kit.tell(turn).unwrap();
    assert_eq!(told(&moved), std::slice::from_ref(&generation));
    assert_eq!(kit.generation(&generation).session, Some(id.clone()));
    kit.pass(MINUTE);
    let turn = led_to(&mut kit, &id, &generation);
    let again = kit.tell(turn).unwrap();
    assert_eq!(told(&again), []);
}

#[test]
fn a_generation_keeps_a_conversation_that_can_be_restored() {
    let mut kit = Kit::new();
    let id = begin(&mut kit);
    let command = asked_in(&mut kit, &id);
    let generation = kit.ask(command).unwrap().id;
    kit.ask(DeleteConversation { id: id.clone() }).unwrap();
    assert_eq!(kit.generation(&generation).session, Some(id));
}

/// What each turn of the conversation led to, oldest first.
fn results(kit: &mut Kit, id: &ConversationId) -> Vec<Option<GenerationId>> {
    let get = GetConversation {
        id: id.clone(),
        cursor: None,
        limit: 50,
    };
    let turns = kit.ask(get).unwrap().turns.into_iter().rev();
    turns.map(|turn| turn.content.generation).collect()
}

fn said(kit: &mut Kit, session: &ConversationId) -> AddTurn {
    kit.pass(MINUTE);
    says(kit, session, Speaker::Person, "a hat")
}

#[test]
fn what_was_said_leads_to_the_next_request() {
    let mut kit = Kit::with_allowance(None);
    let id = begin(&mut kit);
    let first = said(&mut kit, &id);
    kit.ask(first.clone()).unwrap();
    let second = said(&mut kit, &id);
    kit.ask(second).unwrap();
    let command = asked_in(&mut kit, &id);
    let hat = Some(kit.ask(command).unwrap().id);
    assert_eq!(results(&mut kit, &id), [hat.clone(), hat.clone()]);

    let third = said(&mut kit, &id);
    kit.ask(third).unwrap();
    let request = in_session(kit.new_shoot(2), &id);
    let frames = kit.series(request).frames;
    let frame = frames[0].generation.as_ref().unwrap().summary.id.clone();
    assert_eq!(
        results(&mut kit, &id),
        [hat.clone(), hat.clone(), Some(frame)]
    );

    // The turn is still the one that was sent, sent again.
    assert_eq!(kit.ask(first).unwrap().content.generation, hat);
    assert_eq!(results(&mut kit, &id).len(), 3);
}

#[test]
fn a_request_in_another_conversation_leaves_what_was_said() {
    let mut kit = Kit::new();
    let id = begin(&mut kit);
    let turn = said(&mut kit, &id);
    kit.ask(turn).unwrap();
    kit.generate(1);
    assert_eq!(results(&mut kit, &id), [None]);
}

#[test]
fn the_generations_of_one_conversation_are_listed() {
    let mut kit = Kit::with_allowance(None);
    let id = begin(&mut kit);
    kit.generate(1);
    let mut made: Vec<_> = (0..3)
        .map(|_| {
            let command = asked_in(&mut kit, &id);
            kit.ask(command).unwrap().id
        })
        .collect();
    made.reverse();
    let mut page = |cursor| {
        let list = ListGenerations {
            cursor,
            limit: Some(2),
            session: Some(id.clone()),
        };
        let page = kit.ask(list).unwrap();
        let ids: Vec<_> = page.generations.into_iter().map(|one| one.id).collect();
        (ids, page.next_cursor)
    };
    let (newest, next) = page(None);
    assert_eq!(newest, made[..2]);
    assert_eq!(page(next), (made[2..].to_vec(), None));
}

fn found(kit: &mut Kit, words: &str) -> Vec<GenerationId> {
    let query = PictureQuery {
        q: Some(words.to_owned()),
        ..PictureQuery::default()
    };
    let list = ListPictures {
        query,
        ..ListPictures::default()
    };
    let pictures = kit.ask(list).unwrap().pictures.into_iter();
    pictures.map(|one| one.generation).collect()
}

#[test]
fn pictures_are_found_by_what_the_person_said_on_the_way_to_them() {
    let mut kit = Kit::with_allowance(None);
    let id = begin(&mut kit);
    let mut made = Vec::new();
    for words in ["somewhere near the wisteria", "now by the harbour"] {
        let turn = says(&mut kit, &id, Speaker::Person, words);
        kit.ask(turn).unwrap();
        let turn = says(&mut kit, &id, Speaker::Maya, "shall it be a carriage?");
        kit.ask(turn).unwrap();
        let request = kit.request(1);
        let (generation, _) = kit.succeeded_with(GenerationRequest {
            session: Some(id.clone()),
            ..request
        });
        made.push(generation);
    }
    assert_eq!(found(&mut kit, "wisteria"), [made[0].clone()]);
    assert_eq!(found(&mut kit, "harbour caf\u{e9}"), [made[1].clone()]);
    assert_eq!(found(&mut kit, "carriage"), []);

    kit.ask(DeleteConversation { id: id.clone() }).unwrap();
    assert_eq!(found(&mut kit, "wisteria"), []);
    assert_eq!(found(&mut kit, "caf\u{e9}").len(), 2);
    kit.ask(RestoreConversation { id: id.clone() }).unwrap();
    assert_eq!(found(&mut kit, "wisteria"), [made[0].clone()]);
}

#[test]
fn every_frame_of_a_series_is_found_by_what_led_to_the_series() {
    let mut kit = Kit::with_allowance(None);
    let id = begin(&mut kit);
    let turn = says(&mut kit, &id, Speaker::Person, "near the wisteria");
    kit.ask(turn).unwrap();
    let request = in_session(kit.new_shoot(2), &id);
    kit.series(request);
    finish(&mut kit);
    let frames = found(&mut kit, "wisteria");
    assert_eq!(frames.len(), 2);
    kit.ask(DeleteConversation { id: id.clone() }).unwrap();
    assert_eq!(found(&mut kit, "wisteria"), []);
    kit.ask(RestoreConversation { id: id.clone() }).unwrap();
    assert_eq!(found(&mut kit, "wisteria"), frames);

    // The turn names the first frame alone.
    let first = frames.into_iter().min().unwrap();
    kit.ask(DeleteGeneration { id: first }).unwrap();
    kit.ask(EmptyBin).unwrap();
    kit.ask(DeleteConversation { id }).unwrap();
    assert_eq!(found(&mut kit, "wisteria"), []);
}

#[test]
fn a_turn_that_is_attached_later_makes_its_pictures_found() {
    let mut kit = Kit::new();
    let id = begin(&mut kit);
    let (generation, _) = kit.succeeded(1);
    assert_eq!(found(&mut kit, "hat"), []);
    let turn = led_to(&mut kit, &id, &generation);
    kit.ask(turn).unwrap();
    assert_eq!(found(&mut kit, "hat"), [generation]);

    kit.ask(DeleteConversation { id }).unwrap();
    kit.pass(BIN_MILLISECONDS);
    kit.leased();
    let indexed = "SELECT count(*) FROM gallery_words WHERE gallery_words MATCH 'hat'";
    assert_eq!(kit.database.integers(indexed), [0]);
    let left = "SELECT count(*) FROM turn_words";
    assert_eq!(kit.database.integers(left), [0]);
}
