//! Consent strings against what the IAB's own libraries decode.

use std::path::Path;

use footlight_core::consent::tcf::{TcString, TcfError, TcfPurposes};
use footlight_core::consent::{ConsentFormat, ConsentSource, Purposes, TcfMapping, purposes};
use footlight_core::cookie::Cookies;
use footlight_tests::material;
use serde_json::Value;

const TC_STRINGS: &str = "03-context/iab-consent/tcf_collected.json";

/// Why `@iabtcf/core` refuses some strings: for the platform's number alone. 0 is a legal value of the field, the
/// same strings decode as GPP sections in `@iabgpp/cmpapi`, and what the visitor chose does not depend on it.
const PLATFORM_0: &str = "invalid value 0 passed for cmpId ";

/// A string with platform 0 that is also cut: 222 bits, where the fixed fields and two empty vendor sections take
/// 247 and the count of restrictions 12 more.
const PLATFORM_0_AND_CUT: &str = "COw4XqLOw4XqLAAAAAENAXCAAP-YAHAAAAAAA";

#[test]
fn tc_strings_decode_as_the_reference_library_does() {
    let Some(path) = material::find(TC_STRINGS) else { return };
    let (mut decoded, mut refused, mut differences) = (0, 0, 0);
    for case in cases(&path) {
        let text = case["tc"].as_str().unwrap();
        let ours = TcString::decode(text);
        match case["error"].as_str() {
            Some(PLATFORM_0) => {
                differences += 1;
                println!("difference (platform 0 is no reason to refuse): {text} -> {ours:?}");
                match ours {
                    Ok(ours) => assert_eq!(ours.cmp_id, 0, "{text}"),
                    Err(error) => assert_eq!((text, error), (PLATFORM_0_AND_CUT, TcfError::Cut)),
                }
            }
            Some(error) => {
                refused += 1;
                assert!(ours.is_err(), "{text}: {error}");
            }
            None => {
                decoded += 1;
                let theirs = &case["decoded"];
                let ours = ours.unwrap_or_else(|error| panic!("{text}: {error:?}"));
                assert_eq!(ours.consents, numbers(&theirs["purposeConsents"]), "{text}");
                assert_eq!(
                    ours.legitimate_interests,
                    numbers(&theirs["purposeLegitimateInterests"]),
                    "{text}"
                );
                assert_eq!(theirs["cmpId"], ours.cmp_id, "{text}");
                assert_eq!(theirs["vendorListVersion"], ours.vendor_list_version, "{text}");
                assert_eq!(theirs["policyVersion"], ours.policy_version, "{text}");
                assert_eq!(theirs["isServiceSpecific"], ours.is_service_specific, "{text}");
                assert_eq!(deciseconds(&theirs["created"]), ours.created_deciseconds, "{text}");
                assert_eq!(deciseconds(&theirs["lastUpdated"]), ours.last_updated_deciseconds, "{text}");
            }
        }
    }
    println!("tc strings: {decoded} decode alike, {refused} refused alike, {differences} differ as named");
    assert!(decoded >= 7 && refused == 8, "{decoded} decoded, {refused} refused");
}

#[test]
fn a_refused_string_grants_nothing() {
    let Some(path) = material::find(TC_STRINGS) else { return };
    let format = ConsentFormat::Tcf(TcfMapping::default());
    let source = ConsentSource { cookie: "c".into(), format, absent: Purposes::ALL };
    for case in cases(&path) {
        if case["error"].as_str().is_some_and(|error| error != PLATFORM_0) {
            let header = format!("c={}", case["tc"].as_str().unwrap());
            assert_eq!(purposes(&source, &Cookies::new(&header), false), Purposes::NECESSARY, "{header}");
        }
    }
}

fn cases(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    file["cases"].as_array().unwrap().clone()
}

fn numbers(list: &Value) -> TcfPurposes {
    let number = |number: &Value| u8::try_from(number.as_u64().unwrap()).unwrap();
    TcfPurposes::of(&list.as_array().unwrap().iter().map(number).collect::<Vec<_>>())
}

/// `2022-02-01T00:00:00.000Z` in tenths of a second since 1970.
fn deciseconds(date: &Value) -> u64 {
    let number = |range: std::ops::Range<usize>| date.as_str().unwrap()[range].parse::<u64>().unwrap();
    let (year, month, day) = (number(0..4), number(5..7), number(8..10));
    // Days since 1970-01-01 (H. Hinnant, "chrono-compatible low-level date algorithms").
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1 - 719_468;
    let seconds = days * 86_400 + number(11..13) * 3_600 + number(14..16) * 60 + number(17..19);
    seconds * 10 + number(20..23) / 100
}
