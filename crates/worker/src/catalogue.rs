//! The catalogue of enhancement LoRAs, as requests need it.
//!
//! D1 holds it. Each isolate keeps a copy for a minute, so a request that needs it seldom waits for D1, and one that names no
//! enhancement and makes no frame again never does. The copy is the same for everybody: it is nobody's data.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use selfsame_api::{CatalogueEntry, ErrorCode, OfferedEnhancement, PutEnhancement};
use selfsame_primitives::ids::EnhancementId;
use selfsame_primitives::time::Timestamp;
use selfsame_prompt::enhancement::Enhancement;
use selfsame_prompt::parameters::Parameter;
use selfsame_provider::lora_ref::LoraRef;
use worker::{Env, Error};

use crate::config;
use crate::directory::{Directory, NewEnhancement};
use crate::http::ApiError;
use crate::platform::{self, Level, Line};

/// The entries that a release ships with: five that public projects use with `FLUX.1 [dev]`. Their repositories, files,
/// phrases and scales are confirmed by several of those projects, their licences are not.
const SEED: &str = include_str!("../data/enhancements.json");

/// How long a copy is used before D1 is asked again, in milliseconds.
const FRESH: i64 = 60_000;

/// The most characters of a title or a licence's name, and of a note or a preview.
const LONGEST_NAME: usize = 80;
const LONGEST_NOTE: usize = 400;

/// The copy of this isolate.
struct Copy {
    at: Timestamp,
    offered: Rc<[OfferedEnhancement]>,
}

thread_local! {
    static COPY: RefCell<Option<Copy>> = const { RefCell::new(None) };
}

/// What requests can name now, by title. When D1 does not answer, an older copy serves.
pub(crate) async fn offered(env: &Env) -> Result<Rc<[OfferedEnhancement]>, Error> {
    let now = platform::now();
    let known = COPY.with_borrow(|copy| {
        let copy = copy.as_ref()?;
        let is_fresh = now < copy.at.plus_milliseconds(FRESH);
        Some((Rc::clone(&copy.offered), is_fresh))
    });
    if let Some((offered, true)) = known {
        return Ok(offered);
    }
    match (read(env, now).await, known) {
        (Ok(offered), _) => {
            let copy = Copy {
                at: now,
                offered: Rc::clone(&offered),
            };
            COPY.set(Some(copy));
            Ok(offered)
        }
        (Err(error), Some((older, _))) => {
            let detail = error.to_string();
            Line {
                level: Level::Warning,
                event: "catalogue_not_read",
                subject: None,
                detail: Some(&detail),
            }
            .write();
            Ok(older)
        }
        (Err(error), None) => Err(error),
    }
}

/// What composing needs to know about everything that is offered.
pub(crate) async fn enhancements(env: &Env) -> Result<Vec<Enhancement>, Error> {
    let offered = offered(env).await?;
    Ok(offered.iter().map(|one| one.enhancement.clone()).collect())
}

/// Drops this isolate's copy, because the catalogue was changed here. Others see the change within a minute.
pub(crate) fn forget() {
    COPY.set(None);
}

async fn read(env: &Env, now: Timestamp) -> Result<Rc<[OfferedEnhancement]>, Error> {
    let directory = Directory::new(env.d1(config::DIRECTORY)?);
    let entries = entries(&directory, now).await?.into_iter();
    let offered = entries.filter(|entry| entry.retired_at.is_none());
    Ok(offered
        .map(|CatalogueEntry { offered, .. }| offered)
        .collect())
}

/// The whole catalogue, by title. The first reading seeds it.
pub(crate) async fn entries(
    directory: &Directory,
    now: Timestamp,
) -> Result<Vec<CatalogueEntry>, Error> {
    let found = directory.enhancements().await?;
    if !found.is_empty() {
        return Ok(found);
    }
    let seed = seed()
        .map_err(|error| Error::RustError(format!("the catalogue's seed is invalid: {error:?}")))?;
    directory.seed_enhancements(&seed, now).await?;
    directory.enhancements().await
}

/// Checks an entry that an operator or the release has written.
pub(crate) fn checked(
    id: EnhancementId,
    words: PutEnhancement,
) -> Result<NewEnhancement, ApiError> {
    let reference: LoraRef = words
        .reference
        .trim()
        .parse()
        .map_err(|error| invalid("reference", &format!("`reference` is {error}.")))?;
    if reference.as_str().contains('?') {
        let text = "Name the file without `?` and what follows: everybody here sees the reference, so nothing secret may be in it.";
        return Err(invalid("reference", text));
    }
    if !reference.as_str().ends_with(".safetensors") {
        let text = "Name one file: `huggingface.co/owner/repository/file.safetensors`. A repository or a page may hold several.";
        return Err(invalid("reference", text));
    }
    for (field, text, most, is_optional) in [
        ("title", &words.title, LONGEST_NAME, false),
        ("licence", &words.licence, LONGEST_NAME, false),
        ("licence_note", &words.licence_note, LONGEST_NOTE, true),
        ("preview", &words.preview, LONGEST_NOTE, true),
    ] {
        let is_empty = text.trim().is_empty();
        if text.chars().count() > most
            || text.chars().any(char::is_control)
            || (is_empty && !is_optional)
        {
            let text = format!("`{field}` takes one line of at most {most} characters.");
            return Err(invalid(field, &text));
        }
    }
    let max = words.max_scale;
    let largest = Parameter::LORA_SCALE_MAX;
    if !(max > 0.0 && max <= largest) {
        let text = format!("The largest scale is a number above 0 and at most {largest}.");
        return Err(out_of_range("max_scale", &text));
    }
    if !(0.0..=max).contains(&words.default_scale) {
        let text = "The default scale is a number from 0 to the largest scale.";
        return Err(out_of_range("default_scale", text));
    }
    Ok(NewEnhancement {
        id,
        reference,
        words,
    })
}

/// The release's own entries.
fn seed() -> Result<Vec<NewEnhancement>, ApiError> {
    let entries: BTreeMap<EnhancementId, PutEnhancement> =
        serde_json::from_str(SEED).map_err(ApiError::internal)?;
    let entries = entries.into_iter();
    entries.map(|(id, words)| checked(id, words)).collect()
}

fn invalid(field: &str, text: &str) -> ApiError {
    ApiError::new(ErrorCode::InvalidValue, text).at(field)
}

fn out_of_range(field: &str, text: &str) -> ApiError {
    ApiError::new(ErrorCode::OutOfRange, text).at(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn realism() -> PutEnhancement {
        let entries: BTreeMap<String, PutEnhancement> = serde_json::from_str(SEED).expect("JSON");
        entries["realism"].clone()
    }

    fn refused(words: PutEnhancement) -> Option<String> {
        let id = "realism".parse().expect("an id");
        let error = checked(id, words).err()?;
        error.into_refusal().field
    }

    #[test]
    fn the_seed_passes_the_checks_of_an_operators_entry() {
        let entries = seed().expect("every entry is valid");
        assert_eq!(entries.len(), 5);
        for entry in entries {
            assert_eq!(
                entry.reference.as_str(),
                entry.words.reference,
                "in its normal form"
            );
        }
    }

    #[test]
    fn an_entry_outside_its_limits_names_the_field() {
        let with = |change: fn(&mut PutEnhancement)| {
            let mut words = realism();
            change(&mut words);
            refused(words)
        };
        assert_eq!(refused(realism()), None);
        let field = |name: &str| Some(name.to_owned());
        assert_eq!(with(|words| words.title.clear()), field("title"));
        assert_eq!(
            with(|words| words.preview = "a\nb".to_owned()),
            field("preview")
        );
        assert_eq!(
            with(|words| words.licence_note = "é".repeat(401)),
            field("licence_note")
        );
        for reference in [
            "studio/ada-selfie-lora",
            "huggingface.co/XLabs-AI/flux-RealismLora",
            "lora.safetensors",
            "https://files.example/lora.safetensors?token=secret",
            "https://civitai.com/models/1?modelVersionId=2",
        ] {
            let words = PutEnhancement {
                reference: reference.to_owned(),
                ..realism()
            };
            assert_eq!(refused(words), field("reference"), "{reference}");
        }
        for max in [0.0, -1.0, 3.1, f64::NAN, f64::INFINITY] {
            let words = PutEnhancement {
                max_scale: max,
                ..realism()
            };
            assert_eq!(refused(words), field("max_scale"), "{max}");
        }
        assert_eq!(
            with(|words| words.default_scale = 1.1),
            field("default_scale")
        );
        assert_eq!(
            with(|words| words.default_scale = f64::NAN),
            field("default_scale")
        );
    }
}
