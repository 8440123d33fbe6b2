//! The proof that consent is honoured: without consent to a purpose not a bit of what comes out depends on what only that
//! purpose may read. For every purpose by itself, every signal, and rules that ask for anything.

#[path = "everything/mod.rs"]
mod everything;

use everything::{Drawn, Facts, conditions, facts, function, keys, person, rule, shop, signals};
use footlight_core::bundle::Bundle;
use footlight_core::condition::Node;
use footlight_core::consent::{Purpose, Purposes};
use footlight_core::decide::{Context, Engine, Scratch};
use footlight_core::signal::{self, Signal};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;

/// What the consent cookie's value grants.
fn granted(facts: &Facts) -> Purposes {
    const EACH: [(&str, Purpose); 4] = [
        ("functional", Purpose::Functional),
        ("analytics", Purpose::Analytics),
        ("personalization", Purpose::Personalization),
        ("marketing", Purpose::Marketing),
    ];
    let is_granted = |name: &str| match facts.consent.strip_prefix("but-") {
        Some(but) => but != name,
        None => facts.consent == "all" || facts.consent == name,
    };
    // Global Privacy Control is a no to being recognized and to being advertised to.
    let refuses =
        |purpose: Purpose| facts.gpc && matches!(purpose, Purpose::Personalization | Purpose::Marketing);
    let granted = EACH.into_iter().filter(|(name, purpose)| is_granted(name) && !refuses(*purpose));
    granted.map(|(_, purpose)| purpose).chain([Purpose::Necessary]).collect()
}

/// The same request with everything changed that needs a purpose which was not granted.
fn changed(facts: &Facts, other: &Facts) -> Facts {
    let granted = granted(facts);
    let mut changed = facts.clone();
    if !granted.contains(Purpose::Functional) {
        changed.function = other.function;
    }
    if !granted.contains(Purpose::Personalization) {
        changed.person = other.person.clone();
    }
    // What only the URL carries.
    if facts.url == everything::URLS[2] {
        let (analytics, marketing) =
            (granted.contains(Purpose::Analytics), granted.contains(Purpose::Marketing));
        changed.url = match (analytics, marketing) {
            (true, true) => facts.url,
            (false, true) => {
                "https://everything.example/c/boots?product=p1&analysis=shallow&market=2.5&gclid=abc"
            }
            (true, false) => {
                "https://everything.example/c/boots?product=p1&analysis=deep&market=1&msclkid=abc"
            }
            (false, false) => "https://everything.example/c/boots?product=p1&market=x&msclkid=abc",
        };
    }
    changed
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn without_consent_nothing_depends_on_what_was_refused(
        rules in proptest::collection::vec(rule(), 1..4),
        facts in proptest::collection::vec(facts(), 12),
        function in function(),
        person in person(),
    ) {
        let compilation = shop(&rules, None);
        prop_assert!(!compilation.has_errors(), "{:?}", compilation.diagnostics);
        let engine = Engine::new(compilation.bundle.unwrap());
        let (keys, mut scratch) = (keys(), Scratch::default());
        let context = Context { keys: &keys, preview: None };
        for facts in &facts {
            let other = Facts { function, person: person.clone(), ..facts.clone() };
            let changed = changed(facts, &other);
            let headers = &engine.bundle().site.headers;
            let (cookie, changed_cookie) = (facts.cookie(), changed.cookie());
            let (request, changed_request) = (facts.request(&cookie, headers), changed.request(&changed_cookie, headers));
            prop_assert_eq!(
                engine.decide(&request, &context, &mut scratch),
                engine.decide(&changed_request, &context, &mut scratch),
                "{:?}\n{:?}\n{:#?}", facts, changed, rules
            );
            let (mut trace, mut changed_trace) = (Vec::new(), Vec::new());
            let explained = engine.explain(&request, &context, &mut scratch, &mut trace);
            let changed_too = engine.explain(&changed_request, &context, &mut scratch, &mut changed_trace);
            prop_assert_eq!((explained, trace), (changed_too, changed_trace));
        }
    }
}

/// Whatever takes a purpose is changed by the test above, or it would prove nothing about it.
#[test]
fn with_consent_every_protected_signal_makes_a_difference() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut draw = |facts: &Facts| {
        let function = function().new_tree(&mut runner).unwrap().current();
        let person = person().new_tree(&mut runner).unwrap().current();
        Facts { function, person, ..facts.clone() }
    };
    let (keys, mut scratch) = (keys(), Scratch::default());
    let context = Context { keys: &keys, preview: None };
    for signal in signals() {
        let rules: Vec<Drawn> = conditions(&signal)
            .into_iter()
            .zip(["a", "b", "c"])
            .map(|(condition, slot)| Drawn { slot, condition, shows: "text = \"hello\"".to_owned() })
            .collect();
        let bundle = shop(&rules, None).bundle.unwrap();
        let purpose = purpose(&bundle);
        if purpose == Purpose::Necessary {
            continue;
        }
        let engine = Engine::new(bundle);
        let of = |url: &'static str, consent: &'static str| Facts {
            url,
            consent,
            gpc: false,
            agent: "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
            language: "",
            referrer: "",
            save_data: false,
            country: "DE",
            needed: "",
            hours: 0,
            function: ("", "", "", ""),
            person: draw_nothing(),
        };
        let mut outcomes = std::collections::HashSet::new();
        for url in [everything::URLS[0], everything::URLS[2]] {
            for _ in 0..60 {
                let facts = draw(&of(url, "all"));
                let cookie = facts.cookie();
                let request = facts.request(&cookie, &engine.bundle().site.headers);
                outcomes.insert(format!("{:?}", engine.decide(&request, &context, &mut scratch).winners));
            }
        }
        assert!(outcomes.len() > 1, "`{}` is the same for everybody", signal.0);
    }
}

fn draw_nothing() -> (&'static str, everything::Person) {
    (
        "",
        everything::Person {
            visits: 1,
            orders: 0,
            spent_minor: 0,
            viewed: Vec::new(),
            boots: 0,
            answer: false,
        },
    )
}

/// The purpose that the one signal of a bundle's conditions takes.
fn purpose(bundle: &Bundle) -> Purpose {
    let read = |node: &Node| match node {
        Node::Signal(signal) => Some(signal::purpose(bundle, *signal)),
        _ => None,
    };
    bundle.nodes.iter().find_map(read).unwrap_or(Purpose::Necessary)
}

/// Which purposes a rule needs is in the compiled program, and is what its signals need.
#[test]
fn a_rule_says_which_purposes_it_needs() {
    for signal in signals() {
        for condition in conditions(&signal) {
            let drawn = Drawn { slot: "a", condition, shows: "text = \"hello\"".to_owned() };
            let bundle = shop(&[drawn], None).bundle.unwrap();
            let expected: Purposes = [Purpose::Necessary, purpose(&bundle)].into_iter().collect();
            assert_eq!(bundle.rules[0].purposes, expected, "{}", signal.0);
        }
        if matches!(signal.1, footlight_core::value::Type::Text | footlight_core::value::Type::Int) {
            let shows = format!("text = \"{{{{ {} }}}}\"", signal.0);
            let bundle =
                shop(&[Drawn { slot: "a", condition: "true".to_owned(), shows }], None).bundle.unwrap();
            let all: Vec<Signal> = bundle
                .nodes
                .iter()
                .filter_map(|node| match node {
                    Node::Signal(signal) => Some(*signal),
                    _ => None,
                })
                .collect();
            for read in all {
                assert!(bundle.rules[0].purposes.contains(signal::purpose(&bundle, read)), "{}", signal.0);
            }
        }
    }
}
