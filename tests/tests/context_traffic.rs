//! Referrer classes against dbt-ga4, which writes Google Analytics' default channel group in SQL.
//!
//! Its channels are more and cut differently (paid search, organic video); what ours makes of them is written here,
//! what differs is named with the reason, and the lists are exact.

use footlight_core::traffic::ReferrerClass::{self, Ads, Direct, Email, Other, Search, Social};
use footlight_core::traffic::Utm;
use footlight_core::url::Query;
use footlight_tests::material;
use serde_json::Value;

/// Sources that ours puts into another class than dbt-ga4: by part of the name.
const SOURCE_DIFFERENCES: &[(&str, &str)] = &[
    ("mail.", "webmail: who comes from a mailbox comes from a mail, also at a search engine's"),
    ("email.", "webmail: who comes from a mailbox comes from a mail, also at a search engine's"),
    ("shopping.", "a search engine's product search is a search"),
    ("amazon-adsystem.com", "served by an ad network"),
    (".yahoo.co", "old community pages of Yahoo are not told from its search"),
    (".google.com", "old community pages of Google are not told from its search"),
    ("lifestream.aol.com", "an old community page of AOL is not told from its search"),
];

/// `source / medium / campaign`, ours, and the reason.
const CHANNEL_DIFFERENCES: &[(&str, ReferrerClass, &str)] = &[
    ("some-source / some-medium / some-cross-network-campaign", Other, CAMPAIGN),
    ("some-source / some-medium / cross-network", Other, CAMPAIGN),
    ("alibaba /  / ", Other, "marked in the source as contradicting its own rule"),
];

const CAMPAIGN: &str = "the campaign's name is the shop's own and decides no class";

#[test]
fn sources_have_the_class_of_their_category() {
    let Some(path) = material::find("03-context/utm-channel/ga4_source_categories.csv") else { return };
    let text = std::fs::read_to_string(path).unwrap();
    let mut agreed = [0, 0];
    let (mut small, mut differing, mut all) = ([0, 0], 0, 0);
    for line in text.lines().skip(1) {
        let (source, category) = line.rsplit_once(',').unwrap();
        let utm = Utm { source: Some(source.into()), ..Utm::default() };
        let class = ReferrerClass::of("", "trail.example", std::iter::empty(), &utm, None);
        // Google Analytics' lists of shops and video sites are links like any other, but for the social ones.
        let (kind, expected): (_, &[_]) = match category {
            "SOURCE_CATEGORY_SEARCH" => (Some(0), &[Search]),
            "SOURCE_CATEGORY_SOCIAL" => (Some(1), &[Social]),
            _ => (None, &[Other, Social]),
        };
        all += 1;
        if expected.contains(&class) {
            kind.into_iter().for_each(|kind: usize| agreed[kind] += 1);
        } else if let Some(kind) = kind.filter(|_| class == Other) {
            small[kind] += 1;
        } else {
            let reason = SOURCE_DIFFERENCES.iter().find(|(part, _)| source.contains(part));
            let (_, reason) =
                reason.unwrap_or_else(|| panic!("{source} ({category}): {class:?} without a reason"));
            println!("difference: {source}: ours {} ({reason})", class.name());
            differing += 1;
        }
    }
    println!(
        "sources: of {all}, search {} known and {} too small for the table, social {} and {}, {differing} differ as named",
        agreed[0], small[0], agreed[1], small[1]
    );
    // The rest are portals and networks of which most are gone; the list is kept short on purpose.
    assert!(agreed[0] >= 90 && agreed[1] >= 150, "{agreed:?}");
    assert_eq!(differing, 23);
}

#[test]
fn channels_become_classes() {
    let Some(path) = material::find("03-context/utm-channel/channel_grouping_cases.json") else { return };
    let file: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let (mut agreed, mut differences) = (0, Vec::new());
    for case in file["cases"].as_array().unwrap() {
        let [source, medium, campaign] =
            ["source", "medium", "campaign"].map(|field| case[field].as_str().unwrap());
        // `(direct)` and `(none)` are what Google Analytics writes where the link had no field.
        let encoded = |text: &str| if text.starts_with('(') { String::new() } else { text.replace(' ', "+") };
        let query = format!(
            "utm_source={}&utm_medium={}&utm_campaign={}",
            encoded(source),
            encoded(medium),
            encoded(campaign)
        );
        let class =
            ReferrerClass::of("", "trail.example", std::iter::empty(), &Utm::read(Query::new(&query)), None);
        let expected = match case["expected_channel"].as_str().unwrap() {
            "Direct" => Direct,
            "Organic Search" => Search,
            "Organic Social" => Social,
            "Email" => Email,
            "Organic Video" if source == "youtube.com" => Social,
            "Display" | "Affiliates" | "Cross-network" => Ads,
            paid if paid.starts_with("Paid") => Ads,
            _ => Other,
        };
        if class == expected {
            agreed += 1;
        } else {
            differences.push((format!("{source} / {medium} / {campaign}"), class));
        }
    }
    for (name, class, reason) in CHANNEL_DIFFERENCES {
        println!("difference: {name}: ours {} ({reason})", class.name());
    }
    println!("channels: {agreed} of {} agree", agreed + differences.len());
    let named: Vec<_> =
        CHANNEL_DIFFERENCES.iter().map(|(name, class, _)| ((*name).to_owned(), *class)).collect();
    assert_eq!(differences, named);
}
