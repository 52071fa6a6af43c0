//! The shipped photoshoots. `build.rs` makes the table from `data/shoots.toml`.

use super::ShootListing;
use selfsame_prompt::parameters::{AspectRatio, PresetId};
use selfsame_prompt::slots::{Slot, Slots};

include!(concat!(env!("OUT_DIR"), "/shoots.rs"));

/// A collection of shots.
pub(super) struct Shoot {
    /// Stable name.
    pub(super) id: &'static str,
    /// Raised whenever one of its prompts changes.
    pub(super) version: u32,
    pub(super) title: &'static str,
    /// The shape of a picture whose shot has none of its own.
    pub(super) aspect_ratio: AspectRatio,
    pub(super) preset: PresetId,
    looks: &'static [Look],
}

/// What several shots share. A shot cannot have another outfit, light, camera, film or mood.
pub(super) struct Look {
    pub(super) title: &'static str,
    wardrobe: &'static [&'static str],
    setting: &'static str,
    lighting: &'static str,
    camera: &'static str,
    film: &'static str,
    mood: &'static str,
    shots: &'static [Shot],
}

/// One scene of a look.
pub(super) struct Shot {
    pub(super) title: &'static str,
    pose: &'static str,
    /// Instead of the look's setting.
    setting: Option<&'static str>,
    /// The crop and the angle.
    framing: &'static str,
    expression: Option<&'static str>,
    props: &'static [&'static str],
    /// Instead of the shoot's aspect ratio.
    pub(super) aspect_ratio: Option<AspectRatio>,
}

/// What a menu needs of every shoot, in the order of the menu.
#[must_use]
pub fn listing() -> Vec<ShootListing> {
    let listed = |shoot: &Shoot| ShootListing {
        id: shoot.id,
        version: shoot.version,
        title: shoot.title,
        preset: shoot.preset,
        looks: shoot.looks.iter().map(|look| look.title).collect(),
        scenes: shoot.scenes().map(|(_, shot)| shot.title).collect(),
    };
    SHOOTS.iter().map(listed).collect()
}

impl Shoot {
    /// The shoot with this id.
    pub(super) fn with_id(id: &str) -> Option<&'static Self> {
        SHOOTS.iter().find(|shoot| shoot.id == id)
    }

    /// Every shot with its look, in order. The position is the shot's index.
    pub(super) fn scenes(&self) -> impl Iterator<Item = (&'static Look, &'static Shot)> {
        let shots = |look: &'static Look| look.shots.iter().map(move |shot| (look, shot));
        self.looks.iter().flat_map(shots)
    }
}

impl Look {
    /// The slots of a shot of this look, for a person of the class `class`. `wardrobe` replaces the look's.
    pub(super) fn slots(&self, shot: &Shot, class: &str, wardrobe: Option<&[String]>) -> Slots {
        let own = || owned(self.wardrobe);
        let mut slots = Slots::default();
        for (slot, phrases) in [
            (Slot::Subject, owned(&[class])),
            (
                Slot::Wardrobe,
                wardrobe.map_or_else(own, <[String]>::to_vec),
            ),
            (Slot::Pose, owned(&[shot.pose])),
            (Slot::Expression, owned(shot.expression.as_slice())),
            (
                Slot::Setting,
                owned(&[shot.setting.unwrap_or(self.setting)]),
            ),
            (Slot::Lighting, owned(&[self.lighting])),
            (Slot::Shot, owned(&[shot.framing])),
            (Slot::Camera, owned(&[self.camera])),
            (Slot::Film, owned(&[self.film])),
            (Slot::Mood, owned(&[self.mood])),
            (Slot::Props, owned(shot.props)),
        ] {
            slots.set(slot, phrases);
        }
        slots
    }
}

fn owned(phrases: &[&str]) -> Vec<String> {
    phrases.iter().map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The build script names aspect ratios and presets a second time; this compares its names with the data's.
    #[test]
    fn aspect_ratios_and_presets_are_those_of_the_data() {
        let data: toml::Table = toml::from_str(include_str!("../../data/shoots.toml")).unwrap();
        let written = data["shoot"].as_array().unwrap();
        assert_eq!(SHOOTS.len(), written.len());
        for (shoot, written) in SHOOTS.iter().zip(written) {
            assert_eq!(
                written["aspect_ratio"].as_str(),
                Some(shoot.aspect_ratio.as_str())
            );
            assert_eq!(written["preset"].as_str(), Some(shoot.preset.as_str()));
            let looks = written["looks"].as_array().unwrap();
            let shots = looks
                .iter()
                .flat_map(|look| look["shots"].as_array().unwrap());
            let ratio = |shot: &Shot| shot.aspect_ratio.map(AspectRatio::as_str);
            assert!(
                shoot
                    .scenes()
                    .map(|(_, shot)| ratio(shot))
                    .eq(shots.map(|shot| shot.get("aspect_ratio")?.as_str()))
            );
        }
    }
}
