//! Photoshoots: collections of shots as data, and what one of them comes to before anything is sent.
//!
//! A [`Shoot`] has looks; a [`Look`] holds what all its shots share (the outfit, the one light, the one camera and the
//! one film stock), and a [`Shot`] has no place for another outfit, light or film: that they stay the same within a
//! look is a matter of the types. [`Catalogue::expand`] makes a [`ShootPlan`] of a shoot, for one model.

mod catalogue;
mod expand;
mod plan;

pub use catalogue::{Catalogue, Look, Shoot, Shot};
pub use plan::{PlannedShot, ShootCost, ShootError, ShootListing, ShootPlan, ShootRequest};

/// What the collections are parsed of.
const DATA: &str = include_str!("../../data/shoots/shoots.txt");
