//! Plans a photoshoot.

use super::catalogue::Shoot;
use super::{PlannedShot, ShootCost, ShootError, ShootPlan, ShootRequest};
use selfsame_prompt::compose::{Composer, Composition};
use selfsame_prompt::parameters::{Domain, Overrides, Parameter};
use selfsame_prompt::schema::InputSchema;

impl ShootRequest {
    /// Plans the pictures for the model of `composer`. Every picture is a request of its own, so that each can be made
    /// again from its seed alone.
    pub fn expand(&self, composer: &Composer) -> Result<ShootPlan, ShootError> {
        let shoot = Shoot::with_id(&self.shoot).ok_or(ShootError::UnknownShoot)?;
        check_looks(self, shoot)?;
        let is_wanted = wanted(self, shoot.scenes().count())?;
        let preset = self.preset.unwrap_or(shoot.preset);
        let model = composer.model();
        let (mut shots, mut steps) = (Vec::new(), 0);
        for (index, (look, shot)) in (0_u32..).zip(shoot.scenes()) {
            let of_look = self.look.as_ref().is_none_or(|title| title == look.title);
            if !of_look || !is_wanted(index) {
                continue;
            }
            let seed = seed_of_shot(&model.schema, self.base_seed, index);
            let overrides = self.overrides.clone().unwrap_or_default();
            let own_ratio = shot.aspect_ratio.unwrap_or(shoot.aspect_ratio);
            let aspect_ratio = overrides.aspect_ratio.unwrap_or(own_ratio);
            let outfit = self.outfits.get(look.title).or(self.wardrobe.as_ref());
            let wardrobe = outfit.map(Vec::as_slice);
            let composition = Composition {
                slots: look.slots(shot, model.class_word.as_str(), wardrobe),
                preset,
                overrides: Overrides {
                    aspect_ratio: Some(aspect_ratio),
                    seed: Some(seed.into()),
                    ..overrides
                },
                pictures: 1,
                ..Composition::default()
            };
            let preview = composer.compose(&composition)?;
            steps += preview.parameters.steps;
            shots.push(PlannedShot {
                index,
                look: look.title,
                scene: shot.title,
                prompt: preview.prompt,
                seed,
                aspect_ratio,
                preset,
                composition,
            });
        }
        if shots.is_empty() {
            return Err(ShootError::NoShots);
        }
        let count = u32::try_from(shots.len()).unwrap_or(u32::MAX);
        Ok(ShootPlan {
            shoot: shoot.id,
            version: shoot.version,
            shots,
            count,
            cost: ShootCost::of(count, steps),
        })
    }
}

/// Refuses a look that the shoot does not have.
fn check_looks(request: &ShootRequest, shoot: &Shoot) -> Result<(), ShootError> {
    let is_known = |title: &String| shoot.scenes().any(|(look, _)| look.title == title);
    if let Some(title) = request.look.as_ref().filter(|title| !is_known(title)) {
        return Err(ShootError::UnknownLook(title.clone()));
    }
    match request.outfits.keys().find(|title| !is_known(title)) {
        Some(title) => Err(ShootError::UnknownOutfit(title.clone())),
        None => Ok(()),
    }
}

/// A test for the wanted indices. An index that is named twice is one shot.
fn wanted(request: &ShootRequest, count: usize) -> Result<impl Fn(u32) -> bool, ShootError> {
    let chosen = request.shots.as_deref();
    let shots = u32::try_from(count).unwrap_or(u32::MAX);
    match chosen {
        Some([]) => return Err(ShootError::NoShots),
        Some(chosen) => {
            if let Some(&index) = chosen.iter().find(|index| **index >= shots) {
                return Err(ShootError::UnknownShot { index, shots });
            }
        }
        None => {}
    }
    Ok(move |index| chosen.is_none_or(|chosen| chosen.contains(&index)))
}

/// The seed `base + index` among the seeds that the version takes. After the last one comes the first, which is never 0.
/// A `base` outside the range is mapped into it as any random number is.
pub(super) fn seed_of_shot(input_schema: &InputSchema, base: u32, index: u32) -> u32 {
    let (min, max) = match input_schema
        .input(Parameter::Seed)
        .map(|input| &input.domain)
    {
        Some(Domain::Integer { min, max }) if *min > 0 && min <= max => (*min, *max),
        _ => (1, u32::MAX),
    };
    let base = if (min..=max).contains(&base) {
        base
    } else {
        input_schema.seed_from(base)
    };
    let numbers = u64::from(max - min) + 1;
    let steps = (u64::from(base.max(min) - min) + u64::from(index)) % numbers;
    min + u32::try_from(steps).unwrap_or_default()
}
