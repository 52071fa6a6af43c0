//! The collections as they stand in the data.

use super::{DATA, ShootListing};
use selfsame_prompt::parameters::{AspectRatio, PresetId};
use selfsame_prompt::slots::{Slot, Slots};

/// Every shoot, parsed once.
pub struct Catalogue(Vec<Shoot>);

/// A collection of shots.
#[derive(Debug, Clone)]
pub struct Shoot {
    /// Stable name.
    pub id: &'static str,
    /// Raised whenever one of its prompts changes.
    pub version: u32,
    /// What a menu shows.
    pub title: &'static str,
    /// The shape of a picture, where the shot names none.
    pub aspect_ratio: AspectRatio,
    /// Where the parameters start from.
    pub preset: PresetId,
    /// Two or more; each has shots.
    pub looks: Vec<Look>,
}

/// What the shots of a look share.
#[derive(Debug, Clone)]
pub struct Look {
    /// What a menu shows.
    pub title: &'static str,
    /// The template: outfit, place, light, camera, film and mood.
    pub slots: Slots,
    /// In order.
    pub shots: Vec<Shot>,
}

/// One scene of a look.
#[derive(Debug, Clone, Default)]
pub struct Shot {
    /// What a menu shows.
    pub title: &'static str,
    /// What the person does.
    pub pose: &'static str,
    /// Another place than the look's; empty: the look's.
    pub setting: &'static str,
    /// The crop and the angle.
    pub framing: &'static str,
    /// The look on the face; empty: none is asked for.
    pub expression: &'static str,
    /// Things, parted by `;`; empty: none.
    pub props: &'static str,
    /// Another shape than the shoot's.
    pub aspect_ratio: Option<AspectRatio>,
}

impl Default for Catalogue {
    fn default() -> Self {
        Self::new()
    }
}

impl Catalogue {
    /// The shipped collections.
    #[must_use]
    pub fn new() -> Self {
        let mut shoots: Vec<Shoot> = Vec::new();
        for line in DATA.lines() {
            if let Some(head) = line.strip_prefix("= ") {
                shoots.extend(shoot(head));
                continue;
            }
            let Some(looks) = shoots.last_mut().map(|shoot| &mut shoot.looks) else {
                continue;
            };
            if let Some(title) = line.strip_prefix("+ ") {
                looks.push(Look {
                    title,
                    slots: Slots::default(),
                    shots: Vec::new(),
                });
                continue;
            }
            let Some(look) = looks.last_mut() else {
                continue;
            };
            if let Some(scene) = line.strip_prefix("- ") {
                look.shots.push(shot(scene));
            } else if let Some((name, phrases)) = line.split_once(':')
                && let Some(slot) = Slot::named(name)
            {
                look.slots.set(slot, list(phrases));
            }
        }
        Self(shoots)
    }

    /// In the order of a menu.
    #[must_use]
    pub fn shoots(&self) -> &[Shoot] {
        &self.0
    }

    /// The shoot `id`.
    #[must_use]
    pub fn shoot(&self, id: &str) -> Option<&Shoot> {
        self.0.iter().find(|shoot| shoot.id == id)
    }

    /// What a menu needs of each shoot.
    #[must_use]
    pub fn listing(&self) -> Vec<ShootListing> {
        self.0
            .iter()
            .map(|shoot| ShootListing {
                id: shoot.id,
                version: shoot.version,
                title: shoot.title,
                preset: shoot.preset,
                looks: shoot.looks.iter().map(|look| look.title).collect(),
                scenes: shoot.scenes().map(|(_, shot)| shot.title).collect(),
            })
            .collect()
    }
}

impl Shoot {
    /// Every shot with its look, in order: the position is the shot's index.
    pub fn scenes(&self) -> impl Iterator<Item = (&Look, &Shot)> {
        self.looks
            .iter()
            .flat_map(|look| look.shots.iter().map(move |shot| (look, shot)))
    }
}

/// `id version aspect preset Title`.
fn shoot(head: &'static str) -> Option<Shoot> {
    let mut words = head.splitn(5, ' ');
    Some(Shoot {
        id: words.next()?,
        version: words.next()?.parse().ok()?,
        aspect_ratio: AspectRatio::named(words.next()?)?,
        preset: PresetId::named(words.next()?)?,
        title: words.next()?,
        looks: Vec::new(),
    })
}

/// `Title | pose | setting | framing | expression | props @aspect`.
fn shot(scene: &'static str) -> Shot {
    let (scene, aspect) = scene.split_once('@').unwrap_or((scene, ""));
    let mut columns = scene.split('|').map(str::trim);
    let mut next = || columns.next().unwrap_or_default();
    Shot {
        title: next(),
        pose: next(),
        setting: next(),
        framing: next(),
        expression: next(),
        props: next(),
        aspect_ratio: AspectRatio::named(aspect),
    }
}

/// Phrases parted by `;`.
pub(super) fn list(phrases: &str) -> Vec<String> {
    let phrases = phrases.split(';').map(str::trim);
    let phrases = phrases.filter(|phrase| !phrase.is_empty());
    phrases.map(ToOwned::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preset_that_is_none_is_an_error() {
        assert!(shoot("a 1 3:2 likeness A title").is_some());
        for head in [
            "a 1 3:2 likenes A title",
            "a 1 3:5 likeness A title",
            "a x 3:2 likeness A title",
        ] {
            assert!(shoot(head).is_none(), "{head}");
        }
    }

    #[test]
    fn every_line_of_the_data_is_read() {
        let shoots = Catalogue::new().0;
        let heads = DATA.lines().filter(|line| line.starts_with("= "));
        assert_eq!(shoots.len(), heads.count());
        let scenes: Vec<&str> = DATA.lines().filter(|line| line.starts_with("- ")).collect();
        assert_eq!(shoots.iter().flat_map(Shoot::scenes).count(), scenes.len());
        for scene in scenes {
            let aspect = scene.split_once('@').map(|(_, aspect)| aspect);
            assert_eq!(
                aspect.is_some(),
                shot(scene).aspect_ratio.is_some(),
                "{scene}"
            );
        }
        for line in DATA.lines() {
            let slot = line.split_once(':').and_then(|(name, _)| Slot::named(name));
            let is_known = line.is_empty()
                || slot.is_some()
                || ["= ", "+ ", "- ", "#"]
                    .iter()
                    .any(|mark| line.starts_with(mark));
            assert!(is_known, "{line}");
        }
    }
}
