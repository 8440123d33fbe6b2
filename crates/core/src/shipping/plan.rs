//! What a shop ships, where to, for how much and when.

use super::calendar::{Calendar, Weekdays};
use super::place::{Destination, Place};
use crate::money::{Amount, Conversion, CurrencyCode};
use crate::time::Date;
use crate::wire;
use alloc::{string::String, vec::Vec};
use serde::{Deserialize, Serialize};

/// A shop's shipping.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShippingPlan {
    /// The warehouse's time zone, an index into the site's zones.
    pub time_zone: u16,
    /// Orders placed before this minute of the warehouse's day (0 to 1,440) leave on it.
    pub cutoff_minute: u16,
    /// Days on which the warehouse ships.
    pub business_days: Weekdays,
    /// Days on which it does not; ascending.
    pub holidays: Vec<Date>,
    /// Where to. Of zones that cover a destination equally closely the first one counts.
    pub zones: Vec<Zone>,
}

/// Destinations with common methods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zone {
    /// Its name in rules.
    pub id: String,
    /// What it covers.
    pub places: Vec<Place>,
    /// How it is shipped to, the preferred way first; none where the shop does not ship to.
    pub methods: Vec<Method>,
    /// Days on which nothing is delivered there; ascending.
    pub holidays: Vec<Date>,
}

/// A way of shipping.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Method {
    /// Its name in rules.
    pub id: String,
    /// What it costs.
    pub price: Charge,
    /// From which cart value it costs nothing.
    pub free_from: Option<Charge>,
    /// Carrier days from dispatch to delivery, at least and at most.
    pub transit_days: (u8, u8),
    /// Days on which the carrier moves and delivers.
    pub carrier_days: Weekdays,
}

/// An amount in the base currency, and in the currencies for which the shop has set it by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    /// In the base currency.
    pub base: Amount,
    /// Set by hand, exact.
    pub own: Vec<(CurrencyCode, Amount)>,
}

impl Charge {
    /// The amount in a market's currency: as set for it, else converted and rounded as the market's prices are. `None` on
    /// overflow.
    #[must_use]
    pub fn in_market(&self, currency: CurrencyCode, conversion: &Conversion) -> Option<Amount> {
        match self.own.iter().find(|(own, _)| *own == currency) {
            Some((_, amount)) => Some(*amount),
            None => conversion.convert(self.base).ok(),
        }
    }
}

impl ShippingPlan {
    /// The zone that covers the destination most closely; `None` when the country is unknown or no zone covers it.
    #[must_use]
    pub fn zone(&self, destination: &Destination<'_>) -> Option<&Zone> {
        let mut closest = None;
        for zone in &self.zones {
            let closeness = zone.places.iter().filter_map(|place| place.closeness(destination)).max();
            if closeness.is_some() && closeness > closest.map(|(closeness, _)| closeness) {
                closest = closeness.map(|closeness| (closeness, zone));
            }
        }
        closest.map(|(_, zone)| zone)
    }

    pub(super) fn warehouse(&self) -> Calendar<'_> {
        Calendar { weekdays: self.business_days, holidays: &self.holidays }
    }
}

impl Zone {
    pub(super) fn carrier(&self, method: &Method) -> Calendar<'_> {
        Calendar { weekdays: method.carrier_days, holidays: &self.holidays }
    }
}

wire::structs! {
    ShippingPlan { time_zone => Zones, cutoff_minute, business_days, holidays, zones }
    Zone { id, places, methods, holidays }
    Method { id, price, free_from, transit_days, carrier_days }
    Charge { base, own }
}
