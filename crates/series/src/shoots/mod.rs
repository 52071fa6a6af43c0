//! Photoshoots: collections of shots as data, and their plans before anything is sent.
//!
//! A shoot has looks, and a look has shots. All shots of a look share its outfit, light, camera, film stock and mood.
//! [`listing()`] names the shoots; [`ShootRequest::expand`] plans one of them for a model.
//! [`NewShoot`] is a request to make one, or the person's own compositions, as a series.

mod catalogue;
mod expand;
mod new;
mod plan;

pub use catalogue::listing;
pub use new::NewShoot;
pub use plan::{PlannedShot, ShootCost, ShootError, ShootListing, ShootPlan, ShootRequest};
