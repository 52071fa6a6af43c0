//! Votes about the cells of comparisons, and what they say.

use selfsame_api::{CastVote, Preferences, Preferred, SeriesRecord};
use selfsame_primitives::ids::PictureId;
use selfsame_prompt::parameters::InputValue;
use selfsame_provider::outcome::SubmitOutcome;
use selfsame_provider::prediction::Phase;
use selfsame_series::comparisons::AxisParameter;
use selfsame_studio::{
    CastSeriesVote, Effect, GetPreferences, GetSeries, ListSeries, NewSeries, Observation,
    SeriesError, StudioError,
};

use crate::kit::{Kit, polled, prediction, set_aside, stored, succeeded};

/// A finished series, and the picture of each frame.
fn finished(kit: &mut Kit, request: NewSeries) -> (SeriesRecord, Vec<PictureId>) {
    let id = kit.series(request).series.id;
    let prefix = id.as_str()[20..].to_owned();
    let mut count = 0;
    loop {
        kit.pass(5_000);
        let items = kit.due();
        if items.is_empty() {
            break;
        }
        for item in items {
            let observation = match &item.effect {
                Effect::Submit { .. } => {
                    count += 1;
                    let accepted = prediction(&format!("p{prefix}{count}"), Phase::Starting);
                    Observation::Submitted(SubmitOutcome::Accepted(accepted))
                }
                Effect::Poll { provider_id, .. } => polled(succeeded(provider_id.as_str(), 1)),
                Effect::FetchPicture { .. } => stored(),
                other => panic!("{other:?}"),
            };
            kit.observe(&item, observation);
        }
    }
    let record = kit.ask(GetSeries { id }).unwrap();
    let frames = record.frames.iter();
    let pictures = frames.map(|frame| {
        frame.generation.as_ref().unwrap().summary.pictures[0]
            .id
            .clone()
    });
    let pictures = pictures.collect();
    (record, pictures)
}

fn vote(
    kit: &mut Kit,
    series: &SeriesRecord,
    first: &PictureId,
    second: &PictureId,
    preferred: Preferred,
) -> Result<SeriesRecord, StudioError> {
    kit.ask(CastSeriesVote {
        id: series.series.id.clone(),
        vote: CastVote {
            first: first.clone(),
            second: second.clone(),
            preferred,
            blind: true,
        },
    })
}

/// Wins, losses and ties of each value.
fn counts(preferences: &Preferences, parameter: AxisParameter) -> Vec<(InputValue, u32, u32, u32)> {
    let found = preferences
        .parameters
        .iter()
        .find(|one| one.parameter == parameter);
    let values = found.map(|one| one.values.clone()).unwrap_or_default();
    let count = |value: &selfsame_api::ValuePreference| {
        (value.value.clone(), value.wins, value.losses, value.ties)
    };
    values.iter().map(count).collect()
}

#[test]
fn a_vote_counts_for_the_preferred_value_in_whichever_order_it_was_shown() {
    let mut kit = Kit::with_allowance(None);
    let (classic, likeness) = (InputValue::text("classic"), InputValue::text("likeness"));
    for preferred in [Preferred::First, Preferred::Second] {
        let request = kit.new_comparison(&[]);
        let (series, pictures) = finished(&mut kit, request);
        let record = match preferred {
            Preferred::First => vote(&mut kit, &series, &pictures[1], &pictures[0], preferred),
            _ => vote(&mut kit, &series, &pictures[0], &pictures[1], preferred),
        };
        let record = record.unwrap();
        assert_eq!(record.votes.len(), 1);
        assert!(record.votes[0].blind);
    }
    let preferences = kit.ask(GetPreferences).unwrap();
    assert_eq!(
        (preferences.votes, preferences.blind, preferences.undecided),
        (2, 2, 0)
    );
    assert_eq!(
        counts(&preferences, AxisParameter::Preset),
        [(likeness, 2, 0, 0), (classic, 0, 2, 0)]
    );
    let share = preferences.parameters[0].values[0].share.unwrap();
    assert!(
        share.low > 0.3 && share.low < 0.4 && share.high > 0.999,
        "{share:?}"
    );
    assert!(preferences.source.contains("Wilson"));
}

#[test]
fn a_second_vote_about_the_same_two_replaces_the_first() {
    let mut kit = Kit::new();
    let request = kit.new_comparison(&[]);
    let (series, pictures) = finished(&mut kit, request);
    vote(
        &mut kit,
        &series,
        &pictures[0],
        &pictures[1],
        Preferred::First,
    )
    .unwrap();
    let record = vote(
        &mut kit,
        &series,
        &pictures[1],
        &pictures[0],
        Preferred::Tie,
    )
    .unwrap();
    assert_eq!(record.votes.len(), 1);
    let preferences = kit.ask(GetPreferences).unwrap();
    let counts = counts(&preferences, AxisParameter::Preset);
    assert!(
        counts
            .iter()
            .all(|(_, wins, losses, ties)| (*wins, *losses, *ties) == (0, 0, 1))
    );
    assert_eq!(preferences.parameters[0].values[0].share, None);
}

#[test]
fn two_cells_that_differ_in_two_parameters_decide_nothing() {
    let mut kit = Kit::new();
    let request = kit.new_comparison(&[20, 28]);
    let (series, pictures) = finished(&mut kit, request);
    vote(
        &mut kit,
        &series,
        &pictures[0],
        &pictures[3],
        Preferred::First,
    )
    .unwrap();
    vote(
        &mut kit,
        &series,
        &pictures[0],
        &pictures[2],
        Preferred::Second,
    )
    .unwrap();
    let preferences = kit.ask(GetPreferences).unwrap();
    assert_eq!((preferences.votes, preferences.undecided), (2, 1));
    assert_eq!(counts(&preferences, AxisParameter::Preset), []);
    assert_eq!(
        counts(&preferences, AxisParameter::Steps),
        [
            (InputValue::Integer(28), 1, 0, 0),
            (InputValue::Integer(20), 0, 1, 0)
        ]
    );
}

#[test]
fn only_two_cells_of_the_comparison_can_be_voted_on() {
    let mut kit = Kit::with_allowance(None);
    let request = kit.new_comparison(&[]);
    let (series, pictures) = finished(&mut kit, request.clone());
    let (_, others) = finished(&mut kit, request);
    let request = kit.new_shoot(2);
    let (shoot, shots) = finished(&mut kit, request);
    let invalid = |field| Err(StudioError::Series(SeriesError::VoteInvalid { field }));
    let tie = Preferred::Tie;
    assert_eq!(
        vote(&mut kit, &series, &pictures[0], &pictures[0], tie),
        invalid("second")
    );
    assert_eq!(
        vote(&mut kit, &series, &pictures[0], &others[1], tie),
        invalid("second")
    );
    assert_eq!(
        vote(&mut kit, &series, &others[0], &pictures[1], tie),
        invalid("first")
    );
    let refused = vote(&mut kit, &shoot, &shots[0], &shots[1], tie);
    assert_eq!(
        refused,
        Err(StudioError::Series(SeriesError::NotAComparison))
    );
    assert_eq!(kit.ask(GetPreferences).unwrap().votes, 0);
}

#[test]
fn an_unreadable_vote_hides_neither_the_series_nor_the_other_votes() {
    let mut kit = Kit::with_allowance(None);
    for _ in 0..2 {
        let request = kit.new_comparison(&[]);
        let (series, pictures) = finished(&mut kit, request);
        let [first, second] = [&pictures[0], &pictures[1]];
        vote(&mut kit, &series, first, second, Preferred::First).unwrap();
    }
    kit.database
        .execute("UPDATE votes SET preferred = '?', first_value = '?' WHERE id = 1");
    let page = kit.ask(ListSeries::default()).unwrap();
    let id = page.series[1].id.clone();
    let shown = kit.tell(GetSeries { id }).unwrap();
    assert_eq!(set_aside(&shown), ["vote 1"]);
    assert!(shown.value.votes.is_empty());
    let preferences = kit.tell(GetPreferences).unwrap();
    assert_eq!(set_aside(&preferences), ["vote 1"]);
    let classic = &counts(&preferences.value, AxisParameter::Preset)[0];
    assert_eq!(classic, &(InputValue::text("classic"), 1, 0, 0));
}
