use alloc::format;
use alloc::string::String;

use proptest::prelude::*;

use crate::bundle::Cap;
use crate::condition::Node;
use crate::cookie::Cookies;
use crate::decide::{Context, Stranger, recognize};
use crate::profile::{self, COOKIE_NAME, Profile};
use crate::request::Request;
use crate::sample::{
    PHONE, RuleSketch, Sample, SiteBuilder, decide, explain, keys, request, winners, written,
};
use crate::signal::Plain;

fn returning_visitors_site() -> Sample {
    let mut site = SiteBuilder::new();
    let returning = site.signal(Plain::VisitorReturning);
    let segment = site.segment("returning", returning);
    site.rule(RuleSketch { segment, ..RuleSketch::default() });
    site.engine()
}

fn profile_cookie(visits: u16) -> String {
    let mut profile = Profile::new([1; 16], request().now_minutes() - 10_000);
    profile.visits = visits;
    format!("{COOKIE_NAME}={}", profile::encode(&profile, &keys()).unwrap())
}

#[test]
fn without_consent_no_profile_is_read_or_written() {
    let engine = returning_visitors_site();
    let cookie = profile_cookie(3);
    let decision = decide(&engine, &Request { cookie: &cookie, ..request() });
    assert_eq!((decision.winners.len(), decision.profile), (0, None));

    let with_consent = format!("consent=all; {cookie}");
    let decision = decide(&engine, &Request { cookie: &with_consent, ..request() });
    assert_eq!(decision.winners.len(), 1);
    assert!(decision.profile.is_some());

    let decision = decide(&engine, &Request { cookie: &with_consent, gpc: "1", ..request() });
    assert_eq!((decision.winners.len(), decision.profile), (0, None), "Global Privacy Control is a no");
}

#[test]
fn a_cookie_that_is_not_genuine_is_a_new_visitor() {
    let engine = returning_visitors_site();
    let genuine = profile_cookie(3);
    let other_key = profile::Keys::new([&[8_u8; 32][..]]);
    let foreign = profile::encode(&Profile::new([1; 16], 0), &other_key).unwrap();
    let mut forged = genuine.clone();
    let swapped = if forged.pop() == Some('A') { 'B' } else { 'A' };
    forged.push(swapped);
    let cookies = [
        forged,
        format!("{COOKIE_NAME}={foreign}"),
        format!("{COOKIE_NAME}={}", "A".repeat(100_000)),
        format!("{COOKIE_NAME}=%%%"),
        genuine[..genuine.len() - 8].into(),
        format!("{COOKIE_NAME}="),
    ];
    for cookie in cookies {
        let cookie = format!("consent=all; {cookie}");
        let decision = decide(&engine, &Request { cookie: &cookie, ..request() });
        assert_eq!(decision.winners.len(), 0);
        let profile = decision.profile.unwrap();
        assert_eq!((profile.visits, profile.id), (1, request().entropy));
    }
}

#[test]
fn every_older_key_still_reads() {
    let old = profile::Keys::new([&[1_u8; 32][..]]);
    let both = profile::Keys::new([&[2_u8; 32][..], &[1_u8; 32][..]]);
    let profile = Profile::new([1; 16], 5);
    let written = profile::encode(&profile, &old).unwrap();
    assert_eq!(profile::decode(&written, &both), Ok(profile));
}

#[test]
fn a_cap_counts_page_views_and_not_prefetches_and_needs_consent() {
    let mut site = SiteBuilder::new();
    site.rule(RuleSketch { cap: Some(Cap { views: 2, days: 7, key: 5 }), ..RuleSketch::default() });
    let engine = site.engine();
    assert_eq!(winners(&engine, &request()).len(), 0, "without consent there is nothing to count in");

    let mut cookie = String::from("consent=all");
    let mut shown = 0;
    for _ in 0..5 {
        let ahead = decide(&engine, &Request { cookie: &cookie, fetch_purpose: "prefetch", ..request() });
        assert_eq!(ahead.profile, None);
        let decision = decide(&engine, &Request { cookie: &cookie, ..request() });
        shown += decision.winners.len();
        if let Some(profile) = decision.profile {
            let value = profile::encode(&profile, &keys()).unwrap();
            cookie = format!("consent=all; {COOKIE_NAME}={value}");
        }
    }
    assert_eq!(shown, 2);
}

#[test]
fn browsing_becomes_affinity() {
    let mut site = SiteBuilder::new();
    site.rule(RuleSketch::default());
    let engine = site.engine();
    let mut cookie = String::from("consent=all");
    for category in ["boots", "tents", "boots"] {
        let url = format!("https://shop.example/category/{category}");
        let decision =
            decide(&engine, &Request { cookie: &cookie, url: &url, user_agent: PHONE, ..request() });
        cookie = format!("consent=all; {COOKIE_NAME}={}", written(&decision));
    }
    let value = Cookies::new(&cookie).get(COOKIE_NAME).unwrap();
    let profile = profile::decode(value, &keys()).unwrap();
    assert_eq!(profile.affinity.favourite(), Some("boots"));
}

/// A site with one rule for each signal of the catalogue, which shows whether the signal is known.
fn every_signal_site() -> Sample {
    let mut site = SiteBuilder::new();
    for plan in &mut site.bundle.stages {
        plan.max_interventions = u8::MAX;
    }
    for &signal in Plain::ALL {
        let id = format!("{signal:?}").leak();
        let slot = site.slot(id);
        let value = site.signal(signal);
        let condition = Some(site.node(Node::Known(value)));
        site.rule(RuleSketch { id, slot, condition, ..RuleSketch::default() });
    }
    site.engine()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// The proof that consent is honoured: change what a protected signal reads, and not a bit of the outcome changes.
    #[test]
    fn without_consent_no_output_depends_on_the_profile(
        visits in 0..50_u16,
        orders in 0..9_u16,
        spent_minor in 0..1_000_000_i64,
        last_seen_minutes in 0..u32::MAX,
        viewed in prop::collection::vec("[a-z]{1,8}", 0..4),
        gpc in prop::bool::ANY,
    ) {
        let engine = every_signal_site();
        let profile = Profile {
            visits, orders, spent_minor, last_seen_minutes, recently_viewed: viewed, ..Profile::default()
        };
        let cookie = format!("{COOKIE_NAME}={}", profile::encode(&profile, &keys()).unwrap());
        let refused = if gpc { "consent=all; " } else { "" };
        let with = Request { cookie: &format!("{refused}{cookie}"), gpc: if gpc { "1" } else { "" }, ..request() };
        let without = Request { cookie: refused, gpc: if gpc { "1" } else { "" }, ..request() };
        prop_assert_eq!(decide(&engine, &with), decide(&engine, &without));
        prop_assert_eq!(explain(&engine, &with), explain(&engine, &without));
    }
}

#[test]
fn with_consent_the_same_profile_does_change_the_outcome() {
    let engine = every_signal_site();
    let cookie = format!("consent=all; {}", profile_cookie(3));
    let known = winners(&engine, &Request { cookie: &cookie, ..request() });
    assert!(known.iter().any(|name| name == "VisitorVisits"));
    assert!(!winners(&engine, &request()).iter().any(|name| name == "VisitorVisits"));
}

#[test]
fn who_a_visitor_is_shows_before_the_decision_but_not_without_consent() {
    let sample = returning_visitors_site();
    let id = |keys: &profile::Keys, cookie: &str, gpc: &str| {
        let request = Request { cookie, gpc, entropy: [9; 16], ..request() };
        recognize(sample.engine.bundle(), &request, &Context { keys, preview: None })
            .map(|profile| profile.id)
    };
    let known = format!("consent=all; {}", profile_cookie(3));
    assert_eq!(id(&keys(), &known, ""), Ok([1; 16]));
    assert_eq!(id(&keys(), "consent=all", ""), Ok([9; 16]), "who is new gets the entropy as an id");
    assert_eq!(id(&keys(), &profile_cookie(3), ""), Err(Stranger::NoConsent));
    assert_eq!(id(&keys(), &known, "1"), Err(Stranger::NoConsent));
    assert_eq!(id(&profile::Keys::default(), &known, ""), Err(Stranger::NoKey));
}
