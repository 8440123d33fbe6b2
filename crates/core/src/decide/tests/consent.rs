use alloc::format;
use alloc::string::String;

use super::site::{PHONE, RuleSketch, SiteBuilder, decide, keys, request, winners};
use crate::bundle::Cap;
use crate::cookie::Cookies;
use crate::decide::Engine;
use crate::profile::{self, COOKIE_NAME, Profile};
use crate::request::Request;
use crate::signal::Plain;

fn returning_visitors_site() -> Engine {
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
    assert_eq!((decision.winners.len(), decision.cookie), (0, None));

    let with_consent = format!("consent=all; {cookie}");
    let decision = decide(&engine, &Request { cookie: &with_consent, ..request() });
    assert_eq!(decision.winners.len(), 1);
    assert!(decision.cookie.is_some());

    let decision = decide(&engine, &Request { cookie: &with_consent, gpc: "1", ..request() });
    assert_eq!((decision.winners.len(), decision.cookie), (0, None), "Global Privacy Control is a no");
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
        let profile = profile::decode(&decision.cookie.unwrap(), &keys()).unwrap();
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
        assert_eq!(ahead.cookie, None);
        let decision = decide(&engine, &Request { cookie: &cookie, ..request() });
        shown += decision.winners.len();
        if let Some(value) = decision.cookie {
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
        let decision = decide(&engine, &Request { cookie: &cookie, url: &url, user_agent: PHONE, ..request() });
        cookie = format!("consent=all; {COOKIE_NAME}={}", decision.cookie.unwrap());
    }
    let value = Cookies::new(&cookie).get(COOKIE_NAME).unwrap();
    let profile = profile::decode(value, &keys()).unwrap();
    assert_eq!(profile.affinity.favourite(), Some("boots"));
}
