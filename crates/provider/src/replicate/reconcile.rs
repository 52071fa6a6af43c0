//! Finding the prediction of a create whose answer never came.

use selfsame_primitives::time::Timestamp;
use selfsame_prompt::schema::{InputValue, ProviderInput};
use serde_json::{Map, Number, Value};

use super::cursor::Cursor;
use super::list::{ListedPrediction, PredictionPage};
use super::{answer, prediction};
use crate::http::ProviderResult;
use crate::outcome::ReadOutcome;
use crate::prediction::{Prediction, ProviderId};
use crate::submission::Submission;

/// By how much the provider's clock may be behind ours.
pub const CLOCK_SKEW_MILLISECONDS: i64 = 60_000;
/// Pages that are read at most: 1,000 predictions of a whole account since one create.
pub const MOST_PAGES: usize = 10;

/// A walk through the list: [`add`](Self::add) each page until it names no next one, then [`finish`](Self::finish).
///
/// A prediction is the submission's if it was created no earlier, of the same version, and every input that was sent
/// is there with the same value. Where the provider shows the webhook's address, that decides instead: it carries
/// the generation's id and nonce.
#[derive(Debug)]
pub struct Search<'a> {
    submission: &'a Submission,
    since: Timestamp,
    pages: usize,
    newest_first: Vec<ListedPrediction>,
}

impl<'a> Search<'a> {
    /// Looks for `submission`, which was sent no earlier than `since`.
    #[must_use]
    pub const fn new(submission: &'a Submission, since: Timestamp) -> Self {
        Self {
            submission,
            since: since.plus_milliseconds(-CLOCK_SKEW_MILLISECONDS),
            pages: 0,
            newest_first: Vec::new(),
        }
    }

    /// Takes a page in. Gives the cursor of the next page that is worth reading; none when the walk is over.
    pub fn add(&mut self, page: PredictionPage) -> Option<Cursor> {
        self.pages += 1;
        let too_old =
            |listed: &ListedPrediction| listed.created_at().is_some_and(|at| at < self.since);
        let reached_the_past = page.listed.iter().any(too_old);
        let (submission, since) = (self.submission, self.since);
        self.newest_first
            .extend(page.listed.into_iter().filter(|listed| {
                listed.created_at().is_none_or(|at| at >= since) && is_of(listed, submission)
            }));
        page.next
            .filter(|_| !reached_the_past && self.pages < MOST_PAGES)
    }

    /// Every prediction that may be the submission's, oldest first. More than one when the very same picture was
    /// asked for twice; whoever knows which of them are accounted for takes the first that is not.
    #[must_use]
    pub fn finish(self) -> Vec<Prediction> {
        let certain = |listed: &ListedPrediction| {
            self.submission.webhook_url.is_some() && listed.webhook == self.submission.webhook_url
        };
        let has_certain = self.newest_first.iter().any(certain);
        self.newest_first
            .iter()
            .rev()
            .filter(|listed| !has_certain || certain(listed))
            .map(|listed| listed.prediction.clone())
            .collect()
    }
}

/// Reads the answer to [`request::get`](super::request::get) of a prediction that a webhook named: the one, or none
/// when it is not the submission's.
#[must_use]
pub fn read_hinted(
    exchange: ProviderResult,
    id: &ProviderId,
    submission: &Submission,
) -> ReadOutcome<Vec<Prediction>> {
    let found = answer::read(exchange, |json| {
        let prediction = prediction::parse_of(json, id)?;
        let matches = is_of(&ListedPrediction::parse(json)?, submission);
        Ok(matches.then_some(prediction).into_iter().collect())
    });
    match found {
        ReadOutcome::Gone => ReadOutcome::Found(Vec::new()),
        other => other,
    }
}

fn is_of(listed: &ListedPrediction, submission: &Submission) -> bool {
    match (&listed.webhook, &submission.webhook_url) {
        (Some(shown), Some(sent)) => shown == sent,
        _ => {
            is_version(&listed.version, submission.version.as_str())
                && has_inputs(&listed.input, &submission.input)
        }
    }
}

/// Official models show `hidden` for a version (providers.md §1.3); the inputs decide alone then.
fn is_version(shown: &str, sent: &str) -> bool {
    shown == sent || shown == "hidden"
}

/// The provider may add its defaults; what was sent has to be there.
fn has_inputs(shown: &Map<String, Value>, sent: &ProviderInput) -> bool {
    sent.iter()
        .all(|(name, value)| shown.get(name).is_some_and(|shown| is_value(shown, value)))
}

fn is_value(shown: &Value, sent: &InputValue) -> bool {
    match sent {
        InputValue::Bool(sent) => shown.as_bool() == Some(*sent),
        InputValue::Text(sent) => shown.as_str() == Some(sent),
        InputValue::Integer(sent) => is_number(shown, &Number::from(*sent)),
        InputValue::Number(sent) => {
            Number::from_f64(*sent).is_some_and(|sent| is_number(shown, &sent))
        }
    }
}

/// `3` is `3.0`, and a number printed and read twice may differ in its last digit.
fn is_number(shown: &Value, sent: &Number) -> bool {
    let (Some(shown), Some(sent)) = (shown.as_f64(), sent.as_f64()) else {
        return false;
    };
    (shown - sent).abs() <= 1e-9 * sent.abs().max(1.0)
}

#[cfg(test)]
mod tests;
