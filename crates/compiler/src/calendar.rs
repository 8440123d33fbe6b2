//! Dates and times of TOML as instants, by the clocks of a zone.

use footlight_core::time::{Civil, Date, Instant, TimeZone};
use toml_datetime::Offset;

use crate::diagnostic::{governance, site};
use crate::document::{Excerpt, Item, Value};
use crate::program::Program;
use crate::zones;

/// Years that rules can speak of.
pub(crate) const YEARS: std::ops::RangeInclusive<i32> = 1970..=2100;

/// The years for which a bundle compiled at an instant knows when clocks change.
pub(crate) fn years_around(now_ms: i64) -> (i16, i16) {
    let (year, ..) = Date::from_unix_days(now_ms.div_euclid(86_400_000)).year_month_day();
    let year = i16::try_from(year).unwrap_or(2026);
    (year.saturating_sub(1), year.saturating_add(5))
}

/// The zone of that name, for the years that the bundle is for.
pub(crate) fn zone(name: Excerpt<'_>, program: &mut Program) -> Option<TimeZone> {
    let (from, to) = program.years;
    let zone = zones::zone(name.text, from, to);
    if zone.is_err() {
        program.report(site::unknown_time_zone(name.whole, name.text));
    }
    zone.ok()
}

/// The date of a TOML date.
pub(crate) fn date(item: &Item, program: &mut Program) -> Option<Date> {
    let Value::Date(moment) = &item.value else { return None };
    let date = moment.date?;
    if !YEARS.contains(&i32::from(date.year)) {
        program.report(governance::year_out_of_range(item.at));
        return None;
    }
    Date::new(date.year.into(), date.month, date.day)
}

/// Milliseconds since 1970 of a date, or a date with a time, by a zone's clocks unless it says its own offset.
pub(crate) fn moment_ms(item: &Item, zone: &TimeZone, program: &mut Program) -> Option<i64> {
    let date = date(item, program)?;
    let Value::Date(moment) = &item.value else { return None };
    let second_of_day = moment.time.map_or(0, |time| {
        (u32::from(time.hour) * 60 + u32::from(time.minute)) * 60 + u32::from(time.second.unwrap_or(0))
    });
    let civil = Civil { date, second_of_day };
    Some(match moment.offset {
        Some(Offset::Z) => civil.to_seconds() * 1000,
        Some(Offset::Custom { minutes }) => (civil.to_seconds() - i64::from(minutes) * 60) * 1000,
        None => zone.instant(civil).unix_ms,
    })
}

/// The beginning of the day `days` after a date.
pub(crate) fn day_ms(date: Date, days: i64, zone: &TimeZone) -> i64 {
    let date = date.plus_days(i32::try_from(days).unwrap_or(0));
    zone.instant(Civil { date, second_of_day: 0 }).unix_ms
}

/// A day as `2027-02-01`.
pub(crate) fn iso(date: Date, days: i64) -> String {
    let (year, month, day) = date.plus_days(i32::try_from(days).unwrap_or(0)).year_month_day();
    format!("{year:04}-{month:02}-{day:02}")
}

/// Whether an instant is within [`YEARS`].
pub(crate) fn is_in_range(instant: Instant) -> bool {
    let (year, ..) = Date::from_unix_days(instant.unix_ms.div_euclid(86_400_000)).year_month_day();
    YEARS.contains(&year)
}
