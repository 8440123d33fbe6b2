//! What shipping costs and when it arrives.

use super::place::Destination;
use super::plan::ShippingPlan;
use crate::money::{Amount, Conversion, CurrencyCode};
use crate::time::{Date, Instant, TimeZone};

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// Where it would go.
    pub destination: Destination<'a>,
    /// The market's currency.
    pub currency: CurrencyCode,
    /// From the base currency to the market's.
    pub conversion: &'a Conversion,
    /// The cart's value in the market's currency, when it is known.
    pub cart_value: Option<Amount>,
    /// When it would be placed.
    pub placed: Instant,
}

/// The preferred method to a destination, for an order placed now. Amounts are in the market's currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quote<'p> {
    /// The zone's id.
    pub zone: &'p str,
    /// The method's id.
    pub method: &'p str,
    /// What the method costs below the threshold.
    pub price: Amount,
    /// From which cart value it costs nothing, when there is such a value.
    pub free_from: Option<Amount>,
    /// Whether it costs nothing for the cart as it is; `None` when that depends on a cart that is not known.
    pub free: Option<bool>,
    /// What the cart lacks for it to cost nothing; `None` when it lacks nothing, cannot get there, or is not known.
    pub missing_for_free: Option<Amount>,
    /// The day it leaves the warehouse.
    pub ships_on: Date,
    /// The first day it may arrive.
    pub arrives_earliest: Date,
    /// The last day it may arrive, as far as the method says.
    pub arrives_latest: Date,
    /// Whole minutes left to order for dispatch on `ships_on`.
    pub cutoff_in_minutes: u32,
}

/// Quotes the first method of the destination's zone.
///
/// `warehouse` is the zone that `plan.time_zone` names. `None` when the country is unknown (no data, no assumption), the
/// shop does not ship there, nobody works within 400 days, or an amount does not fit.
#[must_use]
pub fn quote<'p>(plan: &'p ShippingPlan, warehouse: &TimeZone, order: &Order<'_>) -> Option<Quote<'p>> {
    let zone = plan.zone(&order.destination)?;
    let method = zone.methods.first()?;
    let price = method.price.in_market(order.currency, order.conversion)?;
    let free_from = match &method.free_from {
        Some(charge) => Some(charge.in_market(order.currency, order.conversion)?),
        None => None,
    };
    let free = if price == Amount::ZERO {
        Some(true)
    } else {
        free_from.map_or(Some(false), |threshold| order.cart_value.map(|value| value >= threshold))
    };
    let missing_for_free = match (free, free_from, order.cart_value) {
        (Some(false), Some(threshold), Some(value)) => threshold.checked_sub(value),
        _ => None,
    };
    let (ships_on, cutoff_in_minutes) = dispatch(plan, warehouse, order.placed)?;
    let (least, most) = method.transit_days;
    let carrier = zone.carrier(method);
    Some(Quote {
        zone: &zone.id,
        method: &method.id,
        price,
        free_from,
        free,
        missing_for_free,
        ships_on,
        arrives_earliest: carrier.after(ships_on, least)?,
        arrives_latest: carrier.after(ships_on, most.max(least))?,
        cutoff_in_minutes,
    })
}

/// The day on which an order placed at `placed` leaves, and the whole minutes left to that day's cutoff.
fn dispatch(plan: &ShippingPlan, warehouse: &TimeZone, placed: Instant) -> Option<(Date, u32)> {
    let calendar = plan.warehouse();
    let today = warehouse.local(placed).date;
    let ms_to_cutoff = |date| {
        let cutoff = warehouse.instant_of_minute(date, plan.cutoff_minute);
        cutoff.unix_ms.checked_sub(placed.unix_ms)
    };
    let leaves_today = calendar.is_working(today) && ms_to_cutoff(today)? > 0;
    let date = if leaves_today { today } else { calendar.from(today.plus_days(1))? };
    let minutes = ms_to_cutoff(date)?.max(0) / 60_000;
    Some((date, u32::try_from(minutes).ok()?))
}

#[cfg(test)]
mod tests {
    use super::super::{Charge, Method, Place, Weekdays, Zone};
    use super::*;
    use crate::money::{Grid, Mode, Rate, Rounding};
    use crate::time::{Timestamp, Transition};
    use alloc::{vec, vec::Vec};

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn at(text: &str) -> Instant {
        Timestamp::parse(text).unwrap().to_instant()
    }

    fn eur(minor: i64) -> Charge {
        Charge { base: Amount::from_minor(minor), own: Vec::new() }
    }

    fn method(id: &str, price: Charge, free_from: Option<Charge>, transit_days: (u8, u8)) -> Method {
        Method { id: id.into(), price, free_from, transit_days, carrier_days: Weekdays::WITH_SATURDAY }
    }

    /// Clocks in Berlin go forward on 29 March and back on 25 October 2026.
    fn berlin() -> TimeZone {
        let change =
            |text, offset_seconds| Transition { unix_seconds: at(text).unix_seconds(), offset_seconds };
        let transitions = vec![change("2026-03-29T01:00:00Z", 7200), change("2026-10-25T01:00:00Z", 3600)];
        TimeZone { name: "Europe/Berlin".into(), first_offset_seconds: 3600, transitions }
    }

    fn plan() -> ShippingPlan {
        let zone = |id: &str, places, methods| Zone { id: id.into(), places, methods, holidays: Vec::new() };
        let chf = CurrencyCode::parse("CHF").unwrap();
        let home = method("standard", eur(490), Some(eur(5000)), (1, 2));
        let own = vec![(chf, Amount::from_minor(9000))];
        let threshold = Charge { base: Amount::from_minor(8000), own };
        let mut zones = vec![
            zone(
                "home",
                vec![Place::Country(*b"DE")],
                vec![home, method("express", eur(1490), None, (1, 1))],
            ),
            zone(
                "islands",
                vec![Place::PostalPrefix { country: *b"DE", prefix: "2749".into() }],
                vec![method("ferry", eur(990), None, (3, 5))],
            ),
            zone(
                "south",
                vec![Place::Region { country: *b"DE", region: "BY".into() }],
                vec![method("pickup", eur(0), None, (0, 0))],
            ),
            zone(
                "alps",
                vec![Place::Country(*b"CH"), Place::Country(*b"AT")],
                vec![method("standard", eur(1200), Some(threshold), (2, 3))],
            ),
            zone("embargo", vec![Place::Country(*b"RU")], Vec::new()),
            zone("world", vec![Place::RestOfWorld], vec![method("post", eur(2500), None, (5, 15))]),
        ];
        zones[0].holidays = vec![date("2026-11-18")];
        ShippingPlan {
            time_zone: 0,
            cutoff_minute: 14 * 60,
            business_days: Weekdays::WORKING_WEEK,
            holidays: vec![date("2026-12-24"), date("2026-12-25")],
            zones,
        }
    }

    const BASE: Conversion = Conversion {
        rate: Rate::ONE,
        base_minor_units: 2,
        market_minor_units: 2,
        rounding: Rounding::DEFAULT,
    };

    fn order(country: &str, placed: Instant) -> Order<'_> {
        Order {
            destination: Destination { country: Some(country), ..Destination::default() },
            currency: CurrencyCode::parse("EUR").unwrap(),
            conversion: &BASE,
            cart_value: None,
            placed,
        }
    }

    #[test]
    fn the_zone_that_names_the_destination_most_closely_wins() {
        let plan = plan();
        for (country, region, postal_code, zone) in [
            ("DE", None, None, Some("home")),
            ("DE", Some("BE"), Some("10115"), Some("home")),
            ("DE", Some("by"), Some("80331"), Some("south")),
            ("DE", Some("BY"), Some("27498"), Some("islands")),
            ("DE", None, Some("D-27 498"), Some("home")),
            ("DE", None, Some("274 98"), Some("islands")),
            ("AT", Some("BY"), Some("27498"), Some("alps")),
            ("RU", None, None, Some("embargo")),
            ("JP", None, None, Some("world")),
            ("", None, None, None),
        ] {
            let destination = Destination { country: Some(country), region, postal_code };
            let found = plan.zone(&destination).map(|zone| zone.id.as_str());
            assert_eq!(found, zone, "{country} {region:?} {postal_code:?}");
        }
    }

    #[test]
    fn an_unknown_country_and_a_zone_without_methods_get_no_quote() {
        let (plan, zone, placed) = (plan(), berlin(), at("2026-11-17T09:00:00Z"));
        let nowhere = Order { destination: Destination::default(), ..order("DE", placed) };
        assert_eq!(quote(&plan, &zone, &nowhere), None);
        assert_eq!(quote(&plan, &zone, &order("RU", placed)), None);
        assert_eq!(quote(&plan, &zone, &order("DE", placed)).unwrap().method, "standard");
    }

    #[test]
    fn orders_leave_before_the_cutoff_or_on_the_next_business_day() {
        let (plan, zone) = (plan(), berlin());
        for (placed, ships_on, minutes, earliest, latest) in [
            // Tuesday; the 18th is a holiday at the destination.
            ("2026-11-17T12:59:00Z", "2026-11-17", 1, "2026-11-19", "2026-11-20"),
            ("2026-11-17T12:59:59.999Z", "2026-11-17", 0, "2026-11-19", "2026-11-20"),
            ("2026-11-17T13:00:00Z", "2026-11-18", 1440, "2026-11-19", "2026-11-20"),
            // Friday after the cutoff, and the weekend: Monday.
            ("2026-11-20T13:00:01Z", "2026-11-23", 3 * 1440 - 1, "2026-11-24", "2026-11-25"),
            ("2026-11-21T23:30:00Z", "2026-11-23", 1440 + 13 * 60 + 30, "2026-11-24", "2026-11-25"),
            // 23:30 on Sunday in UTC is Monday in Berlin.
            ("2026-11-22T23:30:00Z", "2026-11-23", 13 * 60 + 30, "2026-11-24", "2026-11-25"),
            // Friday to Saturday: the carrier delivers then.
            ("2026-11-20T08:00:00Z", "2026-11-20", 300, "2026-11-21", "2026-11-23"),
            // Christmas Eve and Christmas Day are holidays of the warehouse, then comes a weekend.
            ("2026-12-23T13:00:00Z", "2026-12-28", 5 * 1440, "2026-12-29", "2026-12-30"),
            // Summer time: 14:00 is 12:00 UTC.
            ("2026-07-14T11:59:00Z", "2026-07-14", 1, "2026-07-15", "2026-07-16"),
            ("2026-07-14T12:00:00Z", "2026-07-15", 1440, "2026-07-16", "2026-07-17"),
            // The weekends on which clocks change have an hour less, and one more.
            ("2026-03-27T13:00:00Z", "2026-03-30", 71 * 60, "2026-03-31", "2026-04-01"),
            ("2026-10-23T12:00:00Z", "2026-10-26", 73 * 60, "2026-10-27", "2026-10-28"),
        ] {
            let quote = quote(&plan, &zone, &order("DE", at(placed))).unwrap();
            let found =
                (quote.ships_on, quote.cutoff_in_minutes, quote.arrives_earliest, quote.arrives_latest);
            assert_eq!(found, (date(ships_on), minutes, date(earliest), date(latest)), "{placed}");
        }
    }

    #[test]
    fn a_threshold_makes_it_free_from_exactly_its_amount() {
        let (plan, zone) = (plan(), berlin());
        let with_cart = |country, minor: Option<i64>| {
            let cart_value = minor.map(Amount::from_minor);
            let order = Order { cart_value, ..order(country, at("2026-11-17T09:00:00Z")) };
            let quote = quote(&plan, &zone, &order).unwrap();
            (quote.free, quote.missing_for_free.map(|missing| missing.minor))
        };
        assert_eq!(with_cart("DE", None), (None, None));
        assert_eq!(with_cart("DE", Some(0)), (Some(false), Some(5000)));
        assert_eq!(with_cart("DE", Some(4999)), (Some(false), Some(1)));
        assert_eq!(with_cart("DE", Some(5000)), (Some(true), None));
        assert_eq!(with_cart("JP", Some(1_000_000)), (Some(false), None), "there is no threshold");
        assert_eq!(with_cart("JP", None), (Some(false), None));
    }

    #[test]
    fn what_costs_nothing_is_free_for_every_cart() {
        let destination = Destination { country: Some("DE"), region: Some("BY"), postal_code: None };
        let order = Order { destination, ..order("DE", at("2026-11-17T09:00:00Z")) };
        let (plan, zone) = (plan(), berlin());
        let quote = quote(&plan, &zone, &order).unwrap();
        assert_eq!((quote.method, quote.free, quote.missing_for_free), ("pickup", Some(true), None));
        assert_eq!((quote.arrives_earliest, quote.arrives_latest), (date("2026-11-17"), date("2026-11-17")));
    }

    #[test]
    fn a_market_has_its_own_threshold_or_the_converted_one_rounded_as_its_prices() {
        let rounding = Rounding { mode: Mode::HalfUp, grid: Grid::new(5, 0).unwrap() };
        let conversion = Conversion { rate: Rate::parse("0.9431").unwrap(), rounding, ..BASE };
        let francs = Order {
            currency: CurrencyCode::parse("CHF").unwrap(),
            conversion: &conversion,
            cart_value: Some(Amount::from_minor(8_999)),
            ..order("CH", at("2026-11-17T09:00:00Z"))
        };
        let (plan, zone) = (plan(), berlin());
        let own = quote(&plan, &zone, &francs).unwrap();
        assert_eq!((own.price.minor, own.free_from), (1130, Some(Amount::from_minor(9000))));
        assert_eq!((own.free, own.missing_for_free), (Some(false), Some(Amount::from_minor(1))));
        let converted =
            quote(&plan, &zone, &Order { currency: CurrencyCode::parse("NOK").unwrap(), ..francs });
        assert_eq!(converted.unwrap().free_from, Some(Amount::from_minor(7545)));
    }

    #[test]
    fn nothing_overflows() {
        let mut plan = plan();
        for placed in [i64::MIN, -1, i64::MAX] {
            let order = order("DE", Instant::from_unix_ms(placed));
            let _quote = quote(&plan, &berlin(), &order);
        }
        plan.business_days = Weekdays::default();
        assert_eq!(quote(&plan, &berlin(), &order("DE", at("2026-11-17T09:00:00Z"))), None);
    }

    #[test]
    fn plans_survive_postcard() {
        let bytes = postcard::to_allocvec(&plan()).unwrap();
        assert_eq!(postcard::from_bytes::<ShippingPlan>(&bytes).unwrap(), plan());
    }
}
