use alloc::vec;

use crate::bundle::{Kind, Schedule};
use crate::condition::Node;
use crate::decide::DefaultReason;
use crate::request::Request;
use crate::sample::{RuleSketch, SiteBuilder, decide, explain, outcome, request, winners};
use crate::signal::Plain;
use crate::stage::Stage;

#[test]
fn the_higher_priority_wins_and_then_the_name_that_sorts_first() {
    let mut site = SiteBuilder::new();
    site.rule(RuleSketch { id: "b", priority: 1, ..RuleSketch::default() });
    site.rule(RuleSketch { id: "a", priority: 1, ..RuleSketch::default() });
    site.rule(RuleSketch { id: "0", priority: 0, ..RuleSketch::default() });
    let engine = site.engine();
    assert_eq!(winners(&engine, &request()), ["a"]);
    let explanation = explain(&engine, &request());
    assert_eq!(outcome(&explanation, "b"), "slot-taken");
    assert_eq!(explanation.rules[1].detail.as_deref(), Some("a"));
}

#[test]
fn a_page_carries_no_more_interventions_than_its_stage_allows() {
    let mut site = SiteBuilder::new();
    site.rule(RuleSketch { id: "a", slot: 0, priority: 3, ..RuleSketch::default() });
    site.rule(RuleSketch { id: "b", slot: 1, priority: 2, ..RuleSketch::default() });
    site.rule(RuleSketch { id: "c", slot: 2, priority: 1, ..RuleSketch::default() });
    site.rule(RuleSketch { id: "d", slot: 2, kind: Kind::Localize, ..RuleSketch::default() });
    let engine = site.engine();
    assert_eq!(winners(&engine, &request()), ["a", "b", "d"], "localizing is no intervention");
    assert_eq!(outcome(&explain(&engine, &request()), "c"), "over-budget");
}

#[test]
fn a_kind_that_the_stage_forbids_never_shows() {
    let mut site = SiteBuilder::new();
    site.bundle.stages[Stage::Homepage as usize].allowed = vec![Kind::Recognize];
    site.bundle.stages[Stage::Homepage as usize].limits = vec![(Kind::Recognize, 1)];
    site.rule(RuleSketch { id: "upsell", kind: Kind::Upsell, priority: 9, ..RuleSketch::default() });
    site.rule(RuleSketch { id: "first", slot: 1, priority: 8, ..RuleSketch::default() });
    site.rule(RuleSketch { id: "second", slot: 2, priority: 7, ..RuleSketch::default() });
    let engine = site.engine();
    assert_eq!(winners(&engine, &request()), ["first"]);
    let explanation = explain(&engine, &request());
    assert_eq!(outcome(&explanation, "upsell"), "kind-forbidden");
    assert_eq!(outcome(&explanation, "second"), "over-budget");
}

#[test]
fn a_schedule_holds_to_the_millisecond() {
    let now = request().now_ms;
    let cases = [
        (Some(now), None, i64::MAX, "won"),
        (Some(now + 1), None, i64::MAX, "too-early"),
        (None, Some(now), i64::MAX, "too-late"),
        (None, Some(now + 1), i64::MAX, "won"),
        (None, None, now, "review-overdue"),
    ];
    for (from_ms, until_ms, expires_ms, expected) in cases {
        let mut site = SiteBuilder::new();
        site.rule(RuleSketch {
            schedule: Schedule { from_ms, until_ms, expires_ms },
            ..RuleSketch::default()
        });
        assert_eq!(outcome(&explain(&site.engine(), &request()), "rule"), expected);
    }
}

#[test]
fn unknown_never_matches_and_neither_does_its_negation() {
    for negated in [false, true] {
        let mut site = SiteBuilder::new();
        let mut condition = site.equals(Plain::GeoCountry, "DE");
        if negated {
            condition = site.node(Node::Not(condition));
        }
        let segment = site.segment("germans", condition);
        site.rule(RuleSketch { segment, ..RuleSketch::default() });
        let engine = site.engine();
        let explanation = explain(&engine, &request());
        assert_eq!(outcome(&explanation, "rule"), "segment-unknown");
        assert_eq!(explanation.segments[0].because[0].values, ["geo.country = unknown: no data"]);
        for (country, wins) in
            [("DE", !negated), ("FR", negated), ("XX", false), ("T1", false), ("de", false)]
        {
            let mut request = request();
            request.geo[0] = country;
            assert_eq!(winners(&engine, &request).len(), usize::from(wins), "{country}");
        }
    }
}

#[test]
fn content_that_cannot_be_filled_in_is_not_shown() {
    let mut site = SiteBuilder::new();
    let country = site.signal(Plain::GeoCountry);
    let content = site.content("Hello ", Some(country));
    site.rule_with(RuleSketch { id: "with-country", priority: 1, ..RuleSketch::default() }, content);
    site.rule(RuleSketch { id: "plain", ..RuleSketch::default() });
    let engine = site.engine();
    assert_eq!(winners(&engine, &request()), ["plain"]);
    assert_eq!(outcome(&explain(&engine, &request()), "with-country"), "content-unknown");
    let mut german = request();
    german.geo[0] = "DE";
    assert_eq!(winners(&engine, &german), ["with-country"]);
}

#[test]
fn bots_unrouted_pages_and_broken_urls_get_the_default() {
    let mut site = SiteBuilder::new();
    site.rule(RuleSketch::default());
    let engine = site.engine();
    let bot = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
    let cases = [
        (Request { user_agent: bot, ..request() }, DefaultReason::Bot),
        (Request { url: "https://shop.example/imprint", ..request() }, DefaultReason::NoStage),
        (Request { url: "not a url", ..request() }, DefaultReason::NoStage),
        (Request { url: "", ..request() }, DefaultReason::NoStage),
    ];
    for (request, reason) in cases {
        let decision = decide(&engine, &request);
        assert_eq!((decision.reason, decision.edits.len()), (Some(reason), 0), "{}", request.url);
    }
}

#[test]
fn a_rule_one_condition_short_is_a_near_miss() {
    let mut site = SiteBuilder::new();
    let country = site.equals(Plain::GeoCountry, "DE");
    let region = site.equals(Plain::GeoRegion, "BY");
    let both = site.node(Node::And(vec![country, region]));
    let segment = site.segment("bavarians", both);
    site.rule(RuleSketch { segment, ..RuleSketch::default() });
    let engine = site.engine();
    assert_eq!(explain(&engine, &request()).rules[0].near_miss, None, "two conditions short");
    let mut german = request();
    german.geo[0] = "DE";
    let explanation = explain(&engine, &german);
    assert_eq!(explanation.rules[0].near_miss.as_ref().unwrap().condition, "geo.region == 'BY'");
}
