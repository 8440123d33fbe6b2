//! Language negotiation.
//!
//! - `accept`: the ranges of an `Accept-Language` header, best first.
//! - `tag`: comparing language tags.
//! - `lookup`: the site's locale for those ranges.

mod accept;
mod lookup;
mod tag;

pub use accept::{AcceptLanguage, LanguageRange, MAX_RANGES};
pub use lookup::lookup;
pub use tag::range_matches;
