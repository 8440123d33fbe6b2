//! Dates and times of day against the `Intl.DateTimeFormat` of the Node on this machine.

use footlight_compiler::cldr::{self, DateStyle};
use footlight_core::time::Date;
use footlight_tests::node::Node;
use std::collections::BTreeMap;

const NODE_FORMATTER: &str = r#"
const zone = { timeZone: "UTC", calendar: "gregory" };
const options = {
  short: { weekday: "short", day: "numeric", month: "short", ...zone },
  long: { weekday: "long", day: "numeric", month: "long", ...zone },
  time: { hour: "numeric", minute: "numeric", ...zone },
};
module.exports = (line) => {
  const [locale, kind, ...numbers] = line.split("\t");
  const format = new Intl.DateTimeFormat(locale, options[kind]);
  const unit = kind === "time" ? 60_000 : 86_400_000;
  return numbers.map((number) => format.format(new Date(Number(number) * unit))).join("\t");
};
"#;

/// Kinds and locales in which Node differs, with the reason. (Node 20: ICU 78 with CLDR 48.0; the tables: CLDR 48.2.)
const KNOWN: [(&str, &str, &str); 1] =
    [("time", "ko ko-KP", "CLDR 48.2 has Korean words for AM and PM, Node has none")];

/// Writes `numbers` (days since the epoch, or minutes of the day) for each locale of the tables; compares with Node.
fn compare(kind: &str, numbers: &[i32], write: impl Fn(&str, i32) -> String) {
    let Some(mut node) = Node::start(NODE_FORMATTER) else { return };
    let requests: Vec<_> = numbers.iter().map(i32::to_string).collect();
    let (mut unknown, mut known) = (Vec::new(), BTreeMap::new());
    let locales = cldr::locales();
    for locale in &locales {
        let answer = node.ask(&format!("{locale}\t{kind}\t{}", requests.join("\t")));
        let first = numbers.iter().zip(answer.split('\t')).find_map(|(number, expected)| {
            let written = write(locale, *number);
            (written != expected).then(|| format!("{locale} {number}: {written:?}, Intl {expected:?}"))
        });
        let Some(difference) = first else { continue };
        let is_known = |(kinds, locales, _): &&(&str, &str, &str)| {
            kinds.split(' ').any(|known| known == kind) && locales.split(' ').any(|known| known == *locale)
        };
        match KNOWN.iter().find(is_known) {
            Some((_, locales, reason)) => drop(known.insert(locales, (reason, difference))),
            None => unknown.push(difference),
        }
    }
    println!("{kind}: {} of each of {} locales compared", numbers.len(), locales.len());
    for (locales, (reason, difference)) in known {
        println!("known, {locales}: {reason}; for one: {difference}");
    }
    assert!(unknown.is_empty(), "{} differ:\n{}", unknown.len(), unknown.join("\n"));
}

/// 400 days over all months and weekdays, spread over centuries.
fn days() -> Vec<i32> {
    let seed = 2026_u32;
    println!("seed {seed}");
    let mut state = seed;
    let mut days: Vec<i32> = (20_000..20_366).collect();
    for _ in 0..400 {
        // Numerical Recipes' generator: enough to pick days with.
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        days.push(i32::try_from(state >> 16).unwrap());
    }
    days
}

fn write_date(locale: &str, style: DateStyle, day: i32) -> String {
    let mut out = String::new();
    cldr::date_format(locale, style).unwrap().write(Date::from_unix_days(day.into()), &mut out);
    out
}

#[test]
fn short_dates_are_written_as_node_does() {
    compare("short", &days(), |locale, day| write_date(locale, DateStyle::Short, day));
}

#[test]
fn long_dates_are_written_as_node_does() {
    compare("long", &days(), |locale, day| write_date(locale, DateStyle::Long, day));
}

#[test]
fn times_of_day_are_written_as_node_does() {
    let minutes: Vec<i32> = (0..1440).step_by(7).chain([719, 720, 721]).collect();
    compare("time", &minutes, |locale, minute| {
        let mut out = String::new();
        cldr::time_format(locale).unwrap().write(u16::try_from(minute).unwrap(), &mut out);
        out
    });
}
