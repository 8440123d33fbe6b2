//! The delivery promise against a day-by-day walk with another library's calendar and clocks.

use footlight_compiler::zones;
use footlight_core::money::{Amount, Conversion, CurrencyCode, Rate, Rounding};
use footlight_core::shipping::{
    self, Charge, Destination, Method, Order, Place, Quote, ShippingPlan, Weekdays, Zone,
};
use footlight_core::time::{Date, Instant, TimeZone, Weekday};
use jiff::civil;
use jiff::tz::TimeZoneDatabase;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

const ZONES: [&str; 6] = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Apia",
    "America/Santiago",
];
const WEEKDAYS: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// What a plan says of time.
#[derive(Clone, Debug)]
struct Times {
    zone: &'static str,
    cutoff_minute: u16,
    business_days: u8,
    carrier_days: u8,
    holidays: Vec<i32>,
    destination_holidays: Vec<i32>,
    transit_days: (u8, u8),
}

fn times() -> impl Strategy<Value = Times> {
    // Days of 2026 and 2027.
    let holidays = || {
        let days = proptest::collection::btree_set(20_454..21_184, 0..60);
        days.prop_map(|days| days.into_iter().collect::<Vec<i32>>())
    };
    let transit_days = (0_u8..20, 0_u8..20).prop_map(|(least, more)| (least, least + more));
    (
        proptest::sample::select(&ZONES),
        0_u16..=1440,
        1_u8..128,
        1_u8..128,
        holidays(),
        holidays(),
        transit_days,
    )
        .prop_map(
            |(
                zone,
                cutoff_minute,
                business_days,
                carrier_days,
                holidays,
                destination_holidays,
                transit_days,
            )| {
                Times {
                    zone,
                    cutoff_minute,
                    business_days,
                    carrier_days,
                    holidays,
                    destination_holidays,
                    transit_days,
                }
            },
        )
}

fn weekdays(bits: u8) -> Weekdays {
    let days = WEEKDAYS.into_iter().filter(|day| bits & 1 << day.from_monday() != 0);
    days.fold(Weekdays::default(), Weekdays::with)
}

fn dates(days: &[i32]) -> Vec<Date> {
    days.iter().map(|day| Date::from_unix_days((*day).into())).collect()
}

fn plan(times: &Times) -> ShippingPlan {
    let method = Method {
        id: "standard".into(),
        price: Charge { base: Amount::ZERO, own: Vec::new() },
        free_from: None,
        transit_days: times.transit_days,
        carrier_days: weekdays(times.carrier_days),
    };
    let zone = Zone {
        id: "world".into(),
        places: vec![Place::RestOfWorld],
        methods: vec![method],
        holidays: dates(&times.destination_holidays),
    };
    ShippingPlan {
        time_zone: 0,
        cutoff_minute: times.cutoff_minute,
        business_days: weekdays(times.business_days),
        holidays: dates(&times.holidays),
        zones: vec![zone],
    }
}

fn quote<'p>(plan: &'p ShippingPlan, zone: &TimeZone, placed: Instant) -> Option<Quote<'p>> {
    let conversion = Conversion {
        rate: Rate::ONE,
        base_minor_units: 2,
        market_minor_units: 2,
        rounding: Rounding::DEFAULT,
    };
    let order = Order {
        destination: Destination { country: Some("NZ"), ..Destination::default() },
        currency: CurrencyCode::parse("NZD").unwrap(),
        conversion: &conversion,
        cart_value: None,
        placed,
    };
    shipping::quote(plan, zone, &order)
}

fn unix_days(date: civil::Date) -> i32 {
    (date - civil::date(1970, 1, 1)).get_days()
}

/// Dispatch, minutes left, first and last day of arrival, as days since the epoch.
fn walk(times: &Times, placed: jiff::Timestamp) -> (i32, i64, i32, i32) {
    let zone = TimeZoneDatabase::bundled().get(times.zone).unwrap();
    let works = |date: civil::Date, days: u8, holidays: &[i32]| {
        let bit = date.weekday().to_monday_zero_offset();
        days & 1 << bit != 0 && !holidays.contains(&unix_days(date))
    };
    let mut day = placed.to_zoned(zone.clone()).date();
    let cutoff = loop {
        let (date, minute) = match times.cutoff_minute {
            1440 => (day.tomorrow().unwrap(), 0),
            minute => (day, minute),
        };
        let clock = date.at((minute / 60) as i8, (minute % 60) as i8, 0, 0);
        let cutoff = zone.to_ambiguous_timestamp(clock).compatible().unwrap();
        if works(day, times.business_days, &times.holidays) && placed < cutoff {
            break cutoff;
        }
        day = day.tomorrow().unwrap();
    };
    let minutes = (cutoff.as_millisecond() - placed.as_millisecond()) / 60_000;
    let arrival = |count: u8| {
        let mut arrival = day;
        for _ in 0..count {
            arrival = arrival.tomorrow().unwrap();
            while !works(arrival, times.carrier_days, &times.destination_holidays) {
                arrival = arrival.tomorrow().unwrap();
            }
        }
        while !works(arrival, times.carrier_days, &times.destination_holidays) {
            arrival = arrival.tomorrow().unwrap();
        }
        unix_days(arrival)
    };
    (unix_days(day), minutes, arrival(times.transit_days.0), arrival(times.transit_days.1))
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 10_000,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(2026),
        ..ProptestConfig::default()
    })]

    #[test]
    fn promises_are_those_of_a_walk_day_by_day(
        times in times(),
        // 2026 to the middle of 2027, to the millisecond.
        unix_ms in 1_767_225_600_000_i64..1_814_000_000_000,
    ) {
        let zone = zones::zone(times.zone, 2025, 2029).unwrap();
        let plan = plan(&times);
        let quote = quote(&plan, &zone, Instant::from_unix_ms(unix_ms)).unwrap();
        let days = |date: Date| date.unix_days();
        let found = (
            days(quote.ships_on),
            i64::from(quote.cutoff_in_minutes),
            days(quote.arrives_earliest),
            days(quote.arrives_latest),
        );
        prop_assert_eq!(found, walk(&times, jiff::Timestamp::from_millisecond(unix_ms).unwrap()));
    }
}
