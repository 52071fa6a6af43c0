//! Conversations: turns, versioned drafts, the list with its search, and deletion.

use selfsame_api::{
    Binned, BinnedId, ChangeConversation, ChangeDraft, Conversation, Draft, ErrorCode, Event,
    NewConversation, NewTurn, Speaker, Turn,
};
use selfsame_primitives::ids::{ConversationId, GenerationId};
use selfsame_studio::schedule::EffectSlots;
use selfsame_studio::{
    AddTurn, BIN_MILLISECONDS, BeginConversation, Changed, DeleteConversation, DeleteFromBin,
    DeleteGeneration, EditConversation, EmptyBin, FollowEvents, GetConversation, ListBin,
    ListConversations, MOST_CONVERSATIONS, MOST_TURNS, RestoreConversation, RestoreFromBin,
    StudioError,
};
use serde_json::{Map, Value as Json, json};

use crate::kit::{Kit, START, events, set_aside};

fn begin(kit: &mut Kit, title: &str, number: u128) -> Conversation {
    kit.ask(BeginConversation {
        id: ConversationId::mint(kit.now, number),
        new: NewConversation {
            title: title.parse().unwrap(),
        },
        idempotency_key: format!("begin-{number}"),
    })
    .unwrap()
}

fn said(words: &str) -> NewTurn {
    NewTurn {
        by: Speaker::Person,
        said: words.parse().unwrap(),
        edits: vec![json!({"set": "wardrobe", "to": words})],
        reply: "With pleasure.".parse().unwrap(),
        question: Some("Which colour?".parse().unwrap()),
        suggestions: vec!["closer".parse().unwrap()],
        generation: None,
    }
}

fn say(kit: &mut Kit, id: &ConversationId, key: &str, turn: NewTurn) -> Result<Turn, StudioError> {
    kit.ask(AddTurn {
        id: id.clone(),
        turn,
        idempotency_key: key.to_owned(),
    })
}

fn edit(kit: &mut Kit, id: &ConversationId, change: ChangeConversation) -> Changed {
    let id = id.clone();
    kit.ask(EditConversation { id, change }).unwrap()
}

fn draft(base: u32, text: &str) -> ChangeConversation {
    let content = Map::from_iter([("text".to_owned(), Json::from(text))]);
    ChangeConversation {
        draft: Some(ChangeDraft { base, content }),
        ..ChangeConversation::default()
    }
}

fn show(
    kit: &mut Kit,
    id: &ConversationId,
) -> Result<selfsame_api::ConversationRecord, StudioError> {
    kit.ask(GetConversation {
        id: id.clone(),
        cursor: None,
        limit: 50,
    })
}

fn titles(kit: &mut Kit, words: Option<&str>) -> Vec<String> {
    let (mut found, mut cursor) = (Vec::new(), None);
    loop {
        let page = kit
            .ask(ListConversations {
                words: words.map(str::to_owned),
                cursor,
                limit: Some(2),
            })
            .unwrap();
        let titles = page.sessions.iter();
        found.extend(titles.map(|one| one.title.as_str().to_owned()));
        cursor = page.next_cursor;
        if cursor.is_none() {
            return found;
        }
    }
}

#[test]
fn a_repeated_request_changes_nothing_and_another_one_needs_another_key() {
    let mut kit = Kit::new();
    let first = begin(&mut kit, "Lisbon", 1);
    let again = kit.ask(BeginConversation {
        id: ConversationId::mint(START, 9),
        new: NewConversation {
            title: "Lisbon".parse().unwrap(),
        },
        idempotency_key: "begin-1".to_owned(),
    });
    assert_eq!(again, Ok(first.clone()));
    let other = kit.ask(BeginConversation {
        id: ConversationId::mint(START, 9),
        new: NewConversation {
            title: "Porto".parse().unwrap(),
        },
        idempotency_key: "begin-1".to_owned(),
    });
    assert_eq!(other, Err(StudioError::IdempotencyConflict));

    let turn = say(&mut kit, &first.id, "t", said("a hat")).unwrap();
    assert_eq!(turn.content, said("a hat"));
    assert_eq!(
        say(&mut kit, &first.id, "t", said("a hat")),
        Ok(turn.clone())
    );
    let other = say(&mut kit, &first.id, "t", said("a coat"));
    assert_eq!(other, Err(StudioError::IdempotencyConflict));
    assert_eq!(show(&mut kit, &first.id).unwrap().turns, [turn]);
}

#[test]
fn a_draft_made_from_an_older_one_is_refused_with_the_present_one() {
    let mut kit = Kit::new();
    let id = begin(&mut kit, "Lisbon", 1).id;
    let Changed::Done(changed) = edit(&mut kit, &id, draft(0, "mine")) else {
        panic!("expected the first draft to be taken");
    };
    assert_eq!(changed.draft_version, 1);
    // Another tab has seen no draft yet. Its title is not taken either.
    let mut stale = draft(0, "theirs");
    stale.title = Some("Porto".parse().unwrap());
    let Changed::DraftConflict(Some(Draft { version, content })) = edit(&mut kit, &id, stale)
    else {
        panic!("expected a conflict");
    };
    assert_eq!((version, content.as_str()), (1, r#"{"text":"mine"}"#));
    assert_eq!(show(&mut kit, &id).unwrap().session, changed);
    assert!(matches!(
        edit(&mut kit, &id, draft(1, "both")),
        Changed::Done(_)
    ));
    let present = show(&mut kit, &id).unwrap().draft.unwrap();
    assert_eq!(present.content.as_str(), r#"{"text":"both"}"#);

    let large = draft(2, &"a".repeat(40_000));
    let refused = kit.ask(EditConversation { id, change: large });
    assert_eq!(
        refused.unwrap_err().field().as_deref(),
        Some("draft.content")
    );
}

#[test]
fn pinned_conversations_come_first_and_then_the_last_active() {
    let mut kit = Kit::new();
    let mut ids = Vec::new();
    for (number, title) in [(1, "Lisbon"), (2, "Porto"), (3, "Sintra"), (4, "Évora")] {
        kit.pass(1);
        ids.push(begin(&mut kit, title, number).id);
    }
    kit.pass(1);
    say(&mut kit, &ids[1], "t", said("a Straw hat")).unwrap();
    let pin = ChangeConversation {
        pinned: Some(true),
        ..ChangeConversation::default()
    };
    edit(&mut kit, &ids[0], pin);
    assert_eq!(
        titles(&mut kit, None),
        ["Lisbon", "Porto", "Évora", "Sintra"]
    );
    assert_eq!(titles(&mut kit, Some("sINT")), ["Sintra"]);
    assert_eq!(titles(&mut kit, Some("EVORA")), ["Évora"]);
    assert_eq!(titles(&mut kit, Some("hat straw")), ["Porto"]);
    assert_eq!(titles(&mut kit, Some("straw")), ["Porto"]);
    assert_eq!(titles(&mut kit, Some("%")), [""; 0]);
}

#[test]
fn turns_are_read_in_pages_and_are_bounded() {
    let mut kit = Kit::new();
    let id = begin(&mut kit, "Lisbon", 1).id;
    for number in 0..5 {
        say(&mut kit, &id, &number.to_string(), said("a hat")).unwrap();
    }
    let (mut seen, mut cursor) = (Vec::new(), None);
    loop {
        let id = id.clone();
        let page = kit
            .ask(GetConversation {
                id,
                cursor,
                limit: 2,
            })
            .unwrap();
        seen.extend(page.turns.into_iter().map(|turn| turn.number));
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen, [5, 4, 3, 2, 1]);

    let many = NewTurn {
        suggestions: vec!["closer".parse().unwrap(); 9],
        ..said("a hat")
    };
    let refused = say(&mut kit, &id, "many", many).unwrap_err();
    assert_eq!(refused.field().as_deref(), Some("suggestions"));
    kit.database.execute(&format!(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {MOST_TURNS} - 5)
         INSERT INTO turns (conversation, key, speaker, said, edits, reply, suggestions, created_at)
         SELECT '{id}', 'n' || i, 'person', '', '[]', '', '[]', 0 FROM n"
    ));
    let refused = say(&mut kit, &id, "more", said("a hat"));
    let refused = refused.unwrap_err();
    assert_eq!(refused.code(), ErrorCode::LimitReached);
    assert!(
        refused.message().ends_with("Begin a new conversation."),
        "{}",
        refused.message()
    );
}

#[test]
fn a_turn_cannot_lead_to_an_unknown_generation() {
    let mut kit = Kit::new();
    let id = begin(&mut kit, "Lisbon", 1).id;
    let turn = NewTurn {
        generation: Some(GenerationId::mint(START, 99)),
        ..said("a hat")
    };
    assert_eq!(say(&mut kit, &id, "t", turn), Err(StudioError::NotFound));
}

#[test]
fn a_deleted_conversation_can_be_restored_for_30_days_and_its_pictures_stay() {
    let mut kit = Kit::new();
    let (generation, pictures) = kit.succeeded(1);
    let id = begin(&mut kit, "Wisteria", 1).id;
    let turn = NewTurn {
        generation: Some(generation.clone()),
        ..said("wisteria")
    };
    say(&mut kit, &id, "t", turn).unwrap();
    let gone = kit.tell(DeleteConversation { id: id.clone() }).unwrap();
    let told = Event::SessionDeleted {
        session: id.clone(),
    };
    assert_eq!(events(&gone), [told, Event::BinChanged]);
    assert_eq!(show(&mut kit, &id), Err(StudioError::NotFound));
    assert_eq!(titles(&mut kit, None), [""; 0]);

    kit.pass(BIN_MILLISECONDS / 3);
    let back = kit.ask(RestoreConversation { id: id.clone() }).unwrap();
    assert_eq!(back.deleted_at, None);
    assert_eq!(show(&mut kit, &id).unwrap().turns.len(), 1);
    let again = kit.ask(RestoreConversation { id: id.clone() });
    assert_eq!(again, Err(StudioError::NotFound));

    kit.ask(DeleteConversation { id: id.clone() }).unwrap();
    kit.pass(BIN_MILLISECONDS);
    kit.studio
        .due(kit.now, EffectSlots::default().room())
        .unwrap();
    assert_eq!(kit.database.tables_with("isteria"), [""; 0]);
    let kept = format!(
        "SELECT count(*) FROM generations WHERE id = '{generation}' AND conversation IS NULL"
    );
    assert_eq!(kit.database.integers(&kept), [1]);
    assert_eq!(pictures.len(), 1);
}

#[test]
fn a_deleted_conversation_lies_in_the_bin_and_comes_back_from_there() {
    let mut kit = Kit::new();
    let id = begin(&mut kit, "Lisbon", 1).id;
    let (generation, _) = kit.succeeded(1);
    kit.ask(DeleteGeneration { id: generation }).unwrap();
    kit.pass(1);
    kit.ask(DeleteConversation { id: id.clone() }).unwrap();
    let first = ListBin {
        limit: Some(1),
        ..ListBin::default()
    };
    let page = kit.ask(first.clone()).unwrap();
    let [entry] = &page.entries[..] else {
        panic!("{:?}", page.entries);
    };
    let binned = BinnedId::Session(id.clone());
    assert_eq!((&entry.id, entry.deleted_at), (&binned, kit.now));
    assert_eq!(entry.gone_at, kit.now.plus_milliseconds(BIN_MILLISECONDS));
    let Binned::Session(session) = &entry.binned else {
        panic!("{entry:?}");
    };
    assert_eq!(session.title.as_str(), "Lisbon");
    let rest = ListBin {
        cursor: page.next_cursor,
        ..first
    };
    assert_eq!(kit.ask(rest).unwrap().entries.len(), 1);

    let restore = RestoreFromBin { id: binned };
    let restored = events(&kit.tell(restore.clone()).unwrap());
    assert!(restored.contains(&Event::BinChanged));
    assert_eq!(show(&mut kit, &id).unwrap().session.deleted_at, None);
    assert_eq!(kit.ask(restore), Err(StudioError::NotFound));
}

#[test]
fn a_conversation_is_deleted_for_good_from_the_bin() {
    let mut kit = Kit::new();
    let [one, other, kept] =
        ["Lisbon", "Porto", "Faro"].map(|title| begin(&mut kit, title, title.len() as u128).id);
    for id in [&one, &other] {
        kit.ask(DeleteConversation { id: id.clone() }).unwrap();
    }
    let delete = |id: &ConversationId| DeleteFromBin {
        id: BinnedId::Session(id.clone()),
    };
    assert_eq!(kit.ask(delete(&kept)), Err(StudioError::NotFound));
    kit.ask(delete(&one)).unwrap();
    let restored = kit.ask(RestoreConversation { id: one });
    assert_eq!(restored, Err(StudioError::NotFound));
    kit.ask(EmptyBin).unwrap();
    let left = "SELECT count(*) FROM conversations";
    assert_eq!(kit.database.integers(left), [1]);
    assert!(show(&mut kit, &kept).is_ok());
}

#[test]
fn a_client_that_was_away_sees_what_became_of_conversations() {
    let mut kit = Kit::new();
    let (kept, gone) = (begin(&mut kit, "Lisbon", 1), begin(&mut kit, "Porto", 2));
    let after = Some(kit.ask(FollowEvents::default()).unwrap().seq);
    say(&mut kit, &kept.id, "t", said("a hat")).unwrap();
    let id = gone.id.clone();
    kit.ask(DeleteConversation { id }).unwrap();
    let missed = kit.ask(FollowEvents { after }).unwrap().message;
    let selfsame_api::Opening::Changes { events, .. } = missed else {
        panic!("{missed:?}");
    };
    let session = Box::new(show(&mut kit, &kept.id).unwrap().session);
    let deleted = Event::SessionDeleted { session: gone.id };
    assert_eq!(
        events,
        [Event::Session { session }, deleted, Event::BinChanged]
    );
}

#[test]
fn an_unreadable_conversation_is_left_out_of_what_a_client_missed() {
    let mut kit = Kit::new();
    let after = Some(kit.ask(FollowEvents::default()).unwrap().seq);
    let damaged = begin(&mut kit, "Lisbon", 1).id;
    let kept = begin(&mut kit, "Porto", 2).id;
    kit.database.execute(&format!(
        "UPDATE conversations SET title = '' WHERE id = '{damaged}'"
    ));
    let missed = kit.tell(FollowEvents { after }).unwrap();
    assert_eq!(set_aside(&missed), [damaged.as_str()]);
    let selfsame_api::Opening::Changes { events, .. } = missed.value.message else {
        panic!("{:?}", missed.value);
    };
    let session = Box::new(show(&mut kit, &kept).unwrap().session);
    assert_eq!(events, [Event::Session { session }]);
}

#[test]
fn a_deleted_generation_is_no_result_of_a_turn() {
    let mut kit = Kit::new();
    let id = begin(&mut kit, "Lisbon", 1).id;
    let (generation, _) = kit.succeeded(1);
    kit.ask(DeleteGeneration {
        id: generation.clone(),
    })
    .unwrap();
    let turn = NewTurn {
        generation: Some(generation),
        ..said("a hat")
    };
    assert_eq!(say(&mut kit, &id, "t", turn), Err(StudioError::NotFound));
}

#[test]
fn deleting_a_conversation_makes_room_for_another_one() {
    let mut kit = Kit::new();
    let id = begin(&mut kit, "Lisbon", 1).id;
    kit.database.execute(&format!(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {MOST_CONVERSATIONS} - 1)
         INSERT INTO conversations (id, title, created_at, active_at) SELECT 'cnv' || i, 'A', 0, 0 FROM n"
    ));
    let another = BeginConversation {
        id: ConversationId::mint(kit.now, 2),
        new: NewConversation {
            title: "Porto".parse().unwrap(),
        },
        idempotency_key: "begin-2".to_owned(),
    };
    let refused = kit.ask(another.clone()).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::LimitReached);
    assert!(refused.message().ends_with("Delete one first."));
    kit.ask(DeleteConversation { id: id.clone() }).unwrap();
    kit.ask(another).unwrap();
    let refused = kit.ask(RestoreConversation { id }).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::LimitReached);
}
