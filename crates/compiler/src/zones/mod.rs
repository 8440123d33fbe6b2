//! Time zones, from the database that is compiled into the compiler, cut to the years a bundle is made for.

use footlight_core::time::{TimeZone, Transition};
use jiff::civil;
use jiff::tz::TimeZoneDatabase;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Not a name of the IANA time zone database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownZone;

/// CLDR's zones by ISO 3166 country code.
static COUNTRIES: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let lines = include_str!("countries.tsv").lines().filter(|line| !line.starts_with('#'));
    let lines = lines.filter_map(|line| line.split_once('\t'));
    lines.map(|(country, zones)| (country, zones.split(' ').collect())).collect()
});

/// The names of all zones, sorted.
#[must_use]
pub fn names() -> Vec<String> {
    let mut names: Vec<_> = TimeZoneDatabase::bundled().available().map(|name| name.to_string()).collect();
    names.sort_unstable();
    names
}

/// The zones of a country (ISO 3166-1 alpha-2, in upper case), the primary one first where CLDR names one; empty for an
/// unknown country.
#[must_use]
pub fn zones_of_country(country: &str) -> &'static [&'static str] {
    COUNTRIES.get(country).map_or(&[], Vec::as_slice)
}

/// The zone with the IANA name `name`, correct from the start of `from_year` to the end of `to_year`, in UTC. Years
/// are kept to 1 to 9998.
///
/// # Errors
/// [`UnknownZone`]; names are compared without regard to case, and the zone gets the database's spelling.
pub fn zone(name: &str, from_year: i16, to_year: i16) -> Result<TimeZone, UnknownZone> {
    let zone = TimeZoneDatabase::bundled().get(name).map_err(|_| UnknownZone)?;
    let start_of = |year: i16| {
        let start = civil::date(year.clamp(1, 9998), 1, 1).to_datetime(civil::Time::midnight());
        jiff::tz::Offset::UTC.to_timestamp(start).map_err(|_| UnknownZone)
    };
    let (from, until) = (start_of(from_year)?, start_of(to_year.saturating_add(1))?);
    let first_offset_seconds = zone.to_offset(from).seconds();
    let mut transitions = Vec::new();
    let mut offset_seconds = first_offset_seconds;
    for transition in zone.following(from).take_while(|transition| transition.timestamp() < until) {
        // Changes of name alone, such as from standard time to summer time at the same offset, are none here.
        if transition.offset().seconds() != offset_seconds {
            offset_seconds = transition.offset().seconds();
            transitions.push(Transition { unix_seconds: transition.timestamp().as_second(), offset_seconds });
        }
    }
    let name = zone.iana_name().unwrap_or(name).to_owned();
    Ok(TimeZone { name, first_offset_seconds, transitions })
}

#[cfg(test)]
mod tests {
    use super::*;
    use footlight_core::time::{Instant, Timestamp};

    fn instant(text: &str) -> Instant {
        Timestamp::parse(text).unwrap().to_instant()
    }

    #[test]
    fn a_zone_has_the_transitions_of_its_years() {
        let berlin = zone("Europe/Berlin", 2026, 2027).unwrap();
        let at = |text| instant(text).unix_seconds();
        let expected = [
            ("2026-03-29T01:00:00Z", 7200),
            ("2026-10-25T01:00:00Z", 3600),
            ("2027-03-28T01:00:00Z", 7200),
            ("2027-10-31T01:00:00Z", 3600),
        ];
        let expected =
            expected.map(|(text, offset_seconds)| Transition { unix_seconds: at(text), offset_seconds });
        assert_eq!(berlin.first_offset_seconds, 3600);
        assert_eq!(berlin.transitions, expected);
    }

    #[test]
    fn zones_agree_with_the_database_in_every_hour_of_their_years() {
        for name in [
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe",
            "Asia/Kolkata",
            "Africa/Casablanca",
            "Pacific/Apia",
        ] {
            let database = TimeZoneDatabase::bundled().get(name).unwrap();
            let zone = zone(name, 2010, 2030).unwrap();
            let (from, until) = (instant("2010-01-01T00:00:00Z"), instant("2030-12-31T23:59:59Z"));
            for seconds in (from.unix_seconds()..until.unix_seconds()).step_by(1800) {
                let expected = database.to_offset(jiff::Timestamp::from_second(seconds).unwrap()).seconds();
                assert_eq!(
                    zone.offset_seconds_at(Instant::from_unix_seconds(seconds)),
                    expected,
                    "{name} {seconds}"
                );
            }
        }
    }

    #[test]
    fn clocks_are_read_as_the_database_reads_them() {
        for name in
            ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Tehran"]
        {
            let database = TimeZoneDatabase::bundled().get(name).unwrap();
            let zone = zone(name, 2014, 2026).unwrap();
            let start = instant("2015-01-01T00:00:00Z").unix_seconds();
            for step in 0..(10 * 366 * 48) {
                let local = footlight_core::time::Civil::from_seconds(start + step * 1800);
                let (year, month, day) = local.date.year_month_day();
                let clock = civil::date(year as i16, month as i8, day as i8).at(
                    local.hour() as i8,
                    (local.minute_of_day() % 60) as i8,
                    0,
                    0,
                );
                let expected = database.to_ambiguous_timestamp(clock).compatible().unwrap().as_second();
                assert_eq!(zone.instant(local).unix_seconds(), expected, "{name} {clock}");
            }
        }
    }

    #[test]
    fn names_are_checked_and_spelled_as_in_the_database() {
        assert_eq!(zone("europe/berlin", 2026, 2026).unwrap().name, "Europe/Berlin");
        assert_eq!(zone("Europe/Berln", 2026, 2026), Err(UnknownZone));
        assert_eq!(zone("", 2026, 2026), Err(UnknownZone));
        assert!(names().iter().any(|name| name == "Europe/Berlin"));
        assert!(zone("Europe/Berlin", i16::MIN, i16::MAX).is_ok());
    }

    #[test]
    fn countries_have_zones_that_the_database_knows() {
        assert_eq!(zones_of_country("FR"), ["Europe/Paris"]);
        assert_eq!(zones_of_country("IN"), ["Asia/Kolkata"]);
        assert_eq!(zones_of_country("DE").first(), Some(&"Europe/Berlin"));
        assert!(zones_of_country("XX").is_empty());
        for zones in COUNTRIES.values() {
            for name in zones {
                assert!(zone(name, 2026, 2026).is_ok(), "{name}");
            }
        }
    }
}
