//! The analysis of what can never win, and of what only names put in order, against brute force: all visitors that there
//! can be are tried. What is said is never wrong; of conjunctions of equality, membership, ranges and truth values
//! everything is said.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use footlight_compiler::{Options, Sources, compile};
use footlight_core::decide::{Context, Engine, Scratch};
use footlight_core::notes::Notes;
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
    let opaque =
        proptest::sample::select(vec!["size(custom.t) > 0", "custom.n + 1 > 2", "custom.t.contains('x')"]);
    let leaf = prop_oneof![8 => leaf(), 1 => opaque.prop_map(str::to_owned)];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            4 => proptest::collection::vec(inner.clone(), 2..4).prop_map(|all| format!("({})", all.join(" && "))),
            1 => proptest::collection::vec(inner.clone(), 2..4).prop_map(|any| format!("({})", any.join(" || "))),
            1 => inner.prop_map(|condition| format!("!({condition})")),
        ]
    })
}

fn leaf() -> impl Strategy<Value = String> {
    let comparison = proptest::sample::select(vec!["==", "!=", "<", "<=", ">", ">="]);
    let texts = proptest::sample::subsequence(vec!["'x'", "'y'", "'z'"], 0..=3);
    let numbers = proptest::sample::subsequence(vec!["0", "1", "2", "3"], 0..=4);
    prop_oneof![
        (comparison.clone(), 0..4).prop_map(|(operator, number)| format!("custom.n {operator} {number}")),
        (comparison.clone(), 0..4).prop_map(|(operator, number)| format!("{number} {operator} custom.n")),
        (comparison.clone(), 0..4).prop_map(|(operator, number)| format!("custom.n {operator} {number}.5")),
        (comparison, 0..3).prop_map(|(operator, number)| format!("custom.d {operator} {number}.5")),
        texts.clone().prop_map(|texts| format!("custom.t in [{}]", texts.join(", "))),
        texts.prop_map(|texts| format!("!(custom.t in [{}])", texts.join(", "))),
        numbers.clone().prop_map(|numbers| format!("custom.n in [{}]", numbers.join(", "))),
        numbers.prop_map(|numbers| format!("!(custom.n in [{}])", numbers.join(", "))),
        proptest::sample::select(vec![
            "custom.t == 'x'",
            "custom.t != 'y'",
            "custom.b",
            "!custom.b",
            "custom.b == false",
            "custom.b in [true, false]",
            "true",
            "has(custom.t)",
            "!has(custom.n)",
            "has(custom.b)",
        ])
        .prop_map(str::to_owned),
    ]
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

/// All visitors that differ in anything that a condition can tell apart.
fn visitors() -> impl Iterator<Item = String> {
    let n = ["", "n=0", "n=1", "n=2", "n=3", "n=4", "n=-1"];
    let d = ["", "d=0", "d=0.5", "d=1", "d=1.5", "d=2", "d=2.5", "d=3"];
    let t = ["", "t=x", "t=y", "t=z", "t=w"];
    let b = ["", "b=true", "b=false"];
    n.into_iter().flat_map(move |n| {
        d.into_iter().flat_map(move |d| {
            t.into_iter().flat_map(move |t| {
                b.into_iter().map(move |b| format!("https://reach.example/?{n}&{d}&{t}&{b}"))
            })
        })
    })
}

/// The numbers of visitors for whom each rule wins, by the rule's place among those drawn.
fn winners(engine: &Engine, notes: &Notes, rules: usize) -> Vec<BTreeSet<usize>> {
    let mut won = vec![BTreeSet::new(); rules];
    let keys = Keys::default();
    let mut scratch = Scratch::default();
    for (number, url) in visitors().enumerate() {
        let request = Request { now_ms: NOW_MS, url: &url, ..Request::default() };
        let decision = engine.decide(&request, &Context { keys: &keys, preview: None }, &mut scratch);
        for winner in &decision.winners {
            let id = &notes.rules[winner.rule as usize];
            won[id[1..].parse::<usize>().unwrap()].insert(number);
        }
    }
    won
}

/// For whom each rule would win if there were no other.
fn apply(rules: &[Drawn]) -> Vec<BTreeSet<usize>> {
    let alone = |rule: &Drawn| {
        let compilation = compile(&sources(std::slice::from_ref(rule)), Options { now_ms: NOW_MS });
        winners(&Engine::new(compilation.bundle.unwrap()), &compilation.notes, 1).remove(0)
    };
    rules.iter().map(alone).collect()
}

/// What is said of rules.
struct Said {
    /// Those that never win.
    never: BTreeSet<usize>,
    /// A rule, and one of its priority that goes first and that it can meet.
    tied: BTreeSet<(usize, usize)>,
    won: Vec<BTreeSet<usize>>,
}

fn said(rules: &[Drawn]) -> Said {
    let sources = sources(rules);
    let compilation = compile(&sources, Options { now_ms: NOW_MS });
    let bundle = compilation.bundle.expect("conditions of the right types");
    let won = winners(&Engine::new(bundle), &compilation.notes, rules.len());
    let (mut never, mut tied) = (BTreeSet::new(), BTreeSet::new());
    for diagnostic in compilation.diagnostics {
        let rule_at = |at: footlight_compiler::At| -> usize {
            let text = &sources.text(at.file)[..at.span().end];
            let id = text.rsplit("id = \"r").next().and_then(|rest| rest.split('"').next()).unwrap();
            id.parse().unwrap()
        };
        match diagnostic.code.name {
            "shadowed" | "contradiction" | "never-true" | "never-wins" => {
                never.insert(rule_at(diagnostic.at));
            }
            "tied" => {
                let rule = rule_at(diagnostic.at);
                tied.extend(diagnostic.labels.iter().map(|label| (rule, rule_at(label.at))));
            }
            _ => {}
        }
    }
    Said { never, tied, won }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_said_never_to_win_never_wins(rules in proptest::collection::vec(rule(), 2..6)) {
        let Said { never, won, .. } = said(&rules);
        for rule in never {
            prop_assert!(won[rule].is_empty(), "r{rule} wins, but is said not to: {rules:#?}");
        }
    }

    #[test]
    fn rules_that_are_said_to_meet_do(rules in proptest::collection::vec(rule(), 2..5)) {
        let Said { tied, .. } = said(&rules);
        let apply = apply(&rules);
        for (rule, other) in tied {
            prop_assert!(rules[rule].priority == rules[other].priority && rules[rule].slot == rules[other].slot);
            prop_assert!(!apply[rule].is_disjoint(&apply[other]), "r{rule} and r{other} never meet: {rules:#?}");
        }
    }

    #[test]
    fn of_conjunctions_everything_is_said(rules in proptest::collection::vec(conjunction(), 2..5)) {
        let Said { never, won, tied } = said(&rules);
        for (rule, won) in won.iter().enumerate() {
            prop_assert_eq!(!won.is_empty(), !never.contains(&rule), "r{}: {:#?}", rule, rules);
        }
        let apply = apply(&rules);
        for rule in 0..rules.len() {
            for other in 0..rule {
                let meet = rules[rule].priority == rules[other].priority && !apply[rule].is_disjoint(&apply[other]);
                // What never wins is said to, and no more.
                let matters = !never.contains(&rule) && !never.contains(&other);
                prop_assert_eq!(tied.contains(&(rule, other)), meet && matters, "r{} r{}: {:#?}", rule, other, rules);
            }
        }
    }
}

/// One rule of several on the same slot, whose condition is a conjunction of what the analysis must understand.
fn conjunction() -> impl Strategy<Value = Drawn> {
    (proptest::collection::vec(leaf(), 1..4), 0..2).prop_map(|(all, priority)| Drawn {
        condition: all.join(" && "),
        priority,
        slot: "hero",
        kind: "welcome",
        text: "hello",
    })
}

#[test]
fn enough_is_found_for_the_comparison_to_mean_something() {
    let case = |conditions: &[&str]| {
        let rules: Vec<Drawn> = conditions
            .iter()
            .enumerate()
            .map(|(index, condition)| Drawn {
                condition: (*condition).to_owned(),
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
        (["true", "custom.b"].as_slice(), true),
        (&["custom.n > 1", "custom.n > 2"], true),
        (&["custom.n >= 2", "custom.n > 1"], true),
        (&["custom.n > 2", "custom.n > 1"], false),
        (&["custom.d > 1.5", "custom.d >= 1.5"], false),
        (&["custom.t in ['x', 'y']", "custom.t == 'x' && custom.b"], true),
        (&["custom.t != 'x'", "custom.t in ['y', 'z']"], true),
        (&["has(custom.n)", "custom.n != 3"], true),
        (&["custom.n < 5 && custom.b", "custom.n in [1, 2] && custom.b"], true),
        (&["custom.n == 2", "custom.n > 1 && custom.n < 3"], true),
        (&["custom.b || custom.n > 1", "custom.n > 2"], true),
        (&["!custom.b", "custom.b"], false),
        (&["custom.t in ['x', 'y']", "custom.t != 'z'"], false),
        (&["!(custom.n in [0, 1, 2])", "custom.n > 2"], true),
        (&["custom.n in [2, 3]", "custom.n >= 1 && custom.n <= 3 && custom.n != 1"], true),
        (&["custom.n >= 2", "custom.n > 1.5"], true),
        // Several together.
        (&["custom.b", "!custom.b", "has(custom.b)"], true),
        (&["custom.b", "!custom.b", "has(custom.n)"], false),
        (&["custom.b", "!custom.b", "!has(custom.b)", "custom.n == 1"], true),
        (&["custom.n < 2", "custom.n == 2 && custom.b", "custom.n > 2", "custom.n >= 0 && custom.b"], true),
        (&["custom.n < 2", "custom.n == 2 && custom.b", "custom.n > 2", "custom.n >= 0"], false),
    ] {
        assert_eq!(case(conditions), expected, "{conditions:?}");
    }
}
