//! A template with its variants, or with the error that refuses it.

use std::collections::BTreeMap;

use selfsame_series::variants::{Mode, VariantRequest};
use serde::{Deserialize, Serialize};

use super::Case;

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct VariantsCase {
    template: String,
    #[serde(default)]
    mode: Mode,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    limit: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seed: Option<u32>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    lists: BTreeMap<String, Vec<String>>,
    /// The number of all variants; not checked when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    count: Option<u64>,
    #[serde(flatten)]
    outcome: Outcome,
}

/// The outcome of a template.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
enum Outcome {
    Made { out: Vec<String> },
    Refused { error: String, span: [u32; 2] },
}

impl VariantsCase {
    fn request(&self) -> VariantRequest {
        VariantRequest {
            template: self.template.clone(),
            mode: self.mode,
            limit: self.limit,
            seed: self.seed.unwrap_or_default(),
            lists: self.lists.clone().into_iter().collect(),
        }
    }

    fn expand(&self) -> Outcome {
        match self.request().expand() {
            Ok(made) => Outcome::Made {
                out: made.variants.into_iter().map(|one| one.text).collect(),
            },
            Err(error) => Outcome::Refused {
                error: error.code().to_owned(),
                span: [error.start, error.end],
            },
        }
    }
}

impl Case for VariantsCase {
    fn check(&self) -> Result<(), String> {
        let outcome = self.expand();
        if outcome != self.outcome {
            return Err(format!(
                "{:?}\n  expected {:?}\n  found    {outcome:?}",
                self.template, self.outcome
            ));
        }
        let count = self.request().count().ok().map(|total| total.count);
        if self.count.is_some() && self.count != count {
            return Err(format!(
                "{:?}\n  expected {:?} variants, counted {count:?}",
                self.template, self.count
            ));
        }
        Ok(())
    }

    fn updated(mut self) -> Result<Self, String> {
        self.outcome = self.expand();
        if self.count.is_some() {
            self.count = self.request().count().ok().map(|total| total.count);
        }
        Ok(self)
    }
}
