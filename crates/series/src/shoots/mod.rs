//! Photoshoots: collections of shots as data, and their plans before anything is sent.
//!
//! A shoot has looks, and a look has shots. All shots of a look share its outfit, light, camera, film stock and mood.
//! [`listing()`] names the shoots; [`ShootRequest::expand`] plans one of them for a model.

mod catalogue;
mod expand;
mod plan;

pub use catalogue::listing;
pub use plan::{PlannedShot, ShootCost, ShootError, ShootListing, ShootPlan, ShootRequest};
