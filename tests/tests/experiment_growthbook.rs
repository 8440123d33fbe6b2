//! Bucketing against GrowthBook's own tables: a shop that comes from there keeps its assignments.

use footlight_core::experiment::{HashVersion, Range, bucket, bucket_ranges, choose, in_namespace};
use serde_json::Value;

fn tables() -> Option<Value> {
    let path = footlight_tests::material::find("02-rules/growthbook/cases.json")?;
    Some(serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap())
}

fn cases<'a>(tables: &'a Value, table: &str) -> impl Iterator<Item = &'a Vec<Value>> {
    tables[table].as_array().unwrap().iter().map(|case| case.as_array().unwrap())
}

fn range(value: &Value) -> Range {
    Range(value[0].as_f64().unwrap(), value[1].as_f64().unwrap())
}

#[test]
fn hash_table() {
    let Some(tables) = tables() else { return };
    let mut checked = 0;
    for case in cases(&tables, "hash") {
        let (seed, visitor) = (case[0].as_str().unwrap(), case[1].as_str().unwrap());
        let version = match case[2].as_u64() {
            Some(1) => HashVersion::V1,
            Some(2) => HashVersion::V2,
            // The table's other versions give null: there is no such hash.
            _ => {
                assert!(case[3].is_null());
                continue;
            }
        };
        assert_eq!(bucket(seed, visitor, version), case[3].as_f64().unwrap(), "{case:?}");
        checked += 1;
    }
    assert!(checked >= 10, "{checked}");
}

#[test]
fn get_bucket_range_table() {
    let Some(tables) = tables() else { return };
    for case in cases(&tables, "getBucketRange") {
        let (variants, coverage) = (case[1][0].as_u64().unwrap() as usize, case[1][1].as_f64().unwrap());
        let weights: Option<Vec<f64>> = case[1][2]
            .as_array()
            .map(|weights| weights.iter().map(|weight| weight.as_f64().unwrap()).collect());
        let ranges = bucket_ranges(variants, coverage, weights.as_deref());
        let expected: Vec<Range> = case[2].as_array().unwrap().iter().map(range).collect();
        // The table is rounded to six decimals, as its own SDK's test rounds.
        let rounded = |ranges: &[Range]| -> Vec<[i64; 2]> {
            let round = |end: f64| (end * 1e6).round() as i64;
            ranges.iter().map(|range| [round(range.0), round(range.1)]).collect()
        };
        assert_eq!(rounded(&ranges), rounded(&expected), "{}", case[0]);
    }
}

#[test]
fn choose_variation_table() {
    let Some(tables) = tables() else { return };
    for case in cases(&tables, "chooseVariation") {
        let ranges: Vec<Range> = case[2].as_array().unwrap().iter().map(range).collect();
        let chosen = choose(case[1].as_f64().unwrap(), &ranges);
        assert_eq!(chosen.map_or(-1, |index| index as i64), case[3].as_i64().unwrap(), "{}", case[0]);
    }
}

#[test]
fn in_namespace_table() {
    let Some(tables) = tables() else { return };
    for case in cases(&tables, "inNamespace") {
        let namespace = &case[2];
        let range = Range(namespace[1].as_f64().unwrap(), namespace[2].as_f64().unwrap());
        let inside = in_namespace(case[1].as_str().unwrap(), namespace[0].as_str().unwrap(), range);
        assert_eq!(inside, case[3].as_bool().unwrap(), "{}", case[0]);
    }
}
