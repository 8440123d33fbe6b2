//! Shipping zones, methods and delivery promises.

use std::collections::HashMap;

use footlight_core::money::{Amount, Currency};
use footlight_core::shipping::{Charge, Method, Place, ShippingPlan, Weekdays, Zone, normalize_postal_code};
use footlight_core::time::{Date, TimeZone, Weekday};

use super::amounts::amount;
use super::names::{country, named_currency};
use crate::calendar;
use crate::diagnostic::{At, shapes, site};
use crate::document::{Item, Value};
use crate::program::Program;
use crate::shape::Table;

/// The shipping plan, when the site declares one. The warehouse's zone is added to `zones`, whose first is the shop's;
/// names of shipping zones and methods are put into scope.
pub(super) fn read(
    table: Table<'_>,
    base: Currency,
    zones: &mut Vec<TimeZone>,
    program: &mut Program,
) -> Option<ShippingPlan> {
    let shipping = table.table("shipping")?;
    let warehouse = match shipping.text("time_zone") {
        Some(name) => calendar::zone(name, program),
        None => zones.first().cloned(),
    };
    let cutoff_minute = shipping.text("cutoff").and_then(|cutoff| {
        let minute = minute_of_day(cutoff.text);
        if minute.is_none() {
            program.report(site::bad_time(cutoff.whole, cutoff.text));
        }
        minute
    });
    let mut ids: HashMap<String, At> = HashMap::new();
    let mut shipping_zones = Vec::new();
    for zone in shipping.tables("zone") {
        if let Some(id) = zone.text("id") {
            if let Some(first) = ids.insert(id.text.to_owned(), id.whole) {
                program.report(shapes::duplicate_id(id.whole, "shipping zone", id.text, first));
            }
            program.scope.shipping_zones.push(id.text.to_owned());
        }
        shipping_zones.extend(read_zone(zone, base, program));
    }
    let business_days = weekdays(shipping, "business_days", program);
    let holidays = dates(shipping, "holidays", program);
    zones.push(warehouse?);
    let time_zone = u16::try_from(zones.len() - 1).ok()?;
    Some(ShippingPlan {
        time_zone,
        cutoff_minute: cutoff_minute?,
        business_days,
        holidays,
        zones: shipping_zones,
    })
}

fn read_zone(zone: Table<'_>, base: Currency, program: &mut Program) -> Option<Zone> {
    let places = places(zone, program);
    let methods = zone.tables("method").filter_map(|method| read_method(method, base, program)).collect();
    let holidays = dates(zone, "holidays", program);
    Some(Zone { id: zone.text("id")?.text.to_owned(), places, methods, holidays })
}

fn places(zone: Table<'_>, program: &mut Program) -> Vec<Place> {
    let mut places = Vec::new();
    let mut countries = Vec::new();
    for item in zone.list("countries") {
        if item.excerpt().is_some_and(|code| code.text == "*") {
            places.push(Place::RestOfWorld);
        } else if let Some(code) = country(item, program) {
            countries.push(code);
        }
    }
    let parts: Vec<(&str, &Item)> = ["regions", "postal"]
        .into_iter()
        .flat_map(|key| zone.list(key).iter().map(move |item| (key, item)))
        .collect();
    if parts.is_empty() {
        places.extend(countries.into_iter().map(Place::Country));
        return places;
    }
    let [country] = countries.as_slice() else {
        program.report(site::bad_shipping(
            zone.key_at("countries"),
            "`regions` and `postal` are parts of one country, and there is not one here",
            "name one country, and the others in a zone of their own",
        ));
        return places;
    };
    for (key, item) in parts {
        let Some(text) = item.excerpt() else { continue };
        let normal = normalize_postal_code(text.text);
        if normal.is_empty() {
            let help = "write letters and digits: `BY`, `80`";
            program.report(site::bad_shipping(item.at, "this names no part of a country", help));
        } else if key == "postal" {
            places.push(Place::PostalPrefix { country: *country, prefix: normal });
        } else {
            // `DE-BY` means `BY`.
            let prefix = String::from_utf8_lossy(country).into_owned() + "-";
            let region = text.text.strip_prefix(prefix.as_str()).unwrap_or(text.text).to_uppercase();
            places.push(Place::Region { country: *country, region });
        }
    }
    places
}

fn read_method(method: Table<'_>, base: Currency, program: &mut Program) -> Option<Method> {
    let id = method.text("id");
    if let Some(id) = id
        && !program.scope.shipping_methods.iter().any(|known| known == id.text)
    {
        program.scope.shipping_methods.push(id.text.to_owned());
    }
    let price = method.item("price").and_then(|item| amount(item, base, program));
    let own_prices = own(method, "prices", program);
    let free_from = method.item("free_from").and_then(|item| amount(item, base, program));
    let own_free_from = own(method, "free_from_in", program);
    if !own_free_from.is_empty() && method.item("free_from").is_none() {
        let help = "add `free_from`, in the base currency";
        let message = "the cart value is given for other currencies alone";
        program.report(site::bad_shipping(method.key_at("free_from_in"), message, help));
    }
    let transit_days = transit_days(method, program);
    let carrier_days = weekdays(method, "carrier_days", program);
    Some(Method {
        id: id?.text.to_owned(),
        price: Charge { base: price?, own: own_prices },
        free_from: free_from.map(|base| Charge { base, own: own_free_from }),
        transit_days: transit_days?,
        carrier_days,
    })
}

/// Amounts that are set by hand for other currencies.
fn own(
    method: Table<'_>,
    key: &str,
    program: &mut Program,
) -> Vec<(footlight_core::money::CurrencyCode, Amount)> {
    let mut amounts = Vec::new();
    for entry in method.entries(key) {
        let Some(currency) = named_currency(&entry.key, entry.key_at, program) else { continue };
        amounts.extend(amount(&entry.item, currency, program).map(|amount| (currency.code, amount)));
    }
    amounts
}

fn transit_days(method: Table<'_>, program: &mut Program) -> Option<(u8, u8)> {
    let number = |item: &Item| match item.value {
        Value::Integer(Some(days)) => u8::try_from(days).ok(),
        _ => None,
    };
    let days: Vec<u8> = method.list("days").iter().filter_map(number).collect();
    match days.as_slice() {
        [least, most] if least <= most => Some((*least, *most)),
        [exactly] => Some((*exactly, *exactly)),
        _ => {
            if method.item("days").is_some_and(|item| item.list().iter().all(|item| number(item).is_some())) {
                program.report(site::bad_shipping(
                    method.key_at("days"),
                    "this is no number of days",
                    "write the least and the most: `days = [2, 3]`",
                ));
            }
            None
        }
    }
}

fn weekdays(table: Table<'_>, key: &str, program: &mut Program) -> Weekdays {
    if table.item(key).is_none() {
        return Weekdays::WORKING_WEEK;
    }
    const DAYS: [(&str, Weekday); 7] = [
        ("mon", Weekday::Monday),
        ("tue", Weekday::Tuesday),
        ("wed", Weekday::Wednesday),
        ("thu", Weekday::Thursday),
        ("fri", Weekday::Friday),
        ("sat", Weekday::Saturday),
        ("sun", Weekday::Sunday),
    ];
    let named = |item: &Item| {
        let name = item.excerpt()?.text;
        DAYS.into_iter().find(|(known, _)| *known == name).map(|(_, day)| day)
    };
    let days: Vec<Weekday> = table.list(key).iter().filter_map(named).collect();
    if table.list(key).is_empty() {
        let help = "write `[\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"]`";
        program.report(site::bad_shipping(table.key_at(key), "without a day nothing ever arrives", help));
    }
    days.into_iter().fold(Weekdays::default(), Weekdays::with)
}

fn dates(table: Table<'_>, key: &str, program: &mut Program) -> Vec<Date> {
    let mut dates: Vec<Date> =
        table.list(key).iter().filter_map(|item| calendar::date(item, program)).collect();
    dates.sort_unstable();
    dates.dedup();
    dates
}

/// Minutes since midnight of `15:00`.
fn minute_of_day(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let is_number = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(hour) || !is_number(minute) {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}
