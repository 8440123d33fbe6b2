//! Language negotiation against the cases of fluent-langneg.
//!
//! It negotiates with likely subtags (CLDR) and, when filtering, returns several locales; ours is RFC 4647 lookup with
//! one answer. So its lookup cases must agree, and of its filtering cases the first locale; what differs is named here
//! with the reason, and the list is exact.

use std::path::PathBuf;

use footlight_core::language::{AcceptLanguage, lookup};
use footlight_tests::material;
use serde_json::Value;

const FOLDER: &str = "03-context/accept-language/fluent-langneg";

const SITE_ORDER: &str =
    "the site's order decides between regions, where fluent-langneg takes the most likely one";
const LIKELY_SCRIPT: &str =
    "the site's order decides between scripts, where fluent-langneg has likely scripts";

/// `requested of available`, fluent-langneg's first, ours, and the reason.
const DIFFERENCES: &[(&str, &str, &str, &str)] = &[
    ("en,de of en-GB,en-US,de", "en-US", "en-GB", SITE_ORDER),
    ("en of en-GB,de,en-US", "en-US", "en-GB", SITE_ORDER),
    ("en of en-Latn-GB,de,en-Latn-US", "en-Latn-US", "en-Latn-GB", SITE_ORDER),
    ("fr of fr-CA,fr-FR", "fr-FR", "fr-CA", SITE_ORDER),
    ("az-IR of az-Latn,az-Arab", "az-Arab", "az-Latn", LIKELY_SCRIPT),
    ("sr-RU of sr-Cyrl,sr-Latn", "sr-Latn", "sr-Cyrl", LIKELY_SCRIPT),
    ("sr of sr-Latn,sr-Cyrl", "sr-Cyrl", "sr-Latn", LIKELY_SCRIPT),
    ("zh-GB of zh-Hans,zh-Hant", "zh-Hant", "zh-Hans", LIKELY_SCRIPT),
    ("sr,ru of sr-Latn,ru", "ru", "sr-Latn", LIKELY_SCRIPT),
    ("en-CA of en-ZA,en-GB,en-US", "en-US", "en-ZA", SITE_ORDER),
    ("en of en-Cyrl-US,en-Latn-US", "en-Latn-US", "en-Cyrl-US", LIKELY_SCRIPT),
];

#[test]
fn negotiation_agrees_with_fluent_langneg_or_differs_as_named() {
    let Some(folder) = material::find(FOLDER) else { return };
    let (mut agreed, mut differences) = (0, Vec::new());
    for strategy in ["lookup", "matching", "filtering"] {
        for case in json_files(&folder.join("negotiate").join(strategy)) {
            let (requested, available) = (texts(&case["input"][0]), texts(&case["input"][1]));
            let default = case["input"][2].as_str();
            let ours =
                lookup(&requested.join(","), &available).map(|index| available[index].as_str()).or(default);
            let theirs = case["output"][0].as_str();
            if ours == theirs {
                agreed += 1;
            } else {
                let name = format!("{} of {}", requested.join(","), available.join(","));
                differences.push((name, theirs.unwrap_or("-").to_owned(), ours.unwrap_or("-").to_owned()));
            }
        }
    }
    for (name, theirs, ours, reason) in DIFFERENCES {
        println!("difference: {name}: theirs {theirs}, ours {ours} ({reason})");
    }
    println!("language negotiation: {agreed} of {} agree", agreed + differences.len());
    let named: Vec<_> = DIFFERENCES
        .iter()
        .map(|(name, theirs, ours, _)| ((*name).to_owned(), (*theirs).to_owned(), (*ours).to_owned()))
        .collect();
    assert_eq!(differences, named);
}

#[test]
fn headers_with_broken_weights_keep_their_order_as_in_fluent_langneg() {
    let Some(folder) = material::find(FOLDER) else { return };
    let text = std::fs::read_to_string(folder.join("accepted_languages.json")).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
    for case in &cases {
        let accept = AcceptLanguage::parse(case["input"].as_str().unwrap());
        let tags: Vec<&str> = accept.ranges().iter().map(|range| range.tag).collect();
        assert_eq!(tags, texts(&case["output"]), "{case}");
    }
    println!("accepted languages: {} of {} agree", cases.len(), cases.len());
}

fn json_files(folder: &std::path::Path) -> Vec<Value> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = |path| serde_json::from_str::<Vec<Value>>(&std::fs::read_to_string(path).unwrap()).unwrap();
    paths.into_iter().flat_map(read).collect()
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}
