//! A provider and an object store, as small as they can be: what they were asked and what they hold.

use std::collections::{BTreeMap, BTreeSet};

use selfsame_prompt::parameters::OutputFormat;
use selfsame_provider::error::ProviderError;
use selfsame_provider::outcome::{ReadOutcome, SubmitOutcome};
use selfsame_provider::prediction::Submission;
use selfsame_provider::prediction::{Phase, Prediction};
use selfsame_studio::{Effect, Observation};

use crate::kit::{prediction, succeeded, trouble};

/// How performing an effect goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    None,
    /// Nothing arrives over there.
    Unreachable,
    /// It is done over there, and the answer is lost.
    AnswerLost,
    /// Over there it is refused: "later".
    Throttled,
    /// Over there it is refused for good.
    Refused,
}

/// A prediction at the provider.
#[derive(Debug)]
pub struct Job {
    pub submission: Submission,
    pub files: u32,
    pub phase: Phase,
}

#[derive(Debug, Default)]
pub struct Provider {
    pub jobs: Vec<Job>,
    /// Object store: what lies under each key is the URL it was fetched from.
    pub objects: BTreeMap<String, String>,
    /// URLs whose fetch was refused for good.
    pub refused: BTreeSet<String>,
}

impl Provider {
    /// Predictions go on: boot, work, end.
    pub fn advance(&mut self, job: usize, well: bool) {
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
    }

    pub fn look(&self, index: usize) -> Prediction {
        let job = &self.jobs[index];
        let name = format!("p{index}");
        match &job.phase {
            Phase::Succeeded => succeeded(&name, job.files),
            phase => prediction(&name, phase.clone()),
        }
    }

    fn index(name: &str) -> usize {
        name[1..].parse().unwrap()
    }

    /// Does what is asked and says what came back.
    pub fn perform(&mut self, effect: &Effect, fault: Fault) -> Observation {
        match effect {
            Effect::Submit { submission, .. } => {
                Observation::Submitted(self.create(submission, fault))
            }
            Effect::Reconcile {
                submission, hinted, ..
            } => Observation::Reconciled(read(fault, || {
                (0..self.jobs.len())
                    .filter(|index| {
                        let name = format!("p{index}");
                        hinted.as_ref().is_none_or(|id| id.as_str() == name)
                    })
                    .filter(|index| self.jobs[*index].submission.input == submission.input)
                    .map(|index| self.look(index))
                    .collect()
            })),
            Effect::Poll { provider_id, .. } => {
                Observation::Polled(read(fault, || self.look(Self::index(provider_id.as_str()))))
            }
            Effect::CancelUpstream { provider_id } => {
                let index = Self::index(provider_id.as_str());
                if matches!(fault, Fault::None | Fault::AnswerLost)
                    && !self.jobs[index].phase.is_final()
                {
                    self.jobs[index].phase = Phase::Canceled;
                }
                Observation::CancelAnswered(read(fault, || self.look(index)))
            }
            Effect::FetchPicture { url, key, .. } => self.fetch(url, key, fault),
            Effect::DeleteObject { key } => {
                if matches!(fault, Fault::None | Fault::AnswerLost) {
                    self.objects.remove(key);
                }
                if fault == Fault::None {
                    Observation::ObjectDeleted
                } else {
                    Observation::ObjectKept { cause: trouble() }
                }
            }
        }
    }

    fn create(&mut self, submission: &Submission, fault: Fault) -> SubmitOutcome {
        match fault {
            Fault::Unreachable => SubmitOutcome::Unknown { cause: trouble() },
            Fault::Throttled => SubmitOutcome::RetryAfter {
                seconds: 3,
                cause: trouble(),
            },
            Fault::Refused => SubmitOutcome::Refused(ProviderError::new(
                selfsame_api::FailureCode::InputRefused,
                "422",
            )),
            Fault::None | Fault::AnswerLost => {
                let input = serde_json::to_value(&submission.input).unwrap();
                self.jobs.push(Job {
                    submission: submission.clone(),
                    files: u32::try_from(input["num_outputs"].as_u64().unwrap()).unwrap(),
                    phase: Phase::Starting,
                });
                if fault == Fault::AnswerLost {
                    SubmitOutcome::Unknown { cause: trouble() }
                } else {
                    SubmitOutcome::Accepted(self.look(self.jobs.len() - 1))
                }
            }
        }
    }

    fn fetch(&mut self, url: &str, key: &str, fault: Fault) -> Observation {
        match fault {
            Fault::None => {
                self.objects.insert(key.to_owned(), url.to_owned());
                Observation::PictureStored {
                    format: OutputFormat::Webp,
                    bytes: 10,
                    etag: "e".to_owned(),
                }
            }
            Fault::Refused => {
                self.refused.insert(url.to_owned());
                crate::kit::lost()
            }
            Fault::Unreachable | Fault::AnswerLost | Fault::Throttled => {
                if fault == Fault::AnswerLost {
                    self.objects.insert(key.to_owned(), url.to_owned());
                }
                Observation::PictureFailed {
                    retryable: true,
                    cause: trouble(),
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
            cause: trouble(),
        },
        Fault::Unreachable | Fault::AnswerLost | Fault::Refused => {
            ReadOutcome::Unavailable { cause: trouble() }
        }
    }
}
