//! A provider and an object store in memory.

use std::collections::{BTreeMap, BTreeSet};

use selfsame_primitives::time::Timestamp;
use selfsame_prompt::parameters::OutputFormat;
use selfsame_provider::error::ProviderError;
use selfsame_provider::http::ProviderResponse;
use selfsame_provider::outcome::{Listing, ReadOutcome, SubmitOutcome};
use selfsame_provider::prediction::Submission;
use selfsame_provider::prediction::{Phase, Prediction};
use selfsame_provider::replicate::read_list;
use selfsame_provider::replicate::reconcile::{Search, Step};
use selfsame_studio::{Effect, FetchFailure, Observation, Thumbnail, ThumbnailSize};
use serde_json::json;

use crate::kit::{MINUTE, SECOND, START, cause, prediction, succeeded};

/// How performing an effect goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    /// The request does not arrive.
    Unreachable,
    /// The request is carried out, and the answer is lost.
    AnswerLost,
    /// The request is refused for now.
    Throttled,
    /// The request is refused for good.
    Refused,
    /// A replica that lags answers that there is no such thing.
    Denied,
}

/// A prediction at the provider.
#[derive(Debug)]
pub(crate) struct Job {
    pub submission: Submission,
    pub files: u32,
    pub phase: Phase,
    /// The model has run.
    pub started: bool,
    pub created_at: Timestamp,
    ended_at: Option<Timestamp>,
    /// The list does not show it earlier.
    listed_at: Timestamp,
}

#[derive(Debug)]
pub(crate) struct Provider {
    pub now: Timestamp,
    pub jobs: Vec<Job>,
    /// The object store: the URL that each key's bytes came from.
    pub objects: BTreeMap<String, String>,
    /// The keys of the smaller versions in the object store.
    pub(crate) thumbnails: BTreeSet<String>,
    /// URLs whose fetch was refused for good, or whose file was removed.
    pub refused: BTreeSet<String>,
    /// How often a replica has denied each URL.
    pub(crate) denials: BTreeMap<String, u32>,
    /// Whether the list shows each prediction's webhook.
    pub shows_webhooks: bool,
    /// Whether the list shows predictions up to a minute late, not in the order in which they were created.
    pub lists_late: bool,
    /// Whether every third entry of the list is unreadable during its first five minutes.
    pub(crate) garbles_lists: bool,
    /// Until then, no request arrives.
    pub(crate) down_until: Timestamp,
}

impl Default for Provider {
    fn default() -> Self {
        Self {
            now: START,
            jobs: Vec::new(),
            objects: BTreeMap::new(),
            thumbnails: BTreeSet::new(),
            refused: BTreeSet::new(),
            denials: BTreeMap::new(),
            shows_webhooks: false,
            lists_late: false,
            garbles_lists: false,
            down_until: START,
        }
    }
}

/// Predictions on a page of the list.
const PAGE: usize = 2;

impl Provider {
    /// A prediction boots, works and ends.
    pub(crate) fn advance(&mut self, job: usize, well: bool) {
        let Some(job) = self.jobs.get_mut(job) else {
            return;
        };
        job.phase = match &job.phase {
            Phase::Starting => Phase::Processing,
            Phase::Processing if well => Phase::Succeeded,
            Phase::Processing => Phase::Failed(ProviderError::new(
                selfsame_api::FailureCode::ProviderFailed,
                "CUDA",
            )),
            ended => ended.clone(),
        };
        job.started |= job.phase == Phase::Processing;
        if job.phase == Phase::Succeeded {
            job.ended_at.get_or_insert(self.now);
        }
    }

    /// Removes a file an hour after the end of its prediction. The world calls this when the studio begins a fetch.
    pub(crate) fn remove_if_old(&mut self, url: &str) {
        let job = url.rsplit('/').nth(1).map(Self::index).unwrap();
        let ended_at = self.jobs[job].ended_at.unwrap();
        if self.now >= ended_at.plus_milliseconds(60 * MINUTE) {
            self.refused.insert(url.to_owned());
        }
    }

    pub(crate) fn look(&self, index: usize) -> Prediction {
        let job = &self.jobs[index];
        let name = format!("p{index}");
        match &job.phase {
            Phase::Succeeded => succeeded(&name, job.files),
            phase => Prediction {
                started: job.started,
                ..prediction(&name, phase.clone())
            },
        }
    }

    fn index(name: &str) -> usize {
        name[1..].parse().unwrap()
    }

    /// Performs an effect and returns the answer.
    pub(crate) fn perform(&mut self, effect: &Effect, fault: Fault) -> Observation {
        let fault = if self.now < self.down_until {
            Fault::Unreachable
        } else {
            fault
        };
        match effect {
            Effect::Submit { submission, .. } => {
                Observation::Submitted(self.create(submission, fault))
            }
            Effect::Reconcile {
                submission,
                since,
                hinted,
                ..
            } => Observation::Reconciled(match hinted {
                Some(_) if fault == Fault::Denied => ReadOutcome::Found(Listing {
                    predictions: Vec::new(),
                    complete: true,
                }),
                Some(id) => read(fault, || {
                    let index = Self::index(id.as_str());
                    let matches = self.jobs[index].submission.input == submission.input;
                    Listing {
                        predictions: matches.then(|| self.look(index)).into_iter().collect(),
                        complete: true,
                    }
                }),
                None => self.search(submission, *since, fault),
            }),
            Effect::Poll { provider_id, .. } => {
                Observation::Polled(read(fault, || self.look(Self::index(provider_id.as_str()))))
            }
            Effect::Cancel { provider_id } => {
                let index = Self::index(provider_id.as_str());
                if matches!(fault, Fault::None | Fault::AnswerLost)
                    && !self.jobs[index].phase.is_final()
                {
                    self.jobs[index].phase = Phase::Canceled;
                }
                Observation::Canceled(read(fault, || self.look(index)))
            }
            Effect::FetchPicture { url, key, .. } => self.fetch(url, key, fault),
            Effect::MakeThumbnails { into, .. } => self.make_thumbnails(into, fault),
            Effect::DeleteObjects { keys, .. } => {
                if matches!(fault, Fault::None | Fault::AnswerLost) {
                    for key in keys {
                        self.objects.remove(key);
                        self.thumbnails.remove(key);
                    }
                }
                if fault == Fault::None {
                    Observation::ObjectsDeleted
                } else {
                    Observation::ObjectsKept { cause: cause() }
                }
            }
            Effect::Erase(_) => Observation::NotErased { cause: cause() },
        }
    }

    /// Searches the list page by page. The fault hits the last page.
    fn search(
        &self,
        submission: &Submission,
        since: Timestamp,
        fault: Fault,
    ) -> ReadOutcome<Listing> {
        let newest_first: Vec<usize> = (0..self.jobs.len())
            .rev()
            .filter(|index| self.jobs[*index].listed_at <= self.now)
            .collect();
        let mut search = Search::new(submission, since);
        let mut number = 0;
        let mut listing = loop {
            let listed = newest_first.iter().skip(number * PAGE).take(PAGE);
            let more = newest_first.len() > (number + 1) * PAGE;
            let ReadOutcome::Found(page) = read_list(Ok(self.page(listed, more))) else {
                panic!("an unreadable page");
            };
            match search.read(page) {
                Step::Next(more, _) => (search, number) = (more, number + 1),
                Step::Done(listing) => break listing,
            }
        };
        read(fault, || {
            for prediction in &mut listing.predictions {
                *prediction = self.look(Self::index(prediction.id.as_str()));
            }
            listing
        })
    }

    fn page<'a>(&self, listed: impl Iterator<Item = &'a usize>, more: bool) -> ProviderResponse {
        let results: Vec<_> = listed
            .map(|index| {
                let job = &self.jobs[*index];
                let readable_at = job.created_at.plus_milliseconds(5 * MINUTE);
                let garbled = self.garbles_lists && index % 3 == 1 && self.now < readable_at;
                json!({
                    "id": format!("p{index}"),
                    "status": if garbled { "queued" } else { "starting" },
                    "version": job.submission.version,
                    "input": job.submission.input,
                    "webhook": job.submission.webhook_url.as_ref().filter(|_| self.shows_webhooks),
                    "created_at": job.created_at.to_string(),
                })
            })
            .collect();
        let next = more.then_some("https://api.replicate.com/v1/predictions?cursor=next");
        ProviderResponse {
            status: 200,
            retry_after: None,
            body: json!({ "results": results, "next": next })
                .to_string()
                .into_bytes(),
        }
    }

    fn create(&mut self, submission: &Submission, fault: Fault) -> SubmitOutcome {
        match fault {
            Fault::Unreachable => SubmitOutcome::Unknown { cause: cause() },
            Fault::Throttled => SubmitOutcome::RetryAfter {
                seconds: 3,
                cause: cause(),
            },
            Fault::Refused | Fault::Denied => SubmitOutcome::Refused(ProviderError::new(
                selfsame_api::FailureCode::InputRefused,
                "422",
            )),
            Fault::None | Fault::AnswerLost => {
                let input = serde_json::to_value(&submission.input).unwrap();
                let lag = if self.lists_late {
                    self.jobs.len() * 37 % 60
                } else {
                    0
                };
                let lag = SECOND * i64::try_from(lag).unwrap();
                self.jobs.push(Job {
                    submission: submission.clone(),
                    files: u32::try_from(input["num_outputs"].as_u64().unwrap()).unwrap(),
                    phase: Phase::Starting,
                    started: false,
                    created_at: self.now,
                    ended_at: None,
                    listed_at: self.now.plus_milliseconds(lag),
                });
                if fault == Fault::AnswerLost {
                    SubmitOutcome::Unknown { cause: cause() }
                } else {
                    SubmitOutcome::Accepted(self.look(self.jobs.len() - 1))
                }
            }
        }
    }

    /// A picture that was deleted meanwhile may still be read, so its smaller versions are written all the same.
    fn make_thumbnails(&mut self, into: &[(ThumbnailSize, String)], fault: Fault) -> Observation {
        if matches!(fault, Fault::None | Fault::AnswerLost) {
            let keys = into.iter().map(|(_, key)| key.clone());
            self.thumbnails.extend(keys);
        }
        if fault == Fault::None {
            let made = into.iter().map(|(size, _)| Thumbnail {
                size: *size,
                bytes: 5,
                etag: "t".to_owned(),
            });
            return Observation::ThumbnailsMade(made.collect());
        }
        Observation::ThumbnailsFailed {
            kind: match fault {
                Fault::Refused => FetchFailure::Permanent,
                Fault::Denied => FetchFailure::Absent,
                _ => FetchFailure::Transient,
            },
            cause: cause(),
        }
    }

    fn fetch(&mut self, url: &str, key: &str, fault: Fault) -> Observation {
        if self.refused.contains(url) {
            return crate::kit::lost();
        }
        // Replicas agree before the studio believes them.
        let denials = self.denials.entry(url.to_owned()).or_default();
        let fault = match fault {
            Fault::Denied if *denials == 2 => Fault::None,
            fault => fault,
        };
        match fault {
            Fault::None => {
                self.objects.insert(key.to_owned(), url.to_owned());
                Observation::PictureStored {
                    format: OutputFormat::Webp,
                    bytes: 10,
                    etag: "e".to_owned(),
                    fingerprint: None,
                }
            }
            Fault::Refused => {
                self.refused.insert(url.to_owned());
                crate::kit::lost()
            }
            Fault::Denied => {
                *denials += 1;
                Observation::PictureFailed {
                    kind: FetchFailure::Absent,
                    cause: cause(),
                }
            }
            Fault::Unreachable | Fault::AnswerLost | Fault::Throttled => {
                if fault == Fault::AnswerLost {
                    self.objects.insert(key.to_owned(), url.to_owned());
                }
                Observation::PictureFailed {
                    kind: FetchFailure::Transient,
                    cause: cause(),
                }
            }
        }
    }
}

fn read<T>(fault: Fault, found: impl FnOnce() -> T) -> ReadOutcome<T> {
    match fault {
        Fault::None => ReadOutcome::Found(found()),
        Fault::Throttled => ReadOutcome::RetryAfter {
            seconds: 2,
            cause: cause(),
        },
        Fault::Denied => ReadOutcome::Gone,
        Fault::Unreachable | Fault::AnswerLost | Fault::Refused => {
            ReadOutcome::Unavailable { cause: cause() }
        }
    }
}
