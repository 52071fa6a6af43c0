//! Votes about two cells of a comparison, and what they say about this person.

use std::mem::swap;

use selfsame_api::{
    CastVote, ParameterPreference, PreferenceShare, Preferences, Preferred, SeriesKind,
    SeriesRecord, ValuePreference,
};
use selfsame_primitives::ids::{PictureId, SeriesId};
use selfsame_recipe::RecipeId;
use selfsame_series::Difference;
use selfsame_series::comparisons::{INTERVAL_SOURCE, wilson_interval};
use serde::{Deserialize, Serialize};

use super::{planned, record};
use crate::engine::{SignedInPerson, Transaction};
use crate::error::StudioError;
use crate::request::PersonRequest;
use crate::series_error::SeriesError;
use crate::store::stored::StoredFrame;
use crate::store::votes::{self, Candidate, Decisive, Tally};
use crate::store::{generations, pictures};

/// Stores which of two pictures of a comparison the person prefers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CastSeriesVote {
    /// The comparison.
    pub id: SeriesId,
    /// The vote.
    pub vote: CastVote,
}

/// A picture that is voted on, in its frame.
struct Shown {
    picture: PictureId,
    recipe: RecipeId,
    frame: u32,
}

impl PersonRequest for CastSeriesVote {
    type Reply = SeriesRecord;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        _: &SignedInPerson,
    ) -> Result<SeriesRecord, StudioError> {
        let series = planned(tx, &self.id)?;
        if series.kind != SeriesKind::Comparison {
            return Err(StudioError::Series(SeriesError::NotAComparison));
        }
        let mut first = shown(tx, &self.id, self.vote.first, "first")?;
        let mut second = shown(tx, &self.id, self.vote.second, "second")?;
        if first.frame == second.frame {
            return Err(StudioError::Series(SeriesError::VoteInvalid {
                field: "second",
            }));
        }
        let mut preferred = self.vote.preferred;
        if second.picture < first.picture {
            swap(&mut first, &mut second);
            preferred = match preferred {
                Preferred::First => Preferred::Second,
                Preferred::Second => Preferred::First,
                Preferred::Tie => Preferred::Tie,
            };
        }
        let differs = |frame: u32| {
            let frame = series
                .plan
                .frames
                .get(usize::try_from(frame).unwrap_or(usize::MAX));
            frame.map(StoredFrame::differs).unwrap_or_default()
        };
        let decisive = decisive(&differs(first.frame), &differs(second.frame));
        votes::put(
            tx.db,
            &votes::New {
                series: &self.id,
                first: first.candidate(),
                second: second.candidate(),
                preferred,
                blind: self.vote.blind,
                decisive,
                now: tx.now,
            },
        )?;
        tx.touch_series(&self.id)?;
        record(tx, &self.id)
    }
}

impl Shown {
    const fn candidate(&self) -> Candidate<'_> {
        Candidate {
            picture: &self.picture,
            recipe: &self.recipe,
        }
    }
}

fn shown(
    tx: &mut Transaction<'_>,
    series: &SeriesId,
    picture: PictureId,
    field: &'static str,
) -> Result<Shown, StudioError> {
    let invalid = StudioError::Series(SeriesError::VoteInvalid { field });
    let (generation, found) = pictures::record(tx.db, &picture)?.ok_or(invalid.clone())?;
    let place = generations::place(tx.db, &generation)?;
    let place = place.filter(|place| place.id == *series).ok_or(invalid)?;
    Ok(Shown {
        picture,
        recipe: found.recipe_id,
        frame: place.frame,
    })
}

/// The parameter in which two cells differ, if there is only one.
fn decisive(first: &[Difference], second: &[Difference]) -> Option<Decisive> {
    let mut different = first
        .iter()
        .zip(second)
        .filter(|(first, second)| first != second);
    let (one, other) = different.next()?;
    different.next().is_none().then(|| Decisive {
        parameter: one.parameter,
        first: one.value.clone(),
        second: other.value.clone(),
    })
}

/// Asks what the person's votes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetPreferences;

impl PersonRequest for GetPreferences {
    type Reply = Preferences;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        _: &SignedInPerson,
    ) -> Result<Preferences, StudioError> {
        let totals = votes::totals(tx.db)?;
        let mut parameters: Vec<ParameterPreference> = Vec::new();
        let (tallies, unreadable) = votes::tallies(tx.db)?;
        tx.set_aside(unreadable);
        for tally in tallies {
            let parameter = tally.parameter;
            let value = preference(tally);
            match parameters.last_mut() {
                Some(last) if last.parameter == parameter => last.values.push(value),
                _ => parameters.push(ParameterPreference {
                    parameter,
                    values: vec![value],
                }),
            }
        }
        Ok(Preferences {
            votes: totals.votes,
            blind: totals.blind,
            undecided: totals.undecided,
            parameters,
            source: INTERVAL_SOURCE,
        })
    }
}

fn preference(tally: Tally) -> ValuePreference {
    let interval = wilson_interval(tally.wins, tally.losses);
    ValuePreference {
        value: tally.value,
        wins: tally.wins,
        losses: tally.losses,
        ties: tally.ties,
        share: interval.map(|interval| PreferenceShare {
            low: interval.low,
            share: interval.share,
            high: interval.high,
        }),
    }
}
