//! Compiled conditions against a naive interpreter of the same syntax trees, written for this test alone: what rules ask
//! is what they get, whatever is unknown. Every operator of the subset occurs.
//!
//! Each condition becomes two rules, one that asks for it and one that asks for its negation: true when the first wins,
//! false when the second does, unknown when neither. They go the whole way: text, compiler, bundle bytes, request, decision.

#[path = "cel_differential/expression.rs"]
mod expression;
#[path = "cel_differential/interpreter.rs"]
mod interpreter;
#[path = "cel_differential/visitor.rs"]
mod visitor;

use std::fmt::Write as _;

use expression::{Expression, Random};
use footlight_compiler::{Options, Sources, compile};
use footlight_core::bundle::{encode, load};
use footlight_core::decide::{Context, Engine, Scratch};
use interpreter::Value;
use proptest::prelude::*;
use visitor::{NOW_MS, Visitor};

/// Conditions that go into one bundle.
const TOGETHER: usize = 12;
const VISITORS: usize = 24;

fn sources(conditions: &[Expression]) -> Sources {
    let mut sources = Sources::new();
    let mut site = include_str!("cel_differential/site.toml").to_owned();
    let mut rules = String::new();
    for (number, condition) in conditions.iter().enumerate() {
        let text = condition.to_string();
        for (what, text) in [("is", text.clone()), ("not", format!("!({text})"))] {
            writeln!(site, "[slots.{what}-{number}]").unwrap();
            writeln!(
                rules,
                "[[rule]]\nid = \"{what}-{number}\"\nsegment = \"all\"\nwhen = '''{text}'''\nslot = \"{what}-{number}\"\nkind = \"localize\"\nhypothesis = \"h\"\nkpi = \"conversion-rate\"\nguardrail = \"g\"\nowner = \"o\"\nreview = 2027-02-01\ntext = \"hello\""
            )
            .unwrap();
        }
    }
    sources.add("site.toml", site);
    sources.add("segments.toml", "[[segment]]\nid = \"all\"\nkind = \"need\"\ncondition = \"true\"\n");
    sources.add("homepage.toml", rules);
    sources
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_compiled_says_what_is_written(seed in any::<u64>()) {
        let mut random = Random::new(seed);
        let conditions: Vec<Expression> = (0..TOGETHER).map(|_| expression::condition(&mut random)).collect();
        let compilation = compile(&sources(&conditions), Options { now_ms: NOW_MS });
        let errors: Vec<_> = compilation.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).collect();
        // The compiler knows more constants than the drawing does: `true ? 1 : custom.n` is one.
        prop_assume!(errors.is_empty() || !errors.iter().all(|error| error.code.name == "constant-fault"));
        prop_assert!(errors.is_empty(), "{errors:?}\n{conditions:?}");
        let (bytes, _) = encode(&compilation.bundle.unwrap(), &[], 0).unwrap();
        let engine = Engine::new(load(&bytes, "").unwrap().bundle);
        let mut scratch = Scratch::default();
        for _ in 0..VISITORS {
            let visitor = Visitor::new(&mut random);
            let (keys, url, cookie) = (visitor::keys(), visitor.url(), visitor.cookie());
            let context = Context { keys: &keys, preview: None };
            let request = visitor.request(&url, &cookie);
            // With the index, and without it.
            let decision = engine.decide(&request, &context, &mut scratch);
            let explained = engine.explain(&request, &context, &mut scratch, &mut Vec::new());
            prop_assert_eq!(&decision.winners, &explained.winners);
            let won = |name: String| {
                decision.winners.iter().any(|winner| compilation.notes.rules[winner.rule as usize] == name)
            };
            for (number, condition) in conditions.iter().enumerate() {
                let got = match (won(format!("is-{number}")), won(format!("not-{number}"))) {
                    (true, false) => Value::Bool(true),
                    (false, true) => Value::Bool(false),
                    (false, false) => Value::Unknown,
                    (true, true) => panic!("both {condition} and its negation hold"),
                };
                let expected = interpreter::value(condition, &visitor, &mut Vec::new());
                prop_assert_eq!(got, expected, "{}\n{:?}", condition, visitor);
            }
        }
    }
}

/// The comparison means something only where conditions come out in all ways, and every operator occurs.
#[test]
fn conditions_come_out_in_all_ways_and_have_every_operator() {
    let mut counts = [0_u32; 3];
    let mut written = String::new();
    let mut random = Random::new(1);
    for _ in 0..3_000 {
        let condition = expression::condition(&mut random);
        writeln!(written, "{condition}").unwrap();
        for _ in 0..4 {
            match interpreter::value(&condition, &Visitor::new(&mut random), &mut Vec::new()) {
                Value::Bool(true) => counts[0] += 1,
                Value::Bool(false) => counts[1] += 1,
                Value::Unknown => counts[2] += 1,
                other => panic!("{condition} is {other:?}"),
            }
        }
    }
    println!("true, false, unknown: {counts:?}");
    assert!(counts.iter().all(|&count| count > 1_000), "{counts:?}");
    for operator in [
        " == ",
        " != ",
        " < ",
        " <= ",
        " > ",
        " >= ",
        " in [",
        " in visitor",
        " && ",
        " || ",
        "!(",
        " ? ",
        " + ",
        " - ",
        " * ",
        " / ",
        " % ",
        "-(",
        "has(",
        "size(",
        ".startsWith(",
        ".endsWith(",
        ".contains(",
        "timestamp('",
        "duration('",
        ".exists(",
        ".all(",
        "true",
        "false",
        ".size()",
    ] {
        assert!(written.contains(operator), "no condition has `{operator}`");
    }
}
