//! Signals of time.

use alloc::string::String;

use super::Signals;
use super::catalogue::{Cardinality, Entry, Plain, Source};
use crate::consent::Purpose;
use crate::time::Instant;
use crate::value::{Type, Unknown, Value};

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        signal: Plain::TimeNow,
        name: "time.now",
        kind: Type::Timestamp,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Moment,
        meaning: "The time of the request.",
        values: &[],
    },
    Entry {
        signal: Plain::TimeVisitorHour,
        name: "time.visitor_hour",
        kind: Type::Int,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Moment,
        meaning: "The hour, 0 to 23, where the visitor is.",
        values: &[],
    },
    Entry {
        signal: Plain::TimeVisitorWeekday,
        name: "time.visitor_weekday",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Moment,
        meaning: "The day of the week where the visitor is.",
        values: &["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
    },
    Entry {
        signal: Plain::TimeShopHour,
        name: "time.shop_hour",
        kind: Type::Int,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Moment,
        meaning: "The hour, 0 to 23, where the shop is.",
        values: &[],
    },
    Entry {
        signal: Plain::TimeShopWeekday,
        name: "time.shop_weekday",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Moment,
        meaning: "The day of the week where the shop is.",
        values: &["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
    },
    Entry {
        signal: Plain::TimeShopDate,
        name: "time.shop_date",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Moment,
        meaning: "The date where the shop is, YYYY-MM-DD.",
        values: &[],
    },
];

pub(super) fn read<'a>(signals: &'a Signals<'a>, signal: Plain) -> Value<'a> {
    let now = Instant::from_unix_ms(signals.request.now_ms);
    let zone = match signal {
        Plain::TimeNow => return Value::Timestamp(signals.request.now_ms),
        Plain::TimeVisitorHour | Plain::TimeVisitorWeekday => signals.visitor_zone(),
        _ => signals.shop_zone(),
    };
    let Some(zone) = zone else { return Value::Unknown(Unknown::Absent) };
    let local = zone.local(now);
    match signal {
        Plain::TimeVisitorHour | Plain::TimeShopHour => Value::Int(i64::from(local.hour())),
        Plain::TimeVisitorWeekday | Plain::TimeShopWeekday => Value::Text(local.date.weekday().name()),
        _ => {
            let mut text = String::new();
            local.date.write_iso(&mut text);
            Value::Text(signals.kept.keep(text))
        }
    }
}
