//! The bundle: compiled rules in one file, named by its hash, signed. `FORMAT.md` writes the bytes down.

mod container;
mod model;
#[cfg(test)]
mod tests;
mod validate;

pub use container::{
    BundleError, BundleId, FORMAT_VERSION, Header, Loaded, MAX_BUNDLE_BYTES, SIGNATURE_CONTEXT, Signature,
    append_signature, decode, encode, load, notes, signature,
};
pub use model::{
    Bundle, CacheClass, Cap, Content, CustomSignal, Edit, GeoFact, Kind, Market, Origin, PageSources, Place,
    ProfileLimits, Question, Route, Rule, Schedule, Segment, ShopSources, Site, StagePlan, Target, Tier,
    Variant,
};
pub use validate::Flaw;
