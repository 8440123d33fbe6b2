use alloc::format;
use alloc::vec::Vec;

use crate::decide::{Context, DefaultReason, Preview, Scratch};
use crate::experiment::{Experiment, HashVersion, Holdout, allocate};
use crate::profile::{self, COOKIE_NAME};
use crate::request::Request;
use crate::sample::{RuleSketch, SiteBuilder, decide, explain, keys, outcome, request, written};
use crate::stage::Stage;

fn experiment(site: &mut SiteBuilder, coverage: f64, sticky: bool) -> Experiment {
    Experiment {
        seed: site.text("salt"),
        hash_version: HashVersion::V2,
        allocations: allocate(&[0.5, 0.5], coverage, &[]).unwrap(),
        namespace: None,
        sticky_key: sticky.then_some(1),
    }
}

fn visitor(number: u16) -> Request<'static> {
    let mut request = request();
    request.cookie = "consent=all";
    request.entropy = [0; 16];
    request.entropy[..2].copy_from_slice(&number.to_le_bytes());
    request
}

#[test]
fn visitors_are_split_and_the_control_keeps_its_slot_empty() {
    let mut site = SiteBuilder::new();
    let split = experiment(&mut site, 1.0, false);
    site.rule(RuleSketch { id: "split", priority: 1, experiment: Some(split), ..RuleSketch::default() });
    site.rule(RuleSketch { id: "other", ..RuleSketch::default() });
    let engine = site.engine();
    let mut by_variant = [0_u32; 2];
    for number in 0..2_000 {
        let decision = decide(&engine, &visitor(number));
        let [winner] = decision.winners[..] else { panic!("one slot, one winner") };
        by_variant[usize::from(winner.variant)] += 1;
        assert_eq!(decision.edits.is_empty(), winner.variant == 1);
    }
    // Within four standard deviations of a fair coin.
    assert!(by_variant[0].abs_diff(1_000) < 90, "{by_variant:?}");
}

#[test]
fn outside_the_coverage_the_next_rule_has_its_chance() {
    let mut site = SiteBuilder::new();
    let split = experiment(&mut site, 0.0, false);
    site.rule(RuleSketch { id: "split", priority: 1, experiment: Some(split), ..RuleSketch::default() });
    site.rule(RuleSketch { id: "other", ..RuleSketch::default() });
    let engine = site.engine();
    let explanation = explain(&engine, &visitor(1));
    assert_eq!(
        (outcome(&explanation, "split"), outcome(&explanation, "other")),
        ("not-in-experiment", "won")
    );
    let explanation = explain(&engine, &request());
    assert_eq!(outcome(&explanation, "split"), "experiment-unknown", "no consent, no visitor id");
}

#[test]
fn a_sticky_visitor_keeps_the_variant_when_the_weights_turn() {
    let engine_with = |weights: [f64; 2]| {
        let mut site = SiteBuilder::new();
        let mut split = experiment(&mut site, 1.0, true);
        split.allocations = allocate(&weights, 1.0, &[]).unwrap();
        site.rule(RuleSketch { experiment: Some(split), ..RuleSketch::default() });
        site.engine()
    };
    let (first, then) = (engine_with([1.0, 0.0]), engine_with([0.0, 1.0]));
    let seen = decide(&first, &visitor(3));
    assert_eq!(seen.winners[0].variant, 0);
    let cookie = format!("consent=all; {COOKIE_NAME}={}", written(&seen));
    assert_eq!(decide(&then, &Request { cookie: &cookie, ..visitor(3) }).winners[0].variant, 0);
    assert_eq!(decide(&then, &visitor(3)).winners[0].variant, 1);
}

#[test]
fn who_is_held_out_gets_nothing_and_a_preview_still_sees_everything() {
    let mut site = SiteBuilder::new();
    let seed = site.text("holdout");
    site.bundle.site.holdouts.push(Holdout { seed, share: 0.1, stages: Stage::ALL.into_iter().collect() });
    site.rule(RuleSketch::default());
    let engine = site.engine();
    let held_out: Vec<u16> = (0..2_000)
        .filter(|&number| decide(&engine, &visitor(number)).reason == Some(DefaultReason::Holdout))
        .collect();
    assert!(held_out.len().abs_diff(200) < 60, "{}", held_out.len());

    let keys = keys();
    let pretended = visitor(held_out[0]);
    let preview = Preview::of_another(true, false, pretended.now_minutes());
    let context = Context { keys: &keys, preview: Some(&preview) };
    let decision = engine.decide(&pretended, &context, &mut Scratch::default());
    assert_eq!((decision.winners.len(), decision.counts, decision.profile), (1, false, None));
}

#[test]
fn a_profile_remembers_no_more_than_the_bundle_asks_for() {
    let mut site = SiteBuilder::new();
    site.rule(RuleSketch::default());
    let engine = site.engine();
    let mut old = profile::Profile::new([1; 16], 0);
    old.variants.push((1, 0));
    old.answers.push((2, 3));
    let cookie = format!("consent=all; {COOKIE_NAME}={}", profile::encode(&old, &keys()).unwrap());
    let decision = decide(&engine, &Request { cookie: &cookie, ..request() });
    let profile = decision.profile.unwrap();
    assert!(profile.variants.is_empty() && profile.answers.is_empty());
}
