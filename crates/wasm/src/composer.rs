//! Previews for one model.

use std::cell::RefCell;

use js_sys::{Array, Object, Reflect};
#[cfg(feature = "studio")]
use selfsame_assist::lint;
use selfsame_prompt::compose::{self, ComposeError, Composition, Preview};
use selfsame_prompt::enhancement::EnhancementReport;
use selfsame_prompt::model::ModelProfile;
use selfsame_prompt::parameters::Parameters;
use selfsame_prompt::placement::{Counts, Span, Warning};
use selfsame_prompt::schema::{InputValue, ParameterReport, ProviderInput, names};
use selfsame_prompt::tokens::TokenCounts;
use serde::Serialize;
use serde_wasm_bindgen::preserve;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::convert::{from_js, to_js};
use crate::refusal::Refused;
#[cfg(feature = "studio")]
use crate::tokens::with_vocabularies;

/// Composes for one model, which is read once.
#[wasm_bindgen]
pub struct Composer {
    inner: compose::Composer,
    #[cfg(feature = "studio")]
    linter: lint::Linter,
    settings: RefCell<Option<Settings>>,
}

#[wasm_bindgen]
impl Composer {
    /// Reads a model: as the API sends it, or just `{trigger, class_word, dialect, weights}`; an object, or its
    /// JSON text. Throws a `Refusal`.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "ModelProfile | string")] model: &JsValue,
    ) -> Result<Self, JsValue> {
        let model: ModelProfile = from_js(model)?;
        Ok(Self {
            #[cfg(feature = "studio")]
            linter: lint::Linter::new(&model),
            inner: compose::Composer::new(model),
            settings: RefCell::new(None),
        })
    }

    /// Previews what is sent for `composition` (an object, or its JSON text), and why. Throws a `Refusal`.
    ///
    /// `parameters` and `effects` are frozen: they are the same objects as in the preview before for as long as
    /// the settings say the same, so a page sees by identity that nothing changed.
    #[wasm_bindgen(unchecked_return_type = "Preview")]
    pub fn preview(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Composition | string")] composition: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let composition: Composition = from_js(composition)?;
        self.show(self.compose(&composition).map_err(Refused::from)?)
    }
}

impl Composer {
    /// Converts a preview. Settings that are the same as in the preview before are converted only once.
    pub(crate) fn show(&self, preview: Preview) -> Result<JsValue, JsValue> {
        let Preview {
            prompt,
            spans,
            counts,
            tokens,
            warnings,
            parameters,
            effects,
            enhancements,
            mut input,
        } = preview;
        // Its place stays.
        input.insert(names::PROMPT.into(), InputValue::Text(String::new()));
        let mut settings = self.settings.borrow_mut();
        let settings = match settings.take() {
            Some(known)
                if known.parameters == parameters
                    && known.effects == effects
                    && known.input == input =>
            {
                settings.insert(known)
            }
            _ => settings.insert(Settings::show(parameters, effects, input)?),
        };
        let prompt = JsValue::from(prompt);
        to_js(&Shown {
            input: settings.input_with(&prompt)?,
            prompt,
            spans: &spans,
            counts: &counts,
            tokens: &tokens,
            warnings: &warnings,
            parameters: settings.shown_parameters.clone(),
            effects: settings.shown_effects.clone(),
            enhancements: &enhancements,
        })
    }
}

#[cfg(feature = "studio")]
impl Composer {
    /// The prompt crate's composer for this model.
    pub(crate) const fn native(&self) -> &compose::Composer {
        &self.inner
    }

    /// The linter for this model.
    pub(crate) const fn linter(&self) -> &lint::Linter {
        &self.linter
    }
}

impl Composer {
    /// Counts tokens once the vocabularies are loaded.
    #[cfg(feature = "studio")]
    pub(crate) fn compose(&self, composition: &Composition) -> Result<Preview, ComposeError> {
        with_vocabularies(|known| self.inner.compose_counting(composition, known))
    }

    /// Estimates tokens: the preview module has no vocabularies.
    #[cfg(not(feature = "studio"))]
    fn compose(&self, composition: &Composition) -> Result<Preview, ComposeError> {
        self.inner.compose(composition)
    }
}

/// What a person's settings come to. It stays the same from keystroke to keystroke, and crossing into JavaScript
/// property by property costs several times what composing does, so it crosses when it changes.
struct Settings {
    parameters: Parameters,
    effects: ParameterReport,
    /// With an empty prompt.
    input: ProviderInput,
    shown_parameters: JsValue,
    shown_effects: JsValue,
    shown_input: Object,
}

impl Settings {
    fn show(
        parameters: Parameters,
        effects: ParameterReport,
        input: ProviderInput,
    ) -> Result<Self, JsValue> {
        let shown = Array::from(&to_js(&effects)?);
        for effect in shown.iter() {
            frozen(effect);
        }
        Ok(Self {
            shown_parameters: frozen(to_js(&parameters)?),
            shown_effects: frozen(shown.into()),
            shown_input: to_js(&input)?.into(),
            parameters,
            effects,
            input,
        })
    }

    /// A new `input` object with the prompt in it.
    fn input_with(&self, prompt: &JsValue) -> Result<JsValue, JsValue> {
        let input = Object::assign(&Object::new(), &self.shown_input);
        Reflect::set(&input, &names::PROMPT.into(), prompt)?;
        Ok(input.into())
    }
}

/// A value that several previews share must not be changed through one of them.
fn frozen(value: JsValue) -> JsValue {
    Object::freeze(&Object::from(value)).into()
}

/// A [`Preview`] with its settings as JavaScript's own.
#[derive(Serialize)]
struct Shown<'a> {
    #[serde(serialize_with = "preserve::serialize")]
    prompt: JsValue,
    spans: &'a [Span],
    counts: &'a Counts,
    tokens: &'a TokenCounts,
    warnings: &'a [Warning],
    #[serde(serialize_with = "preserve::serialize")]
    parameters: JsValue,
    #[serde(serialize_with = "preserve::serialize")]
    effects: JsValue,
    enhancements: &'a EnhancementReport,
    #[serde(serialize_with = "preserve::serialize")]
    input: JsValue,
}

impl From<ComposeError> for Refused {
    fn from(error: ComposeError) -> Self {
        Self::new(error.code(), error.field(), &error)
    }
}
