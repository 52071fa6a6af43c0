//! The paths of the API, of output files and of event streams.

use serde::{Deserialize, Serialize};

/// The endpoints for which faults can be scripted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Endpoint {
    /// Creating a prediction, by version or by model.
    Create,
    /// Reading one prediction.
    Get,
    /// Canceling one.
    Cancel,
    /// The list of predictions.
    List,
    /// An output file.
    Output,
    /// The event stream of a prediction.
    Stream,
    /// A model or the list of models.
    Model,
    /// A version or the list of a model's versions.
    Version,
    /// Deleting a version.
    DeleteVersion,
    /// Creating a training.
    Train,
    /// A training, the list of trainings, or canceling one.
    Training,
    /// Uploading a file.
    Upload,
    /// A file, the list of files, or deleting or downloading one.
    File,
    /// The account.
    Account,
    /// The webhook signing secret.
    Secret,
}

/// A path of the API, of an output file, or of an event stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ApiPath<'a> {
    Account,
    Secret,
    Models,
    Model {
        owner: &'a str,
        name: &'a str,
    },
    ModelPredictions {
        owner: &'a str,
        name: &'a str,
    },
    Versions {
        owner: &'a str,
        name: &'a str,
    },
    Version {
        owner: &'a str,
        name: &'a str,
        id: &'a str,
    },
    Trainings,
    Training {
        id: &'a str,
    },
    CancelTraining {
        id: &'a str,
    },
    Train {
        owner: &'a str,
        name: &'a str,
        id: &'a str,
    },
    Files,
    File {
        id: &'a str,
    },
    Download {
        id: &'a str,
    },
    Predictions,
    Prediction {
        id: &'a str,
    },
    Cancel {
        id: &'a str,
    },
    Output {
        token: &'a str,
        file: &'a str,
    },
    Stream {
        token: &'a str,
    },
}

impl<'a> ApiPath<'a> {
    /// Parses a path. `/v1/…` and `/v1/v1/…` are equivalent, because one official client adds `/v1` to its base URL and
    /// another does not.
    pub(crate) fn parse(path: &'a str) -> Option<Self> {
        if let Some(rest) = path.strip_prefix("/delivery/") {
            let (token, file) = rest.split_once('/')?;
            return Some(Self::Output { token, file });
        }
        if let Some(token) = path.strip_prefix("/stream/") {
            return Some(Self::Stream { token });
        }
        let rest = path.strip_prefix("/v1/")?;
        let rest = rest.strip_prefix("v1/").unwrap_or(rest);
        let parts: Vec<&str> = rest.split('/').collect();
        Some(match *parts.as_slice() {
            ["account"] => Self::Account,
            ["webhooks", "default", "secret"] => Self::Secret,
            ["models"] => Self::Models,
            ["models", owner, name] => Self::Model { owner, name },
            ["models", owner, name, "predictions"] => Self::ModelPredictions { owner, name },
            ["models", owner, name, "versions"] => Self::Versions { owner, name },
            ["models", owner, name, "versions", id] => Self::Version { owner, name, id },
            ["models", owner, name, "versions", id, "trainings"] => Self::Train { owner, name, id },
            ["trainings"] => Self::Trainings,
            ["trainings", id] => Self::Training { id },
            ["trainings", id, "cancel"] => Self::CancelTraining { id },
            ["files"] => Self::Files,
            ["files", id] => Self::File { id },
            ["files", id, "download"] => Self::Download { id },
            ["predictions"] => Self::Predictions,
            ["predictions", id] => Self::Prediction { id },
            ["predictions", id, "cancel"] => Self::Cancel { id },
            _ => return None,
        })
    }

    /// The allowed methods.
    pub(crate) const fn allowed(self) -> &'static str {
        match self {
            Self::Predictions | Self::Files => "GET, POST",
            Self::ModelPredictions { .. }
            | Self::Cancel { .. }
            | Self::Train { .. }
            | Self::CancelTraining { .. } => "POST",
            Self::Version { .. } | Self::File { .. } => "DELETE, GET",
            Self::Output { .. } => "GET, HEAD",
            _ => "GET",
        }
    }

    /// The endpoint; `None` if the method is not allowed.
    pub(crate) fn endpoint(self, method: &str) -> Option<Endpoint> {
        if !self.allowed().split(", ").any(|allowed| allowed == method) {
            return None;
        }
        Some(match self {
            Self::Account => Endpoint::Account,
            Self::Secret => Endpoint::Secret,
            Self::Models | Self::Model { .. } => Endpoint::Model,
            Self::Version { .. } if method == "DELETE" => Endpoint::DeleteVersion,
            Self::Versions { .. } | Self::Version { .. } => Endpoint::Version,
            Self::ModelPredictions { .. } => Endpoint::Create,
            Self::Predictions if method == "POST" => Endpoint::Create,
            Self::Predictions => Endpoint::List,
            Self::Prediction { .. } => Endpoint::Get,
            Self::Train { .. } => Endpoint::Train,
            Self::Trainings | Self::Training { .. } | Self::CancelTraining { .. } => {
                Endpoint::Training
            }
            Self::Files if method == "POST" => Endpoint::Upload,
            Self::Files | Self::File { .. } | Self::Download { .. } => Endpoint::File,
            Self::Cancel { .. } => Endpoint::Cancel,
            Self::Output { .. } => Endpoint::Output,
            Self::Stream { .. } => Endpoint::Stream,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_prefixes_are_equivalent() {
        let expected = Some(ApiPath::Cancel { id: "abc" });
        assert_eq!(ApiPath::parse("/v1/predictions/abc/cancel"), expected);
        assert_eq!(ApiPath::parse("/v1/v1/predictions/abc/cancel"), expected);
        for unknown in [
            "/v1",
            "/v1/",
            "/",
            "/v1/v1/v1/account",
            "/v1/predictions/a/b/c",
            "/v2/account",
        ] {
            assert_eq!(ApiPath::parse(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn the_method_selects_create_or_list() {
        let path = ApiPath::parse("/v1/predictions").unwrap();
        assert_eq!(path.endpoint("POST"), Some(Endpoint::Create));
        assert_eq!(path.endpoint("GET"), Some(Endpoint::List));
        assert_eq!(path.endpoint("DELETE"), None);
    }
}
