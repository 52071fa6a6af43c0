//! The person's own presets.

use selfsame_api::{
    ChangePreset, ErrorCode, Event, NamedSettings, NewPreset, OwnPreset, PresetSettings,
    PresetSource, Title,
};
use selfsame_primitives::ids::OwnPresetId;
use selfsame_prompt::enhancement::EnhancementChoice;
use selfsame_prompt::parameters::{AspectRatio, OutputFormat, Overrides, PresetId};
use selfsame_prompt::placement::{Placement, QualityId};
use selfsame_studio::{
    AddPreset, DeletePicture, DeletePreset, EditPreset, ExportPresets, GetPreset, ImportPresets,
    ListPresets, MOST_PRESETS, StudioError,
};

use crate::kit::{Kit, MINUTE, events};

fn title(text: &str) -> Title {
    text.parse().unwrap()
}

fn settings() -> PresetSettings {
    PresetSettings {
        preset: PresetId::Natural,
        overrides: Overrides {
            guidance: Some(3.2),
            aspect_ratio: Some(AspectRatio::Portrait2x3),
            ..Overrides::default()
        },
        placement: Placement::Beginning,
        quality: QualityId::Lean,
        enhancements: vec![enhancement("natural-skin")],
    }
}

fn enhancement(id: &str) -> EnhancementChoice {
    EnhancementChoice {
        id: id.parse().unwrap(),
        scale: Some(0.5),
    }
}

fn add(kit: &mut Kit, name: &str, from: PresetSource) -> Result<OwnPreset, StudioError> {
    let random = kit.ask(ListPresets).unwrap().len() as u128;
    let id = OwnPresetId::mint(kit.now, random);
    let name = title(name);
    let new = NewPreset { name, from };
    kit.ask(AddPreset { id, new })
}

fn added(kit: &mut Kit, name: &str) -> OwnPreset {
    add(kit, name, PresetSource::Settings(settings())).unwrap()
}

#[test]
fn a_preset_holds_what_it_was_made_from() {
    let mut kit = Kit::new();
    let preset = added(&mut kit, "Evening");
    assert_eq!(preset.settings, settings());
    assert_eq!(kit.ask(ListPresets).unwrap(), std::slice::from_ref(&preset));
    kit.crash();
    let id = preset.id.clone();
    assert_eq!(kit.ask(GetPreset { id }).unwrap(), preset);
}

#[test]
fn a_preset_from_a_picture_has_its_settings_without_its_seed() {
    let mut kit = Kit::new();
    let mut request = kit.request(1);
    request.preset = PresetId::Classic;
    request.overrides.steps = Some(40);
    request.overrides.seed = Some(7);
    request.overrides.output_format = Some(OutputFormat::Png);
    request.placement = Placement::Natural;
    request.quality = QualityId::Lean;
    request.enhancements = vec![enhancement("details")];
    let (_, pictures) = kit.succeeded_with(request);
    let picture = pictures[0].clone();
    let preset = add(&mut kit, "As there", PresetSource::Picture(picture.clone())).unwrap();
    let expected = PresetSettings {
        preset: PresetId::Classic,
        overrides: Overrides {
            steps: Some(40),
            output_format: Some(OutputFormat::Png),
            ..Overrides::default()
        },
        placement: Placement::Natural,
        quality: QualityId::Lean,
        enhancements: vec![enhancement("details")],
    };
    assert_eq!(preset.settings, expected);

    let id = picture.clone();
    kit.ask(DeletePicture { id }).unwrap();
    let again = add(&mut kit, "Gone", PresetSource::Picture(picture));
    assert_eq!(again, Err(StudioError::NotFound));
    let id = preset.id;
    assert_eq!(kit.ask(GetPreset { id }).unwrap().settings, expected);
}

#[test]
fn no_two_presets_have_a_name_that_reads_the_same() {
    let mut kit = Kit::new();
    added(&mut kit, "Evening");
    let other = added(&mut kit, "Morning");
    let again = add(&mut kit, "EVENING", PresetSource::Settings(settings()));
    assert_eq!(again.unwrap_err().code(), ErrorCode::NameTaken);
    let rename = |name: &str| EditPreset {
        id: other.id.clone(),
        change: ChangePreset {
            name: Some(title(name)),
            from: None,
        },
    };
    let refused = kit.ask(rename("evening")).unwrap_err();
    assert_eq!(
        (refused.code(), refused.field().as_deref()),
        (ErrorCode::NameTaken, Some("name"))
    );
    assert_eq!(kit.ask(rename("morning")).unwrap().name, title("morning"));
}

#[test]
fn a_change_replaces_what_it_names() {
    let mut kit = Kit::new();
    let before = added(&mut kit, "Evening");
    kit.pass(MINUTE);
    let edit = EditPreset {
        id: before.id.clone(),
        change: ChangePreset {
            name: None,
            from: Some(PresetSource::Settings(PresetSettings::default())),
        },
    };
    let outcome = kit.tell(edit.clone()).unwrap();
    let expected = OwnPreset {
        settings: PresetSettings::default(),
        changed_at: kit.now,
        ..before
    };
    assert_eq!(outcome.value, expected);
    assert_eq!(events(&outcome), [Event::PresetsChanged]);
    kit.pass(MINUTE);
    let again = kit.tell(edit).unwrap();
    assert_eq!((again.value, again.signals), (expected, Vec::new()));
}

#[test]
fn a_deleted_preset_is_gone() {
    let mut kit = Kit::new();
    let id = added(&mut kit, "Evening").id;
    kit.ask(DeletePreset { id: id.clone() }).unwrap();
    let missing = Err(StudioError::NotFound);
    assert_eq!(kit.ask(DeletePreset { id: id.clone() }), missing);
    assert_eq!(kit.ask(GetPreset { id }), Err(StudioError::NotFound));
    assert_eq!(kit.ask(ListPresets).unwrap(), []);
}

#[test]
fn values_out_of_range_and_seeds_are_refused_by_field() {
    let mut kit = Kit::new();
    let mut wrong = settings();
    wrong.overrides.steps = Some(51);
    let refused = add(&mut kit, "Evening", PresetSource::Settings(wrong)).unwrap_err();
    assert_eq!(
        (refused.code(), refused.field().as_deref()),
        (ErrorCode::OutOfRange, Some("from.settings.overrides.steps"))
    );
    let mut seeded = settings();
    seeded.overrides.seed = Some(7);
    let refused = add(&mut kit, "Evening", PresetSource::Settings(seeded)).unwrap_err();
    assert_eq!(
        (refused.code(), refused.field().as_deref()),
        (
            ErrorCode::InvalidValue,
            Some("from.settings.overrides.seed")
        )
    );
    assert_eq!(kit.ask(ListPresets).unwrap(), []);
}

fn with_ids(kit: &Kit, named: Vec<NamedSettings>) -> ImportPresets {
    let id = |number: usize| OwnPresetId::mint(kit.now, 1_000 + number as u128);
    let presets = named.into_iter().enumerate();
    ImportPresets {
        presets: presets.map(|(number, named)| (id(number), named)).collect(),
    }
}

#[test]
fn an_exported_file_is_imported_beside_what_is_there() {
    let mut kit = Kit::new();
    added(&mut kit, "Evening");
    added(&mut kit, "Morning");
    let file = kit.ask(ExportPresets).unwrap();
    let import = with_ids(&kit, file.presets.clone());
    let imported = kit.ask(import).unwrap();
    let names: Vec<_> = imported.iter().map(|preset| preset.name.as_str()).collect();
    assert_eq!(names, ["Evening 2", "Morning 2"]);
    assert_eq!(imported[0].settings, settings());

    let mut other = Kit::new();
    let import = with_ids(&other, file.presets.clone());
    other.ask(import).unwrap();
    assert_eq!(other.ask(ExportPresets).unwrap(), file);
}

#[test]
fn a_file_is_imported_as_a_whole_or_not_at_all() {
    let mut kit = Kit::new();
    let good = NamedSettings {
        name: title("Evening"),
        settings: settings(),
    };
    let mut bad = good.clone();
    bad.settings.overrides.guidance = Some(11.0);
    let import = with_ids(&kit, vec![good.clone(), bad]);
    let refused = kit.ask(import).unwrap_err();
    assert_eq!(
        refused.field().as_deref(),
        Some("presets[1].settings.overrides.guidance")
    );
    assert_eq!(kit.ask(ListPresets).unwrap(), []);

    let import = with_ids(&kit, vec![good.clone(); MOST_PRESETS]);
    assert_eq!(kit.ask(import).unwrap().len(), MOST_PRESETS);
    let import = with_ids(&kit, vec![good]);
    assert_eq!(kit.ask(import).unwrap_err().code(), ErrorCode::LimitReached);
    let one_more = add(&mut kit, "More", PresetSource::Settings(settings()));
    assert_eq!(one_more.unwrap_err().code(), ErrorCode::LimitReached);
}

#[test]
fn a_preset_that_cannot_be_read_hides_no_other() {
    let mut kit = Kit::new();
    added(&mut kit, "Evening");
    let kept = added(&mut kit, "Morning");
    kit.database
        .execute("UPDATE presets SET settings = '?' WHERE name = 'Evening'");
    assert_eq!(kit.ask(ListPresets).unwrap(), [kept]);
}

#[test]
fn stored_settings_of_this_release_stay_readable() {
    let mut kit = Kit::new();
    let id = added(&mut kit, "Evening").id;
    let without = PresetSettings {
        enhancements: Vec::new(),
        ..settings()
    };
    for (stored, expected) in [
        (include_str!("../golden/preset.json"), without),
        (
            include_str!("../golden/preset-enhancements.json"),
            settings(),
        ),
    ] {
        let stored = stored.trim();
        let put = format!("UPDATE presets SET settings = '{stored}'");
        kit.database.execute(&put);
        let id = id.clone();
        assert_eq!(kit.ask(GetPreset { id }).unwrap().settings, expected);
    }
}

#[test]
fn a_preset_names_each_enhancement_once() {
    let mut kit = Kit::new();
    let twice = PresetSettings {
        enhancements: vec![enhancement("natural-skin"), enhancement("natural-skin")],
        ..settings()
    };
    let refused = add(&mut kit, "Evening", PresetSource::Settings(twice)).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::InvalidValue);
    assert_eq!(
        refused.field().as_deref(),
        Some("from.settings.enhancements")
    );
}
