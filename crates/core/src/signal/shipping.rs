//! Signals of shipping to where the visitor is.

use super::Signals;
use super::catalogue::{Cardinality, Entry, Plain, Source};
use crate::consent::Purpose;
use crate::value::{Type, Unknown, Value};

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        signal: Plain::ShippingZone,
        name: "shipping.zone",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Many,
        meaning: "The shipping zone.",
        values: &[],
    },
    Entry {
        signal: Plain::ShippingMethod,
        name: "shipping.method",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Many,
        meaning: "The shipping method that is offered first.",
        values: &[],
    },
    Entry {
        signal: Plain::ShippingPrice,
        name: "shipping.price",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Many,
        meaning: "What it costs, as written in the visitor's market, before any threshold.",
        values: &[],
    },
    Entry {
        signal: Plain::ShippingFree,
        name: "shipping.free",
        kind: Type::Bool,
        source: Source::FirstParty,
        purpose: Purpose::Functional,
        cardinality: Cardinality::Many,
        meaning: "Whether shipping is free for the cart as it is.",
        values: &[],
    },
    Entry {
        signal: Plain::ShippingFreeFrom,
        name: "shipping.free_from",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Many,
        meaning: "From which cart value shipping is free, as written in the visitor's market.",
        values: &[],
    },
    Entry {
        signal: Plain::ShippingMissing,
        name: "shipping.missing",
        kind: Type::Text,
        source: Source::FirstParty,
        purpose: Purpose::Functional,
        cardinality: Cardinality::Many,
        meaning: "What the cart lacks for free shipping, as written in the visitor's market; unknown once it is free.",
        values: &[],
    },
    Entry {
        signal: Plain::ShippingArrives,
        name: "shipping.arrives",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Moment,
        meaning: "The earliest delivery day of an order placed now, as written in the visitor's market.",
        values: &[],
    },
    Entry {
        signal: Plain::ShippingArrivesLatest,
        name: "shipping.arrives_latest",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Moment,
        meaning: "The latest delivery day of an order placed now, as written in the visitor's market.",
        values: &[],
    },
    Entry {
        signal: Plain::ShippingCutoffMinutes,
        name: "shipping.cutoff_minutes",
        kind: Type::Int,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Moment,
        meaning: "Minutes left to order for dispatch on the next dispatch day.",
        values: &[],
    },
];

pub(super) fn read<'a>(signals: &'a Signals<'a>, signal: Plain) -> Value<'a> {
    Value::Unknown(Unknown::Absent)
}
pub(super) fn quote<'a>(_: &'a Signals<'a>) -> Option<crate::shipping::Quote<'a>> {
    None
}
