//! A rule that is said never to win never wins: the analysis against brute force.

use std::fmt::Write as _;

use footlight_compiler::{Options, Sources, compile};
use footlight_core::decide::{Context, Engine, Scratch};
use footlight_core::profile::Keys;
use footlight_core::request::Request;
use proptest::prelude::*;

/// 2026-11-20T00:00:00Z
const NOW_MS: i64 = 1_795_132_800_000;

const SITE: &str = r#"
site = "reach"
hosts = ["reach.example"]
locales = ["en"]
base = { currency = "EUR" }
time_zone = "UTC"
[[route]]
path = "/"
stage = "homepage"
[slots.hero]
[slots.note]
[custom.n]
type = "int"
query = "n"
purpose = "necessary"
[custom.d]
type = "double"
query = "d"
purpose = "necessary"
[custom.t]
type = "string"
query = "t"
purpose = "necessary"
[custom.b]
type = "bool"
query = "b"
purpose = "necessary"
"#;

/// Conditions on four signals with few values each, so that all visitors there can be are tried.
fn condition() -> impl Strategy<Value = String> {
    let comparison = proptest::sample::select(vec!["==", "!=", "<", "<=", ">", ">="]);
    let leaf = prop_oneof![
        (comparison.clone(), 0..4).prop_map(|(operator, number)| format!("custom.n {operator} {number}")),
        (comparison.clone(), 0..4).prop_map(|(operator, number)| format!("{number} {operator} custom.n")),
        (comparison, 0..3).prop_map(|(operator, number)| format!("custom.d {operator} {number}.5")),
        proptest::sample::subsequence(vec!["'x'", "'y'", "'z'"], 0..=3)
            .prop_map(|texts| format!("custom.t in [{}]", texts.join(", "))),
        proptest::sample::subsequence(vec!["0", "1", "2", "3"], 0..=3)
            .prop_map(|numbers| format!("custom.n in [{}]", numbers.join(", "))),
        proptest::sample::select(vec!["custom.t == 'x'", "custom.t != 'y'", "custom.b", "!custom.b", "true"])
            .prop_map(str::to_owned),
        proptest::sample::select(vec![
            "has(custom.t)",
            "!has(custom.n)",
            "has(custom.b)",
            "size(custom.t) > 0"
        ])
        .prop_map(str::to_owned),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            4 => proptest::collection::vec(inner.clone(), 2..4).prop_map(|all| format!("({})", all.join(" && "))),
            1 => proptest::collection::vec(inner.clone(), 2..4).prop_map(|any| format!("({})", any.join(" || "))),
            1 => inner.prop_map(|condition| format!("!({condition})")),
        ]
    })
}

#[derive(Clone, Debug)]
struct Drawn {
    condition: String,
    priority: i32,
    slot: &'static str,
    kind: &'static str,
    text: &'static str,
}

fn rule() -> impl Strategy<Value = Drawn> {
    (
        condition(),
        0..3,
        proptest::sample::select(vec!["hero", "hero", "note"]),
        proptest::sample::select(vec!["recognize", "welcome", "localize"]),
        proptest::sample::select(vec!["hello", "hello", "hello {{ custom.t }}"]),
    )
        .prop_map(|(condition, priority, slot, kind, text)| Drawn {
            condition,
            priority,
            slot,
            kind,
            text,
        })
}

fn sources(rules: &[Drawn]) -> Sources {
    let mut sources = Sources::new();
    sources.add("site.toml", SITE);
    sources.add("segments.toml", "[[segment]]\nid = \"all\"\nkind = \"need\"\ncondition = \"true\"\n");
    let mut file = String::new();
    for (index, Drawn { condition, priority, slot, kind, text }) in rules.iter().enumerate() {
        writeln!(
            file,
            "[[rule]]\nid = \"r{index}\"\nsegment = \"all\"\nwhen = \"{condition}\"\nslot = \"{slot}\"\nkind = \"{kind}\"\npriority = {priority}\nhypothesis = \"h\"\nkpi = \"conversion-rate\"\nguardrail = \"g\"\nowner = \"o\"\nreview = 2027-02-01\ntext = \"{text}\""
        )
        .unwrap();
    }
    sources.add("homepage.toml", file);
    sources
}

/// The ids of rules that win for some visitor.
fn winners(engine: &Engine) -> Vec<String> {
    let mut won = Vec::new();
    let keys = Keys::default();
    let mut scratch = Scratch::default();
    let parts = [
        ["", "n=0", "n=1", "n=2", "n=3", "n=4", "n=-1"].as_slice(),
        &["", "d=0", "d=0.5", "d=1", "d=1.5", "d=2", "d=2.5", "d=3"],
        &["", "t=x", "t=y", "t=z", "t=w"],
        &["", "b=true", "b=false"],
    ];
    for n in parts[0] {
        for d in parts[1] {
            for t in parts[2] {
                for b in parts[3] {
                    let url = format!("https://reach.example/?{n}&{d}&{t}&{b}");
                    let request = Request { now_ms: NOW_MS, url: &url, ..Request::default() };
                    let decision =
                        engine.decide(&request, &Context { keys: &keys, preview: None }, &mut scratch);
                    for winner in &decision.winners {
                        let rule = &engine.bundle().rules[winner.rule as usize];
                        let id = engine.bundle().texts.get(rule.id);
                        if !won.iter().any(|known| known == id) {
                            won.push(id.to_owned());
                        }
                    }
                }
            }
        }
    }
    won
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_said_never_to_win_never_wins(rules in proptest::collection::vec(rule(), 2..6)) {
        let sources = sources(&rules);
        let compilation = compile(&sources, Options { now_ms: NOW_MS });
        let bundle = compilation.bundle.expect("conditions of the right types");
        let won = winners(&Engine::new(bundle));
        for diagnostic in compilation.diagnostics {
            if matches!(diagnostic.code.name, "shadowed" | "contradiction" | "never-true") {
                let text = &sources.text(diagnostic.at.file)[..diagnostic.at.span().end];
                let id = text.rsplit("id = \"").next().and_then(|rest| rest.split('"').next()).unwrap();
                prop_assert!(!won.iter().any(|won| won == id), "{id} wins, but: {diagnostic:?}");
            }
        }
    }
}

#[test]
fn enough_is_found_for_the_comparison_to_mean_something() {
    let case = |conditions: [&str; 2]| {
        let rules: Vec<Drawn> = conditions
            .into_iter()
            .enumerate()
            .map(|(index, condition)| Drawn {
                condition: condition.to_owned(),
                priority: 10 - index as i32,
                slot: "hero",
                kind: "welcome",
                text: "hello",
            })
            .collect();
        let compilation = compile(&sources(&rules), Options { now_ms: NOW_MS });
        compilation.diagnostics.iter().any(|diagnostic| diagnostic.code.name == "shadowed")
    };
    for (conditions, expected) in [
        (["true", "custom.b"], true),
        (["custom.n > 1", "custom.n > 2"], true),
        (["custom.n >= 2", "custom.n > 1"], true),
        (["custom.n > 2", "custom.n > 1"], false),
        (["custom.d > 1.5", "custom.d >= 1.5"], false),
        (["custom.t in ['x', 'y']", "custom.t == 'x' && custom.b"], true),
        (["custom.t != 'x'", "custom.t in ['y', 'z']"], true),
        (["has(custom.n)", "custom.n != 3"], true),
        (["custom.n < 5 && custom.b", "custom.n in [1, 2] && custom.b"], true),
        (["custom.n == 2", "custom.n > 1 && custom.n < 3"], true),
        (["custom.b || custom.n > 1", "custom.n > 2"], true),
        (["!custom.b", "custom.b"], false),
        (["custom.t in ['x', 'y']", "custom.t != 'z'"], false),
    ] {
        assert_eq!(case(conditions), expected, "{conditions:?}");
    }
}
