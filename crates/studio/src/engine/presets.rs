//! The person's own presets: settings with a name. Nothing refers to one, because whoever uses it puts its settings into
//! the request.

use selfsame_api::{
    ChangePreset, Event, NamedSettings, NewPreset, OwnPreset, PresetFile, PresetSettings,
    PresetSource, Title,
};
use selfsame_primitives::ids::OwnPresetId;
use selfsame_prompt::enhancement::EnhancementError;
use selfsame_prompt::parameters::{Overrides, Parameters};

use super::account::SignedInPerson;
use super::transaction::Transaction;
use crate::error::StudioError;
use crate::request::PersonRequest;
use crate::store::{generations, pictures, presets};

/// The most presets that one person has.
pub const MOST_PRESETS: usize = 100;

/// Asks for the person's own presets, oldest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListPresets;

impl PersonRequest for ListPresets {
    type Reply = Vec<OwnPreset>;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        _: &SignedInPerson,
    ) -> Result<Vec<OwnPreset>, StudioError> {
        all(tx)
    }
}

/// Asks for one of the person's own presets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GetPreset {
    /// The preset.
    pub id: OwnPresetId,
}

impl PersonRequest for GetPreset {
    type Reply = OwnPreset;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        _: &SignedInPerson,
    ) -> Result<OwnPreset, StudioError> {
        found(tx, &self.id)
    }
}

/// Makes a preset.
#[derive(Debug, Clone, PartialEq)]
pub struct AddPreset {
    /// The id it gets.
    pub id: OwnPresetId,
    /// What it is.
    pub new: NewPreset,
}

impl PersonRequest for AddPreset {
    type Reply = OwnPreset;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        _: &SignedInPerson,
    ) -> Result<OwnPreset, StudioError> {
        let others = all(tx)?;
        if others.len() >= MOST_PRESETS {
            return Err(too_many("Delete one first."));
        }
        let NewPreset { name, from } = self.new;
        check_name(&name, &others)?;
        let preset = OwnPreset {
            id: self.id,
            name,
            settings: settings(tx, from)?,
            created_at: tx.now,
            changed_at: tx.now,
        };
        presets::put(tx.db, &preset)?;
        tx.broadcast(Event::PresetsChanged);
        Ok(preset)
    }
}

/// Changes a preset's name, its settings, or both.
#[derive(Debug, Clone, PartialEq)]
pub struct EditPreset {
    /// The preset.
    pub id: OwnPresetId,
    /// What becomes different.
    pub change: ChangePreset,
}

impl PersonRequest for EditPreset {
    type Reply = OwnPreset;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        _: &SignedInPerson,
    ) -> Result<OwnPreset, StudioError> {
        let before = found(tx, &self.id)?;
        let mut preset = before.clone();
        if let Some(name) = self.change.name {
            let mut others = all(tx)?;
            others.retain(|other| other.id != preset.id);
            check_name(&name, &others)?;
            preset.name = name;
        }
        if let Some(from) = self.change.from {
            preset.settings = settings(tx, from)?;
        }
        if preset != before {
            preset.changed_at = tx.now;
            presets::put(tx.db, &preset)?;
            tx.broadcast(Event::PresetsChanged);
        }
        Ok(preset)
    }
}

/// Deletes a preset. Pictures that were made with its settings keep them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeletePreset {
    /// The preset.
    pub id: OwnPresetId,
}

impl PersonRequest for DeletePreset {
    type Reply = ();

    fn handle(self, tx: &mut Transaction<'_>, _: &SignedInPerson) -> Result<(), StudioError> {
        if !presets::remove(tx.db, &self.id)? {
            return Err(StudioError::NotFound);
        }
        tx.broadcast(Event::PresetsChanged);
        Ok(())
    }
}

/// Adds every preset of a file, or none. A name that is taken gets a number.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportPresets {
    /// The file's presets, each with the id it gets.
    pub presets: Vec<(OwnPresetId, NamedSettings)>,
}

impl PersonRequest for ImportPresets {
    type Reply = Vec<OwnPreset>;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        _: &SignedInPerson,
    ) -> Result<Vec<OwnPreset>, StudioError> {
        let mut everything = all(tx)?;
        let before = everything.len();
        if before + self.presets.len() > MOST_PRESETS {
            return Err(too_many("Delete some first, or take some out of the file."));
        }
        for (index, (id, named)) in self.presets.into_iter().enumerate() {
            check(&named.settings, &format!("presets[{index}].settings"))?;
            let preset = OwnPreset {
                id,
                name: free_name(named.name, &everything),
                settings: named.settings,
                created_at: tx.now,
                changed_at: tx.now,
            };
            presets::put(tx.db, &preset)?;
            everything.push(preset);
        }
        let imported = everything.split_off(before);
        if !imported.is_empty() {
            tx.broadcast(Event::PresetsChanged);
        }
        Ok(imported)
    }
}

/// Asks for a file of the person's own presets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExportPresets;

impl PersonRequest for ExportPresets {
    type Reply = PresetFile;

    fn handle(
        self,
        tx: &mut Transaction<'_>,
        _: &SignedInPerson,
    ) -> Result<PresetFile, StudioError> {
        file(tx)
    }
}

/// A file of the person's own presets.
pub(super) fn file(tx: &mut Transaction<'_>) -> Result<PresetFile, StudioError> {
    let named = |preset: OwnPreset| NamedSettings {
        name: preset.name,
        settings: preset.settings,
    };
    let presets = all(tx)?.into_iter().map(named).collect();
    Ok(PresetFile { presets })
}

const fn too_many(advice: &'static str) -> StudioError {
    StudioError::LimitReached {
        most: MOST_PRESETS,
        of: "presets",
        advice,
    }
}

fn all(tx: &mut Transaction<'_>) -> Result<Vec<OwnPreset>, StudioError> {
    let (found, unreadable) = presets::list(tx.db)?;
    tx.set_aside(unreadable);
    Ok(found)
}

fn found(tx: &mut Transaction<'_>, id: &OwnPresetId) -> Result<OwnPreset, StudioError> {
    presets::find(tx.db, id)?.ok_or(StudioError::NotFound)
}

fn check_name(name: &Title, others: &[OwnPreset]) -> Result<(), StudioError> {
    if others.iter().any(|other| other.name.reads_like(name)) {
        return Err(StudioError::NameTaken { noun: "preset" });
    }
    Ok(())
}

/// `name`, or the first of `name 2`, `name 3` and so on that is not taken.
fn free_name(name: Title, others: &[OwnPreset]) -> Title {
    let numbered = (2..).map(|number| name.numbered(number));
    let free = |name: &Title| !others.iter().any(|other| other.name.reads_like(name));
    std::iter::once(name.clone())
        .chain(numbered)
        .find(free)
        .unwrap_or(name)
}

fn settings(tx: &mut Transaction<'_>, source: PresetSource) -> Result<PresetSettings, StudioError> {
    let picture = match source {
        PresetSource::Settings(settings) => {
            check(&settings, "from.settings")?;
            return Ok(settings);
        }
        PresetSource::Picture(id) => id,
    };
    let (generation, _) = pictures::record(tx.db, &picture)?.ok_or(StudioError::NotFound)?;
    let made_with = generations::load(tx.db, &generation)?;
    let request = made_with.ok_or(StudioError::NotFound)?.request;
    Ok(PresetSettings {
        preset: request.preset,
        overrides: Overrides {
            seed: None,
            ..request.overrides
        },
        placement: request.placement,
        quality: request.quality,
        enhancements: request.enhancements,
    })
}

/// Checks the settings as a request's are checked, but for what depends on a model or the catalogue. `field` is where they
/// are.
fn check(settings: &PresetSettings, field: &str) -> Result<(), StudioError> {
    let choices = &settings.enhancements;
    let repeated = (1..choices.len()).find(|&index| {
        choices[..index]
            .iter()
            .any(|other| other.id == choices[index].id)
    });
    if let Some(index) = repeated {
        let twice = EnhancementError::Twice(choices[index].id.to_string());
        let refused = StudioError::Compose(twice.into());
        return Err(refused.within(Some(field.to_owned())));
    }
    let field = |name: &str| format!("{field}.{name}");
    if settings.overrides.seed.is_some() {
        return Err(StudioError::SeedInPreset {
            field: field("overrides.seed"),
        });
    }
    Parameters::resolve(settings.preset, &settings.overrides, 1).map_err(|error| {
        StudioError::Setting {
            field: field(error.field()),
            error,
        }
    })?;
    Ok(())
}
