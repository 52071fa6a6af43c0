//! The lists that a `__name__` stands for.

use alloc::collections::BTreeMap;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::MAX_OPTIONS;
use super::tree::{Branch, Part, merged};

/// Lists that come with the product; none of them describes a face.
const DATA: &str = include_str!("../../data/wildcards.txt");

/// A list that comes with the product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Wildcard {
    /// What is written between the underscores: `film_stock`.
    pub name: &'static str,
    /// What a menu shows.
    pub title: &'static str,
    /// What it can stand for.
    pub options: Vec<&'static str>,
}

/// Every list that comes with the product, by name.
#[must_use]
pub fn built_in() -> Vec<Wildcard> {
    let lines = DATA.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(list).collect()
}

fn list(line: &'static str) -> Option<Wildcard> {
    let mut fields = line.split('|');
    let (name, title) = (fields.next()?, fields.next()?);
    Some(Wildcard {
        name,
        title,
        options: fields.collect(),
    })
}

/// Lists as a template's parts, each read once.
pub(super) struct Lists<'t> {
    own: &'t BTreeMap<String, Vec<String>>,
    read: Vec<(&'t str, Rc<[Branch<'t>]>)>,
}

impl<'t> Lists<'t> {
    /// The person's own lists, which come before those of the product.
    pub(super) const fn new(own: &'t BTreeMap<String, Vec<String>>) -> Self {
        Self {
            own,
            read: Vec::new(),
        }
    }

    /// The different options of a list, or too many of them. They are literal text: a list is no template.
    pub(super) fn get(&mut self, name: &'t str) -> Option<Rc<[Branch<'t>]>> {
        if let Some((_, options)) = self.read.iter().find(|(known, _)| *known == name) {
            return Some(options.clone());
        }
        let branch = |text: &'t str| Branch {
            weight: Branch::ONE,
            parts: alloc::vec![Part::Text(text)],
        };
        let options: Vec<Branch<'t>> = match self.own.get(name) {
            Some(own) => own.iter().map(String::as_str).map(branch).collect(),
            None => list(DATA.lines().find(|line| named(line, name))?)?
                .options
                .into_iter()
                .map(branch)
                .collect(),
        };
        let options = if options.len() > MAX_OPTIONS {
            options.into()
        } else {
            merged(options)
        };
        self.read.push((name, options.clone()));
        Some(options)
    }
}

fn named(line: &str, name: &str) -> bool {
    line.strip_prefix(name)
        .is_some_and(|rest| rest.starts_with('|'))
}
