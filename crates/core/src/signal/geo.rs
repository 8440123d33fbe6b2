//! Signals of the place that the network address suggests.

use super::Signals;
use super::catalogue::{Cardinality, Entry, Plain, Source};
use crate::bundle::GeoFact;
use crate::consent::Purpose;
use crate::value::{Type, Unknown, Value};

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        signal: Plain::GeoCountry,
        name: "geo.country",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Few(250),
        meaning: "The country, ISO 3166-1 alpha-2, upper case.",
        values: &[],
    },
    Entry {
        signal: Plain::GeoRegion,
        name: "geo.region",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Many,
        meaning: "The region, ISO 3166-2 without the country.",
        values: &[],
    },
    Entry {
        signal: Plain::GeoCity,
        name: "geo.city",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Functional,
        cardinality: Cardinality::Many,
        meaning: "The city's name.",
        values: &[],
    },
    Entry {
        signal: Plain::GeoPostalCode,
        name: "geo.postal_code",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Functional,
        cardinality: Cardinality::Many,
        meaning: "The postal code.",
        values: &[],
    },
    Entry {
        signal: Plain::GeoTimeZone,
        name: "geo.time_zone",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Many,
        meaning: "The IANA time zone.",
        values: &[],
    },
    Entry {
        signal: Plain::GeoEu,
        name: "geo.eu",
        kind: Type::Bool,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Few(2),
        meaning: "Whether the country is in the European Union.",
        values: &[],
    },
];

pub(super) fn read<'a>(signals: &'a Signals<'a>, signal: Plain) -> Value<'a> {
    let fact = match signal {
        Plain::GeoCountry => return Value::text_or_absent(signals.country()),
        Plain::GeoRegion => GeoFact::Region,
        Plain::GeoCity => GeoFact::City,
        Plain::GeoPostalCode => GeoFact::PostalCode,
        Plain::GeoTimeZone => GeoFact::TimeZone,
        _ => {
            return match signals.request.geo(GeoFact::Eu) {
                Some(flag) => Value::Bool(matches!(flag, "1" | "true")),
                // The runtime sends the flag only inside the Union, so it is missing outside; without a country it says nothing.
                None => signals.country().map_or(Value::Unknown(Unknown::Absent), |_| Value::Bool(false)),
            };
        }
    };
    Value::text_or_absent(signals.request.geo(fact))
}
