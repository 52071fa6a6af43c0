//! Votes about two pictures of a comparison. They outlive the pictures: what a person preferred stays known.

use selfsame_api::{Preferred, Vote};
use selfsame_primitives::ids::{PictureId, SeriesId};
use selfsame_primitives::time::Timestamp;
use selfsame_prompt::parameters::InputValue;
use selfsame_recipe::RecipeId;
use selfsame_series::comparisons::AxisParameter;

use super::Readable;
use super::columns::{Columns, json, numbered, word};
use crate::database::{Database, DatabaseError, Value};

/// A picture that is voted on.
pub(crate) struct Candidate<'a> {
    pub(crate) picture: &'a PictureId,
    pub(crate) recipe: &'a RecipeId,
}

/// The only parameter in which the two cells differ.
pub(crate) struct Decisive {
    pub(crate) parameter: AxisParameter,
    pub(crate) first: InputValue,
    pub(crate) second: InputValue,
}

/// A new vote. `first` sorts before `second`, so that the two have one vote in whichever order they were shown.
pub(crate) struct New<'a> {
    pub(crate) series: &'a SeriesId,
    pub(crate) first: Candidate<'a>,
    pub(crate) second: Candidate<'a>,
    pub(crate) preferred: Preferred,
    pub(crate) blind: bool,
    /// `None` if the cells differ in more than one parameter.
    pub(crate) decisive: Option<Decisive>,
    pub(crate) now: Timestamp,
}

/// Stores a vote instead of an earlier one about the same two pictures.
pub(crate) fn put(db: &mut dyn Database, new: &New<'_>) -> Result<(), DatabaseError> {
    let (parameter, first_value, second_value) = match &new.decisive {
        Some(decisive) => (
            word(&decisive.parameter)?,
            json(&decisive.first)?,
            json(&decisive.second)?,
        ),
        None => (Value::Null, Value::Null, Value::Null),
    };
    db.query(
        "INSERT INTO votes (series, first, second, first_recipe, second_recipe, preferred, blind,
            parameter, first_value, second_value, at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (first, second) DO UPDATE
         SET preferred = excluded.preferred, blind = excluded.blind, at = excluded.at",
        &[
            new.series.as_str().into(),
            new.first.picture.as_str().into(),
            new.second.picture.as_str().into(),
            new.first.recipe.to_string().into(),
            new.second.recipe.to_string().into(),
            word(&new.preferred)?,
            new.blind.into(),
            parameter,
            first_value,
            second_value,
            new.now.into(),
        ],
    )?;
    Ok(())
}

/// The votes of a series, oldest first, and those that cannot be read.
pub(crate) fn of_series(
    db: &mut dyn Database,
    id: &SeriesId,
) -> Result<Readable<Vote>, DatabaseError> {
    let rows = db.query(
        "SELECT id, first, second, preferred, blind, at FROM votes WHERE series = ? ORDER BY id",
        &[id.as_str().into()],
    )?;
    numbered(rows, "vote", |row| {
        let mut row = Columns::new(row);
        row.integer()?;
        Ok(Vote {
            first: row.parsed()?,
            second: row.parsed()?,
            preferred: row.word()?,
            blind: row.flag()?,
            at: row.moment()?,
        })
    })
}

/// How many votes there are.
pub(crate) struct Totals {
    pub(crate) votes: u32,
    pub(crate) blind: u32,
    /// Those about cells that differ in more than one parameter.
    pub(crate) undecided: u32,
}

pub(crate) fn totals(db: &mut dyn Database) -> Result<Totals, DatabaseError> {
    let rows = db.query(
        "SELECT count(*), ifnull(sum(blind), 0), ifnull(sum(parameter IS NULL), 0) FROM votes",
        &[],
    )?;
    let mut row = Columns::one(rows)?.ok_or_else(|| DatabaseError("no totals".to_owned()))?;
    Ok(Totals {
        votes: row.number()?,
        blind: row.number()?,
        undecided: row.number()?,
    })
}

/// How often one value of a parameter was preferred.
pub(crate) struct Tally {
    pub(crate) parameter: AxisParameter,
    pub(crate) value: InputValue,
    pub(crate) wins: u32,
    pub(crate) losses: u32,
    pub(crate) ties: u32,
}

/// The votes by parameter and value, the value with the most wins first. A value that cannot be read is set aside by the
/// first vote that has it.
pub(crate) fn tallies(db: &mut dyn Database) -> Result<Readable<Tally>, DatabaseError> {
    let rows = db.query(
        "SELECT min(id), parameter, value, sum(win), sum(loss), sum(tie) FROM (
            SELECT id, parameter, first_value AS value, preferred = 'first' AS win,
                preferred = 'second' AS loss, preferred = 'tie' AS tie FROM votes
            UNION ALL
            SELECT id, parameter, second_value, preferred = 'second', preferred = 'first',
                preferred = 'tie' FROM votes
         ) WHERE parameter IS NOT NULL
         GROUP BY parameter, value ORDER BY parameter, sum(win) DESC, sum(loss), value",
        &[],
    )?;
    let (found, unreadable) = numbered(rows, "vote", |row| {
        let mut row = Columns::new(row);
        row.integer()?;
        // A parameter of a newer release is left out.
        let Some(parameter) = AxisParameter::named(&row.text()?) else {
            return Ok(None);
        };
        Ok(Some(Tally {
            parameter,
            value: row.json()?,
            wins: row.number()?,
            losses: row.number()?,
            ties: row.number()?,
        }))
    })?;
    Ok((found.into_iter().flatten().collect(), unreadable))
}
