//! What names mean beyond the catalogue: what the site declares.

use footlight_core::signal::Plain;
use footlight_core::value::Type;

/// The names that a site declares, as conditions and templates can use them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    /// Custom signals in the order of their numbers.
    pub(crate) custom: Vec<(String, Type)>,
    /// Questions with their answers, in the order of their numbers.
    pub(crate) questions: Vec<(String, Vec<String>)>,
    /// Names that some route captures.
    pub(crate) captures: Vec<String>,
    /// Markets: id, currency, locale.
    pub(crate) markets: Vec<(String, String, String)>,
    pub(crate) locales: Vec<String>,
    pub(crate) tiers: Vec<String>,
    /// Shipping zones and the methods in any of them.
    pub(crate) shipping_zones: Vec<String>,
    pub(crate) shipping_methods: Vec<String>,
    /// Segments, to say what is wrong when one is used as a signal.
    pub(crate) segments: Vec<String>,
    /// Signals that this site never knows, with what to write so that it does.
    pub(crate) without_source: Vec<(Plain, &'static str)>,
    /// Decimals of the base currency, for `money()`.
    pub(crate) base_minor_units: u8,
}
