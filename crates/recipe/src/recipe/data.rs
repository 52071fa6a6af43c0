//! Which versions of the product's data made a prompt.

use selfsame_prompt::parameters::PRESETS_VERSION;
use selfsame_prompt::placement::{QUALITY_SPECS, QualityId};

/// The data that every composition uses, each set with its version: the presets, and its quality specification.
#[must_use]
pub fn data_versions(quality: QualityId) -> Vec<String> {
    let name = match quality {
        QualityId::Reference => "reference",
        QualityId::Lean => "lean",
    };
    let spec = QUALITY_SPECS.iter().find(|spec| spec.id == quality);
    let version = spec.map_or(0, |spec| spec.version);
    vec![
        format!("presets@{PRESETS_VERSION}"),
        format!("quality/{name}@{version}"),
    ]
}

/// Whether `text` is a data set's name and a version: `quality/reference@1`.
pub(super) fn is_data_version(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_/".contains(&byte);
    text.split_once('@').is_some_and(|(name, version)| {
        !name.is_empty()
            && name.bytes().all(plain)
            && !version.is_empty()
            && version.bytes().all(|byte| byte.is_ascii_digit())
    })
}
