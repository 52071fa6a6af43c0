//! Replays a recipe: the provider's input that makes its picture again.

use crate::Recipe;
use crate::recipe::enhancement_version;
use selfsame_prompt::enhancement::Enhancement;
use selfsame_prompt::model::ModelProfile;
use selfsame_prompt::parameters::{Domain, Parameter};
use selfsame_prompt::schema::{InputValue, LoraSource, ProviderInput, names};

/// Why a recipe cannot be replayed. Displays as a sentence for the person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReplayError {
    /// Another provider made the picture.
    #[error(
        "This picture was made by another provider ({0}), which makes other pictures of the same recipe."
    )]
    OtherProvider(String),
    /// Another version of a model made it.
    #[error(
        "This picture was made by another model version ({0}); from the same seed, this one makes another picture."
    )]
    OtherVersion(String),
    /// The input names a LoRA that is neither the model's own nor an enhancement that the recipe names.
    #[error("This picture was made with a LoRA that is not this model’s.")]
    OtherWeights,
    /// The picture was made with an enhancement LoRA that the studio does not offer in this form.
    #[error(
        "This picture was made with an enhancement that is not offered any more, or has changed since."
    )]
    Enhancements,
    /// The recipe has no seed.
    #[error("The seed of this picture is not known, so it cannot be made again.")]
    NoSeed,
    /// The index is beyond the number of pictures in the request.
    #[error(
        "The recipe names picture {0} of its request, counted from 0, and the request asked for fewer."
    )]
    NoSuchPicture(u32),
    /// An input is missing that this version requires.
    #[error("The recipe has no “{0}”, and this model version needs one.")]
    Missing(String),
    /// The version has no such input.
    #[error("The recipe sets “{0}”, which this model version does not have.")]
    UnknownInput(String),
    /// The version does not accept this value.
    #[error("This model version does not take the recipe’s “{0}”.")]
    OutsideModel(String),
}

impl ReplayError {
    /// The recipe's field at fault.
    #[must_use]
    pub const fn field(&self) -> Option<&'static str> {
        match self {
            Self::OtherProvider(_) => Some("provider"),
            Self::OtherVersion(_) => Some("version"),
            Self::Enhancements => Some("enhancements"),
            Self::NoSeed => Some("seed"),
            Self::NoSuchPicture(_) => Some("index"),
            Self::OtherWeights
            | Self::Missing(_)
            | Self::UnknownInput(_)
            | Self::OutsideModel(_) => Some("input"),
        }
    }
}

impl Recipe {
    /// Returns the input that makes this picture again, as number [`index`](Recipe::index) of its request, with `version`
    /// of `model` at `provider`.
    ///
    /// The input is the one that was sent, with the seed that was used. Nothing is clamped or left out, because either
    /// would make another picture: a value that the version does not accept is an error. So is a LoRA reference other
    /// than the model's own, and an enhancement other than those that the model offers, because a recipe comes from outside
    /// and must not give access to another LoRA.
    pub fn replay(
        &self,
        provider: &str,
        version: &str,
        model: &ModelProfile,
    ) -> Result<ProviderInput, ReplayError> {
        if self.provider != provider {
            return Err(ReplayError::OtherProvider(self.provider.clone()));
        }
        if self.version != version {
            return Err(ReplayError::OtherVersion(self.version.clone()));
        }
        if !self.enhancements.is_empty() || self.offered(model).count() < self.enhancements_named()
        {
            return Err(ReplayError::Enhancements);
        }
        let seed = self
            .seed
            .filter(|seed| *seed != 0)
            .ok_or(ReplayError::NoSeed)?;
        let schema = &model.schema;
        let mut input = self.input.clone();
        input.insert(names::SEED.to_owned(), InputValue::Integer(seed.into()));

        for (name, value) in &input {
            self.fits(model, name, value)?;
        }
        let slot = schema.enhancement();
        let names_one = self.enhancements_named() > 0;
        let enhancement = slot.map_or("", |slot| &slot.name);
        let scale = slot.map_or("", |slot| &slot.scale_name);
        let needed = [
            (names::PROMPT, true),
            (names::WEIGHTS, schema.lora() == LoraSource::Reference),
            (names::BASE, schema.names_base()),
            (enhancement, names_one),
            (scale, names_one),
        ];
        for (name, needed) in needed {
            if needed && !input.contains_key(name) {
                return Err(ReplayError::Missing(name.to_owned()));
            }
        }
        let pictures = schema
            .input(Parameter::Pictures)
            .and_then(|pictures| input.get(&pictures.name));
        let pictures = match pictures {
            Some(InputValue::Integer(pictures)) => *pictures,
            _ => 1,
        };
        if i64::from(self.index) >= pictures {
            return Err(ReplayError::NoSuchPicture(self.index));
        }
        Ok(input)
    }

    /// Checks that the version of `model` accepts `value` as `name`.
    fn fits(
        &self,
        model: &ModelProfile,
        name: &str,
        value: &InputValue,
    ) -> Result<(), ReplayError> {
        let schema = &model.schema;
        let slot = schema.enhancement();
        let takes = match name {
            names::PROMPT => matches!(value, InputValue::Text(prompt) if !prompt.is_empty()),
            names::WEIGHTS if schema.lora() == LoraSource::Reference => match value {
                InputValue::Text(own) if Some(own) == model.weights.as_ref() => true,
                _ => return Err(ReplayError::OtherWeights),
            },
            names::BASE if schema.names_base() => *value == InputValue::text(names::BASE_DEV),
            _ if slot.is_some_and(|slot| slot.name == name) => {
                let mut offered = self.offered(model);
                if !offered.any(|one| *value == InputValue::text(&one.reference)) {
                    return Err(ReplayError::OtherWeights);
                }
                true
            }
            _ if let Some(slot) = slot.filter(|slot| slot.scale_name == name) => {
                let limits = self.offered(model).map(|one| one.max_scale);
                let max = limits.fold(slot.max_scale, f64::min);
                Domain::Number { min: 0.0, max }.contains(value)
            }
            _ => {
                let input = schema.inputs().iter().find(|input| input.name == name);
                let Some(input) = input else {
                    return Err(ReplayError::UnknownInput(name.to_owned()));
                };
                input.domain.contains(value)
            }
        };
        if takes {
            Ok(())
        } else {
            Err(ReplayError::OutsideModel(name.to_owned()))
        }
    }

    /// How many enhancements the recipe names.
    fn enhancements_named(&self) -> usize {
        let data = self.data.iter();
        data.filter(|set| set.starts_with("enhancement/")).count()
    }

    /// The enhancements that the recipe names and the model offers in the same version.
    fn offered<'a>(&'a self, model: &'a ModelProfile) -> impl Iterator<Item = &'a Enhancement> {
        let offered = model.enhancements.iter();
        offered.filter(|one| {
            self.data
                .contains(&enhancement_version(&one.id, one.version))
        })
    }
}
