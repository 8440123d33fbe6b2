//! Experiments and holdouts, from the file to the decision.

use footlight_compiler::{Options, Sources, compile, compile_after};
use footlight_core::bundle::{Bundle, CacheClass};
use footlight_core::consent::Purpose;
use footlight_core::decide::{Context, Decision, DefaultReason, Engine, Scratch};
use footlight_core::notes::Notes;
use footlight_core::profile::Keys;
use footlight_core::request::Request;
use footlight_core::stage::Stage;

/// 2026-11-20T00:00:00Z
const NOW_MS: i64 = 1_795_132_800_000;

fn compiled(rule: &str, site: &str) -> (Bundle, Notes) {
    let compilation = compile(&sources(rule, site), Options { now_ms: NOW_MS });
    assert_eq!(compilation.diagnostics, []);
    (compilation.bundle.unwrap(), compilation.notes)
}

fn sources(rule: &str, site: &str) -> Sources {
    let base = include_str!("diagnostics/base/homepage.toml").replace("content = \"hero/boots\"", rule);
    let segments = "[[segment]]\nid = \"hikers\"\nkind = \"need\"\ncondition = \"has(device.class)\"\n";
    let mut sources = Sources::new();
    sources.add("site.toml", format!("{}\n{site}", include_str!("diagnostics/base/site.toml")));
    sources.add("segments.toml", segments);
    sources.add("homepage.toml", base.replace("when = \"device.class == 'phone'\"\n", ""));
    sources.add("content/hero/boots.html", "<p>Boots</p>");
    sources
}

const EXPERIMENT: &str = "
[rule.experiment]
variants = { control = 0.5, boots = 0.25, short = 0.25 }
coverage = 0.8
[rule.variant.boots]
content = \"hero/boots\"
[rule.variant.short]
text = \"Boots, in short\"
";

fn decide(engine: &Engine, visitor: u128) -> Decision {
    let keys = Keys::new([b"a key for this test".as_slice()]);
    let request = Request {
        now_ms: NOW_MS,
        entropy: visitor.to_le_bytes(),
        url: "https://fjell.example/",
        cookie: "consent=all",
        user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
        ..Request::default()
    };
    engine.decide(&request, &Context { keys: &keys, preview: None }, &mut Scratch::default())
}

#[test]
fn visitors_are_split_as_the_shares_say_and_the_control_changes_nothing() {
    let (bundle, notes) = compiled(EXPERIMENT, "");
    let rule = &bundle.rules[0];
    let names: Vec<&str> =
        rule.variants.iter().map(|variant| notes.variants[usize::from(variant.name)].as_str()).collect();
    assert_eq!(names, ["control", "boots", "short"]);
    assert!(rule.purposes.contains(Purpose::Personalization));
    assert_eq!(bundle.stages[Stage::Homepage as usize].cache, CacheClass::Private);
    let engine = Engine::new(bundle);
    let mut seen = [0_u32; 4];
    for visitor in 1..=4_000_u128 {
        let decision = decide(&engine, visitor.wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C834));
        match decision.winners.first() {
            Some(winner) => {
                seen[usize::from(winner.variant)] += 1;
                assert_eq!(decision.edits.is_empty(), winner.variant == 0);
            }
            None => seen[3] += 1,
        }
    }
    for (got, expected) in seen.into_iter().zip([1_600, 800, 800, 800_u32]) {
        assert!(got.abs_diff(expected) < 150, "{seen:?}");
    }
}

/// Who sees what, a variant's number or nothing.
fn seen(engine: &Engine, visitor: u128) -> Option<u8> {
    let decision = decide(engine, visitor.wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C834));
    decision.winners.first().map(|winner| winner.variant)
}

#[test]
fn after_the_bundle_before_changed_shares_move_no_more_visitors_than_they_must() {
    let (before, notes) = compiled(EXPERIMENT, "");
    let changed = EXPERIMENT
        .replace("control = 0.5, boots = 0.25, short = 0.25", "control = 0.3, boots = 0.35, short = 0.35");
    let after = compile_after((&before, &notes), &sources(&changed, ""), Options { now_ms: NOW_MS });
    assert_eq!(after.diagnostics, []);
    let engines = [before, after.bundle.unwrap()].map(Engine::new);
    let moved = (1..=4_000_u128).filter(|&visitor| seen(&engines[0], visitor) != seen(&engines[1], visitor));
    // A fifth of the four fifths that take part.
    assert!(moved.count().abs_diff(640) < 100);
    let from_scratch = Engine::new(compiled(&changed, "").0);
    let moved =
        (1..=4_000_u128).filter(|&visitor| seen(&engines[0], visitor) != seen(&from_scratch, visitor));
    assert!(moved.count() > 800, "without it more would move");
}

#[test]
fn a_salt_that_changes_is_warned_of_with_those_whom_it_moves() {
    let (before, notes) = compiled(EXPERIMENT, "");
    let salted = EXPERIMENT.replace("coverage = 0.8", "coverage = 0.8\nsalt = \"2027\"");
    let after = compile_after((&before, &notes), &sources(&salted, ""), Options { now_ms: NOW_MS });
    let [warning] = after.diagnostics.as_slice() else { panic!("{:?}", after.diagnostics) };
    assert_eq!(warning.code.name, "salt-changed");
    let said: usize = warning.label.as_ref().unwrap().split(' ').next().unwrap().parse().unwrap();
    // Independent of each other: 1 - (0.4² + 0.2² + 0.2² + 0.2²).
    assert_eq!(said, 72);
    let engines = [before, after.bundle.unwrap()].map(Engine::new);
    let moved = (1..=4_000_u128).filter(|&visitor| seen(&engines[0], visitor) != seen(&engines[1], visitor));
    assert!(moved.count().abs_diff(said * 40) < 100);
}

#[test]
fn bots_and_prefetches_take_part_in_nothing() {
    let engine = Engine::new(compiled(EXPERIMENT, "").0);
    let keys = Keys::new([b"a key for this test".as_slice()]);
    let context = Context { keys: &keys, preview: None };
    for visitor in 1..=500_u128 {
        let person = Request {
            now_ms: NOW_MS,
            entropy: visitor.to_le_bytes(),
            url: "https://fjell.example/",
            cookie: "consent=all",
            user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
            ..Request::default()
        };
        let bot = Request {
            user_agent: "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            ..person.clone()
        };
        let decision = engine.decide(&bot, &context, &mut Scratch::default());
        assert_eq!(
            (decision.reason, decision.winners.len(), decision.counts),
            (Some(DefaultReason::Bot), 0, false)
        );
        let prefetch = Request { fetch_purpose: "prefetch", ..person };
        let decision = engine.decide(&prefetch, &context, &mut Scratch::default());
        assert!(!decision.counts);
    }
}

#[test]
fn who_is_held_out_sees_the_page_as_it_is() {
    let held_out = "[[holdout]]\nshare = 0.1\nstages = [\"homepage\"]\n";
    let (bundle, _) = compiled("content = \"hero/boots\"", held_out);
    assert_eq!(bundle.stages[Stage::Homepage as usize].cache, CacheClass::Private);
    let engine = Engine::new(bundle);
    let held = (1..=2_000_u128)
        .map(|visitor| decide(&engine, visitor.wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C834)))
        .filter(|decision| decision.reason == Some(DefaultReason::Holdout))
        .inspect(|decision| assert!(decision.edits.is_empty()))
        .count();
    assert!(held.abs_diff(200) < 60, "{held}");
}
