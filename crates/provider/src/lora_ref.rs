//! References to LoRA weights: what the `lora_weights` input of a FLUX version takes.
//!
//! Only an operator writes one, when binding a model that has no weights of its own; a client never does. Every
//! spelling of a reference is brought into one normal form, because exactly one person may claim the weights.
//! `docs/provider-notes.md` lists the forms and their source.
//!
//! What a text does not say is not known here: which model a Civitai version belongs to when only the version is given,
//! and that a copy of a file at another address is the same LoRA.

use std::fmt;
use std::str::FromStr;

use url::Url;

use crate::model_ref::{ModelName, VersionId, is_name};
use crate::plain_url::{self, is_dns_name};

/// Bytes of a reference at most. A signed URL has about 1,500.
const MAX_BYTES: usize = 2_048;

/// Hosts whose weights have a form of their own, which tells when two spellings mean the same file.
const KNOWN_HOSTS: [&str; 3] = ["huggingface.co", "civitai.com", "replicate.com"];

/// Other hosts of the same files. They are refused, because their addresses would be further spellings.
const OTHER_HOSTS: [&str; 4] = ["hf.co", "hf-mirror.com", "civitai.green", "civitai.red"];

/// The text is not a reference that a version could load.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a LoRA reference: write `owner/name` (a model at Replicate), `huggingface.co/owner/repository/file.safetensors`, `civitai.com/models/1234?modelVersionId=5678` or `https://host/file.safetensors`"
)]
pub struct LoraRefError;

/// A LoRA reference in its normal form.
#[derive(Clone, PartialEq, Eq)]
pub struct LoraRef {
    normal: String,
    claim_key: String,
    alias: Option<String>,
}

impl LoraRef {
    /// What is sent as `lora_weights`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.normal
    }

    /// What at most one person may claim: `replicate:owner/name` for any version of a model at Replicate, `weights:` and
    /// the repository for any file at Hugging Face, otherwise `weights:` and the reference without its query. It is
    /// lower-case, so another spelling is the same claim.
    #[must_use]
    pub fn claim_key(&self) -> &str {
        &self.claim_key
    }

    /// A second name of the same weights, which is claimed with the first: the file's address of a Civitai version.
    #[must_use]
    pub fn alias(&self) -> Option<&str> {
        self.alias.as_deref()
    }

    /// Weights whose normal form is `normal` and whose claim is on `identity`.
    fn weights(normal: String, identity: &str) -> Self {
        Self {
            normal,
            claim_key: weights_key(identity),
            alias: None,
        }
    }

    /// The weights of a model at Replicate, of one version or of its latest.
    fn model(owner: &str, name: &str, version: Option<&str>) -> Option<Self> {
        let model = ModelName::new(owner, name).ok()?;
        let normal = match version {
            None => model.to_string(),
            Some(version) => format!("{model}/{}", version.parse::<VersionId>().ok()?),
        };
        Some(Self {
            normal,
            claim_key: model.claim_key(),
            alias: None,
        })
    }

    fn parse(text: &str) -> Option<Self> {
        // Whether dot segments are resolved depends on the loader, so a claim on such a path would be ambiguous.
        if text.contains("..") || text.contains("/./") {
            return None;
        }
        // Any character can be written as `%` and two digits, so a path with one has many spellings.
        if text.split('?').next()?.contains('%') {
            return None;
        }
        let has_known_host = KNOWN_HOSTS.iter().any(|host| {
            text.strip_prefix(host)
                .is_some_and(|rest| rest.starts_with('/'))
        });
        let url = if text.contains("://") {
            plain_url::parse(text, MAX_BYTES)?
        } else if has_known_host {
            plain_url::parse(&format!("https://{text}"), MAX_BYTES)?
        } else {
            return bare_model(text);
        };
        let host = url.domain()?;
        if url.scheme() != "https" || url.port().is_some() {
            return None;
        }
        let path: Vec<&str> = url.path_segments()?.collect();
        match host {
            "huggingface.co" => hugging_face(&url, &path),
            "civitai.com" => civitai(&url, &path),
            "replicate.com" => replicate(&url, &path),
            _ => file(&url, host),
        }
    }
}

fn weights_key(identity: &str) -> String {
    format!("weights:{}", identity.to_ascii_lowercase())
}

/// `owner/name` or `owner/name/version`, both of a model at Replicate.
fn bare_model(text: &str) -> Option<LoraRef> {
    match *text.split('/').collect::<Vec<_>>() {
        [owner, name] => LoraRef::model(owner, name, None),
        [owner, name, version] => LoraRef::model(owner, name, Some(version)),
        _ => None,
    }
}

/// A model's page at Replicate, or the page of one of its versions.
fn replicate(url: &Url, path: &[&str]) -> Option<LoraRef> {
    if url.query().is_some() {
        return None;
    }
    match *path {
        [owner, name] => LoraRef::model(owner, name, None),
        [owner, name, version] | [owner, name, "versions", version] => {
            LoraRef::model(owner, name, Some(version))
        }
        _ => None,
    }
}

/// A repository at Hugging Face, or a file in the root of its main branch.
fn hugging_face(url: &Url, path: &[&str]) -> Option<LoraRef> {
    if !matches!(url.query(), None | Some("download=true")) {
        return None;
    }
    let (owner, repository, file) = match *path {
        [owner, repository] => (owner, repository, None),
        [owner, repository, file] | [owner, repository, "resolve" | "blob", "main", file] => {
            (owner, repository, Some(file))
        }
        _ => return None,
    };
    let is_part = |part: &str| is_name(part, 96, b"._-");
    let is_weights = |file: &str| {
        file.strip_suffix(".safetensors")
            .is_some_and(|stem| is_name(stem, 196, b"._-"))
    };
    if !is_part(owner) || !is_part(repository) || !file.is_none_or(is_weights) {
        return None;
    }
    let repository = format!("huggingface.co/{owner}/{repository}");
    let normal = match file {
        None => repository.clone(),
        Some(file) => format!("{repository}/{file}"),
    };
    Some(LoraRef::weights(normal, &repository))
}

/// A version of a model at Civitai. Only this form names both the model and the version, so only in this form two spellings
/// of one LoRA meet in one claim.
fn civitai(url: &Url, path: &[&str]) -> Option<LoraRef> {
    let is_id = |id: &str| {
        let digits = id.bytes().all(|byte| byte.is_ascii_digit());
        (1..=12).contains(&id.len()) && digits && !id.starts_with('0')
    };
    let (["models", id] | ["models", id, _]) = *path else {
        return None;
    };
    let version = url.query()?.strip_prefix("modelVersionId=")?;
    let page = format!("civitai.com/models/{id}");
    let download = format!("civitai.com/api/download/models/{version}");
    (is_id(id) && is_id(version)).then(|| LoraRef {
        alias: Some(weights_key(&download)),
        ..LoraRef::weights(format!("https://{page}?modelVersionId={version}"), &page)
    })
}

/// A `.safetensors` file anywhere else, or an archive where Replicate delivers trained weights.
fn file(url: &Url, host: &str) -> Option<LoraRef> {
    let is_known = |known: &&str| {
        host.strip_suffix(*known)
            .is_some_and(|below| below.is_empty() || below.ends_with('.'))
    };
    let mut known = KNOWN_HOSTS.iter().chain(&OTHER_HOSTS);
    // Servers read a doubled slash like a single one.
    if !is_dns_name(host) || known.any(is_known) || url.path().contains("//") {
        return None;
    }
    let is_delivered = match host.strip_suffix("replicate.delivery") {
        Some("") => true,
        Some(below) => below.ends_with('.') && below.matches('.').count() == 1,
        None => false,
    };
    let is_weights = match url.path().rsplit_once('.') {
        Some((_, "safetensors")) => true,
        Some((_, "tar")) => is_delivered && url.query().is_none(),
        _ => false,
    };
    if !is_weights {
        return None;
    }
    let mut identity = url.clone();
    identity.set_query(None);
    Some(LoraRef::weights(url.to_string(), identity.as_str()))
}

impl FromStr for LoraRef {
    type Err = LoraRefError;

    fn from_str(text: &str) -> Result<Self, LoraRefError> {
        Self::parse(text).ok_or(LoraRefError)
    }
}

impl fmt::Debug for LoraRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LoraRef({})", crate::redact::redact(&self.normal))
    }
}

#[cfg(test)]
mod tests;
