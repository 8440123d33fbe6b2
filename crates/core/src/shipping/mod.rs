//! Shipping: zones, methods, prices and the delivery promise.
//!
//! A [`ShippingPlan`] is data; [`quote`] is a pure function of it, of where the order goes, what is in the cart and what
//! time it is. No text is made here: zones and methods have ids, and templates have the words.

mod calendar;
mod place;
mod plan;
mod quote;

pub use calendar::Weekdays;
pub use place::{Destination, Place, normalize_postal_code};
pub use plan::{Charge, Method, ShippingPlan, Zone};
pub use quote::{Order, Quote, quote};
