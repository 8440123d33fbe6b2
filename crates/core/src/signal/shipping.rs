//! Signals of shipping to where the visitor is.

use alloc::string::String;

use super::Signals;
use super::catalogue::{Cardinality, Entry, Plain, Source};
use crate::bundle::{GeoFact, Market};
use crate::consent::Purpose;
use crate::kept::Kept;
use crate::money::Amount;
use crate::shipping::{self, Destination, Order, Quote};
use crate::time::Instant;
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
    let known = match (signals.quote(), signals.market()) {
        (Some(quote), Some(market)) => of_quote(quote, market, signals.language(), signal, &signals.kept),
        _ => None,
    };
    known.unwrap_or(Value::Unknown(Unknown::Absent))
}

fn of_quote<'a>(
    quote: &Quote<'a>,
    market: &Market,
    language: usize,
    signal: Plain,
    kept: &'a Kept,
) -> Option<Value<'a>> {
    let mut text = String::new();
    match signal {
        Plain::ShippingZone => return Some(Value::Text(quote.zone)),
        Plain::ShippingMethod => return Some(Value::Text(quote.method)),
        Plain::ShippingFree => return quote.free.map(Value::Bool),
        Plain::ShippingCutoffMinutes => return Some(Value::Int(i64::from(quote.cutoff_in_minutes))),
        Plain::ShippingPrice => market.format.write(quote.price, &mut text),
        Plain::ShippingFreeFrom => market.format.write(quote.free_from?, &mut text),
        Plain::ShippingMissing => market.format.write(quote.missing_for_free?, &mut text),
        Plain::ShippingArrives => market.dates.get(language)?.write(quote.arrives_earliest, &mut text),
        _ => market.dates.get(language)?.write(quote.arrives_latest, &mut text),
    }
    Some(Value::Text(kept.keep(text)))
}

/// The quote for the visitor's place, market and cart, now.
pub(super) fn quote<'a>(signals: &'a Signals<'a>) -> Option<Quote<'a>> {
    let site = &signals.bundle.site;
    let plan = site.shipping.as_ref()?;
    let market = signals.market()?;
    let conversion = &market.pricing.conversion;
    let cart_value = signals.cart_value().map(Amount::from_minor);
    let destination = Destination {
        country: signals.country(),
        region: signals.request.geo(GeoFact::Region),
        postal_code: signals.postal_code(),
    };
    let order = Order {
        destination,
        currency: market.currency.code,
        conversion,
        cart_value: cart_value.and_then(|value| conversion.convert_sum(value).ok()),
        placed: Instant::from_unix_ms(signals.request.now_ms),
    };
    shipping::quote(plan, site.zones.get(usize::from(plan.time_zone))?, &order)
}
