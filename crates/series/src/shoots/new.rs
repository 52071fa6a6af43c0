//! A request for a shoot: a collection's, or compositions of the person's own.

use std::collections::BTreeMap;

use selfsame_primitives::ids::{ConversationId, ModelId};
use selfsame_prompt::compose::{ComposeError, Composer, Composition};
use selfsame_prompt::parameters::{Overrides, Parameters, PresetId};
use serde::{Deserialize, Serialize};

use super::catalogue::Shoot;
use super::expand::seed_of_shot;
use super::{ShootError, ShootRequest};
use crate::plan::{Frame, MOST_FRAMES, MOST_TITLE_CHARACTERS, Plan, PlanError, title};

/// `POST /api/shoots`: a collection (`collection` and what follows it), or a list of compositions (`title` and
/// `compositions`). Goes with an `Idempotency-Key` header, unless the address ends in `?dry_run=true`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(deny_unknown_fields)]
pub struct NewShoot {
    /// The model of every frame.
    pub model: ModelId,
    /// The stable id of a collection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collection: Option<String>,
    /// The title of one of its looks. Absent: all looks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub look: Option<String>,
    /// The indices of the wanted shots in the collection. Absent: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shots: Option<Vec<u32>>,
    /// Outfits of the person's own, by the title of the look that wears them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(
        feature = "typescript",
        ts(optional, as = "Option<BTreeMap<String, Vec<String>>>")
    )]
    pub outfits: BTreeMap<String, Vec<String>>,
    /// The starting values instead of the collection's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preset: Option<PresetId>,
    /// Explicit values for every shot. The seed is that of the collection's first shot; the others count up from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overrides: Option<Overrides>,
    /// What the shoot is called, 1-120 characters. Absent: the collection's title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// 1-64 compositions of the person's own, instead of a collection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compositions: Option<Vec<Composition>>,
    /// The conversation that it is asked for in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<ConversationId>,
}

impl NewShoot {
    /// The frames in order, for the model of `composer`. Seeds that the request does not name count up from `drawn`.
    ///
    /// # Errors
    ///
    /// If it names no collection and no compositions, or one that does not exist, or mixes the two.
    pub fn plan(&self, composer: &Composer, drawn: u32) -> Result<Plan, PlanError> {
        match (&self.collection, &self.compositions) {
            (Some(collection), None) => self.plan_collection(collection, composer, drawn),
            (None, Some(compositions)) => self.plan_own(compositions, composer, drawn),
            (Some(_), Some(_)) => Err(PlanError::Mixed {
                field: "compositions",
                with: "collection",
            }),
            (None, None) => Err(PlanError::Nothing),
        }
    }

    fn plan_collection(
        &self,
        collection: &str,
        composer: &Composer,
        drawn: u32,
    ) -> Result<Plan, PlanError> {
        let shoot = Shoot::with_id(collection).ok_or(ShootError::UnknownShoot)?;
        let named = self.named_seed(shoot.preset, composer)?;
        let request = ShootRequest {
            shoot: collection.to_owned(),
            base_seed: named.unwrap_or(drawn),
            wardrobe: None,
            look: self.look.clone(),
            outfits: self.outfits.clone(),
            shots: self.shots.clone(),
            preset: self.preset,
            overrides: self.overrides.clone(),
        };
        let planned = request.expand(composer)?;
        let frames = planned.shots.into_iter().map(|shot| Frame {
            title: shot.scene.to_owned(),
            place: None,
            differs: Vec::new(),
            model: self.model.clone(),
            composition: shot.composition,
        });
        Ok(Plan {
            title: self
                .title
                .as_deref()
                .map_or_else(|| Ok(shoot.title.to_owned()), title)?,
            frames: frames.collect(),
        })
    }

    /// The explicit seed. The explicit values are checked as those of a single picture are, because a seed that does not fit
    /// would be replaced when the shots count up from it.
    fn named_seed(&self, preset: PresetId, composer: &Composer) -> Result<Option<u32>, ShootError> {
        let overrides = self.overrides.clone().unwrap_or_default();
        let preset = self.preset.unwrap_or(preset);
        let resolved = Parameters::resolve(preset, &overrides, 1).map_err(ComposeError::from)?;
        let mapped = composer.model().schema.map(&resolved, &overrides);
        mapped.map_err(ComposeError::from)?;
        Ok(resolved.seed)
    }

    fn plan_own(
        &self,
        compositions: &[Composition],
        composer: &Composer,
        drawn: u32,
    ) -> Result<Plan, PlanError> {
        if let Some(field) = self.first_of_collection() {
            let with = "compositions";
            return Err(PlanError::Mixed { field, with });
        }
        if !(1..=MOST_FRAMES).contains(&compositions.len()) {
            return Err(PlanError::Compositions(compositions.len()));
        }
        let title = title(self.title.as_deref().ok_or(PlanError::NoTitle)?)?;
        let frames = (0..).zip(compositions).map(|(index, composition)| {
            let mut composition = composition.clone();
            let drawn = seed_of_shot(&composer.model().schema, drawn, index);
            composition.overrides.seed.get_or_insert(drawn.into());
            Frame {
                title: heading(&composition.text, index + 1),
                place: None,
                differs: Vec::new(),
                model: self.model.clone(),
                composition,
            }
        });
        Ok(Plan {
            title,
            frames: frames.collect(),
        })
    }

    /// The first field that only a collection has.
    fn first_of_collection(&self) -> Option<&'static str> {
        [
            ("look", self.look.is_some()),
            ("shots", self.shots.is_some()),
            ("outfits", !self.outfits.is_empty()),
            ("preset", self.preset.is_some()),
            ("overrides", self.overrides.is_some()),
        ]
        .into_iter()
        .find_map(|(field, given)| given.then_some(field))
    }
}

/// The beginning of what a frame shows, or its number if it has no words of its own.
fn heading(text: &str, number: u32) -> String {
    match text.trim() {
        "" => number.to_string(),
        words => words.chars().take(MOST_TITLE_CHARACTERS).collect(),
    }
}
