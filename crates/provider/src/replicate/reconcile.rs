//! Finds the prediction of a create whose response never arrived.

use selfsame_primitives::time::Timestamp;
use selfsame_prompt::schema::{InputValue, ProviderInput};
use serde_json::{Map, Number, Value};

use super::list::{Cursor, ListedPrediction, PredictionPage};
use super::{prediction, response};
use crate::http::ProviderResult;
use crate::outcome::{Listing, ReadOutcome};
use crate::prediction::{Prediction, ProviderId, Submission};

/// How far the provider's clock may be behind ours.
pub(super) const CLOCK_SKEW_MILLISECONDS: i64 = 60_000;
/// Pages that are read at most: the last 1,000 predictions of the account. A list that goes on is incomplete.
const MAX_PAGES: usize = 10;

/// A search through the list of predictions: read the first page, then the page at the cursor of each
/// [`Step::Next`], until [`Step::Done`] has the result.
///
/// A prediction matches the submission if it was created no earlier, has the same version, and has every input that
/// was sent with the same value. If the provider shows the webhook's URL, that alone decides, because it contains the
/// generation's id and nonce.
#[derive(Debug)]
pub struct Search<'a> {
    submission: &'a Submission,
    since: Timestamp,
    pages: usize,
    complete: bool,
    newest_first: Vec<ListedPrediction>,
}

/// What follows a page.
#[derive(Debug)]
#[must_use]
pub enum Step<'a> {
    /// The list goes on: read the page at this cursor.
    Next(Search<'a>, Cursor),
    /// The search is over.
    Done(Listing),
}

impl<'a> Search<'a> {
    /// A search for `submission`, which was sent no earlier than `since`.
    #[must_use]
    pub const fn new(submission: &'a Submission, since: Timestamp) -> Self {
        Self {
            submission,
            since: since.plus_milliseconds(-CLOCK_SKEW_MILLISECONDS),
            pages: 0,
            complete: true,
            newest_first: Vec::new(),
        }
    }

    /// Reads a page.
    pub fn read(mut self, page: PredictionPage) -> Step<'a> {
        self.pages += 1;
        let too_old =
            |listed: &ListedPrediction| listed.created_at().is_some_and(|at| at < self.since);
        let reached_the_past = page.listed.iter().any(too_old);
        let (submission, since) = (self.submission, self.since);
        self.newest_first
            .extend(page.listed.into_iter().filter(|listed| {
                listed.created_at().is_none_or(|at| at >= since) && is_of(listed, submission)
            }));
        self.complete &= page.unreadable == 0;
        match page.next.filter(|_| !reached_the_past) {
            None => Step::Done(self.listing()),
            Some(_) if self.pages == MAX_PAGES => {
                self.complete = false;
                Step::Done(self.listing())
            }
            Some(next) => Step::Next(self, next),
        }
    }

    /// Returns every matching prediction, oldest first, and whether the list was read to its end without a gap. There
    /// are several matches if the same picture was requested twice; the caller takes the first one that belongs to no
    /// other generation.
    fn listing(self) -> Listing {
        let certain = |listed: &ListedPrediction| {
            self.submission.webhook_url.is_some() && listed.webhook == self.submission.webhook_url
        };
        let has_certain = self.newest_first.iter().any(certain);
        let predictions = self
            .newest_first
            .iter()
            .rev()
            .filter(|listed| !has_certain || certain(listed))
            .map(|listed| listed.prediction.clone())
            .collect();
        Listing {
            predictions,
            complete: self.complete,
        }
    }
}

/// Reads the response to [`request::get`](super::request::get) of a prediction that a webhook named. Finds that one
/// prediction, or none if it does not exist or does not match the submission.
#[must_use]
pub fn read_hinted(
    result: ProviderResult,
    id: &ProviderId,
    submission: &Submission,
) -> ReadOutcome<Listing> {
    let found = response::read(result, |json| {
        let prediction = prediction::parse_of(json, id)?;
        let matches = is_of(&ListedPrediction::parse(json)?, submission);
        Ok(only(matches.then_some(prediction)))
    });
    match found {
        ReadOutcome::Gone => ReadOutcome::Found(only(None)),
        other => other,
    }
}

/// The listing of a search that looked at one prediction.
fn only(prediction: Option<Prediction>) -> Listing {
    Listing {
        predictions: prediction.into_iter().collect(),
        complete: true,
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

/// Official models show `hidden` instead of a version; then only the inputs are compared.
fn is_version(shown: &str, sent: &str) -> bool {
    shown == sent || shown == "hidden"
}

/// Whether every input that was sent is shown. The provider may add defaults.
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

/// Compares as floats with a tolerance: the provider may write `3` as `3.0`, and round the last digit.
fn is_number(shown: &Value, sent: &Number) -> bool {
    let (Some(shown), Some(sent)) = (shown.as_f64(), sent.as_f64()) else {
        return false;
    };
    (shown - sent).abs() <= 1e-9 * sent.abs().max(1.0)
}

#[cfg(test)]
mod tests;
