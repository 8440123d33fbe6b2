//! Where visitors come from, which at the edge the runtime knows and on this machine nobody does.

use footlight_core::bundle::GeoFact;

/// What the command line says of the place; empty where it says nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Place {
    pub(crate) country: String,
    pub(crate) region: String,
    pub(crate) city: String,
    pub(crate) postal_code: String,
    pub(crate) time_zone: String,
}

/// Members of the European Union, ISO 3166-1.
const EU: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT",
    "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

impl Place {
    /// The fact as the runtime would say it; empty when it is not known.
    pub(super) fn fact(&self, fact: GeoFact) -> &str {
        match fact {
            GeoFact::Country => &self.country,
            GeoFact::Region => &self.region,
            GeoFact::City => &self.city,
            GeoFact::PostalCode => &self.postal_code,
            GeoFact::TimeZone => &self.time_zone,
            GeoFact::Eu if EU.contains(&self.country.as_str()) => "1",
            GeoFact::Eu => "",
        }
    }
}
