//! What each kind of LoRA reference looks like, and its normal form.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::LoraRef;
use crate::pattern;

#[derive(Debug, Clone, Copy)]
enum Kind {
    /// A repository at Hugging Face, and the file in it. A bare `owner/name` is Replicate's, never theirs.
    HuggingFace,
    /// A model's page, and one of its versions.
    CivitaiModel,
    /// A version's file.
    CivitaiDownload,
    /// A model at Replicate, and one of its versions.
    Replicate,
    /// Trained weights where Replicate delivers them.
    Delivered,
    /// Any other file. The host has a letter in its last label: no IP address, no `localhost`; no port, no user.
    File,
}

/// The first that matches decides.
static GRAMMAR: LazyLock<[(Kind, Regex); 6]> = LazyLock::new(|| {
    [
        (
            Kind::HuggingFace,
            r"^(?:https://)?huggingface\.co/([A-Za-z0-9][A-Za-z0-9._-]{0,95})/([A-Za-z0-9][A-Za-z0-9._-]{0,95})(?:/(?:(?:resolve|blob)/main/)?([A-Za-z0-9][A-Za-z0-9._-]{0,195}\.safetensors))?(?:\?download=true)?$",
        ),
        (
            Kind::CivitaiModel,
            r"^(?:https://)?civitai\.com/models/([0-9]{1,12})(?:/[A-Za-z0-9._-]{0,100})?(?:\?modelVersionId=([0-9]{1,12}))?$",
        ),
        (
            Kind::CivitaiDownload,
            r"^(?:https://)?civitai\.com/api/download/models/([0-9]{1,12})(\?[A-Za-z0-9=&_.%-]{0,500})?$",
        ),
        (
            Kind::Replicate,
            r"^(?:https://replicate\.com/)?([A-Za-z0-9][A-Za-z0-9_-]{0,62}/[A-Za-z0-9][A-Za-z0-9._-]{0,126})(?:/(?:versions/)?([0-9a-f]{64}))?$",
        ),
        (
            Kind::Delivered,
            r"^(https://(?:[a-z0-9-]{1,63}\.)?replicate\.delivery/[A-Za-z0-9._/-]{1,500}\.tar)$",
        ),
        (
            Kind::File,
            r"^(https://(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?/[A-Za-z0-9._~/%+-]{0,500}\.safetensors)(\?[A-Za-z0-9._~!$&'()*+,;=:@%/?-]{0,1500})?$",
        ),
    ]
    .map(|(kind, source)| (kind, pattern::constant(source)))
});

/// Hosts whose files have a spelling above, which knows what is the same file.
const KNOWN_HOSTS: [&str; 3] = ["huggingface.co", "civitai.com", "replicate.com"];

/// Reads a reference of any kind.
pub(super) fn read(text: &str) -> Option<LoraRef> {
    let (kind, found) = GRAMMAR
        .iter()
        .find_map(|(kind, pattern)| Some((*kind, pattern.captures(text)?)))?;
    normal(kind, &found)
}

fn normal(kind: Kind, found: &Captures<'_>) -> Option<LoraRef> {
    let optional = |group: usize, before: &str| {
        found
            .get(group)
            .map_or_else(String::new, |part| format!("{before}{}", part.as_str()))
    };
    Some(match kind {
        Kind::HuggingFace => {
            let normal = format!(
                "huggingface.co/{}/{}{}",
                &found[1],
                &found[2],
                optional(3, "/")
            );
            LoraRef::weights(normal.clone(), &normal)
        }
        Kind::CivitaiModel => {
            let page = format!("civitai.com/models/{}", &found[1]);
            let version = optional(2, "?modelVersionId=");
            LoraRef::weights(format!("https://{page}{version}"), &page)
        }
        Kind::CivitaiDownload => {
            let file = format!("civitai.com/api/download/models/{}", &found[1]);
            LoraRef::weights(format!("https://{file}{}", optional(2, "")), &file)
        }
        Kind::Replicate => LoraRef::model(found[1].parse().ok()?, &optional(2, "/")),
        Kind::Delivered => LoraRef::weights(found[1].to_owned(), &found[1]),
        Kind::File => {
            let host = found[1].split('/').nth(2)?;
            let is_known = |known: &&str| host.ends_with(*known);
            if KNOWN_HOSTS.iter().any(is_known) {
                return None;
            }
            LoraRef::weights(format!("{}{}", &found[1], optional(2, "")), &found[1])
        }
    })
}
