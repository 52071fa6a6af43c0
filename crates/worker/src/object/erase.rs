//! Deletes what is left of a person outside their database: the files, the versions of their models at the provider, and the
//! directory's rows. Each step may be repeated.

use selfsame_provider::outcome::DeletionOutcome;
use selfsame_provider::redact::Cause;
use selfsame_provider::replicate::{read_deletion, request};
use selfsame_studio::{Erasure, Observation};
use worker::{Bucket, Error};

use super::effects::Performer;
use crate::config;
use crate::directory::{Directory, Erased};
use crate::pacer::Later;
use crate::platform::{self, Level, Line};
use crate::provider::{READ_TIMEOUT, cause};

impl Performer {
    /// Deletes all of it, or says why something is left.
    pub(super) async fn erase(&self, erasure: &Erasure) -> Result<Observation, Later> {
        if let Err(cause) = self.delete_files(erasure).await {
            return Ok(Observation::NotErased { cause });
        }
        let deleted = match self.delete_versions(erasure).await? {
            Ok(deleted) => deleted,
            Err(cause) => return Ok(Observation::NotErased { cause }),
        };
        Ok(match self.finish(erasure, deleted).await {
            Ok(()) => Observation::Erased,
            Err(cause) => Observation::NotErased { cause },
        })
    }

    async fn delete_files(&self, erasure: &Erasure) -> Result<(), Cause> {
        let bucket = self.bucket().map_err(|error| cause(&error))?;
        let emptied = empty(&bucket, &erasure.prefix).await;
        emptied.map_err(|error| cause(&error))
    }

    /// Returns how many of the versions the provider deletes, or why it cannot be asked now.
    async fn delete_versions(&self, erasure: &Erasure) -> Result<Result<u32, Cause>, Later> {
        let mut deleted = 0;
        for (model, version) in &erasure.versions {
            let request = request::delete_version(model, version);
            let result = self.send(&request, READ_TIMEOUT).await?;
            match read_deletion(result) {
                DeletionOutcome::Deleted => deleted += 1,
                DeletionOutcome::Unavailable { cause } if erasure.provider_needed => {
                    return Ok(Err(cause));
                }
                DeletionOutcome::Refused { cause } | DeletionOutcome::Unavailable { cause } => {
                    Line {
                        level: Level::Warning,
                        event: "version_kept",
                        subject: Some(erasure.deletion.as_str()),
                        detail: Some(cause.as_str()),
                    }
                    .write();
                }
            }
        }
        Ok(Ok(deleted))
    }

    /// Removes the person from the directory, and leaves the receipt.
    async fn finish(&self, erasure: &Erasure, versions_deleted: u32) -> Result<(), Cause> {
        let mut removed = erasure.removed;
        removed.provider_versions = versions_deleted;
        let asked = u32::try_from(erasure.versions.len()).unwrap_or(u32::MAX);
        let refused = asked.saturating_sub(versions_deleted);
        let erased = Erased {
            id: &erasure.deletion,
            user: &erasure.user,
            removed,
            versions_kept: erasure.versions_kept.saturating_add(refused),
        };
        let directory = self.env().d1(config::DIRECTORY).map(Directory::new);
        let directory = directory.map_err(|error| cause(&error))?;
        let finished = directory.finish_deletion(erased, platform::now()).await;
        finished.map_err(|error| cause(&error))
    }
}

/// Deletes every object with the prefix. What is deleted is not listed again, so each page is the first.
async fn empty(bucket: &Bucket, prefix: &str) -> Result<(), Error> {
    loop {
        let page = bucket.list().prefix(prefix).execute().await?;
        let objects = page.objects();
        let keys: Vec<String> = objects.iter().map(worker::Object::key).collect();
        if !keys.is_empty() {
            bucket.delete_multiple(keys).await?;
        }
        if !page.truncated() {
            return Ok(());
        }
    }
}
