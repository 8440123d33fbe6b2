//! Timestamps as text against another library, and readers of foreign text that must never panic.

use footlight_core::money::{Amount, CurrencyCode, Rate};
use footlight_core::shipping::normalize_postal_code;
use footlight_core::time::{Date, Span, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn config() -> ProptestConfig {
    let rng_seed = RngSeed::Fixed(3339);
    ProptestConfig { cases: 20_000, failure_persistence: None, rng_seed, ..ProptestConfig::default() }
}

/// Text that is nearly a timestamp, an amount or a duration.
fn nearly() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{0,10})?([Zz]|[+-][0-9]{2}:?[0-9]{2})?",
        "[-+]?([0-9]{0,20}(\\.[0-9]{0,20})?(h|m|s|ms|us|µs|ns|d)?){0,4}",
        "-?[0-9]{0,22}(\\.[0-9]{0,22})?",
        ".*",
    ]
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn timestamps_are_those_of_another_library(seconds in -62_135_596_800_i64..253_402_207_200, nanos in 0_u32..1_000_000_000, hours in -18_i8..=18) {
        let other = jiff::Timestamp::new(seconds, i32::try_from(nanos).unwrap()).unwrap();
        let offset = jiff::tz::offset(hours);
        let text = other.display_with_offset(offset).to_string();
        // Offsets may lead out of the years that have four digits.
        if let Some(ours) = Timestamp::parse(&text) {
            prop_assert_eq!((ours.unix_seconds, ours.nanos), (seconds, nanos), "{}", text);
            let mut written = String::new();
            ours.write(&mut written);
            prop_assert_eq!(written, other.to_string());
        } else {
            prop_assert!(text.starts_with(['-', '+']) || text.starts_with("0000") , "{}", text);
        }
    }

    #[test]
    fn what_is_read_is_written_and_read_alike(text in nearly()) {
        if let Some(timestamp) = Timestamp::parse(&text) {
            let mut written = String::new();
            timestamp.write(&mut written);
            prop_assert_eq!(Timestamp::parse(&written), Some(timestamp));
        }
        if let Some(span) = Span::parse(&text) {
            let mut written = String::new();
            span.write(&mut written);
            prop_assert_eq!(Span::parse(&written), Some(span));
        }
        if let Ok(amount) = Amount::parse(&text, 2) {
            let mut written = String::new();
            amount.write_plain(2, &mut written);
            prop_assert_eq!(Amount::parse(&written, 2), Ok(amount));
        }
        if let Some(date) = Date::parse(&text) {
            let mut written = String::new();
            date.write_iso(&mut written);
            prop_assert_eq!(written, text.as_str());
        }
        let _ = (Rate::parse(&text), CurrencyCode::parse(&text));
        let normal = normalize_postal_code(&text);
        prop_assert_eq!(normalize_postal_code(&normal), normal);
    }
}
